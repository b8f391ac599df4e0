"""A thousand margin accounts with five positions each: valued, looked at, and asked for margin.

A price change is one of one instrument, which revalues one position of each account: what the other
four are worth is kept. A refused order is measured up to its reason; its sentence is written when
somebody reads it.
"""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal

from engine.core.commands import (
    BUY,
    SELL,
    Command,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetLeverage,
    SetPrice,
    Side,
    TriggerSource,
)
from engine.core.events import MarginWarning
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.margin_terms import PRESETS
from engine.core.orders import placing
from engine.core.perps import watching
from engine.core.reasons import Refusal
from engine.core.units import QUANTA_PER_UNIT
from tui_exchange.bench.figures import BenchmarkFailed, Figure, at_most
from tui_exchange.bench.measuring import frozen_collector, median
from tui_exchange.bench.orders import START_NS

ACCOUNTS = 1_000
INSTRUMENTS = 5
LOTS = 20
MARK_TICKS = 100_000
MONEY_QUANTA = 10_000 * QUANTA_PER_UNIT
ROUNDS = 21
SYMBOLS = tuple(f"COIN{number}-USDT-PERP" for number in range(1, INSTRUMENTS + 1))


def measure() -> list[Figure]:
    """One price change for all accounts; one account's liquidation check; one order's check."""
    exchange = margined_exchange()
    marking_ms = _marking_ms(exchange)
    at_ease_us = _looking_us(exchange, list(exchange.state.accounts))
    warned_us = _looking_us(*_warned_exchange())
    return [
        Figure(
            f"price change, {ACCOUNTS:,} accounts valued, median",
            median(marking_ms),
            "ms",
            at_most(10),
        ),
        Figure("liquidation check, warned account, median", median(warned_us), "µs", at_most(5)),
        Figure("liquidation check, account at ease, median", median(at_ease_us), "µs"),
        Figure(
            "pre-trade check, taken, median",
            median(_checking_us(exchange, LOTS, taken=True)),
            "µs",
            at_most(10),
        ),
        Figure(
            "pre-trade check, refused, median",
            median(_checking_us(exchange, 1_000 * LOTS, taken=False)),
            "µs",
            at_most(10),
        ),
    ]


def margined_exchange(
    accounts: int = ACCOUNTS, money_quanta: int = MONEY_QUANTA, leverage: int = 10
) -> Exchange:
    """Accounts with a position in each instrument, longs and shorts in turn, all healthy."""
    exchange = Exchange()
    for command in _opening(accounts, money_quanta, leverage):
        exchange.apply(command, START_NS)
    return exchange


def _warned_exchange() -> tuple[Exchange, list[str]]:
    """The same at a leverage of 100, after a fall that warned all longs; and who they are."""
    exchange = margined_exchange(money_quanta=112 * QUANTA_PER_UNIT, leverage=100)
    warned = []
    for symbol in SYMBOLS:
        for event in exchange.apply(_mark(symbol, MARK_TICKS * 995 // 1000), START_NS):
            if not isinstance(event, MarginWarning):
                raise BenchmarkFailed(f"{event} was not meant to happen: this is a defect")
            warned.append(event.account)
    return exchange, list(dict.fromkeys(warned))


def _opening(accounts: int, money_quanta: int, leverage: int) -> Iterator[Command]:
    for symbol in SYMBOLS:
        yield ListInstrument(instrument=_contract(symbol))
        yield _mark(symbol, MARK_TICKS)
    for number in range(accounts):
        yield OpenAccount(account=_name(number))
        yield Deposit(account=_name(number), currency="USDT", amount_quanta=money_quanta)
        for symbol in SYMBOLS:
            yield SetLeverage(account=_name(number), symbol=symbol, leverage=leverage)
    for symbol in SYMBOLS:
        for number in range(accounts):
            side = SELL if number % 2 else BUY
            yield _order(_name(number), symbol, side, LOTS)


def _contract(symbol: str) -> Instrument:
    return Instrument(
        symbol=symbol,
        venue="bench",
        asset_class=AssetClass.PERPETUAL,
        base=symbol.partition("-")[0],
        quote="USDT",
        settlement="USDT",
        tick_size=Decimal("0.01"),
        lot_size=Decimal("0.1"),
        initial_margin_ppm=100_000,
        margin_tiers=PRESETS["perpetual"],
    )


def _name(number: int) -> str:
    return f"a{number}"


def _mark(symbol: str, ticks: int) -> SetPrice:
    return SetPrice(symbol=symbol, source=TriggerSource.MARK, price_ticks=ticks)


def _order(account: str, symbol: str, side: Side, lots: int) -> PlaceOrder:
    return PlaceOrder(
        account=account,
        symbol=symbol,
        side=side,
        order_type=OrderType.LIMIT,
        lots=lots,
        price_ticks=MARK_TICKS,
    )


def _marking_ms(exchange: Exchange) -> list[float]:
    """A mark that moves by a few ticks: every position in that instrument is valued anew."""
    turns = iter(range(1, ROUNDS + 1))

    def change() -> None:
        turn = next(turns)
        exchange.apply(_mark(SYMBOLS[turn % INSTRUMENTS], MARK_TICKS + turn), START_NS)

    return [taken * 1e3 for taken in _taken_s(change, ROUNDS)]


def _looking_us(exchange: Exchange, names: list[str]) -> list[float]:
    """Some accounts in one turn; nothing is to be done about any of them."""
    state = exchange.state
    touched: dict[tuple[str, str | None], None] = dict.fromkeys((name, None) for name in names)

    def look() -> None:
        state.touched = dict(touched)
        watching.watch(state)

    found = [taken * 1e6 / len(touched) for taken in _taken_s(look, ROUNDS)]
    if state.events:
        raise BenchmarkFailed("looking at an account changed something: this is a defect")
    return found


def _checking_us(exchange: Exchange, lots: int, *, taken: bool) -> list[float]:
    """An order that enlarges a position, as far as the decision to take or refuse it."""
    state, market = exchange.state, exchange.state.markets[SYMBOLS[0]]
    accounts = list(state.accounts.values())[::2]
    orders = [_order(each.name, SYMBOLS[0], BUY, lots) for each in accounts]
    refused = 0

    def check_all() -> None:
        nonlocal refused
        for account, order in zip(accounts, orders, strict=True):
            try:
                placing.checked(state, market, account, order)
            except Refusal:
                refused += 1

    found = [taken * 1e6 / len(orders) for taken in _taken_s(check_all, ROUNDS)]
    if refused != (0 if taken else len(orders) * ROUNDS):
        raise BenchmarkFailed(f"{refused:,} orders were refused, which was not meant: a defect")
    return found


def _taken_s(work: Callable[[], None], rounds: int) -> list[float]:
    """Processor seconds of each round."""
    found = []
    with frozen_collector():
        for _ in range(rounds):
            begin_s = time.thread_time()
            work()
            found.append(time.thread_time() - begin_s)
    return found

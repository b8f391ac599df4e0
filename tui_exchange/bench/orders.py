"""Orders for the benchmarks of the whole exchange: two funded accounts on one spot instrument."""

import random
from collections.abc import Iterator
from decimal import Decimal

from engine.core.commands import (
    BUY,
    SELL,
    CancelOrder,
    Command,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
)
from engine.core.events import OrderAccepted, OrderDone, OrderRejected
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import QUANTA_PER_UNIT

SYMBOL = "BTC-USDT"
OWNERS = {BUY: "ann", SELL: "bob"}
"""Who sends the orders of a side: nobody meets orders of his own."""
CENTRE_TICKS = 124_000
START_NS = 1_700_000_000 * 10**9

INSTRUMENT = Instrument(
    symbol=SYMBOL,
    venue="bench",
    asset_class=AssetClass.SPOT,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.5"),
    lot_size=Decimal("0.001"),
)


def funded_exchange() -> Exchange:
    """An exchange with the instrument and the accounts, and an empty book."""
    exchange = Exchange()
    for command in opening_commands():
        exchange.apply(command, START_NS)
    return exchange


def opening_commands() -> Iterator[Command]:
    """What lists the instrument and gives each account more than it will need."""
    yield ListInstrument(instrument=INSTRUMENT)
    for account in OWNERS.values():
        yield OpenAccount(account=account)
        for currency in ("USDT", "BTC"):
            yield Deposit(
                account=account, currency=currency, amount_quanta=10**12 * QUANTA_PER_UNIT
            )


def limit_order(draw: random.Random, centre_ticks: int, away_ticks: int) -> PlaceOrder:
    """A limit order of either side, so many ticks from the centre; negative crosses."""
    side = BUY if draw.random() < 0.5 else SELL
    return PlaceOrder(
        account=OWNERS[side],
        symbol=SYMBOL,
        side=side,
        order_type=OrderType.LIMIT,
        lots=draw.randint(1, 20),
        price_ticks=centre_ticks + (away_ticks if side is SELL else -away_ticks),
    )


def crossing_orders(seed: int, count: int) -> list[Command]:
    """Limit orders on both sides of one centre: about one trade for every two of them."""
    draw = random.Random(seed)
    return [
        limit_order(draw, CENTRE_TICKS, draw.choice((0, 1, 2, 3, 4, 8, -1, -2)))
        for _ in range(count)
    ]


def orders_and_cancels(seed: int, count: int) -> list[Command]:
    """Half limit orders, a fifth of them crossing, and half cancels of orders that rest."""
    draw = random.Random(seed)
    exchange = funded_exchange()
    resting: dict[int, str] = {}
    drawn: list[Command] = []
    for turn in range(count):
        command: Command
        if resting and draw.random() < 0.5 and len(resting) > min(turn // 2, 500):
            order_id = draw.choice(tuple(resting))
            command = CancelOrder(account=resting[order_id], order_id=order_id)
        else:
            away_ticks = -1 if draw.random() < 0.2 else draw.randint(1, 40)
            command = limit_order(draw, CENTRE_TICKS, away_ticks)
        for event in exchange.apply(command, START_NS):
            match event:
                case OrderAccepted(order_id=accepted_id, account=account):
                    resting[accepted_id] = account
                case OrderDone(order_id=done_id):
                    resting.pop(done_id, None)
                case OrderRejected(text=text):
                    raise AssertionError(f"a benchmark order was refused: {text}")
        drawn.append(command)
    return drawn

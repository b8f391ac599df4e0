"""Currencies that answer for one another: what is told to be free is what orders are checked by."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import (
    Collateral,
    Command,
    ConfigureCurrency,
    ConfigurePortfolio,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    Profile,
    SetPrice,
    Side,
    TriggerSource,
)
from engine.core.events import CollateralSold, OrderRejected
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.invariants import check
from engine.core.snapshot import decode, encode
from engine.core.units import QUANTA_PER_UNIT

UNIT = QUANTA_PER_UNIT
INDEX, MARK = TriggerSource.INDEX, TriggerSource.MARK
QUANTA = st.integers(1, 3 * UNIT)


def instrument(symbol: str, asset_class: AssetClass, base: str) -> Instrument:
    return Instrument(
        symbol=symbol,
        venue="local",
        asset_class=asset_class,
        base=base,
        quote="USD",
        settlement="BTC" if asset_class is AssetClass.INVERSE else "USD",
        tick_size=Decimal("0.5"),
        lot_size=Decimal(1),
        lots_max=10**9,
        initial_margin_ppm=100_000,
        maker_fee_ppm=0,
        taker_fee_ppm=0,
    )


class Desk:
    """Ann pools BTC and USD, bob takes the other side; all is checked after every command."""

    def __init__(self, btc: int, usd: int, haircut_ppm: int) -> None:
        self.exchange = Exchange()
        self.send(ListInstrument(instrument=instrument("BTC-USD", AssetClass.SPOT, "BTC")))
        self.send(ListInstrument(instrument=instrument("P", AssetClass.PERPETUAL, "ETH")))
        self.send(ListInstrument(instrument=instrument("I", AssetClass.INVERSE, "BTC")))
        for name in ("ann", "bob"):
            self.send(OpenAccount(account=name))
        profile = Profile(base_currency="USD", collateral=Collateral.MULTI)
        self.send(ConfigurePortfolio(account="ann", profile=profile))
        self.send(ConfigureCurrency(currency="BTC", haircut_ppm=haircut_ppm))
        for account, currency, quanta in (
            ("ann", "BTC", btc),
            ("ann", "USD", usd),
            ("bob", "BTC", 10**6 * UNIT),
            ("bob", "USD", 10**9 * UNIT),
        ):
            self.send(Deposit(account=account, currency=currency, amount_quanta=quanta))
        for symbol, source, ticks in (("BTC-USD", INDEX, 777), ("P", MARK, 200), ("I", MARK, 777)):
            self.send(SetPrice(symbol=symbol, source=source, price_ticks=ticks))

    def send(self, command: Command) -> list[object]:
        events = self.exchange.apply(command, 0)
        check(self.exchange)
        return list(events)

    def place(self, account: str, symbol: str, side: Side, lots: int, ticks: int) -> bool:
        """Send a limit order; whether it was taken."""
        order = PlaceOrder(
            account=account,
            symbol=symbol,
            side=side,
            order_type=OrderType.LIMIT,
            lots=lots,
            price_ticks=ticks,
        )
        return not isinstance(self.send(order)[0], OrderRejected)

    def trade(self, symbol: str, lots: int, ticks: int) -> None:
        """Ann trades with bob, if she can."""
        side = Side.BUY if lots > 0 else Side.SELL
        if lots and self.place("bob", symbol, side.opposite, abs(lots), ticks):
            self.place("ann", symbol, side, abs(lots), ticks)


@given(QUANTA, QUANTA, st.integers(0, 900_000), st.integers(-3, 3), st.integers(-40, 40))
def test_the_margin_that_is_told_to_be_free_is_what_an_order_can_have(
    btc: int, usd: int, haircut_ppm: int, linear: int, inverse: int
) -> None:
    desk = Desk(200 * btc, 100 * usd, haircut_ppm)
    desk.trade("P", linear, 200)
    desk.trade("I", inverse, 777)
    for symbol, currency, needed in (("P", "USD", 5 * UNIT), ("I", "BTC", UNIT // 1_000)):
        position = desk.exchange.position("ann", symbol)
        side = Side.SELL if position is not None and position.lots < 0 else Side.BUY
        free = desk.exchange.pool("ann", currency).available_quanta
        held = desk.exchange.balance("ann", currency)[1]
        ticks = 100 if symbol == "P" else 200
        taken = [desk.place("ann", symbol, side, 2**n, ticks) for n in reversed(range(20))]
        more = desk.exchange.balance("ann", currency)[1] - held
        left = desk.exchange.pool("ann", currency).available_quanta
        assert more <= max(0, free)
        assert abs(free - more - left) <= 1
        assert left < needed or all(taken)


@given(QUANTA, st.integers(0, 900_000), st.integers(1, 3), st.integers(1, 199))
def test_after_a_liquidation_nothing_is_owed_and_what_was_sold_is_accounted_for(
    btc: int, haircut_ppm: int, lots: int, mark: int
) -> None:
    desk = Desk(btc, UNIT, haircut_ppm)
    desk.trade("P", lots, 200)
    before = desk.exchange.balance("ann", "BTC")[0]
    events = desk.send(SetPrice(symbol="P", source=MARK, price_ticks=mark))
    sold = [event for event in events if isinstance(event, CollateralSold)]
    position = desk.exchange.position("ann", "P")
    if position is None or position.lots:
        assert not sold
        return
    assert desk.exchange.balance("ann", "USD")[0] >= 0
    assert (
        sum(event.sold_quanta for event in sold) == before - desk.exchange.balance("ann", "BTC")[0]
    )
    assert encode(decode(encode(desk.exchange))) == encode(desk.exchange)

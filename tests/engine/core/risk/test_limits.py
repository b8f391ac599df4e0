"""The size that a refusal names passes, and one lot more does not."""

import re
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import (
    AdvanceTime,
    Command,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetLimits,
    Side,
)
from engine.core.events import Event, OrderRejected
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.invariants import check
from engine.core.margin_terms import InstrumentLimit, Limits
from engine.core.reasons import Reason
from engine.core.snapshot import encode
from engine.core.units import QUANTA_PER_UNIT

UNIT = QUANTA_PER_UNIT
PERP = Instrument(
    symbol="P",
    venue="local",
    asset_class=AssetClass.PERPETUAL,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal(1),
    lot_size=Decimal("0.1"),
    initial_margin_ppm=10_000,
)
LIMITS = st.one_of(
    st.builds(lambda n: Limits(order_notional_max_quanta=n * UNIT), st.integers(1, 2_000)),
    st.builds(lambda n: Limits(position_notional_max_quanta=n * UNIT), st.integers(1, 2_000)),
    st.builds(lambda n: Limits(leverage_max_ppm=n), st.integers(1, 300_000)),
    st.builds(lambda n: of_symbol(InstrumentLimit(lots_max=n)), st.integers(1, 200)),
    st.builds(
        lambda n: of_symbol(InstrumentLimit(notional_max_quanta=n * UNIT)), st.integers(1, 2_000)
    ),
)
SIDES = st.sampled_from(Side)


def of_symbol(limit: InstrumentLimit) -> Limits:
    return Limits(by_symbol={"P": limit})


class Desk:
    """An exchange on which everything is checked after every command."""

    def __init__(self) -> None:
        self.exchange = Exchange()
        self.send(ListInstrument(instrument=PERP))
        for name in ("ann", "bob"):
            self.send(OpenAccount(account=name))
            self.send(Deposit(account=name, currency="USDT", amount_quanta=10_000 * UNIT))

    def send(self, command: Command) -> tuple[Event, ...]:
        events = self.exchange.apply(command, 0)
        check(self.exchange)
        return events

    def place(
        self, account: str, side: Side, lots: int, price: int | None, *, reduce_only: bool = False
    ) -> OrderRejected | None:
        """Send an order; its refusal, if it was refused, which was foreseen."""
        order_type = OrderType.MARKET if price is None else OrderType.LIMIT
        order = PlaceOrder(
            account=account,
            symbol="P",
            side=side,
            order_type=order_type,
            lots=lots,
            price_ticks=price,
            reduce_only=reduce_only,
        )
        foreseen = self.exchange.order_refusal(account, order)
        first = self.send(order)[0]
        refusal = first if isinstance(first, OrderRejected) else None
        if refusal is None:
            assert foreseen is None
        else:
            assert foreseen is not None
            assert (foreseen.reason, foreseen.text) == (refusal.reason, refusal.text)
            if refusal.reason is Reason.LIMIT_EXCEEDED:
                assert foreseen.fits_lots == named(refusal)
        return refusal


def desk_with(position: int, limits: Limits) -> Desk:
    """Ann has so many signed lots from 100, the book has depth on both sides, she has limits."""
    desk = Desk()
    if position:
        side = Side.BUY if position > 0 else Side.SELL
        desk.place("bob", side.opposite, abs(position), 100)
        desk.place("ann", side, abs(position), None)
    for far in range(1, 4):
        desk.place("bob", Side.SELL, 60, 100 + 2 * far)
        desk.place("bob", Side.BUY, 60, 100 - 2 * far)
    desk.send(SetLimits(account="ann", limits=limits))
    return desk


def named(refusal: OrderRejected) -> int:
    """The lots that a refusal says to send; 0 when it says to send none."""
    found = re.search(r"send ([0-9.]+) or less", refusal.text)
    return 0 if found is None else int(Decimal(found[1]) * 10)


@given(st.integers(-80, 80), LIMITS, SIDES, st.integers(1, 180), st.sampled_from([99, 101, None]))
def test_the_size_that_is_named_is_the_largest_that_passes(
    position: int, limits: Limits, side: Side, lots: int, price: int | None
) -> None:
    refusal = desk_with(position, limits).place("ann", side, lots, price)
    if refusal is None:
        return
    assert refusal.reason is Reason.LIMIT_EXCEEDED
    fits = named(refusal)
    assert fits < lots
    if fits:
        assert desk_with(position, limits).place("ann", side, fits, price) is None
    again = desk_with(position, limits).place("ann", side, fits + 1, price)
    assert again is not None
    assert again.reason is Reason.LIMIT_EXCEEDED


@given(st.integers(-80, 80).filter(bool), LIMITS, st.integers(1, 80), st.booleans())
def test_what_only_reduces_passes_whatever_the_limit(
    position: int, limits: Limits, lots: int, reduce_only: bool
) -> None:
    side = Side.SELL if position > 0 else Side.BUY
    lots = min(lots, abs(position))
    desk = desk_with(position, limits)
    assert desk.place("ann", side, lots, None, reduce_only=reduce_only) is None


@given(st.lists(st.tuples(SIDES, st.integers(1, 40)), max_size=8), st.integers(1, 60))
def test_orders_in_the_book_cannot_add_up_to_more_than_the_limit(
    orders: list[tuple[Side, int]], most: int
) -> None:
    desk = desk_with(0, of_symbol(InstrumentLimit(lots_max=most)))
    for side, lots in orders:
        desk.place("ann", side, lots, 100)
    desk.place("bob", Side.SELL, 200, 100)
    desk.place("bob", Side.BUY, 200, 100)
    held = desk.exchange.position("ann", "P")
    assert held is None or held.largest_lots <= most


def test_asking_for_a_limit_changes_nothing() -> None:
    """Not even for an account that was never asked about the instrument, and a rate that is used
    up and forgotten."""
    desk = desk_with(0, Limits(orders_per_second_max=1))
    desk.place("ann", Side.BUY, 1, 90)
    desk.send(OpenAccount(account="cat"))
    desk.send(SetLimits(account="cat", limits=Limits(order_notional_max_quanta=1)))
    desk.exchange.apply(AdvanceTime(), 2_000_000_000)
    before = encode(desk.exchange)
    order = PlaceOrder(
        account="cat", symbol="P", side=Side.BUY, order_type=OrderType.MARKET, lots=1
    )
    refusal = desk.exchange.order_refusal("cat", order)
    assert refusal is not None
    assert refusal.fits_lots == 0
    assert desk.exchange.order_refusal("ann", msgspec.structs.replace(order, account="ann")) is None
    assert encode(desk.exchange) == before

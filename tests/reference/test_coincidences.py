"""What a swarm seldom brings about, command by command through the engine and its twin."""

import pytest

from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelOrder,
    Command,
    ConfigureMirror,
    HaltInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OrderType,
    PlaceOrder,
    QueueModel,
    SendCommand,
    Side,
    TimeInForce,
)
from engine.core.events import CommandRejected, Event, OrderFilled
from engine.core.mirror.queue_position import QueuePosition
from engine.core.reasons import Reason
from tests.reference.agreement import Pair
from tests.reference.world import STEP_NS, SYMBOLS, World, opening

SYMBOL = SYMBOLS[1]
MS = 1_000_000


class Market:
    """A pair of exchanges with a bid queue at 100; all that is applied must agree."""

    def __init__(self, model: QueueModel = QueueModel.AHEAD) -> None:
        self.pair = Pair()
        for command in opening(World()):
            self.pair.apply(command, 0)
        self(ConfigureMirror(symbol=SYMBOL, queue_model=model))

    def __call__(self, command: Command, ts_ns: int = 0) -> tuple[Event, ...]:
        events = self.pair.apply(command, ts_ns)
        self.pair.restart()
        self.pair.same_views()
        return events

    def bids(self, lots: int, at_ms: int, **more: int) -> tuple[Event, ...]:
        asks = tuple((100, size) for size in more.values())
        return self(MirrorDepth(symbol=SYMBOL, bids=((100, lots),), asks=asks, venue_ns=at_ms * MS))

    def sold(self, lots: int, at_ms: int) -> tuple[Event, ...]:
        return self(
            MirrorTrade(
                symbol=SYMBOL, side=Side.SELL, price_ticks=100, lots=lots, venue_ns=at_ms * MS
            )
        )

    def queue(self, order_id: int) -> QueuePosition:
        found = self.pair.engine.queue(order_id)
        assert found is not None
        return found


def buy(lots: int = 4, account: str = "ann", display: int | None = None) -> PlaceOrder:
    return PlaceOrder(
        account=account,
        symbol=SYMBOL,
        side=Side.BUY,
        order_type=OrderType.LIMIT if display is None else OrderType.ICEBERG,
        lots=lots,
        price_ticks=100,
        display_lots=display,
    )


def filled(events: tuple[Event, ...]) -> int:
    return sum(event.lots for event in events if isinstance(event, OrderFilled))


def test_a_fall_is_forgotten_with_the_last_order_that_saw_it() -> None:
    """Else a print would be spent on explaining it, and not hold back the order that came then."""
    on = Market()
    on.bids(20, 1)
    on(buy())
    on.bids(14, 2)
    on(CancelOrder(account="ann", order_id=1))
    on(buy())
    on.bids(9, 3)
    on.sold(5, 2)
    assert on.queue(2).ahead_lots == 9
    assert on.queue(2).traded_ahead_lots == 5


def test_an_amendment_at_the_same_price_leaves_the_queue_for_a_moment() -> None:
    on = Market()
    on.bids(20, 1)
    on(buy())
    on.bids(14, 2)
    on(AmendOrder(account="ann", order_id=1, lots=9))
    on.bids(9, 3)
    on.sold(5, 2)
    assert on.queue(1).ahead_lots == 9


def test_what_fell_ahead_of_two_falls_ahead_of_the_one_that_is_left() -> None:
    on = Market()
    on.bids(7, 1)
    on(buy())
    on.bids(12, 2)
    on(buy(account="dan"))
    on.bids(3, 3)
    on.bids(0, 4)
    on(CancelOrder(account="ann", order_id=1))
    assert filled(on.sold(12, 3)) == 0
    assert on.queue(2).traded_ahead_lots == 12
    assert filled(on.sold(4, 3)) == 4


def test_what_was_passed_on_is_one_loss_and_rounded_once() -> None:
    on = Market()
    on.bids(5, 1)
    on(buy())
    on.bids(10, 2)
    on(buy(account="dan"))
    on.bids(0, 3)
    on(CancelOrder(account="ann", order_id=1))
    assert filled(on.sold(3, 3)) == 0


def test_an_order_that_came_after_the_fall_is_held_back_and_counts_nothing_as_its_own() -> None:
    on = Market()
    on.bids(6, 1)
    on(buy())
    on.bids(0, 2)
    on(buy(account="dan"))
    on(CancelOrder(account="ann", order_id=1))
    assert filled(on.sold(6, 2)) == 0
    position = on.queue(2)
    assert (position.ahead_at_rest_lots, position.cancelled_ahead_lots) == (4, 4)


@pytest.mark.parametrize(("later_ms", "held"), [(1002, True), (1003, False)])
def test_a_fall_is_remembered_for_a_second_of_the_venue(later_ms: int, held: bool) -> None:
    on = Market()
    on.bids(6, 1)
    on(buy())
    on.bids(0, 2)
    on(MirrorDepth(symbol=SYMBOL, bids=(), asks=(), venue_ns=later_ms * MS))
    assert filled(on.sold(4, 2)) == (0 if held else 4)


def test_a_display_that_the_market_went_through_was_traded() -> None:
    on = Market()
    on.bids(6, 1)
    on(buy())
    on.bids(6, 2, crossing=3)
    position = on.queue(1)
    assert (position.ahead_lots, position.traded_ahead_lots) == (0, 6)


def test_a_slice_that_comes_during_a_print_has_not_seen_it() -> None:
    on = Market()
    on.bids(3, 1)
    on(buy(9, display=2))
    on.bids(8, 2)
    on.sold(6, 3)
    assert on.queue(1).printed_lots == 0
    assert on.queue(1).ahead_at_rest_lots == 5
    on.sold(1, 3)
    assert on.queue(1).printed_lots == 1


def test_an_arrival_comes_after_the_expiry_and_the_end_of_a_halt_of_its_time() -> None:
    on, at_ns = Market(), 5 * STEP_NS
    on(
        PlaceOrder(
            account="ann",
            symbol=SYMBOL,
            side=Side.BUY,
            order_type=OrderType.LIMIT,
            lots=4,
            price_ticks=100,
            time_in_force=TimeInForce.GTD,
            expires_ns=at_ns,
        )
    )
    on(HaltInstrument(symbol=SYMBOL, until_ns=at_ns))
    cancel = CancelOrder(account="ann", order_id=1)
    on(SendCommand(account="ann", command=cancel, delay_ns=at_ns))
    on(SendCommand(account="ann", command=buy(), delay_ns=0))
    names = [type(event).__name__ for event in on(AdvanceTime(), at_ns)]
    arrived = ["CommandArrived", "CommandRejected", "CommandArrived", "OrderAccepted"]
    assert names == ["OrderDone", "InstrumentResumed", *arrived]


def test_an_order_is_filled_while_its_cancel_is_on_its_way() -> None:
    on = Market()
    on.bids(3, 1)
    on(buy())
    cancel = CancelOrder(account="ann", order_id=1)
    on(SendCommand(account="ann", command=cancel, delay_ns=STEP_NS))
    assert filled(on.sold(7, 2)) == 4
    refused = on(AdvanceTime(), STEP_NS)[-1]
    assert isinstance(refused, CommandRejected)
    assert refused.reason is Reason.UNKNOWN_ORDER


def test_a_cancel_that_arrives_takes_the_expiry_with_it_that_was_due_later() -> None:
    on = Market()
    on(buy())
    on(AmendOrder(account="ann", order_id=1, expires_ns=3 * STEP_NS))
    cancel = CancelOrder(account="ann", order_id=1)
    on(SendCommand(account="ann", command=cancel, delay_ns=2 * STEP_NS))
    names = [type(event).__name__ for event in on(AdvanceTime(), 9 * STEP_NS)]
    assert names == ["CommandArrived", "OrderDone"]


def test_of_a_thousand_on_their_way_none_more_is_sent() -> None:
    pair = Pair()
    for command in opening(World()):
        pair.apply(command, 0)
    send = SendCommand(account="ann", command=CancelOrder(account="ann", order_id=1), delay_ns=1)
    for _ in range(1_000):
        pair.apply(send, 0)
    (refused,) = pair.apply(send, 0)
    assert isinstance(refused, CommandRejected)
    assert refused.reason is Reason.NOT_SENDABLE
    pair.same_views()


def test_a_resync_in_which_nothing_moved_keeps_every_place() -> None:
    on = Market()
    on.bids(5, 1)
    on(buy())
    on.bids(9, 2)
    on(buy(account="dan"))
    before = [on.queue(order_id) for order_id in (1, 2)]
    on(MirrorDown(symbol=SYMBOL))
    on(MirrorDown(symbol=SYMBOL))
    snapshot = MirrorDepth(symbol=SYMBOL, bids=((100, 9),), asks=(), snapshot=True)
    assert on(snapshot) == ()
    assert [on.queue(order_id) for order_id in (1, 2)] == before

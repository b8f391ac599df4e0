"""Every event leaves its mark in the tables, with its numbers, and groups can be told from them."""

from decimal import Decimal
from typing import get_args

import pytest

from engine.core.commands import Exits, OrderType, SelfTrade, TriggerSource
from engine.core.events import (
    AllCancelled,
    BasketAccepted,
    BasketDone,
    CommandRejected,
    EndCause,
    Event,
    FeesSet,
    FeeTierReached,
    HaltCause,
    InstrumentHalted,
    InstrumentResumed,
    KillEngaged,
    OrderAmended,
    OrderEnd,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
    ResizeCause,
    Reversed,
    TriggerMoved,
)
from engine.core.orders.life_cycle import LifeCycleError
from engine.core.reasons import Reason
from engine.journal.projection import Projection
from tests.engine.journal.order_events import ME, PERP, SELL, TS_NS, Told

D = Decimal


@pytest.fixture
def told() -> Told:
    return Told()


def test_no_event_is_left_out() -> None:
    assert set(Projection().kinds) == set(get_args(Event))


def test_a_trailing_stop_limit_tells_its_whole_life(told: Told) -> None:
    terms = {
        "trail_ppm": 10_000,
        "activation_ticks": 210,
        "limit_offset_ticks": 2,
        "trigger_on": TriggerSource.LAST,
        "expires_ns": TS_NS + 99,
        "reduce_only": True,
    }
    kind = OrderType.TRAILING_STOP_LIMIT
    told.command("PlaceOrder", told.accepted(1, kind, side=SELL, **terms))
    row = told.order(1)
    assert (row.state, row.trigger_on, row.trail_ppm, row.reduce_only) == (
        "waiting",
        "last",
        10_000,
        True,
    )
    assert (row.activation, row.limit_offset, row.expires_at) == (D(105), D(1), TS_NS + 99)
    moved = TriggerMoved(**told.stamp(), **ME, order_id=1, best_ticks=212, trigger_ticks=209)
    told.command("MirrorTrade", moved)
    assert (row.best, row.trigger, row.trigger_ticks) == (D(106), D("104.5"), 209)
    fired = OrderTriggered(
        **told.stamp(),
        **ME,
        order_id=1,
        source=TriggerSource.LAST,
        reached_ticks=208,
        trigger_ticks=209,
        price_ticks=207,
    )
    told.command("MirrorTrade", fired)
    assert (row.price, row.triggered_at) == (D("103.5"), fired.ts_ns)
    gone = told.done(1, OrderEnd.EXPIRED, EndCause.EXPIRED, cancelled=10)
    told.command("AdvanceTime", gone)
    assert told.life(1) == [
        ("accepted", "waiting"),
        ("trailed", "waiting"),
        ("triggered", "triggered"),
        ("expired", "expired"),
    ]
    _, trailed, triggered, _ = told.events_of(1)
    assert (trailed.reached, trailed.trigger, trailed.text) == (D(106), D("104.5"), "follows 106")
    assert triggered.text == "the last price reached 104: a limit order at 103.5"
    assert (triggered.source, triggered.reached_ticks, triggered.price) == ("last", 208, D("103.5"))


def test_an_iceberg_says_what_it_shows_and_hides(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, OrderType.ICEBERG, price_ticks=200, display_lots=3))
    refill = OrderRefilled(**told.stamp(), **ME, order_id=1, shown_lots=3, hidden_lots=4)
    told.command("MirrorTrade", *told.fill(1, 3, 7, 3), refill)
    row = told.events_of(1)[-1]
    assert (told.order(1).display, told.order(1).state) == (D("0.003"), "partially_filled")
    assert (row.kind, row.lots, row.open_lots, row.state) == ("refilled", 3, 7, "partially_filled")
    assert row.text == "at the back of its queue, 0.004 hidden behind the new slice"


def test_a_new_size_has_its_cause(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, price_ticks=200))
    cut = OrderResized(
        **told.stamp(), **ME, order_id=1, lots=6, open_lots=6, cause=ResizeCause.POSITION
    )
    told.command("PlaceOrder", cut)
    row = told.events_of(1)[-1]
    assert (told.order(1).lots, told.order(1).size) == (6, D("0.006"))
    assert (row.kind, row.reason, row.text) == (
        "resized",
        "position",
        "it follows a position, which changed",
    )


def test_an_amendment_leaves_the_terms_that_hold_now(told: Told) -> None:
    stop = told.accepted(1, OrderType.STOP, side=SELL, trigger_ticks=190)
    told.command("PlaceOrder", stop)
    change = OrderAmended(
        **told.stamp(),
        **ME,
        order_id=1,
        lots=10,
        open_lots=10,
        price_ticks=None,
        kept_priority=True,
        display_lots=None,
        trigger_ticks=192,
        expires_ns=TS_NS + 5,
    )
    told.command("AmendOrder", change)
    row = told.order(1)
    assert (row.trigger, row.expires_at, row.price, row.amendments) == (D(96), TS_NS + 5, None, 1)
    assert (row.trigger_on, told.life(1)[-1]) == ("mark", ("amended", "waiting"))


def test_both_orders_of_a_prevented_trade_tell_of_it(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, price_ticks=200))
    told.command("PlaceOrder", told.accepted(2, price_ticks=200), told.prevented(1, 2))
    first, second = told.events_of(1)[-1], told.events_of(2)[-1]
    assert (first.seq, first.n) == (second.seq, second.n)
    assert (first.part, second.part) == (0, 1)
    assert (first.other_id, second.other_id, first.reason) == (2, 1, "decrement_both")
    assert first.reason == SelfTrade.DECREMENT_BOTH.value
    assert second.text == "met order 1 of the same owner: both lose as much"


def test_the_exits_of_a_bracket_belong_to_the_round_trip_of_its_entry(told: Told) -> None:
    exits = Exits(take_profit_ticks=220, stop_loss_ticks=180, stop_limit_ticks=179)
    entry = told.accepted(1, OrderType.MARKET, exits=exits)
    profit = told.accepted(2, side=SELL, price_ticks=220, parent_id=1)
    stop = told.accepted(
        3,
        OrderType.STOP_LIMIT,
        side=SELL,
        price_ticks=179,
        trigger_ticks=180,
        parent_id=1,
        linked_id=2,
    )
    told.command(
        "PlaceOrder",
        entry,
        *told.fill(1, 10, 0, 10),
        told.done(1, OrderEnd.FILLED, EndCause.FILLED, filled=10),
        profit,
        stop,
    )
    rows = [told.order(number) for number in (1, 2, 3)]
    assert [(row.group_kind, row.group_id, row.role) for row in rows] == [
        ("bracket", 1, "entry"),
        ("bracket", 1, "take_profit"),
        ("bracket", 1, "stop_loss"),
    ]
    assert {row.position_id for row in rows} == {1}
    assert (rows[1].linked_id, rows[2].linked_id) == (3, 2)
    assert (rows[0].take_profit, rows[0].stop_loss, rows[0].stop_limit) == (
        D(110),
        D(90),
        D("89.5"),
    )


def test_pairs_position_exits_and_baskets_are_told_apart(told: Told) -> None:
    pair = [
        told.accepted(1, side=SELL, price_ticks=220),
        told.accepted(2, OrderType.STOP, side=SELL, trigger_ticks=180, linked_id=1),
    ]
    told.command("PlaceOco", *pair)
    told.command("PlaceOrder", told.accepted(3, OrderType.MARKET), *told.fill(3, 10, 0, 10))
    guard = [
        told.accepted(4, OrderType.TAKE_PROFIT, side=SELL, trigger_ticks=220),
        told.accepted(5, OrderType.STOP, side=SELL, trigger_ticks=180, linked_id=4),
    ]
    told.command("ProtectPosition", *guard)
    basket = {"basket_id": 6, "account": "me"}
    told.command(
        "PlaceBasket",
        BasketAccepted(**told.stamp(), **basket, legs=2, share_ppm=500_000),
        told.accepted(7, OrderType.MARKET, parent_id=6),
        BasketDone(**told.stamp(), **basket),
    )
    groups = {
        number: (row.group_kind, row.group_id, row.role)
        for number, row in told.batch.orders.items()
    }
    assert groups == {
        1: ("oco", 1, "first"),
        2: ("oco", 1, "second"),
        3: ("", None, ""),
        4: ("position", 4, "take_profit"),
        5: ("position", 4, "stop_loss"),
        7: ("basket", 6, "leg"),
    }
    assert told.order(5).position_id == told.order(3).position_id == 1
    assert [(row.kind, row.group_id) for row in told.batch.venue] == [
        ("basket", 6),
        ("basket_done", 6),
    ]


def test_an_order_names_the_one_that_it_replaced(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, price_ticks=200))
    old = told.done(1, OrderEnd.CANCELLED, EndCause.REPLACED, cancelled=10)
    told.command("ReplaceOrder", old, told.accepted(2, price_ticks=201))
    assert (told.order(1).state, told.order(1).cause) == ("cancelled", "replaced")
    assert told.order(2).replaces_id == 1
    assert told.events_of(1)[-1].command == "ReplaceOrder"


def test_a_fill_knows_the_type_of_its_order(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, OrderType.MARKET), *told.fill(1, 10, 0, 10))
    assert [row.order_type for row in told.batch.fills] == ["market"]


def test_halts_tiers_and_switches_stand_in_a_table_of_their_own(told: Told) -> None:
    halt = InstrumentHalted(**told.stamp(), symbol=PERP, cause=HaltCause.MOVED, until_ns=TS_NS + 60)
    told.command("MirrorTrade", halt)
    told.command("AdvanceTime", InstrumentResumed(**told.stamp(), symbol=PERP))
    told.command("ConfigureFees", FeesSet(**told.stamp(), symbol=PERP, schedule="standard"))
    tier = FeeTierReached(
        **told.stamp(), **ME, tier=1, volume_quanta=10**18, maker_ppm=-50, taker_ppm=400
    )
    told.command("PlaceOrder", tier)
    told.command(
        "EngageKill",
        KillEngaged(**told.stamp(), account="me", cancelled_orders=3, open_positions=1),
    )
    told.command("Reverse", Reversed(**told.stamp(), **ME, lots=-10))
    told.command(
        "CancelAll", AllCancelled(**told.stamp(), account="me", symbol=None, tag="x", orders=1)
    )
    told.command(
        "ResumeInstrument",
        CommandRejected(
            **told.stamp(), account="", order_id=None, reason=Reason.NOT_HALTED, text="it trades"
        ),
    )
    rows = told.batch.venue
    assert [(row.kind, row.text) for row in rows] == [
        ("halted", "trading stopped: its price moved too far too fast"),
        ("resumed", "trading resumed"),
        ("fees", "fills cost what the schedule standard says"),
        ("fee_tier", "the next fills cost -50 ppm as maker, 400 ppm as taker"),
        ("kill_engaged", "no new risk is taken; 3 orders cancelled, 1 position open"),
        ("reversed", "the position is -0.01 now"),
        ("all_cancelled", "1 order labelled x cancelled"),
        ("refused", "it trades"),
    ]
    assert (rows[0].cause, rows[0].until) == ("moved", TS_NS + 60)
    assert (rows[3].tier, rows[3].volume, rows[3].maker_fee_ppm) == (1, D(1_000_000), -50)


def test_what_cannot_happen_to_an_order_is_an_error_and_not_a_row(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, OrderType.STOP, trigger_ticks=220))
    with pytest.raises(LifeCycleError, match="an order that is waiting cannot be fill"):
        told.command("MirrorTrade", *told.fill(1, 10, 0, 10))

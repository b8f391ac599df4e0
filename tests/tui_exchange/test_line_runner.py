"""A line runs on a real exchange: each statement does what its words say, and only once."""

import pytest

from engine.core.commands import Side
from tests.tui_exchange.paper import Paper
from tui_exchange.views import OrderStage

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


def triggers(paper: Paper) -> list[int]:
    """The triggers of the orders that wait, oldest first."""
    orders = paper.session.working_orders()
    return [order.trigger_ticks for order in orders if order.trigger_ticks is not None]


@pytest.mark.parametrize(
    "text",
    [
        "oco sell 0.1 at +1% stop -1%",
        "basket buy BTC-USDT:0.01 ETH-USDT:0.1",
        "stop sell 0.1 at -1% gtd=1h",
        "b 0.1 sl=-1%",
    ],
)
def test_a_group_that_was_sent_a_moment_ago_is_held_back(paper: Paper, text: str) -> None:
    paper.line("b 1")
    paper.line(text)
    assert "sent 0 ms ago" in paper.refusal(text)
    paper.run(2)
    assert paper.session.run_line(text, "BTC-USDT").ok


def test_a_second_reversal_within_two_seconds_does_not_turn_back(paper: Paper) -> None:
    paper.line("b 0.5; reverse", PERP)
    assert "sent 0 ms ago" in paper.refusal("reverse", PERP)
    (position,) = paper.session.positions()
    assert position.lots == -500


def test_cancelling_stops_leaves_what_rests(paper: Paper) -> None:
    paper.line("b 1; s 0.1 at +1%; stop sell 0.1 at -1%; tp sell 0.1 at +2% tag=t; trail by 1%")
    paper.line("x stops tag=t")
    assert [order.order_id for order in paper.session.working_orders()] == [2, 3, 5]
    paper.line("x stops")
    (resting,) = paper.session.working_orders()
    assert (resting.order_id, resting.stage) == (2, OrderStage.WORKING)
    assert paper.refusal("x stops") == "no order waits for its trigger in BTC-USDT"


def test_attached_exits_are_changed_one_at_a_time(paper: Paper) -> None:
    paper.line("b 0.5; stop at -1%", PERP)
    (stop,) = triggers(paper)
    paper.line("tp at +2%", PERP)
    profit, same = triggers(paper)
    assert same == stop < profit
    paper.line("protect sl off", PERP)
    assert triggers(paper) == [profit]
    paper.line("b 0.4", PERP)
    (attached,) = paper.session.working_orders()
    assert (attached.lots, attached.attached) == (900, True)
    paper.line("protect off", PERP)
    assert not paper.session.working_orders()


def test_an_amendment_reaches_every_term(paper: Paper) -> None:
    paper.line("b 2 at -1% show=0.5; stop buy 0.1 at last+1%")
    paper.line("amend #1 size 3 show=0.2 gtd=3s; move #2 +10; amend #2 gtd=1m3s")
    iceberg, stop = paper.session.working_orders()
    assert (iceberg.lots, stop.lots) == (3_000, 100)
    assert iceberg.expires_ns is not None
    assert stop.expires_ns is not None
    assert stop.expires_ns - iceberg.expires_ns == 60 * 10**9
    paper.run(4)
    assert [order.order_id for order in paper.session.working_orders()] == [2]


def test_a_killed_account_can_close_and_nothing_else(paper: Paper) -> None:
    paper.line("b 0.5; b 0.1 at -1%", PERP)
    paper.line("kill")
    assert not paper.session.working_orders()
    assert "kill switch" in paper.refusal("b 0.1")
    paper.line("close 0.2", PERP)
    paper.line("stop at -1%; close", PERP)
    assert not paper.session.positions()
    paper.line("release; b 0.1")


def test_killing_can_close_every_position(paper: Paper) -> None:
    paper.line("b 0.5; s 0.1 eth-usdt-perp", PERP)
    paper.line("kill close")
    assert not paper.session.positions()


def test_a_sale_of_everything_leaves_room_for_the_worst_fee_of_a_schedule(paper: Paper) -> None:
    paper.line("fees market-maker")
    paper.line("b all at ask")
    assert paper.refusal("b 0.01 at ask").startswith("needs ")


@pytest.mark.parametrize("side", [Side.BUY, Side.SELL])
def test_a_bracket_of_either_side_has_exits_of_the_other(paper: Paper, side: Side) -> None:
    sign = 1 if side is Side.BUY else -1
    paper.line(f"{side.value} 0.5 sl={-sign:+}% tp={2 * sign:+}%", PERP)
    profit, stop = paper.session.working_orders()
    assert (profit.side, stop.side) == (side.opposite, side.opposite)
    assert profit.price_ticks is not None
    assert stop.trigger_ticks is not None
    assert (profit.price_ticks - stop.trigger_ticks) * sign > 0


def test_a_halt_ends_by_itself(paper: Paper) -> None:
    paper.line("halt 5s")
    assert "is halted" in paper.refusal("b 0.1")
    paper.run(5)
    paper.line("b 0.1")


def test_a_line_without_a_halt_to_end_is_refused(paper: Paper) -> None:
    assert paper.refusal("resume BTC-USDT")
    assert paper.line("resume") == ("the market runs at 1×",)


def test_the_life_of_an_order_is_told_by_its_number(paper: Paper) -> None:
    paper.line("b 0.1 at -1%; x all")
    assert paper.line("order #1")[0].startswith("order 1: buy 0.1 BTC-USDT limit")
    assert "99" in paper.refusal("order #99")


def test_an_order_is_withdrawn_by_the_label_that_it_got_later(paper: Paper) -> None:
    paper.line("b 0.1 at bid; b 0.1 at bid-1t", PERP)
    number = paper.session.working_orders()[0].order_id
    paper.line(f"tag #{number} late", PERP)
    paper.line("x tag=late", PERP)
    assert [order.order_id for order in paper.session.working_orders()] == [number + 1]


def test_nothing_is_written_to_an_order_that_was_never_sent(paper: Paper) -> None:
    assert "there is no order #77" in paper.refusal("note #77 hello", PERP)

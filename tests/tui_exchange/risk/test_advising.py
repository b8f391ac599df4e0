"""An order is held against the advisory limits before it is sent, whoever sends it."""

import pytest

from tests.tui_exchange.paper import Paper

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    """Five million USDT; one BTC is about 1.24% of that."""
    desk = Paper()
    desk.run()
    return desk


def held(paper: Paper, symbol: str = "BTC-USDT") -> int:
    """Lots of a position; 0 without one."""
    position = paper.session.exchange.position("main", symbol)
    return 0 if position is None else position.lots


def test_a_warning_is_told_before_and_after_and_the_order_is_sent(paper: Paper) -> None:
    paper.line("advise position-size 1")
    looked = paper.session.preview("b 2", "BTC-USDT")
    warning = looked.messages[-1]
    assert looked.ok
    assert warning == (
        "warning, position-size: BTC-USDT would be 2.49% of equity; the limit is 1%: 0.806 BTC"
        " would pass (2 BTC asked)"
    )
    assert paper.line("b 2")[-1] == warning
    assert held(paper) == 2_000


def test_a_blocked_order_is_not_sent_and_nothing_after_it_runs(paper: Paper) -> None:
    paper.line("advise position-size=1 block")
    looked = paper.session.preview("b 2", "BTC-USDT").messages[-1]
    assert looked.startswith("would not be sent: position-size blocks it: BTC-USDT would be 2.49%")
    outcome = paper.session.run_line("b 0.5; b 2; b 0.1", "BTC-USDT")
    assert not outcome.ok
    assert outcome.messages[-1] == "not run: `buy 0.1`"
    refusal = outcome.messages[-2]
    assert refusal.startswith("not sent: position-size blocks it: BTC-USDT would be 3.11% of")
    assert "0.306 BTC would pass (2 BTC asked); `advise position-size warn`" in refusal
    assert held(paper) == 500


def test_the_size_that_would_pass_passes_and_one_lot_more_does_not(paper: Paper) -> None:
    paper.line("advise position-size 1 block")
    assert "0.806 BTC would pass" in paper.refusal("b 2 at 62000")
    assert "0.806 BTC would pass" in paper.refusal("b 0.807 at 62000")
    paper.line("b 0.806 at 62000")


def test_working_orders_count_as_if_they_were_filled(paper: Paper) -> None:
    paper.line("advise position-size 1 block; b 0.5 at 62000")
    refusal = paper.refusal("b 0.4 at 62000")
    assert "working orders included" in refusal
    assert "0.306 BTC would pass" in refusal
    paper.line("amend #1 size 0.8")
    assert "0.006 BTC more would pass (0.1 BTC more asked)" in paper.refusal("amend #1 size 0.9")
    paper.line("x all; b 0.4 at 62000")


def test_what_replaces_an_order_has_its_room(paper: Paper) -> None:
    paper.line("advise position-size 1 block; b 0.8 at 61000")
    paper.line("replace #1 with b 0.8 at 60000")
    assert "0.819 BTC would pass" in paper.refusal("replace #2 with b 0.9 at 61000")


def test_what_only_closes_passes_whatever_is_broken(paper: Paper) -> None:
    paper.line("b 2", PERP)
    paper.line("advise position-size 1 block")
    paper.line("s 1", PERP)
    refusal = paper.refusal("s 3", PERP)
    assert "1.806 BTC would pass (3 BTC asked)" in refusal
    paper.line("stop sell 1 at -1%; tp sell 1 at +3%; close", PERP)
    assert held(paper, PERP) == 0


def test_owned_coins_can_always_be_sold(paper: Paper) -> None:
    paper.line("b 2; advise position-size 1 block; s 1.5")
    assert held(paper) == 500


def test_the_loss_down_to_the_stop_of_a_bracket_is_judged(paper: Paper) -> None:
    paper.line("advise trade-risk 0.1 block")
    refusal = paper.refusal("b 1 at 62000 sl=-10%", PERP)
    assert "at its stop would have lost 0.13% of equity; the limit is 0.1%" in refusal
    assert "0.806 BTC would pass (1 BTC asked)" in refusal
    paper.line("b 0.806 at 62000 sl=-10%; b 5 at 62000", PERP)


def test_the_stop_of_a_position_guards_what_is_added_to_it(paper: Paper) -> None:
    paper.line("b 0.1; protect sl=-10%", PERP)
    paper.line("advise trade-risk 0.1 block")
    assert "at its stop" in paper.refusal("b 1", PERP)


def test_each_leg_of_a_basket_counts_for_the_next(paper: Paper) -> None:
    paper.line("advise open-positions 1 block")
    refusal = paper.refusal("basket buy BTC-USDT:0.01 ETH-USDT:0.1")
    assert "2 positions would be open; the limit is 1 position: no size passes" in refusal
    paper.line("b 0.01")
    assert "2 positions would be open" in paper.refusal("b 0.1", "ETH-USDT")
    paper.line("b 0.02")


def test_a_reversal_is_judged_by_the_position_that_it_opens(paper: Paper) -> None:
    paper.line("b 2", PERP)
    paper.line("advise position-size 1 block")
    assert "2.806 BTC would pass (4 BTC asked)" in paper.refusal("reverse", PERP)
    paper.line("advise position-size 5; reverse", PERP)
    assert held(paper, PERP) == -2_000


def test_of_several_limits_the_smallest_size_is_told(paper: Paper) -> None:
    paper.line("advise position-size 2 block; advise trade-risk 0.1 block")
    refusal = paper.refusal("b 3 at 62000 sl=-10%", PERP)
    assert refusal.count("blocks it") == 2
    assert "; 0.806 BTC passes all of them; " in refusal


def test_limits_that_are_off_say_nothing(paper: Paper) -> None:
    paper.line("advise position-size 1 off")
    assert len(paper.line("b 2")) == 1


def test_a_limit_that_cannot_be_reckoned_is_said_to_be_unknown(paper: Paper) -> None:
    paper.line("portfolio new swiss base=CHF; portfolio use swiss; portfolio topup 100000 USDT")
    (told,) = (text for text in paper.line("b 0.1") if "advisory" in text)
    assert told == (
        "the advisory limits do not judge it: what BTC-USDT is worth in CHF is not known"
    )


def test_exec_is_held_back_as_the_command_line_is(paper: Paper) -> None:
    paper.line("advise position-size 1 block")
    result = paper.session.lines.execute("b 2; b 0.1", "BTC-USDT")
    assert not result.ok
    assert result.refusal.startswith("not sent: position-size blocks it: ")
    assert not result.events

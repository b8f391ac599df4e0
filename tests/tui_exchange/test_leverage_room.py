"""Leverage whose margin is no more than maintenance is warned of, and what leaves room is named."""

import pytest

from tests.tui_exchange.paper import Paper

STOCK = "TUIX-USD"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    desk.line("mode isolated", STOCK)
    return desk


def test_a_quarter_of_maintenance_leaves_room_up_to_three(paper: Paper) -> None:
    assert "`lev 3` is the highest leverage that leaves room" in paper.line("lev 4", STOCK)[0]
    assert paper.line("lev 3", STOCK) == (f"{STOCK} has 3x leverage now",)


def test_it_is_told_before_the_leverage_is_chosen(paper: Paper) -> None:
    said = paper.session.preview("lev 4", STOCK).messages
    assert said[1].startswith(f"WARNING: at 4x the margin of {STOCK} is no more than it needs")
    assert len(paper.session.preview("lev 3", STOCK).messages) == 1


def test_an_order_that_would_be_liquidated_at_once_says_so_and_one_with_room_does_not(
    paper: Paper,
) -> None:
    paper.line("lev 4", STOCK)
    told = paper.session.preview("b 10", STOCK).messages[-1]
    assert told.startswith("WARNING: then long 10, liquidated at once or by the slightest move")
    assert told.endswith("`lev 3` leaves some")
    paper.line("lev 3", STOCK)
    assert paper.session.preview("b 10", STOCK).messages[-1].startswith("then long 10, margin ")


def test_what_only_reduces_is_not_warned_of(paper: Paper) -> None:
    paper.line("lev 4; b 10", STOCK)
    assert paper.session.preview("s 5", STOCK).messages[-1].startswith("then long 5, margin ")

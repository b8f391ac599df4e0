"""History finds a line again by its beginning or a piece of it, and has a bound."""

from hypothesis import given
from hypothesis import strategies as st

from tui_exchange.command_line import History

LINES = ("buy 1", "sell 1", "buy 2", "cancel all")


def test_walking_goes_through_lines_that_begin_as_typed_and_back():
    history = History(LINES)
    assert [history.older("b"), history.older("buy 2"), history.older("buy 1")] == [
        "buy 2",
        "buy 1",
        "buy 1",
    ]
    assert [history.newer("buy 1"), history.newer("buy 2"), history.newer("b")] == [
        "buy 2",
        "b",
        "b",
    ]


def test_a_new_line_ends_the_walk():
    history = History(LINES)
    history.older("")
    history.add("flatten")
    assert history.older("") == "flatten"


def test_search_finds_a_piece_anywhere_newest_first():
    history = History(LINES)
    assert history.search("UY") == "buy 2"
    assert history.search("uy", skip=1) == "buy 1"
    assert history.search("uy", skip=2) is None
    assert history.search("nothing") is None


def test_blank_and_repeated_lines_are_kept_once():
    assert list(History(["buy 1", " ", "buy 1 ", "sell 1", "buy 1"])) == [
        "buy 1",
        "sell 1",
        "buy 1",
    ]


@given(st.lists(st.text(min_size=1).filter(str.strip)), st.integers(1, 5))
def test_the_newest_lines_are_kept_up_to_the_limit(lines, limit):
    history = History(lines, limit)
    assert len(history) <= limit
    if lines:
        assert list(history)[-1] == lines[-1].strip()

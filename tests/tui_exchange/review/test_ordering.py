"""Sorting: every column, both ways, unknown figures last."""

import pytest

from tui_exchange.actions import TRADE_COLUMNS
from tui_exchange.panes.review_trades import COLUMNS
from tui_exchange.review.model import History
from tui_exchange.review.ordering import KEYS, Sort, SortError, parse_sort


def numbers(history: History, text: str) -> list[int]:
    return [trade.trade for trade in parse_sort(text).apply(history.trades)]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("opened", [1, 2, 3]),
        ("-opened", [3, 2, 1]),
        ("net", [2, 3, 1]),
        ("-net", [1, 3, 2]),
        ("exit", [1, 2, 3]),
        ("-exit", [2, 1, 3]),
        ("held", [1, 2, 3]),
        ("-side", [2, 1, 3]),
        ("tags", [1, 2, 3]),
        ("-TAGS", [1, 2, 3]),
    ],
)
def test_trades_stand_in_the_order_asked_for(history: History, text: str, order: list[int]) -> None:
    assert numbers(history, text) == order


@pytest.mark.parametrize("column", KEYS)
def test_every_column_sorts_every_trade_both_ways(history: History, column: str) -> None:
    assert sorted(numbers(history, column)) == sorted(numbers(history, f"-{column}")) == [1, 2, 3]


def test_the_same_column_again_turns_the_order_around() -> None:
    sort = Sort().turned_to("net")
    assert str(sort) == "-net"
    assert str(sort.turned_to("net")) == "net"
    assert str(sort.turned_to("net").turned_to("fees")) == "-fees"


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    with pytest.raises(SortError, match="did you mean net"):
        parse_sort("nett")


def test_the_columns_on_the_screen_are_those_that_keys_sort_by() -> None:
    assert tuple(column.sort for column in COLUMNS) == TRADE_COLUMNS
    assert set(TRADE_COLUMNS) <= set(KEYS)

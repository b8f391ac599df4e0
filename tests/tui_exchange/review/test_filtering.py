"""The filter grammar: every term means one thing, and what means nothing is refused in words."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_exchange.review.filtering import FIELDS, FilterError, parse_filter
from tui_exchange.review.model import History


def passing(history: History, text: str) -> list[int]:
    test = parse_filter(text)
    return [trade.trade for trade in history.trades if test(trade)]


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("", [1, 2, 3]),
        ("btc", [1, 2, 3]),
        ("perp dip", [1]),
        ("symbol:BTC tag:dip side:long net>0", [1]),
        ("symbol:eth", []),
        ("symbol:eth,btc", [1, 2, 3]),
        ("side:short", [2]),
        ("side=long", [1, 3]),
        ("side!=long", [2]),
        ("-side:long", [2]),
        ("-dip", [2, 3]),
        ("state:open", [3]),
        ("note:FIRST", [1]),
        ('"first"', [1]),
        ("net>0", [1]),
        ("net<=-0.00462", [2, 3]),
        ("net=0.879", [1]),
        ("return>8.7%", [1]),
        ("exit>0", [1, 2]),
        ("-exit>0", [3]),
        ("fees>0.01", [1, 2]),
        ("size>=0.05", [1, 2]),
        ("fills>1", [1, 2]),
        ("trade:2", [2]),
        ("held>1s", [1, 2]),
        ("held<1.4s", []),
        ("held>=0.5d", []),
        ("opened>=2023-11", [1, 2, 3]),
        ("opened:2023-11-14T22:13", [1, 2, 3]),
        ("opened<2023", []),
        ("opened>2023-11-14T22:13:26", [2, 3]),
        ("closed<=2023-11-14", [1, 2]),
    ],
)
def test_a_filter_passes_what_it_says(history: History, text: str, trades: list[int]) -> None:
    assert passing(history, text) == trades


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nett>0", "did you mean net?"),
        ("zzz:1", "fields: symbol"),
        ("net>much", "not a number"),
        ("net>", "should stand"),
        ("symbol>btc", "symbol is text"),
        ("side:up", "long or short"),
        ("held>5", "5m"),
        ("opened>yesterday", "2025-03-31"),
        ("opened>=2025-3", "2025-03-31"),
        ('"open', "quote"),
    ],
)
def test_what_says_nothing_is_refused_with_what_would(text: str, sentence: str) -> None:
    with pytest.raises(FilterError) as refused:
        parse_filter(text)
    assert sentence in str(refused.value)


@given(
    st.one_of(
        st.text(max_size=30),
        st.builds(
            lambda field, sign, value: f"{field}{sign}{value}",
            st.sampled_from(FIELDS),
            st.sampled_from([":", "=", "!=", ">", "<", ">=", "<="]),
            st.text(max_size=10),
        ),
    )
)
def test_any_text_is_a_filter_or_a_sentence(text: str) -> None:
    with contextlib.suppress(FilterError):
        assert callable(parse_filter(text))


@pytest.mark.parametrize("text", ["perp", "net>0", "side:long", "held>1s", "exit>0", "tag:dip"])
def test_a_term_and_its_opposite_divide_the_trades(history: History, text: str) -> None:
    assert sorted(passing(history, text) + passing(history, f"-{text}")) == [1, 2, 3]

"""Deribit's names and ours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.deribit.symbols import MONTHS, is_inverse, is_option, name_of, ours, symbol_of
from feeds.errors import UnknownSymbol

PAIRS = [
    ("BTC-PERPETUAL", "BTC-USD-PERP"),
    ("BTC_USDC-PERPETUAL", "BTC-USDC-PERP"),
    ("ETH-6AUG21", "ETH-USD-20210806"),
    ("BTC_USDC-25DEC26", "BTC-USDC-20261225"),
    ("BTC-25DEC26-70000-C", "BTC-20261225-70000-C"),
    ("BTC_USDC-25DEC26-70000-P", "BTC-USDC-20261225-70000-P"),
    ("XRP_USDC-25DEC26-0d55-P", "XRP-USDC-20261225-0.55-P"),
    ("BTC_USDC", "BTC-USDC"),
    ("ETH_BTC", "ETH-BTC"),
]
currencies = st.sampled_from(["BTC", "ETH", "SOL", "XRP", "PAXG"])
quotes = st.sampled_from(["", "_USDC", "_USDT"])
days = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(
    lambda day: f"{day.day}{MONTHS[day.month - 1]}{day.year % 100:02}"
)
strikes = st.integers(1, 999_999).map(str) | st.from_regex(
    r"[1-9][0-9]{0,3}d[0-9]{1,3}", fullmatch=True
)
rights = st.sampled_from(["C", "P"])
names = st.one_of(
    st.builds("{}{}-PERPETUAL".format, currencies, quotes),
    st.builds("{}{}-{}".format, currencies, quotes, days),
    st.builds("{}{}-{}-{}-{}".format, currencies, quotes, days, strikes, rights),
)


@pytest.mark.parametrize(("theirs", "symbol"), PAIRS)
def test_each_kind_of_instrument_has_a_symbol_of_its_own(theirs: str, symbol: str) -> None:
    assert symbol_of(theirs) == symbol
    assert name_of(symbol) == theirs


@given(names)
def test_names_and_symbols_lead_back_to_each_other(name: str) -> None:
    assert name_of(symbol_of(name)) == name


@given(st.lists(names, min_size=2, max_size=2, unique=True))
def test_different_instruments_have_different_symbols(both: list[str]) -> None:
    first, second = map(symbol_of, both)
    assert first != second


@pytest.mark.parametrize(("theirs", "symbol"), PAIRS)
def test_a_market_is_taken_in_any_spelling(theirs: str, symbol: str) -> None:
    for text in (theirs, theirs.lower(), symbol, f" {symbol.lower()} ", symbol.replace("-", "/")):
        assert ours(text) == symbol


@pytest.mark.parametrize(
    ("text", "symbol"), [("btc-perp", "BTC-USD-PERP"), ("BTC-20261225", "BTC-USD-20261225")]
)
def test_contracts_without_a_named_quote_are_the_inverse_ones(text: str, symbol: str) -> None:
    assert ours(text) == symbol


@pytest.mark.parametrize(
    "text",
    [
        *("", "BTC", "-", "BTC-31FEB26", "BTC-25XYZ26", "BTC-20261325", "BTC-18991231"),
        *("BTC-FS-25DEC26_PERP", "BTC-CS-25DEC26-70000_80000", "BTC-25DEC26-70000-X"),
        *("BTC-USD-20261225-70000-C", "BTC-PERPETUAL-1", "é", "BTC_USDC_X"),
    ],
)
def test_what_is_no_instrument_is_refused(text: str) -> None:
    with pytest.raises(UnknownSymbol):
        ours(text)


def test_options_and_inverse_contracts_are_known_by_their_symbols() -> None:
    kinds = {symbol: (is_option(symbol), is_inverse(symbol)) for _, symbol in PAIRS}
    assert [symbol for symbol, (_, inverse) in kinds.items() if inverse] == [
        "BTC-USD-PERP",
        "ETH-USD-20210806",
    ]
    assert [symbol for symbol, (option, _) in kinds.items() if option] == [
        "BTC-20261225-70000-C",
        "BTC-USDC-20261225-70000-P",
        "XRP-USDC-20261225-0.55-P",
    ]

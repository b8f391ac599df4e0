"""Daily bars of a CSV file keep their text, and what is wrong is named by its line."""

import csv
import gzip
import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.csv_bars import BadBars, parse_bars, read_bars
from feeds.exact_text import NUMBERS

HEADER = "Date,Open,High,Low,Close,Adj Close,Volume\n"
DAY = "2026-11-19,230.10,232.00,229.5,231.45,115.725,48912340\n"
NEXT = "2026-11-20,231.50,233.25,230,232.999999,232.99,50000000\n"
DAY_NS = 86_400 * 10**9


def test_bars_come_in_order_with_the_text_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "aapl.csv"
    path.write_text("\ufeff" + HEADER + NEXT + "\n" + DAY, encoding="utf-8")
    first, second = read_bars(path, "AAPL")
    assert (first.open, first.high, first.low, first.close) == (
        "230.10",
        "232.00",
        "229.5",
        "231.45",
    )
    assert (first.symbol, first.volume, first.closed) == ("AAPL", "48912340", True)
    assert second.open_ns - first.open_ns == first.interval_ns == DAY_NS
    assert first.open_ns % DAY_NS == 0


def test_adjusted_prices_are_scaled_by_the_adjusted_close() -> None:
    (bar,) = parse_bars(HEADER + DAY, "AAPL", 0, adjusted=True)
    assert (bar.open, bar.high, bar.low, bar.close) == ("115.05", "116", "114.75", "115.725")


def test_columns_may_stand_in_any_order_and_some_may_be_missing() -> None:
    (bar,) = parse_bars("close, LOW,high,Open,Date\n1.5,1,2,1.25,2026-01-02\n", "X", 0)
    assert (bar.open, bar.volume) == ("1.25", "0")


def test_a_number_in_another_notation_becomes_plain() -> None:
    (bar,) = parse_bars("Date,Open,High,Low,Close\n2026-01-02,+1,2e0,1,1.0E+0\n", "X", 0)
    assert (bar.open, bar.high, bar.low, bar.close) == ("1", "2", "1", "1")


def test_a_day_without_prices_is_passed_over() -> None:
    holiday = "2026-11-18,null,null,null,null,null,null\n"
    assert len(parse_bars(HEADER + holiday + DAY, "X", 0)) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: the header lacks Date, Open, High, Low, Close"),
        ("Date,Open,High,Low\n", "the header lacks Close"),
        (HEADER, "holds no bar"),
        (HEADER + "2026-11-19,1,2,1,1.5\n", "line 2: 5 cells where the header names 7"),
        (HEADER + DAY + DAY, "line 3: 2026-11-19 stands there twice"),
        (HEADER + DAY.replace("2026-11-19", "19/11/2026"), "'19/11/2026' is no date"),
        (HEADER + DAY.replace("230.10", "230,10"), "8 cells where"),
        (HEADER + DAY.replace("230.10", '"230,10"'), "Open '230,10' is no price"),
        (HEADER + DAY.replace("229.5", "-1"), "Low '-1' is no price"),
        (HEADER + DAY.replace("229.5", "null"), "Low 'null' is no price"),
        (HEADER + DAY.replace("232.00", "200"), "do not lie between low 229.5 and high 200"),
        (HEADER + DAY.replace("48912340", "much"), "Volume 'much' is no number"),
        (HEADER + '2026-11-19,"1', "is no CSV"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text: str, why: str) -> None:
    with pytest.raises(BadBars) as caught:
        parse_bars(text, "X", 0, name="bars.csv")
    assert why in str(caught.value)
    assert "bars.csv" in str(caught.value)


def test_adjusted_prices_need_their_column() -> None:
    with pytest.raises(BadBars, match="there is no column Adj Close"):
        parse_bars("Date,Open,High,Low,Close\n2026-01-02,1,2,1,2\n", "X", 0, adjusted=True)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadBars, match="cannot read"):
        read_bars(tmp_path / "none.csv", "X")
    (tmp_path / "latin.csv").write_bytes(b"Date\xe9")
    with pytest.raises(BadBars, match="not UTF-8"):
        read_bars(tmp_path / "latin.csv", "X")


@given(text=st.text(max_size=200), rows=st.lists(st.text(max_size=40), max_size=4))
def test_no_text_is_more_than_a_sentence_or_bars(text: str, rows: list[str]) -> None:
    try:
        bars = parse_bars(HEADER + text + "\n".join(rows), "X", 0)
    except BadBars:
        return
    assert all(NUMBERS[bar.low] <= NUMBERS[bar.high] for bar in bars)


def test_years_of_real_days_read(shared_data: Path) -> None:
    raw = gzip.decompress((shared_data / "ohlcv" / "spy_daily.csv.gz").read_bytes()).decode()
    rows = list(csv.reader(io.StringIO(raw)))
    bars = parse_bars(raw, "SPY", 0)
    assert len(bars) == len(rows) - 1
    assert [Decimal(bar.close) for bar in bars[:3]] == [Decimal(row[4]) for row in rows[1:4]]

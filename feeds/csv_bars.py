"""Daily bars from a CSV file, as Yahoo Finance writes them.

The header names the columns `Date, Open, High, Low, Close, Adj Close, Volume`, in any order and
case; `Adj Close` and `Volume` may be missing. Dates are `2026-11-20`. A day without prices (`null`
or nothing, as on holidays) is passed over. Other columns are of no use.

Prices keep the text of the file unless adjusted ones are asked for: then open, high and low are
scaled by the day's adjusted over its plain close, which takes splits and dividends out.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from engine.core.units import UnitError, decimal_text, parse_decimal
from feeds.errors import FeedError, MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.messages import Candle
from feeds.plain_text import shown

DAY_NS = 86_400 * 10**9
FILE_BYTES_MAX = 64 * 2**20
DATE, OPEN, HIGH, LOW, CLOSE = "date", "open", "high", "low", "close"
ADJUSTED, VOLUME = "adj close", "volume"
NEEDED = (DATE, OPEN, HIGH, LOW, CLOSE)
NOTHING = frozenset({"", "null", "nan", "n/a", "-"})
PLACES = Decimal("0.000001")
"""Adjusted prices are rounded half to even to these."""


class BadBars(FeedError):
    """A file that holds no daily bars; the sentence names the line and what would be right."""


def read_bars(path: Path, symbol: str, *, adjusted: bool = False) -> tuple[Candle, ...]:
    """The bars of a file, the oldest first.

    Args:
        path: Of the file.
        symbol: Ours, of which the bars are.
        adjusted: Take splits and dividends out of the prices.

    Raises:
        BadBars: The file cannot be read, or a line is not what the header says.
    """
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise BadBars(f"{path} has more than {FILE_BYTES_MAX >> 20} MB; split it")
        text = path.read_text(encoding="utf-8-sig")
        modified_ns = path.stat().st_mtime_ns
    except OSError as error:
        raise BadBars(f"cannot read {path}: {error.strerror}; check its name") from None
    except UnicodeError:
        raise BadBars(f"{path} is not UTF-8 text; save it as CSV in UTF-8") from None
    return parse_bars(text, symbol, modified_ns, adjusted=adjusted, name=str(path))


def parse_bars(
    text: str, symbol: str, received_ns: int, *, adjusted: bool = False, name: str = "the text"
) -> tuple[Candle, ...]:
    """As `read_bars`, from the text itself.

    Args:
        received_ns: What the candles state as their time of receipt.
        name: How sentences call the text.

    Raises:
        BadBars: As above.
    """
    bars: dict[int, Candle] = {}
    try:
        for line, row in _rows(text, name):
            candle = _candle(row, symbol, received_ns, adjusted, f"{name}, line {line}")
            if candle is None:
                continue
            if candle.open_ns in bars:
                raise BadBars(f"{name}, line {line}: {row[DATE]} stands there twice; keep one line")
            bars[candle.open_ns] = candle
    except csv.Error as error:
        raise BadBars(f"{name} is no CSV: {error}") from None
    if not bars:
        raise BadBars(f"{name} holds no bar; below the header each line is one day")
    return tuple(bars[open_ns] for open_ns in sorted(bars))


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line below the header, with its number."""
    reader = csv.reader(io.StringIO(text), strict=True)
    header = [column.strip().lower() for column in next(reader, [])]
    missing = [column.title() for column in NEEDED if column not in header]
    if missing:
        raise BadBars(
            f"{name}, line 1: the header lacks {', '.join(missing)};"
            " it has to name Date, Open, High, Low, Close and may name Adj Close and Volume"
        )
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            raise BadBars(
                f"{name}, line {reader.line_num}: {len(row)} cells where the header names"
                f" {len(header)}; put one bar on each line"
            )
        yield reader.line_num, dict(zip(header, (cell.strip() for cell in row), strict=True))


def _candle(
    row: dict[str, str], symbol: str, received_ns: int, adjusted: bool, where: str
) -> Candle | None:
    texts = [row[column] for column in (OPEN, HIGH, LOW, CLOSE)]
    if all(text.lower() in NOTHING for text in texts):
        return None
    prices = [_number(text, column, where) for text, column in zip(texts, NEEDED[1:], strict=True)]
    _check(prices, where)
    traded = [_plain(text, where) for text in texts]
    texts = _adjusted(row, prices, where) if adjusted else traded
    return Candle(
        received_ns=received_ns,
        symbol=symbol,
        interval_ns=DAY_NS,
        open_ns=_day_ns(row[DATE], where),
        open=texts[0],
        high=texts[1],
        low=texts[2],
        close=texts[3],
        volume=_volume(row.get(VOLUME, ""), where),
        closed=True,
    )


def _plain(text: str, where: str) -> str:
    """The text of the file where it is plain digits, else the same number in such."""
    plain = text if text.replace(".", "", 1).isdigit() else decimal_text(parse_decimal(text))
    try:
        NUMBERS[plain]
    except MalformedFrame as error:
        raise BadBars(f"{where}: {error}; round it") from None
    return plain


def _check(prices: Iterable[Decimal], where: str) -> None:
    opened, high, low, close = prices
    if not low <= min(opened, close) or not max(opened, close) <= high:
        raise BadBars(
            f"{where}: open {opened} and close {close} do not lie between low {low} and high"
            f" {high}; correct the line or leave it out"
        )


def _adjusted(row: dict[str, str], prices: list[Decimal], where: str) -> list[str]:
    if ADJUSTED not in row:
        raise BadBars(f"{where}: there is no column Adj Close; ask for prices as they were traded")
    close = _number(row[ADJUSTED], ADJUSTED, where)
    scaled = [(price * close / prices[3]).quantize(PLACES) for price in prices[:3]]
    return [*(decimal_text(price) for price in scaled), decimal_text(close.quantize(PLACES))]


def _number(text: str, column: str, where: str) -> Decimal:
    try:
        value = parse_decimal(text)
    except UnitError:
        value = Decimal(0)
    if value <= 0:
        raise BadBars(
            f"{where}: {column.title()} {shown(text, 24)!r} is no price; write a number above zero"
            " with a point, or null for a day without trading"
        )
    return value


def _volume(text: str, where: str) -> str:
    """Shares, of which an index or a currency has none."""
    if text.lower() in NOTHING:
        return "0"
    try:
        value = parse_decimal(text)
    except UnitError:
        value = Decimal(-1)
    if value < 0:
        raise BadBars(f"{where}: Volume {shown(text, 24)!r} is no number; write 29062853")
    return decimal_text(value)


def _day_ns(text: str, where: str) -> int:
    """Midnight UTC of the day, which names it rather than the hours of trading."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise BadBars(f"{where}: {shown(text, 24)!r} is no date; write it as 2026-11-20") from None
    return int(day.timestamp()) * 10**9

"""Kraken's WebSocket frames of version 1, which recordings hold: lists where version 2 has objects.

A frame is `[channel id, data, …, channel name, pair]`, an event an object with `event`. Numbers are
strings, with more decimals than version 2 and REST have, and the checksum is over those; a snapshot
states none. Trades have no ids: theirs are made of what they are. Nothing here is asked for.

Source: Kraken, *Spot WebSocket v1* (book, trade, ticker, spread, ohlc, subscriptionStatus,
systemStatus, heartbeat) and *book checksum v1*.
"""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Raw, field

from engine.core.commands import Side
from feeds.errors import MalformedFrame, UnknownMessage
from feeds.exact_text import NUMBERS
from feeds.kraken.depths import depth_of
from feeds.messages import BookDelta, BookSnapshot, Candle, Levels, Quote, Trade, VenueMessage
from feeds.plain_text import shown

SECOND_NS = 10**9
MINUTE_NS = 60 * SECOND_NS
FRACTION_DIGITS = 9
SECOND_DIGITS_MAX = 10
CHECKSUM_MAX = 2**32 - 1
SIDES = {"b": Side.BUY, "s": Side.SELL}
"""By the taker's side."""
PARTS_MIN = 4
"""Channel id, data, channel name and pair."""


class BookData(msgspec.Struct, gc=False):
    """A whole book (`as`, `bs`), or levels that changed and the checksum afterwards."""

    all_asks: list[list[str]] | None = field(name="as", default=None)
    all_bids: list[list[str]] | None = field(name="bs", default=None)
    asks: list[list[str]] = field(name="a", default_factory=list)
    bids: list[list[str]] = field(name="b", default_factory=list)
    checksum: str = field(name="c", default="")


class TickerData(msgspec.Struct, gc=False):
    """The touch: price, whole lots, lots."""

    ask: tuple[str, int | str, str] = field(name="a")
    bid: tuple[str, int | str, str] = field(name="b")


_parts = msgspec.json.Decoder(list[Raw]).decode
_text = msgspec.json.Decoder(str).decode
_book = msgspec.json.Decoder(BookData).decode
_prints = msgspec.json.Decoder(list[tuple[str, str, str, str, str, str]]).decode
_ticker = msgspec.json.Decoder(TickerData).decode
_spread = msgspec.json.Decoder(tuple[str, str, str, str, str]).decode
_candle = msgspec.json.Decoder(
    tuple[str, str, str, str, str, str, str, str, int | str],
).decode


class VersionOne:
    """Maps the lists of version 1.

    Args:
        symbol: Our symbol of a pair.
    """

    def __init__(self, symbol: Callable[[str], str]) -> None:
        self._symbol = symbol

    def map(self, raw: bytes | str, received_ns: int) -> tuple[VenueMessage, ...]:
        """The messages of one list.

        Raises:
            UnknownMessage: Of no channel that version 1 has.
            MalformedFrame: Not what the documentation says.
        """
        parts = _parts(raw)
        if len(parts) < PARTS_MIN:
            raise MalformedFrame(f"a list of {len(parts)} is no frame of version 1")
        channel, _, extent = _text(parts[-2]).partition("-")
        symbol, data = self._symbol(_text(parts[-1])), parts[1:-2]
        if channel == "book":
            return (_mapped_book([_book(each) for each in data], symbol, extent, received_ns),)
        if channel == "trade":
            return _mapped_prints(_prints(data[0]), symbol, received_ns)
        if channel == "ticker":
            return (_mapped_ticker(_ticker(data[0]), symbol, received_ns),)
        if channel == "spread":
            return (_mapped_spread(_spread(data[0]), symbol, received_ns),)
        if channel == "ohlc":
            return (_mapped_candle(_candle(data[0]), symbol, extent, received_ns),)
        raise UnknownMessage(f"Kraken channel {shown(channel, 24)!r} is not known here")

    def symbol_of(self, raw: bytes | str) -> str | None:
        """Our symbol of a list; None where it is no frame."""
        parts = _parts(raw)
        return self._symbol(_text(parts[-1])) if len(parts) >= PARTS_MIN else None


def _mapped_book(
    data: Sequence[BookData], symbol: str, depth: str, received_ns: int
) -> BookSnapshot | BookDelta:
    first = data[0]
    if first.all_asks is not None or first.all_bids is not None:
        bids, asks = _levels(first.all_bids or ()), _levels(first.all_asks or ())
        return BookSnapshot(
            received_ns=received_ns,
            symbol=symbol,
            update_id=0,
            bids=bids,
            asks=asks,
            depth_max=depth_of(max(len(bids), len(asks)), _whole(depth, 4)),
        )
    changed_bids = [level for each in data for level in each.bids]
    changed_asks = [level for each in data for level in each.asks]
    bids, asks, stated = _levels(changed_bids), _levels(changed_asks), data[-1].checksum
    return BookDelta(
        received_ns=received_ns,
        venue_ns=max((_time_ns(level[2]) for level in changed_bids + changed_asks), default=0),
        symbol=symbol,
        first_update_id=0,
        last_update_id=0,
        previous_update_id=None,
        bids=bids,
        asks=asks,
        checksum=min(_whole(stated, 10), CHECKSUM_MAX) if stated else None,
    )


def _levels(levels: Sequence[Sequence[str]]) -> Levels:
    """(price, volume) of levels that state their time too, and perhaps that they are told again."""
    for level in levels:
        if len(level) not in (3, 4):
            raise MalformedFrame(f"a level of {len(level)} parts")
        NUMBERS[level[1]]
        if not NUMBERS[level[0]]:
            raise MalformedFrame("a level has the price zero")
    return tuple((level[0], level[1]) for level in levels)


def _mapped_prints(
    prints: Sequence[tuple[str, str, str, str, str, str]], symbol: str, received_ns: int
) -> tuple[Trade, ...]:
    trades = []
    for number, (price, size, time, side, _, _) in enumerate(prints):
        if not (NUMBERS[price] and NUMBERS[size]) or side not in SIDES:
            raise MalformedFrame("a trade without a price, a size or a side")
        trades.append(
            Trade(
                received_ns=received_ns,
                venue_ns=_time_ns(time),
                symbol=symbol,
                trade_id=f"{time}/{price}/{size}/{side}/{number}",
                side=SIDES[side],
                price=price,
                size=size,
            )
        )
    return tuple(trades)


def _mapped_ticker(ticker: TickerData, symbol: str, received_ns: int) -> Quote:
    bid, ask = ticker.bid, ticker.ask
    return _quote(symbol, (bid[0], bid[2], ask[0], ask[2]), None, received_ns)


def _mapped_spread(spread: tuple[str, str, str, str, str], symbol: str, received_ns: int) -> Quote:
    bid, ask, time, bid_size, ask_size = spread
    return _quote(symbol, (bid, bid_size, ask, ask_size), _time_ns(time), received_ns)


def _quote(
    symbol: str, touch: tuple[str, str, str, str], venue_ns: int | None, received_ns: int
) -> Quote:
    for text in touch:
        NUMBERS[text]
    bid, bid_size, ask, ask_size = touch
    return Quote(
        received_ns=received_ns,
        symbol=symbol,
        update_id=None,
        bid=bid,
        bid_size=bid_size,
        ask=ask,
        ask_size=ask_size,
        venue_ns=venue_ns,
    )


def _mapped_candle(
    data: tuple[str, str, str, str, str, str, str, str, int | str],
    symbol: str,
    minutes: str,
    received_ns: int,
) -> Candle:
    _, end, open_, high, low, close, _, volume, _ = data
    for text in (open_, high, low, close, volume):
        NUMBERS[text]
    end_ns, interval_ns = _time_ns(end), _whole(minutes, 5) * MINUTE_NS
    return Candle(
        received_ns=received_ns,
        symbol=symbol,
        interval_ns=interval_ns,
        open_ns=end_ns - interval_ns,
        open=open_,
        high=high,
        low=low,
        close=close,
        volume=volume,
        closed=end_ns <= received_ns,
    )


def _time_ns(text: str) -> int:
    """Unix nanoseconds of seconds with decimals."""
    seconds, _, fraction = text.partition(".")
    if len(fraction) > FRACTION_DIGITS:
        raise MalformedFrame(f"{text[:40]!r} is no time in Unix seconds")
    nanoseconds = fraction.ljust(FRACTION_DIGITS, "0")
    return _whole(seconds, SECOND_DIGITS_MAX) * SECOND_NS + _whole(nanoseconds, FRACTION_DIGITS)


def _whole(text: str, digits_max: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= digits_max):
        raise MalformedFrame(f"{text[:40]!r} is no whole number as expected here")
    return int(text)

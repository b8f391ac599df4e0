"""Finnhub's frames to normalised messages. No socket or clock.

Finnhub streams prints and publishes no bid and ask of US stocks on its free plan. A quote is made
of the last print: the ticks next to it on both sides, of unknown size. Prints do not say who was
the aggressor: an uptick was bought (`feeds.trade_side`).

The last price, which is asked for now and then, tells a quiet stock from a dead stream. While it is
of the print that the stream brought last, or of the same print twice in a row, the stock is quiet,
and its quote is told again; a print that the stream did not bring proves nothing at first.

Source: Finnhub API documentation, *Trades*, *Quote* and *Basic Financials*, read on 2026-11-21.
"""

import re
from decimal import Decimal

import msgspec
from msgspec import UNSET, Raw, UnsetType

from engine.core.units import UnitError, decimal_text, parse_decimal
from feeds.aggregator import text_of
from feeds.errors import MalformedFrame, UnknownMessage
from feeds.exact_text import NUMBERS
from feeds.fact_text import plain_number
from feeds.messages import (
    Heartbeat,
    InstrumentTerms,
    Quote,
    Refused,
    Trade,
    VenueMessage,
)
from feeds.plain_text import shown
from feeds.sources import number_text
from feeds.stock_terms import CENT, stock
from feeds.trade_side import TradeSigner

Mapped = tuple[VenueMessage, ...]

VENUE = "finnhub"
TEXT_MAX = 200
NS_PER_MS, NS_PER_S = 10**6, 10**9
TIME_MAX_MS = 2**63 // NS_PER_MS - 1
LAG_NS = 2 * NS_PER_S
"""The last price states its time in whole seconds, and may come a moment before the stream."""
VOLUME_UNIT = Decimal(1_000_000)
VOLUME_KEY = "10DayAverageTradingVolume"
NOT_STATED = "0"
TICK_E18 = NUMBERS[f"{CENT}"]
_TICKERS = re.compile(r"[A-Z]+(?:\.[A-Z]+)?")


class _Print(msgspec.Struct):
    s: str
    p: Raw
    t: int
    v: Raw


class _Last(msgspec.Struct):
    c: Raw = Raw()
    t: int | None = None
    error: str = ""


class _Frame(msgspec.Struct):
    type: str | UnsetType = UNSET
    data: list[_Print] | UnsetType | None = UNSET
    msg: str = ""
    error: str | UnsetType = UNSET
    metric: dict[str, Raw] | UnsetType | None = UNSET
    symbol: str = ""
    about: str | UnsetType = UNSET
    answer: _Last | UnsetType = UNSET


_frame = msgspec.json.Decoder(_Frame).decode


class FinnhubMapper:
    """Maps frames; remembers which stocks are listed, and when each traded last."""

    def __init__(self) -> None:
        self._signer = TradeSigner()
        self._listed: dict[str, None] = {}
        self._traded_ns: dict[str, int] = {}
        self._polled_ns: dict[str, int] = {}
        self._prints = 0

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """A stock is listed; both names are the ticker."""
        del venue_symbol
        self._listed[symbol] = None

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: A kind that Finnhub does not document.
            MalformedFrame: Not what the documentation says.
        """
        try:
            return self._map(_frame(raw), received_ns)
        except (msgspec.MsgspecError, UnicodeError, UnitError) as error:
            raise MalformedFrame(shown(f"{error}", TEXT_MAX)) from None
        except RecursionError:
            raise MalformedFrame("nested too deeply") from None

    def symbol_of(self, raw: bytes | str) -> None:
        """No frame without a message is about one stock."""
        del raw

    def _map(self, frame: _Frame, received_ns: int) -> Mapped:
        if frame.type == "trade":
            return self._map_prints(frame.data or [], received_ns)
        if frame.type == "ping":
            return (Heartbeat(received_ns=received_ns),)
        if frame.type == "error":
            return self._map_error(frame.msg, received_ns)
        if frame.type is not UNSET:
            raise UnknownMessage(f"Finnhub message {frame.type[:24]!r} is not known here")
        if frame.error is not UNSET:
            return self._map_refusal(frame.error, received_ns)
        if frame.metric is not UNSET:
            return self._map_metric(frame, received_ns)
        if frame.about is not UNSET and frame.about and frame.answer is not UNSET:
            return self._map_last(frame.about, frame.answer, received_ns)
        raise UnknownMessage("a Finnhub object without any key that is known here")

    def _map_prints(self, prints: list[_Print], received_ns: int) -> Mapped:
        """Prints in order, then a quote of each stock that traded."""
        checked = [(each, _number(each.p), _number(each.v)) for each in prints]
        for each, price, _ in checked:
            if not each.s or not NUMBERS[price] or not 0 < each.t <= TIME_MAX_MS:
                raise MalformedFrame(f"a print of {each.s[:12]!r} has no stock, price or time")
        messages: list[VenueMessage] = []
        last: dict[str, tuple[str, int]] = {}
        for each, price, size in checked:
            venue_ns = each.t * NS_PER_MS
            last[each.s] = price, venue_ns
            if NUMBERS[size]:
                messages.append(self._print(each.s, price, size, venue_ns, received_ns))
        for symbol, (price, venue_ns) in last.items():
            self._traded_ns[symbol] = max(venue_ns, self._traded_ns.get(symbol, 0))
            messages.append(self._quote(symbol, price, venue_ns, received_ns))
        return tuple(messages)

    def _print(self, symbol: str, price: str, size: str, venue_ns: int, received_ns: int) -> Trade:
        """Prints have no id of their own: each is counted, and none is taken for a repetition."""
        self._prints += 1
        return Trade(
            received_ns=received_ns,
            venue_ns=venue_ns,
            symbol=symbol,
            trade_id=f"{self._prints}",
            side=self._signer.side(symbol, price),
            price=price,
            size=size,
        )

    def _map_last(self, symbol: str, last: _Last, received_ns: int) -> Mapped:
        """The last price: what the stream begins from, or proof that a stock is quiet."""
        if last.error:
            return self._map_refusal(last.error, received_ns)
        if not last.t:
            return ()
        if not 0 < last.t * NS_PER_S < TIME_MAX_MS * NS_PER_MS:
            raise MalformedFrame(f"the last price of {symbol} has no time")
        price, venue_ns = _number(last.c), last.t * NS_PER_S
        if not NUMBERS[price]:
            raise MalformedFrame(f"the last price of {symbol} is zero")
        if not self._is_quiet(symbol, venue_ns):
            return ()
        return (self._quote(symbol, price, venue_ns, received_ns),)

    def _is_quiet(self, symbol: str, venue_ns: int) -> bool:
        """Whether nothing newer than this print, of whole seconds, is to be expected."""
        known_ns = self._traded_ns.get(symbol, venue_ns)
        if self._polled_ns.pop(symbol, None) == venue_ns:
            known_ns = max(known_ns, venue_ns)
        if venue_ns > known_ns + LAG_NS:
            self._polled_ns[symbol] = venue_ns
            return False
        self._traded_ns[symbol] = known_ns
        return venue_ns > known_ns - LAG_NS

    def _map_metric(self, frame: _Frame, received_ns: int) -> Mapped:
        """Terms, of a stock of which anything is known; the average volume is in millions."""
        if not frame.metric:
            return ()
        text = number_text(frame.metric.get(VOLUME_KEY, Raw()))
        volume = parse_decimal(text) * VOLUME_UNIT if text else Decimal(0)
        if volume < 0:
            raise MalformedFrame(f"the volume of {frame.symbol[:12]!r} is negative")
        terms = InstrumentTerms(
            received_ns=received_ns,
            instrument=stock(frame.symbol, VENUE, None),
            venue_symbol=frame.symbol,
            day_volume=decimal_text(volume),
        )
        return (terms,)

    def _quote(self, symbol: str, price: str, venue_ns: int, received_ns: int) -> Quote:
        """The ticks next to a print."""
        whole, rest = divmod(NUMBERS[price], TICK_E18)
        below, above = whole if rest else whole - 1, whole + 1
        return Quote(
            received_ns=received_ns,
            symbol=symbol,
            update_id=None,
            bid=text_of(max(below, 0) * TICK_E18),
            bid_size=NOT_STATED,
            ask=text_of(above * TICK_E18),
            ask_size=NOT_STATED,
            venue_ns=venue_ns,
        )

    def _map_error(self, said: str, received_ns: int) -> Mapped:
        """An error names the stock, or is about those that were asked for last."""
        text = f"Finnhub refuses: {shown(said, TEXT_MAX)}"
        words = set(_TICKERS.findall(said))
        named = [symbol for symbol in self._listed if symbol in words]
        waiting = named or [each for each in self._listed if each not in self._traded_ns]
        refused = [Refused(received_ns=received_ns, text=text, symbol=each) for each in waiting]
        return tuple(refused) or (Refused(received_ns=received_ns, text=text),)

    def _map_refusal(self, said: str, received_ns: int) -> Mapped:
        """Of a REST request; once stocks are listed, a failed poll is asked again anyway."""
        said = shown(said, TEXT_MAX)
        text = f"Finnhub refuses ({said}); check its key with `tui-exchange credentials`"
        return () if self._listed else (Refused(received_ns=received_ns, text=text),)


def _number(token: Raw) -> str:
    """Plain digits of what is not negative."""
    text = plain_number(number_text(token))
    NUMBERS[text]
    return text

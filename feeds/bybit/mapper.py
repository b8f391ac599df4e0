"""Bybit v5 frames to normalised messages. No socket, clock or book.

A push has `topic` and `data`; an answer to a request has `success`, or from the options' address
`type` or an `op`; a REST answer has `retCode`. Source: Bybit API v5 documentation, *Connect*,
*WebSocket Stream › Public* and *Error Codes*.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec
from msgspec import UNSET, Raw

from feeds.bybit import payloads, v2
from feeds.bybit.books import BookFrames, Push
from feeds.bybit.facts import NS_PER_MS, Tickers, candles, trades
from feeds.bybit.names import Names, hinted
from feeds.bybit.terms import instrument_terms
from feeds.errors import MalformedFrame, UnknownMessage, UnknownSymbol
from feeds.messages import Heartbeat, InstrumentTerms, Notice, Refused, VenueMessage
from feeds.plain_text import shown

Mapped = tuple[VenueMessage, ...]

TEXT_MAX = 200
PASSING = frozenset((10000, 10006, 10016, 10018, 10429))
"""Errors after which the same request can succeed: too many requests, or a server that is busy."""
UNUSED = frozenset(
    {
        *("liquidation", "allLiquidation", "insurance", "priceLimit", "adlAlert", "ob", "full"),
        *("kline_lt", "tickers_lt", "lt", "orderbook_rpi"),
    }
)
"""First words of topics that are known and of no use here."""
ALREADY = "already subscribed"

BOOK_HEAD = b'{"topic":"orderbook.'
"""What most frames of books begin with, which are then read in one go."""

_probe = msgspec.json.Decoder(payloads.Probe).decode
_book_push = msgspec.json.Decoder(payloads.BookPush).decode
_book = msgspec.json.Decoder(payloads.Book).decode
_listing = msgspec.json.Decoder(payloads.Listing).decode
_info = msgspec.json.Decoder(payloads.Info).decode
_info_probe = msgspec.json.Decoder(payloads.InfoProbe).decode
_topics = msgspec.json.Decoder(payloads.Topics).decode
_statuses = msgspec.json.Decoder(list[payloads.Status]).decode
_refused_topic = re.compile(
    r"(orderbook|tickers|kline|publicTrade)\.(?:(\w{1,5})\.)?([A-Z0-9.-]+)"
).search


class BybitMapper:
    """Maps frames; remembers how markets are spelled, which of several books of a market it
    follows, best quotes and fundings of which only changes come, and what maintenance it told."""

    def __init__(self) -> None:
        self._names = Names()
        self._books = BookFrames()
        self._tickers = Tickers()
        self._older = v2.V2Frames(self._names)
        self._told: set[tuple[str, str]] = set()

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on, as the venue's metadata states it."""
        self._names.learn(venue_symbol, symbol)

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that Bybit does not document.
            MalformedFrame: Not what the documentation says.
        """
        try:
            return self._map(raw, received_ns)
        except (msgspec.MsgspecError, UnicodeError) as error:
            raise MalformedFrame(shown(f"{error}", TEXT_MAX)) from None
        except RecursionError:
            raise MalformedFrame("nested too deeply") from None
        except UnknownSymbol as error:
            raise UnknownMessage(f"{error}") from None

    def symbol_of(self, raw: bytes | str) -> str | None:
        """Our symbol of a push whose topic names one market, whatever its kind; None otherwise."""
        try:
            probe = _probe(raw)
            if probe.topic is UNSET or probe.data is UNSET:
                return None
            kind, _, rest = probe.topic.partition(".")
            if kind not in ("orderbook", "tickers", "kline"):
                return None
            depth, _, market = rest.rpartition(".")
            levels = int(depth) if kind == "orderbook" and depth.isdecimal() else None
            return self._names.symbol(market, None, levels, hinted(raw))
        except (msgspec.MsgspecError, UnicodeError, RecursionError, UnknownSymbol, ValueError):
            return None

    def _map(self, raw: bytes | str, received_ns: int) -> Mapped:
        if isinstance(raw, bytes) and raw.startswith(BOOK_HEAD):
            with suppress(msgspec.MsgspecError):
                return self._map_book(raw, _book_push(raw), received_ns)
        probe = _probe(raw)
        if probe.topic is not UNSET and probe.data is not UNSET:
            return self._map_push(raw, probe.topic, probe.data, probe, received_ns)
        if probe.retCode is not UNSET:
            return self._listed(_map_answer(probe.retCode, probe, received_ns))
        if probe.ret_code is not UNSET:
            return self._listed(_map_old_answer(probe.ret_code, probe, received_ns))
        if probe.op == "pong" or probe.ret_msg == "pong":
            return (Heartbeat(received_ns=received_ns),)
        if probe.success is not UNSET:
            return self._map_reply(probe.success, probe, received_ns)
        raise UnknownMessage("a Bybit object without any key that is known here")

    def _listed(self, answer: Mapped) -> Mapped:
        if len(answer) > 1:
            terms = [each for each in answer if isinstance(each, InstrumentTerms)]
            self._names.listed(each.instrument.symbol for each in terms)
        return answer

    def _map_push(
        self, raw: bytes | str, topic: str, data: Raw, probe: payloads.Probe, received_ns: int
    ) -> Mapped:
        kind, _, rest = topic.partition(".")
        if kind == "orderbook":
            return self._map_probed_book(raw, rest, data, probe, received_ns)
        if kind == "publicTrade":
            return trades(self._names, data, hinted(raw), received_ns)
        if kind == "tickers":
            venue_ns = probe.ts * NS_PER_MS
            return self._tickers.map(self._names, probe.type, data, venue_ns, received_ns)
        if kind == "kline":
            return self._map_kline(raw, rest, data, received_ns)
        if kind == "system":
            return self._map_status(data, received_ns)
        venue_ns = v2.venue_time_ns(probe.timestamp_e6)
        older = self._older.map(topic, data, probe.type == "snapshot", venue_ns, received_ns)
        if older is not None:
            return older
        if kind in UNUSED:
            return ()
        raise UnknownMessage(f"Bybit's topic {topic[:32]!r} is not known here")

    def _map_probed_book(
        self, raw: bytes | str, rest: str, data: Raw, probe: payloads.Probe, received_ns: int
    ) -> Mapped:
        if rest.startswith("rpi."):
            return ()
        push = payloads.BookPush(
            topic=f"orderbook.{rest}",
            type=probe.type,
            data=_book(data),
            ts=probe.ts,
            cts=probe.cts,
        )
        return self._map_book(raw, push, received_ns)

    def _map_book(self, raw: bytes | str, frame: payloads.BookPush, received_ns: int) -> Mapped:
        levels, _, market = frame.topic.partition(".")[2].partition(".")
        if levels == "rpi":
            return ()
        if not (levels.isascii() and levels.isdigit()) or len(levels) > 5:
            raise UnknownMessage(f"Bybit has no order book of {levels[:24]!r} levels")
        if frame.type not in ("snapshot", "delta"):
            raise MalformedFrame(f"{frame.type[:24]!r} is neither a snapshot nor a delta")
        hint = hinted(raw)
        depth = int(levels)
        if depth == 1 and hint is None and self._names.ambiguous(market):
            return ()
        push = Push(
            depth=depth,
            snapshot=frame.type == "snapshot",
            venue_ns=(frame.cts or frame.ts) * NS_PER_MS,
            received_ns=received_ns,
        )
        return self._books.map(self._names.symbol(market, None, depth, hint), push, frame.data)

    def _map_kline(self, raw: bytes | str, rest: str, data: Raw, received_ns: int) -> Mapped:
        """Candles say nothing of their category: none where both have the name."""
        market = rest.partition(".")[2]
        if self._names.ambiguous(market):
            return ()
        return candles(self._names.symbol(market), data, received_ns)

    def _map_reply(self, success: bool, probe: payloads.Probe, received_ns: int) -> Mapped:
        """An answer to a request; one for the options' address can refuse a part of it."""
        if success and probe.data is UNSET:
            return ()
        if success and probe.data is not UNSET:
            failed = _topics(probe.data).failTopics
            return tuple(self._refused_topic(topic, received_ns) for topic in failed)
        if ALREADY in probe.ret_msg:
            return ()
        text = f"Bybit refused: {shown(probe.ret_msg, TEXT_MAX)}"
        if _refused_topic(probe.ret_msg) is not None:
            symbol = self._refused_symbol(probe.ret_msg)
            return (Refused(received_ns=received_ns, text=text, symbol=symbol),)
        asked = int(probe.req_id) if probe.req_id.isascii() and probe.req_id.isdigit() else None
        return (Refused(received_ns=received_ns, text=text, request_id=asked),)

    def _refused_topic(self, topic: str, received_ns: int) -> Refused:
        """One topic of several: a market can do without all but its book."""
        symbol = self._refused_symbol(topic) if topic.startswith("orderbook.") else None
        text = f"Bybit refused: {shown(topic, TEXT_MAX)}"
        return Refused(received_ns=received_ns, text=text, symbol=symbol)

    def _refused_symbol(self, words: str) -> str | None:
        """The market of the topic that is named; a request fails as a whole for one topic, so that
        this market cannot be had."""
        named = _refused_topic(words)
        if named is None:
            return None
        levels = named[2] or ""
        depth = int(levels) if named[1] == "orderbook" and levels.isdecimal() else None
        try:
            return self._names.symbol(named[3].rstrip("."), None, depth)
        except UnknownSymbol:
            return None

    def _map_status(self, data: Raw, received_ns: int) -> Mapped:
        """Maintenance, told once for each state of it."""
        notices: list[Notice] = []
        for status in _statuses(data):
            key = (status.id, status.state)
            if key not in self._told:
                self._told.add(key)
                text = f"Bybit maintenance, {status.state}: {status.title}"
                notices.append(Notice(received_ns=received_ns, text=shown(text, TEXT_MAX)))
        return tuple(notices)


def _map_answer(code: int, probe: payloads.Probe, received_ns: int) -> Mapped:
    """A REST answer: instruments, a refusal, or something that is not asked for here."""
    if code != 0:
        text = f"Bybit refused: {shown(probe.retMsg, TEXT_MAX)} (code {code})"
        if code in PASSING:
            raise UnknownMessage(text)
        return (Refused(received_ns=received_ns, text=text),)
    if probe.result is UNSET or not bytes(probe.result).startswith(b"{"):
        return ()
    listing = _listing(probe.result)
    return _terms(_infos(listing.items), received_ns) if listing.items is not UNSET else ()


def _map_old_answer(code: int, probe: payloads.Probe, received_ns: int) -> Mapped:
    """A REST answer of before v5, of which instruments are used."""
    if code != 0:
        text = f"Bybit refused: {shown(probe.ret_msg, TEXT_MAX)} (code {code})"
        return (Refused(received_ns=received_ns, text=text),)
    if probe.result is UNSET or b'"lot_size_filter"' not in bytes(probe.result):
        return ()
    return _terms(v2.instruments(probe.result), received_ns)


def _infos(items: list[Raw]) -> Iterator[payloads.Info]:
    """The items of a list that are instruments."""
    for item in items:
        if bytes(item).startswith(b"{") and _info_probe(item).lotSizeFilter is not UNSET:
            yield _info(item)


def _terms(infos: Iterable[payloads.Info], received_ns: int) -> tuple[InstrumentTerms, ...]:
    """Those with usable terms: a few of hundreds may lack what an order needs."""
    terms: list[InstrumentTerms] = []
    refused: MalformedFrame | None = None
    for info in infos:
        try:
            terms.append(instrument_terms(info, received_ns))
        except MalformedFrame as error:
            refused = error
    if refused is not None and not terms:
        raise refused
    return tuple(terms)

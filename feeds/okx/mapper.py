"""OKX v5 frames to normalised messages. No socket, clock or book.

A push has `arg` and `data`; an acknowledgement, an error or a notice has `event`; a REST answer has
`code` and `data`. The keepalive is the bare text `ping`, answered by `pong`. Source: OKX API guide
v5, *WebSocket* and *Error code*.
"""

import re
from collections.abc import Callable
from contextlib import suppress

import msgspec
from msgspec import UNSET, Raw

from feeds.errors import MalformedFrame, UnknownMessage, UnknownSymbol
from feeds.messages import (
    Answer,
    Heartbeat,
    InstrumentTerms,
    Notice,
    Refused,
    ServerClosing,
    VenueMessage,
)
from feeds.okx import facts, payloads
from feeds.okx.books import BOOK_CHANNELS, BookFrames
from feeds.okx.symbols import Names
from feeds.okx.terms import TRADED, instrument_terms
from feeds.plain_text import shown

Mapped = tuple[VenueMessage, ...]

TEXT_MAX = 200
OK = "0"
UPGRADE = "64008"
"""The connection is closed soon, since the service is upgraded."""
PASSING = frozenset(("50001", "50004", "50011", "50013", "50026", "50061", "60014"))
"""Errors after which the same request can succeed: too many requests, or a system that is busy."""
UNUSED = frozenset(
    {
        *("books-elp", "books-elp-all", "books-rpi", "price-limit", "estimated-price"),
        *("liquidation-orders", "adl-warning", "block-tickers", "option-trades"),
        *("public-block-trades", "public-struc-block-trades", "economic-calendar"),
        *("call-auction-details", "sprd-books5", "sprd-bbo-tbt", "sprd-books-l2-tbt"),
        *("sprd-public-trades", "sprd-tickers"),
    }
)
UNUSED_STARTS = ("candle", "mark-price-candle", "index-candle", "sprd-candle")
EVENTS = frozenset(("subscribe", "unsubscribe", "channel-conn-count"))
OF_INDEX = ("index-tickers", "index-candle")

BOOK_HEAD = b'{"arg":{"channel":"books'
"""What most frames of books begin with, which are then read in one go."""

_probe = msgspec.json.Decoder(payloads.Probe).decode
_book_push = msgspec.json.Decoder(payloads.BookPush).decode
_books = msgspec.json.Decoder(list[payloads.Book]).decode
_raw_list = msgspec.json.Decoder(list[Raw]).decode
_info = msgspec.json.Decoder(payloads.Info).decode
_info_probe = msgspec.json.Decoder(payloads.InfoProbe).decode
_statuses = msgspec.json.Decoder(list[payloads.Status]).decode
_subject = re.compile(r"channel:\s*([\w-]+)\s*,\s*instId:\s*([\w.-]+)").search


class OkxMapper:
    """Maps frames; remembers how symbols are spelled, which derivatives there are of an index,
    which of several books of a market it follows, and which maintenance was told of."""

    def __init__(self) -> None:
        self._names = Names()
        self._books = BookFrames()
        self._told: set[tuple[str, str]] = set()
        self._by_channel: dict[str, Callable[[Raw, int], Mapped]] = {
            "trades": lambda data, now: facts.trades(self._names, "trades", data, now),
            "trades-all": lambda data, now: facts.trades(self._names, "trades-all", data, now),
            "tickers": lambda data, now: facts.quotes(self._names, data, now),
            "mark-price": lambda data, now: facts.marks(self._names, data, now),
            "index-tickers": lambda data, now: facts.indices(self._names, data, now),
            "funding-rate": lambda data, now: facts.fundings(self._names, data, now),
            "open-interest": lambda data, now: facts.interests(self._names, data, now),
            "opt-summary": lambda data, now: facts.summaries(self._names, data, now),
            "instruments": _map_instruments,
            "status": self._map_status,
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on, as the venue's metadata states it."""
        self._names.learn(venue_symbol, symbol)

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that OKX does not document.
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
        """Our symbol of a push that is about one instrument, whatever its kind; None otherwise."""
        try:
            probe = _probe(raw)
            if probe.arg is UNSET or not probe.arg.instId or probe.data is UNSET:
                return None
            if probe.arg.channel.startswith(OF_INDEX):
                return None
            return self._names.symbol(probe.arg.instId)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, UnknownSymbol):
            return None

    def _map(self, raw: bytes | str, received_ns: int) -> Mapped:
        if isinstance(raw, bytes) and raw.startswith(BOOK_HEAD):
            with suppress(msgspec.MsgspecError):
                return self._map_book(_book_push(raw), received_ns)
        if len(raw) <= 8:
            spoken = _map_keepalive(raw, received_ns)
            if spoken is not None:
                return spoken
        probe = _probe(raw)
        if probe.event is not UNSET:
            return self._map_event(probe.event, probe, received_ns)
        if probe.arg is not UNSET and probe.data is not UNSET:
            return self._map_push(probe.arg, probe.action, probe.data, received_ns)
        if probe.code:
            return _map_answer(probe, received_ns)
        raise UnknownMessage("an OKX object without any key that is known here")

    def _map_book(self, push: payloads.BookPush, received_ns: int) -> Mapped:
        channel = push.arg.channel
        if channel not in BOOK_CHANNELS:
            return ()
        symbol = self._names.met(push.arg.instId)
        return self._books.map(symbol, channel, push.action, push.data, received_ns)

    def _map_push(self, arg: payloads.Argument, action: str, data: Raw, received_ns: int) -> Mapped:
        channel = arg.channel
        if channel in BOOK_CHANNELS:
            push = payloads.BookPush(arg=arg, data=_books(data), action=action)
            return self._map_book(push, received_ns)
        handler = self._by_channel.get(channel)
        if handler is not None:
            return handler(data, received_ns)
        interval_ns = facts.candle_interval_ns(channel)
        if interval_ns is not None:
            return facts.candles(self._names.symbol(arg.instId), interval_ns, data, received_ns)
        if channel in UNUSED or channel.startswith(UNUSED_STARTS):
            return ()
        raise UnknownMessage(f"OKX's channel {channel[:24]!r} is not known here")

    def _map_event(self, event: str, probe: payloads.Probe, received_ns: int) -> Mapped:
        if event in EVENTS:
            return ()
        if event == "error" or event == "channel-conn-count-error":
            return (self._error(probe, received_ns),)
        if event == "notice":
            text = f"OKX says: {shown(probe.msg, TEXT_MAX)} (code {shown(probe.code, 8)})"
            if probe.code == UPGRADE:
                return (ServerClosing(received_ns=received_ns, text=text),)
            return (Notice(received_ns=received_ns, text=text),)
        raise UnknownMessage(f"OKX's event {event[:24]!r} is not known here")

    def _error(self, probe: payloads.Probe, received_ns: int) -> Notice | Refused:
        """A refusal of one market where it names a book channel, of what we asked where it names
        nothing; other channels a market can do without."""
        text = _refusal(probe)
        if probe.code in PASSING:
            return Notice(received_ns=received_ns, text=text)
        subject = _subject(probe.msg)
        if subject is None:
            asked = int(probe.id) if probe.id.isascii() and probe.id.isdigit() else None
            return Refused(received_ns=received_ns, text=text, request_id=asked)
        symbol = self._refused_symbol(subject[1], subject[2])
        return Refused(received_ns=received_ns, text=text, symbol=symbol)

    def _refused_symbol(self, channel: str, instrument: str) -> str | None:
        if channel not in BOOK_CHANNELS:
            return None
        try:
            return self._names.symbol(instrument.rstrip("."))
        except UnknownSymbol:
            return None

    def _map_status(self, data: Raw, received_ns: int) -> Mapped:
        """Maintenance, told once for each state of it."""
        notices: list[Notice] = []
        for status in _statuses(data):
            key = (status.begin, status.state)
            if key not in self._told:
                self._told.add(key)
                text = f"OKX maintenance, {status.state}: {status.title}"
                notices.append(Notice(received_ns=received_ns, text=shown(text, TEXT_MAX)))
        return tuple(notices)


def _map_keepalive(raw: bytes | str, received_ns: int) -> Mapped | None:
    """What the bare words of the keepalive mean; None for anything else."""
    word = raw.strip() if isinstance(raw, str) else raw.strip().decode("utf-8", "replace")
    if word == "pong":
        return (Heartbeat(received_ns=received_ns),)
    if word == "ping":
        return (Answer(received_ns=received_ns, frame="pong"),)
    return None


def _map_answer(probe: payloads.Probe, received_ns: int) -> Mapped:
    """A REST answer: instruments, a refusal, or something that is not asked for here."""
    if probe.code != OK:
        text = _refusal(probe)
        if probe.code in PASSING:
            raise UnknownMessage(text)
        return (Refused(received_ns=received_ns, text=text),)
    return _map_instruments(probe.data, received_ns) if probe.data is not UNSET else ()


def _map_instruments(data: Raw, received_ns: int) -> tuple[InstrumentTerms, ...]:
    """The instruments with usable terms: a few of thousands may lack what an order needs."""
    terms: list[InstrumentTerms] = []
    refused: MalformedFrame | None = None
    for item in _raw_list(data):
        if not bytes(item).startswith(b"{") or not _info_probe(item).tickSz:
            continue
        info = _info(item)
        if info.instType in TRADED:
            try:
                terms.append(instrument_terms(info, received_ns))
            except MalformedFrame as error:
                refused = error
    if refused is not None and not terms:
        raise refused
    return tuple(terms)


def _refusal(probe: payloads.Probe) -> str:
    return f"OKX refused: {shown(probe.msg, TEXT_MAX)} (code {shown(probe.code, 8)})"

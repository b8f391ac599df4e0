"""Deribit's frames to normalised messages. No socket, clock or book.

Frames are JSON-RPC: notifications of a channel, heartbeats, and answers, which REST bodies are as
well. Books come as a snapshot and changes of which each names the one before, or grouped, where
each message is whole. Source: Deribit API v2, *Subscriptions* and *JSON-RPC over WebSocket*.
"""

from collections.abc import Callable, Iterator

import msgspec
from msgspec import UNSET, Raw

from feeds.deribit import numbers, payloads, terms
from feeds.deribit.books import book_messages, grouped_book
from feeds.deribit.facts import candle, index_price, quote, ticker_messages, trade
from feeds.deribit.symbols import perpetual_of_index, symbol_of
from feeds.errors import MalformedFrame, UnknownMessage, UnknownSymbol
from feeds.messages import (
    Answer,
    Heartbeat,
    InstrumentTerms,
    Notice,
    Refused,
    VenueMessage,
)
from feeds.plain_text import shown

Mapped = tuple[VenueMessage, ...]

TEXT_MAX = 200
GROUPED_PARTS = 5
"""`book.BTC-PERPETUAL.none.20.100ms`"""
TEST_FRAME = '{"jsonrpc":"2.0","id":0,"method":"public/test","params":{}}'
"""What a client has to send when the venue asks whether it is there."""
PASSING = frozenset({10028, 10040, 10041, 10047, 10066, 11051, 11094, 13028, 13888})
"""Errors that mean *not now*: too many requests, settlement, maintenance, overload."""
IGNORED = frozenset(
    {
        *("perpetual", "incremental_ticker", "instrument", "deribit_price_ranking", "markprice"),
        *("deribit_price_statistics", "deribit_volatility_index", "estimated_expiration_price"),
        *("announcements", "block_rfq", "block_trade_confirmations", "rfq", "user", "currency"),
    }
)
"""First parts of channels that are known and of no use here."""

_frame = msgspec.json.Decoder(payloads.Frame).decode
_book = msgspec.json.Decoder(payloads.BookData).decode
_grouped = msgspec.json.Decoder(payloads.GroupedBookData).decode
_trades = msgspec.json.Decoder(tuple[payloads.TradeData, ...]).decode
_ticker = msgspec.json.Decoder(payloads.TickerData).decode
_quote = msgspec.json.Decoder(payloads.QuoteData).decode
_index = msgspec.json.Decoder(payloads.IndexData).decode
_bar = msgspec.json.Decoder(payloads.BarData).decode
_platform = msgspec.json.Decoder(payloads.PlatformState).decode
_instrument = msgspec.json.Decoder(payloads.InstrumentData).decode
_parts = msgspec.json.Decoder(list[Raw]).decode


class DeribitMapper:
    """Maps frames; remembers nothing but how instruments are named."""

    def __init__(self) -> None:
        self._symbols: dict[str, str] = {}
        self._by_channel: dict[str, Callable[[list[str], Raw, int], Mapped]] = {
            "book": self._map_book,
            "trades": self._map_trades,
            "ticker": self._map_ticker,
            "quote": self._map_quote,
            "chart": self._map_candle,
            "deribit_price_index": _map_index,
            "platform_state": _map_platform,
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on."""
        self._symbols[venue_symbol] = symbol

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that Deribit does not document, or *not now*.
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
        """Our symbol of a notification whose channel names one; None otherwise."""
        try:
            params = _frame(raw).params
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return None
        for part in () if params is UNSET else params.channel.split(".")[1:]:
            try:
                return self._symbol(part)
            except UnknownSymbol:
                continue
        return None

    def _map(self, raw: bytes | str, received_ns: int) -> Mapped:
        frame = _frame(raw)
        if frame.params is not UNSET:
            if frame.method == "subscription":
                return self._map_notification(frame.params, received_ns)
            if frame.method == "heartbeat":
                return _heartbeat(frame.params.type, received_ns)
        if frame.error is not UNSET:
            return _map_error(frame.error, frame.id, received_ns)
        if frame.result is not UNSET:
            return _map_result(frame.result, frame.id, received_ns)
        raise UnknownMessage("a Deribit object that is no notification, result or error")

    def _map_notification(self, params: payloads.Params, received_ns: int) -> Mapped:
        parts = params.channel.split(".")
        handler = self._by_channel.get(parts[0])
        if handler is not None:
            return handler(parts, params.data, received_ns)
        if parts[0] in IGNORED:
            return ()
        raise UnknownMessage(f"Deribit's channel {params.channel[:40]!r} is not known here")

    def _symbol(self, name: str) -> str:
        symbol = self._symbols.get(name)
        if symbol is None:
            symbol = self._symbols[name] = symbol_of(name)
        return symbol

    def _map_book(self, parts: list[str], data: Raw, received_ns: int) -> Mapped:
        if len(parts) == GROUPED_PARTS:
            whole = _grouped(data)
            return (grouped_book(whole, self._symbol(whole.instrument_name), received_ns),)
        book = _book(data)
        return (book_messages(book, self._symbol(book.instrument_name), received_ns),)

    def _map_trades(self, parts: list[str], data: Raw, received_ns: int) -> Mapped:
        """Block trades are left out: they are agreed off the book, at prices of their own."""
        del parts
        return tuple(
            [
                trade(each, self._symbol(each.instrument_name), received_ns)
                for each in _trades(data)
                if each.block_trade_id is None
            ]
        )

    def _map_ticker(self, parts: list[str], data: Raw, received_ns: int) -> Mapped:
        del parts
        ticker = _ticker(data)
        return tuple(ticker_messages(ticker, self._symbol(ticker.instrument_name), received_ns))

    def _map_quote(self, parts: list[str], data: Raw, received_ns: int) -> Mapped:
        del parts
        body = _quote(data)
        return (quote(body, self._symbol(body.instrument_name), received_ns),)

    def _map_candle(self, parts: list[str], data: Raw, received_ns: int) -> Mapped:
        match parts:
            case ["chart", "trades", name, resolution]:
                return (candle(_bar(data), self._symbol(name), resolution, received_ns),)
        raise UnknownMessage(f"Deribit's channel {'.'.join(parts)[:40]!r} is not known here")


def _map_index(parts: list[str], data: Raw, received_ns: int) -> Mapped:
    del parts
    index = _index(data)
    return (index_price(index, perpetual_of_index(index.index_name), received_ns),)


def _map_platform(parts: list[str], data: Raw, received_ns: int) -> Mapped:
    del parts
    state = _platform(data)
    if state.maintenance is not None:
        text = "has ended its maintenance"
        if state.maintenance:
            text = "is in maintenance: prices may stand still, and connections may close"
    elif state.locked is not None:
        verb = "has locked" if state.locked else "has unlocked"
        text = f"{verb} what depends on the index {shown(state.price_index, TEXT_MAX)}"
    else:
        return ()
    return (Notice(received_ns=received_ns, text=f"Deribit {text}"),)


def _heartbeat(kind: str, received_ns: int) -> Mapped:
    beat = Heartbeat(received_ns=received_ns)
    if kind == "test_request":
        return (beat, Answer(received_ns=received_ns, frame=TEST_FRAME))
    return (beat,)


def _map_error(error: payloads.Error, request_id: int | str | None, received_ns: int) -> Mapped:
    """A refusal, unless it will pass: then what was asked for is asked for again, by and by."""
    more = "" if numbers.is_null(error.data) else f" {bytes(error.data).decode()}"
    said = f"{shown(error.message + more, TEXT_MAX)} (code {error.code})"
    if error.code not in PASSING:
        text = f"Deribit refused: {said}"
        return (Refused(received_ns=received_ns, text=text, request_id=_number(request_id)),)
    text = f"Deribit cannot answer now: {said}"
    if request_id is None:
        raise UnknownMessage(text)
    return (Notice(received_ns=received_ns, text=text),)


def _map_result(result: Raw, request_id: int | str | None, received_ns: int) -> Mapped:
    """Instruments, where the result holds any; an empty list of channels is a refusal."""
    if not bytes(result).startswith(b"["):
        found = _instrument(result) if bytes(result).startswith(b"{") else None
        return (terms.instrument_terms(found, received_ns),) if found and found.kind else ()
    parts = _parts(result)
    if not parts and isinstance(request_id, int):
        text = "Deribit refused: it knows none of the channels asked for"
        return (Refused(received_ns=received_ns, text=text, request_id=request_id),)
    return tuple(_listed(parts, received_ns))


def _listed(parts: list[Raw], received_ns: int) -> Iterator[InstrumentTerms]:
    """Terms of those that have what an order needs; others, and names of channels, are left out."""
    for part in parts:
        try:
            found = _instrument(part)
            if found.kind in terms.KINDS:
                yield terms.instrument_terms(found, received_ns)
        except (msgspec.ValidationError, MalformedFrame, UnknownSymbol):
            continue


def _number(request_id: int | str | None) -> int | None:
    return request_id if isinstance(request_id, int) else None

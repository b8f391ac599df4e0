"""Binance spot frames to normalised messages. No socket, clock or book.

Frames come bare, as on `/ws`, or wrapped in `{"stream": …, "data": …}`, as on `/stream`; REST
bodies (depth, exchangeInfo, errors) are told by their keys. Source: binance-spot-api-docs,
*WebSocket Streams*.
"""

from collections.abc import Callable

import msgspec
from msgspec import UNSET, Raw

from engine.core.commands import Side
from feeds.binance import payloads
from feeds.binance.symbols import split_symbol
from feeds.binance.terms import instrument_terms
from feeds.errors import MalformedFrame, UnknownMessage, UnknownSymbol
from feeds.exact_text import NUMBERS
from feeds.messages import (
    BookDelta,
    InstrumentTerms,
    Levels,
    Quote,
    Refused,
    ServerClosing,
    Trade,
    UnassignedSnapshot,
    VenueMessage,
)
from feeds.plain_text import shown

Body = bytes | str | Raw
Mapped = tuple[VenueMessage, ...]

NS_PER_MS = 1_000_000
TEXT_MAX = 200
IGNORED = frozenset(
    {
        *("kline", "24hrTicker", "24hrMiniTicker", "1hTicker", "4hTicker", "1dTicker", "avgPrice"),
        *("ticker", "miniTicker", "ticker_1h", "ticker_4h", "ticker_1d", "depth5", "depth10"),
        "depth20",
    }
)
"""Event types and stream names that are known and of no use here."""

_probe = msgspec.json.Decoder(payloads.Probe).decode
_depth = msgspec.json.Decoder(payloads.DepthUpdate).decode
_trade = msgspec.json.Decoder(payloads.TradePrint).decode
_aggregate = msgspec.json.Decoder(payloads.AggregatePrint).decode
_ticker = msgspec.json.Decoder(payloads.BookTicker).decode
_snapshot = msgspec.json.Decoder(payloads.DepthSnapshot).decode
_info = msgspec.json.Decoder(payloads.ExchangeInfo).decode
_error_body = msgspec.json.Decoder(payloads.ErrorBody).decode
_error_answer = msgspec.json.Decoder(payloads.ErrorAnswer).decode
_shutdown = msgspec.json.Decoder(payloads.Shutdown).decode
_text = msgspec.json.Decoder(str).decode


class BinanceMapper:
    """Maps frames; remembers nothing but how symbols are spelled."""

    def __init__(self) -> None:
        self._symbols: dict[str, str] = {}
        self._by_stream: dict[str, Callable[[Body, int], Mapped]] = {
            "depth": self._map_depth,
            "bookTicker": self._map_ticker,
            "trade": self._map_trade,
            "aggTrade": self._map_aggregate,
        }
        self._by_event = {
            "depthUpdate": self._map_depth,
            "trade": self._map_trade,
            "aggTrade": self._map_aggregate,
            "serverShutdown": _map_shutdown,
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on, as the venue's metadata states it."""
        self._symbols[venue_symbol] = symbol

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that Binance spot does not document.
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
        """Our symbol of a frame that carries one, whatever its kind; None otherwise."""
        try:
            probe = _probe(raw)
            if probe.data is not UNSET:
                probe = _probe(probe.data)
            return None if probe.s is UNSET else self._symbol(_text(probe.s))
        except (msgspec.MsgspecError, UnicodeError, RecursionError, UnknownSymbol):
            return None

    def _map(self, raw: bytes | str, received_ns: int) -> Mapped:
        probe = _probe(raw)
        if probe.stream is UNSET or probe.data is UNSET:
            return self._map_bare(raw, probe, received_ns)
        kind = probe.stream.partition("@")[2].partition("@")[0]
        handler = self._by_stream.get(kind)
        if handler is not None:
            return handler(probe.data, received_ns)
        if kind in IGNORED or kind.startswith("kline"):
            return ()
        return self._map_bare(probe.data, _probe(probe.data), received_ns)

    def _map_bare(self, raw: Body, probe: payloads.Probe, received_ns: int) -> Mapped:
        if probe.e is not UNSET:
            handler = self._by_event.get(probe.e)
            if handler is not None:
                return handler(raw, received_ns)
            if probe.e in IGNORED:
                return ()
            raise UnknownMessage(f"Binance event {probe.e[:24]!r} is not known here")
        if probe.lastUpdateId is not UNSET:
            return _map_snapshot(raw, received_ns)
        if probe.B is not UNSET:
            return self._map_ticker(raw, received_ns)
        if probe.symbols is not UNSET:
            return _map_info(raw, received_ns)
        return self._map_answer(raw, probe, received_ns)

    def _map_answer(self, raw: Body, probe: payloads.Probe, received_ns: int) -> Mapped:
        if probe.event is not UNSET:
            return self._map_bare(probe.event, _probe(probe.event), received_ns)
        if probe.error is not UNSET:
            answer = _error_answer(raw)
            request_id = answer.id if isinstance(answer.id, int) else None
            return (_refused(answer.error, request_id, received_ns),)
        if probe.code is not UNSET:
            return (_refused(_error_body(raw), None, received_ns),)
        if probe.result is not UNSET:
            return ()
        raise UnknownMessage("a Binance object without any key that is known here")

    def _symbol(self, venue_symbol: str) -> str:
        symbol = self._symbols.get(venue_symbol)
        if symbol is None:
            symbol = self._symbols[venue_symbol] = split_symbol(venue_symbol)
        return symbol

    def _map_depth(self, raw: Body, received_ns: int) -> Mapped:
        update = _depth(raw)
        if update.u < update.U:
            raise MalformedFrame(f"first update id {update.U} is above the last, {update.u}")
        _check_levels(update.b)
        _check_levels(update.a)
        return (
            BookDelta(
                received_ns=received_ns,
                venue_ns=update.E * NS_PER_MS,
                symbol=self._symbol(update.s),
                first_update_id=update.U,
                last_update_id=update.u,
                previous_update_id=None,
                bids=update.b,
                asks=update.a,
            ),
        )

    def _map_ticker(self, raw: Body, received_ns: int) -> Mapped:
        ticker = _ticker(raw)
        for text in (ticker.b, ticker.B, ticker.a, ticker.A):
            NUMBERS[text]
        return (
            Quote(
                received_ns=received_ns,
                symbol=self._symbol(ticker.s),
                update_id=ticker.u,
                bid=ticker.b,
                bid_size=ticker.B,
                ask=ticker.a,
                ask_size=ticker.A,
            ),
        )

    def _map_trade(self, raw: Body, received_ns: int) -> Mapped:
        trade = _trade(raw)
        return (self._print(trade, str(trade.t), False, received_ns),)

    def _map_aggregate(self, raw: Body, received_ns: int) -> Mapped:
        trade = _aggregate(raw)
        return (self._print(trade, f"a{trade.a}", True, received_ns),)

    def _print(
        self,
        trade: payloads.TradePrint | payloads.AggregatePrint,
        trade_id: str,
        aggregate: bool,
        received_ns: int,
    ) -> Trade:
        if not (NUMBERS[trade.p] and NUMBERS[trade.q]):
            raise MalformedFrame(f"trade {trade_id} has a price or size of zero")
        return Trade(
            received_ns=received_ns,
            venue_ns=trade.T * NS_PER_MS,
            symbol=self._symbol(trade.s),
            trade_id=trade_id,
            side=Side.SELL if trade.m else Side.BUY,
            price=trade.p,
            size=trade.q,
            aggregate=aggregate,
        )


def _check_levels(levels: Levels) -> None:
    """Refuse the whole frame for one bad number, before any of it reaches a book."""
    numbers = NUMBERS
    for price, size in levels:
        numbers[size]
        if not numbers[price]:
            raise MalformedFrame("a level has the price zero")


def _map_snapshot(raw: Body, received_ns: int) -> Mapped:
    body = _snapshot(raw)
    _check_levels(body.bids)
    _check_levels(body.asks)
    return (
        UnassignedSnapshot(
            received_ns=received_ns, update_id=body.lastUpdateId, bids=body.bids, asks=body.asks
        ),
    )


def _map_info(raw: Body, received_ns: int) -> tuple[InstrumentTerms, ...]:
    """The instruments with usable filters: a few of thousands may lack what an order needs."""
    terms: list[InstrumentTerms] = []
    refused: MalformedFrame | None = None
    for info in _info(raw).symbols:
        try:
            terms.append(instrument_terms(info, received_ns))
        except MalformedFrame as error:
            refused = error
    if refused is not None and not terms:
        raise refused
    return tuple(terms)


def _map_shutdown(raw: Body, received_ns: int) -> Mapped:
    _shutdown(raw)
    return (ServerClosing(received_ns=received_ns, text="Binance is restarting this server"),)


def _refused(body: payloads.ErrorBody, request_id: int | None, received_ns: int) -> Refused:
    text = f"Binance refused: {shown(body.msg, TEXT_MAX)} (code {body.code})"
    return Refused(received_ns=received_ns, text=text, request_id=request_id)

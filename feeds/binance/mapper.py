"""Binance frames to normalised messages, for spot and for both futures markets. No socket, clock or
book.

Frames come bare, as on `/ws`, or wrapped in `{"stream": …, "data": …}`, as on `/stream`; REST
bodies (depth, exchangeInfo, openInterest, errors) are told by their keys. The markets differ in how
they spell symbols, in what their metadata says and in whether a depth update names the one before:
that is their `Dialect`. Source: binance-spot-api-docs, *WebSocket Streams*; developers.binance.com,
*WebSocket Market Streams* of USDⓈ-M and COIN-M Futures.
"""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from msgspec import UNSET, Raw

from feeds.binance import facts, payloads
from feeds.binance.prints import trade_of
from feeds.binance.reading import nanoseconds
from feeds.binance.symbols import is_coin_margined
from feeds.binance.terms import COINM, SPOT, USDM, venue_of
from feeds.errors import ForeignFrame, MalformedFrame, UnknownMessage, UnknownSymbol
from feeds.exact_text import NUMBERS, check_levels
from feeds.messages import (
    BookDelta,
    InstrumentTerms,
    Quote,
    Refused,
    ServerClosing,
    UnassignedSnapshot,
    VenueMessage,
)
from feeds.plain_text import shown

Body = bytes | str | Raw
Mapped = tuple[VenueMessage, ...]

TEXT_MAX = 200
IGNORED_EVENTS = frozenset(
    {
        *("24hrTicker", "24hrMiniTicker", "1hTicker", "4hTicker", "1dTicker", "avgPrice"),
        *("referencePrice", "blockTrade", "forceOrder", "compositeIndex", "contractInfo"),
        *("assetIndexUpdate", "continuous_kline", "indexPriceUpdate", "indexPrice_kline"),
        *("markPrice_kline", "tradingSession"),
    }
)
IGNORED_STREAMS = frozenset(
    {
        *("ticker", "miniTicker", "ticker_1h", "ticker_4h", "ticker_1d", "avgPrice"),
        *("referencePrice", "blockTrade", "depth5", "depth10", "depth20", "rpiDepth"),
        *("forceOrder", "compositeIndex", "assetIndex", "indexPrice", "arr"),
    }
)
"""Partial depth is called `depthUpdate` by the futures markets, though it is none: only the name
of its stream tells."""
IGNORED_KLINES = ("continuousKline_", "indexPriceKline_", "markPriceKline_")

_probe = msgspec.json.Decoder(payloads.Probe).decode
_depth = msgspec.json.Decoder(payloads.DepthUpdate).decode
_trade = msgspec.json.Decoder(payloads.TradePrint).decode
_aggregate = msgspec.json.Decoder(payloads.AggregatePrint).decode
_ticker = msgspec.json.Decoder(payloads.BookTicker).decode
_kline = msgspec.json.Decoder(payloads.KlineUpdate).decode
_mark = msgspec.json.Decoder(payloads.MarkUpdate).decode
_open_interest = msgspec.json.Decoder(payloads.OpenContracts).decode
_snapshot = msgspec.json.Decoder(payloads.DepthSnapshot).decode
_info = msgspec.json.Decoder(payloads.ExchangeInfo).decode
_error_body = msgspec.json.Decoder(payloads.ErrorBody).decode
_error_answer = msgspec.json.Decoder(payloads.ErrorAnswer).decode
_shutdown = msgspec.json.Decoder(payloads.Shutdown).decode
_text = msgspec.json.Decoder(str).decode


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one of Binance's markets differs from the others."""

    venue: str
    """In the registry."""
    split: Callable[[str], str]
    """Our symbol, from the venue's; raises UnknownSymbol."""
    join: Callable[[str], str]
    """The venue's symbol, from ours."""
    terms: Callable[[payloads.SymbolInfo, int], InstrumentTerms]
    """An instrument's terms, from its metadata; raises MalformedFrame."""


class BinanceMapper:
    """Maps frames; remembers nothing but how symbols are spelled."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._chained = dialect.venue != SPOT
        self._symbols: dict[str, str] = {}
        self._by_stream: dict[str, Callable[[Body, int], Mapped]] = {
            "depth": self._map_depth,
            "bookTicker": self._map_ticker,
            "trade": self._map_trade,
            "aggTrade": self._map_aggregate,
            "markPrice": self._map_mark,
        }
        self._by_event = {
            "depthUpdate": self._map_depth,
            "bookTicker": self._map_ticker,
            "trade": self._map_trade,
            "aggTrade": self._map_aggregate,
            "kline": self._map_kline,
            "markPriceUpdate": self._map_mark,
            "serverShutdown": _map_shutdown,
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on, as the venue's metadata states it."""
        self._symbols[venue_symbol] = symbol

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that Binance does not document.
            MalformedFrame: Not what the documentation says; ForeignFrame where it is what another
                of Binance's markets says.
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
        if kind in IGNORED_STREAMS or kind.startswith(IGNORED_KLINES):
            return ()
        return self._map_bare(probe.data, _probe(probe.data), received_ns)

    def _map_bare(self, raw: Body, probe: payloads.Probe, received_ns: int) -> Mapped:
        if probe.e is not UNSET:
            handler = self._by_event.get(probe.e)
            if handler is not None:
                return handler(raw, received_ns)
            if probe.e in IGNORED_EVENTS:
                return ()
            raise UnknownMessage(f"Binance event {probe.e[:24]!r} is not known here")
        if probe.lastUpdateId is not UNSET:
            return _map_snapshot(raw, received_ns)
        if probe.B is not UNSET:
            return self._map_ticker(raw, received_ns)
        if probe.symbols is not UNSET:
            return self._map_info(raw, received_ns)
        if probe.openInterest is not UNSET:
            body = _open_interest(raw)
            return (facts.open_interest(body, self._symbol(body.symbol), received_ns),)
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
        if probe.result is not UNSET or probe.markPrice is not UNSET:
            return ()
        raise UnknownMessage("a Binance object without any key that is known here")

    def _symbol(self, venue_symbol: str) -> str:
        symbol = self._symbols.get(venue_symbol)
        if symbol is None:
            symbol = self._symbols[venue_symbol] = self._dialect.split(venue_symbol)
        return symbol

    def _map_depth(self, raw: Body, received_ns: int) -> Mapped:
        update = _depth(raw)
        if (update.pu is UNSET) is self._chained or update.s not in self._symbols:
            self._check_origin(update)
        if update.u < update.U:
            raise MalformedFrame(f"first update id {update.U} is above the last, {update.u}")
        check_levels(update.b)
        check_levels(update.a)
        return (
            BookDelta(
                received_ns=received_ns,
                venue_ns=nanoseconds(update.E),
                symbol=self._symbol(update.s),
                first_update_id=update.U,
                last_update_id=update.u,
                previous_update_id=None if update.pu is UNSET else update.pu,
                bids=update.b,
                asks=update.a,
            ),
        )

    def _check_origin(self, update: payloads.DepthUpdate) -> None:
        """Refuse the update of another of Binance's markets, which would be gap after gap."""
        futures = COINM if is_coin_margined(update.s) else USDM
        origin = SPOT if update.pu is UNSET else futures
        if origin != self._dialect.venue:
            raise ForeignFrame(self._dialect.venue, origin)

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
                venue_ns=None if ticker.E is UNSET else nanoseconds(ticker.E),
            ),
        )

    def _map_trade(self, raw: Body, received_ns: int) -> Mapped:
        trade = _trade(raw)
        if trade.X not in (UNSET, "MARKET"):
            return ()
        return (trade_of(trade, self._symbol(trade.s), f"{trade.t}", received_ns),)

    def _map_aggregate(self, raw: Body, received_ns: int) -> Mapped:
        trade = _aggregate(raw)
        return (trade_of(trade, self._symbol(trade.s), f"a{trade.a}", received_ns),)

    def _map_kline(self, raw: Body, received_ns: int) -> Mapped:
        update = _kline(raw)
        return facts.candle(update.k, self._symbol(update.s), received_ns)

    def _map_mark(self, raw: Body, received_ns: int) -> Mapped:
        update = _mark(raw)
        return facts.marks(update, self._symbol(update.s), received_ns)

    def _map_info(self, raw: Body, received_ns: int) -> tuple[InstrumentTerms, ...]:
        """The instruments with usable filters: a few of thousands may lack what an order needs."""
        terms: list[InstrumentTerms] = []
        refused: MalformedFrame | None = None
        for info in _info(raw).symbols:
            try:
                terms.append(self._terms(info, received_ns))
            except MalformedFrame as error:
                refused = error
        if refused is not None and not terms:
            raise refused
        return tuple(terms)

    def _terms(self, info: payloads.SymbolInfo, received_ns: int) -> InstrumentTerms:
        origin = venue_of(info)
        if origin != self._dialect.venue:
            raise ForeignFrame(self._dialect.venue, origin)
        return self._dialect.terms(info, received_ns)


def _map_snapshot(raw: Body, received_ns: int) -> Mapped:
    body = _snapshot(raw)
    check_levels(body.bids)
    check_levels(body.asks)
    return (
        UnassignedSnapshot(
            received_ns=received_ns, update_id=body.lastUpdateId, bids=body.bids, asks=body.asks
        ),
    )


def _map_shutdown(raw: Body, received_ns: int) -> Mapped:
    _shutdown(raw)
    return (ServerClosing(received_ns=received_ns, text="Binance is restarting this server"),)


def _refused(body: payloads.ErrorBody, request_id: int | None, received_ns: int) -> Refused:
    text = f"Binance refused: {shown(body.msg, TEXT_MAX)} (code {body.code})"
    return Refused(received_ns=received_ns, text=text, request_id=request_id)

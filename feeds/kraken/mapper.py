"""Kraken's WebSocket frames, version 2, to normalised messages. No socket, clock or book.

The mapper remembers what frames say of the frames after them: the decimals of a pair (metadata),
the depth of a book (acknowledgement), and that the trading engine has stopped. Trades that a
subscription sends first are of the past and left out. A trade's side is the taker's. Heartbeats
come only while nothing else does, so that a ticker counts as one too.

Frames of version 1, which recordings hold, are lists. REST bodies (AssetPairs, errors) are told by
their keys. Source: Kraken, *Spot WebSocket v2*.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import UNSET, Raw, UnsetType

from engine.core.commands import Side
from feeds.errors import MalformedFrame, UnknownMessage
from feeds.exact_text import NUMBERS
from feeds.kraken import payloads
from feeds.kraken.answers import acknowledged_depth, refusal, rest_refusal
from feeds.kraken.depths import depth_of
from feeds.kraken.number_text import padded, plain_text
from feeds.kraken.symbols import frame_symbol, venue_symbol
from feeds.kraken.terms import PairTerms, rest_terms, streamed_terms
from feeds.kraken.version1 import VersionOne
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    Heartbeat,
    InstrumentTerms,
    Levels,
    Notice,
    Quote,
    Trade,
    VenueMessage,
)
from feeds.plain_text import shown
from feeds.rfc3339 import stated_ns, unix_ns

Mapped = tuple[VenueMessage, ...]

TEXT_MAX = 200
MINUTE_NS = 60 * 10**9
SIDES = {"buy": Side.BUY, "sell": Side.SELL}
ONLINE = "online"
ENGINE_STATES = {
    ONLINE: "Kraken trades again",
    "maintenance": "Kraken is in maintenance: nothing trades there, its books stand still",
    "limit_only": "Kraken only takes limit orders",
    "cancel_only": "Kraken only takes cancellations: nothing trades there",
    "post_only": "Kraken only takes resting orders: nothing trades there",
}
WARNING = "W"
"""What REST calls an error, but does not hinder an answer, begins with this."""
IGNORED = frozenset({"level3", "executions", "balances"})
"""Channels that are known and of no use here."""
OLD_EVENTS = frozenset({"subscriptionStatus", "pong"})
"""Events of version 1 that are known and of no use."""
_KNOWN = frozenset({"book", "trade", "ticker", "ohlc", "instrument", "status", "heartbeat"})

_frame = msgspec.json.Decoder(payloads.Known).decode
_probe = msgspec.json.Decoder(payloads.Probe).decode
_result = msgspec.json.Decoder(dict[str, Raw]).decode
_asset_pair = msgspec.json.Decoder(payloads.AssetPair).decode
_event = msgspec.json.Decoder(payloads.OldEvent).decode
_names = msgspec.json.Decoder(payloads.Named).decode


class KrakenMapper:
    """Maps the frames of one venue, in the order in which they came."""

    def __init__(self) -> None:
        self._symbols: dict[str, str] = {}
        self._places: dict[str, tuple[int, int]] = {}
        """Decimals of prices and quantities, by our symbol."""
        self._depths: dict[str, int] = {}
        """As acknowledged, by our symbol."""
        self._stopped = False
        self._version_one = VersionOne(self._symbol)
        self._by_frame: dict[type, Callable[[Any, int], list[VenueMessage]]] = {
            payloads.BookFrame: self._map_books,
            payloads.TradeFrame: self._map_trades,
            payloads.TickerFrame: self._map_tickers,
            payloads.OhlcFrame: self._map_candles,
            payloads.InstrumentFrame: self._map_instruments,
            payloads.StatusFrame: self._map_status,
            payloads.HeartbeatFrame: lambda _, received_ns: [Heartbeat(received_ns=received_ns)],
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on, as the venue's metadata states it."""
        self._symbols[venue_symbol] = symbol

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that Kraken does not document.
            MalformedFrame: Not what the documentation says, or an answer that asking again may
                change.
        """
        try:
            return self._map(raw, received_ns)
        except (msgspec.MsgspecError, UnicodeError) as error:
            raise MalformedFrame(shown(f"{error}", TEXT_MAX)) from None
        except RecursionError:
            raise MalformedFrame("nested too deeply") from None

    def symbol_of(self, raw: bytes | str) -> str | None:
        """Our symbol of a frame about one pair, whatever its channel; None otherwise."""
        try:
            if _is_list(raw):
                return self._version_one.symbol_of(raw)
            names = _names(raw).data
            return self._symbol(names[0].symbol) if names and names[0].symbol else None
        except (msgspec.MsgspecError, UnicodeError, RecursionError, MalformedFrame):
            return None

    def _map(self, raw: bytes | str, received_ns: int) -> Mapped:
        try:
            frame = _frame(raw)
        except msgspec.ValidationError:
            if _is_list(raw):
                return self._version_one.map(raw, received_ns)
            probe = _probe(raw)
            if probe.channel in _KNOWN:
                raise
            return self._map_other(raw, probe, received_ns)
        return tuple(self._by_frame[type(frame)](frame, received_ns))

    def _symbol(self, venue_symbol: str) -> str:
        symbol = self._symbols.get(venue_symbol)
        if symbol is None:
            symbol = self._symbols[venue_symbol] = frame_symbol(venue_symbol)
        return symbol

    def _map_books(self, frame: payloads.BookFrame, received_ns: int) -> list[VenueMessage]:
        make = self._snapshot if frame.type == "snapshot" else self._delta
        return [make(book, received_ns) for book in frame.data]

    def _snapshot(self, book: payloads.Book, received_ns: int) -> BookSnapshot:
        symbol = self._symbol(book.symbol)
        bids, asks = self._levels(symbol, book.bids), self._levels(symbol, book.asks)
        return BookSnapshot(
            received_ns=received_ns,
            symbol=symbol,
            update_id=0,
            bids=bids,
            asks=asks,
            venue_ns=stated_ns(book.timestamp) or None,
            checksum=book.checksum,
            depth_max=depth_of(max(len(bids), len(asks)), self._depths.get(symbol)),
        )

    def _delta(self, book: payloads.Book, received_ns: int) -> BookDelta:
        symbol = self._symbol(book.symbol)
        return BookDelta(
            received_ns=received_ns,
            venue_ns=stated_ns(book.timestamp),
            symbol=symbol,
            first_update_id=0,
            last_update_id=0,
            previous_update_id=None,
            bids=self._levels(symbol, book.bids),
            asks=self._levels(symbol, book.asks),
            checksum=book.checksum,
        )

    def _levels(self, symbol: str, levels: list[payloads.Level]) -> Levels:
        price_places, qty_places = self._places.get(symbol, (None, None))
        pairs = tuple(
            (padded(plain_text(each.price), price_places), padded(plain_text(each.qty), qty_places))
            for each in levels
        )
        for price, _ in pairs:
            if not NUMBERS[price]:
                raise MalformedFrame("a level has the price zero")
        return pairs

    def _map_trades(self, frame: payloads.TradeFrame, received_ns: int) -> list[VenueMessage]:
        if frame.type == "snapshot":
            return []
        return [self._print(trade, received_ns) for trade in frame.data]

    def _print(self, trade: payloads.Print, received_ns: int) -> Trade:
        price, size = plain_text(trade.price), plain_text(trade.qty)
        if not (NUMBERS[price] and NUMBERS[size]):
            raise MalformedFrame(f"trade {trade.trade_id} has a price or size of zero")
        return Trade(
            received_ns=received_ns,
            venue_ns=unix_ns(trade.timestamp),
            symbol=self._symbol(trade.symbol),
            trade_id=str(trade.trade_id),
            side=SIDES[trade.side],
            price=price,
            size=size,
        )

    def _map_tickers(self, frame: payloads.TickerFrame, received_ns: int) -> list[VenueMessage]:
        quotes = [self._quote(ticker, received_ns) for ticker in frame.data]
        return [Heartbeat(received_ns=received_ns), *quotes]

    def _quote(self, ticker: payloads.Ticker, received_ns: int) -> Quote:
        return Quote(
            received_ns=received_ns,
            symbol=self._symbol(ticker.symbol),
            update_id=None,
            bid=plain_text(ticker.bid),
            bid_size=plain_text(ticker.bid_qty),
            ask=plain_text(ticker.ask),
            ask_size=plain_text(ticker.ask_qty),
            venue_ns=stated_ns(ticker.timestamp) or None,
        )

    def _map_candles(self, frame: payloads.OhlcFrame, received_ns: int) -> list[VenueMessage]:
        now_ns = stated_ns(frame.timestamp) or received_ns
        return [self._candle(bucket, received_ns, now_ns) for bucket in frame.data]

    def _candle(self, bucket: payloads.Bucket, received_ns: int, now_ns: int) -> Candle:
        open_ns, interval_ns = unix_ns(bucket.interval_begin), bucket.interval * MINUTE_NS
        return Candle(
            received_ns=received_ns,
            symbol=self._symbol(bucket.symbol),
            interval_ns=interval_ns,
            open_ns=open_ns,
            open=plain_text(bucket.open),
            high=plain_text(bucket.high),
            low=plain_text(bucket.low),
            close=plain_text(bucket.close),
            volume=plain_text(bucket.volume),
            closed=open_ns + interval_ns <= now_ns,
        )

    def _map_instruments(
        self, frame: payloads.InstrumentFrame, received_ns: int
    ) -> list[VenueMessage]:
        return [*self._listed_all(streamed_terms, frame.data.pairs, received_ns)]

    def _listed_all(
        self, terms_of: Callable[[Any], PairTerms], pairs: Iterable[object], received_ns: int
    ) -> list[InstrumentTerms]:
        """The pairs with usable terms; MalformedFrame if there are pairs, but none of these."""
        listed: list[InstrumentTerms] = []
        refused: MalformedFrame | None = None
        for pair in pairs:
            try:
                listed.append(self._listed(terms_of(pair), received_ns))
            except MalformedFrame as error:
                refused = error
        if refused is not None and not listed:
            raise refused
        return listed

    def _listed(self, terms: PairTerms, received_ns: int) -> InstrumentTerms:
        instrument = terms.instrument()
        self._places[terms.symbol] = terms.price_places, terms.qty_places
        return InstrumentTerms(
            received_ns=received_ns,
            instrument=instrument,
            venue_symbol=venue_symbol(terms.symbol),
        )

    def _map_status(self, frame: payloads.StatusFrame, received_ns: int) -> list[VenueMessage]:
        return [notice for each in frame.data for notice in self._engine(each.system, received_ns)]

    def _engine(self, state: str, received_ns: int) -> Mapped:
        """How the trading engine is: told when it stops, and when it goes on."""
        stopped, before = state != ONLINE, self._stopped
        self._stopped = stopped
        if not (stopped or before):
            return ()
        text = ENGINE_STATES.get(state, f"Kraken says that it is {state}")
        return (Notice(received_ns=received_ns, text=shown(text, TEXT_MAX)),)

    def _map_other(self, raw: bytes | str, probe: payloads.Probe, received_ns: int) -> Mapped:
        """Acknowledgements, refusals, REST bodies and the events of version 1."""
        if probe.channel is not UNSET:
            if probe.channel in IGNORED:
                return ()
            raise UnknownMessage(f"Kraken channel {shown(probe.channel, 24)!r} is not known here")
        if isinstance(probe.error, list):
            errors = [each for each in probe.error if not each.startswith(WARNING)]
            if errors:
                return (rest_refusal(errors, received_ns),)
            return self._map_pairs(probe.result, received_ns)
        if not isinstance(probe.error, UnsetType):
            pair = "" if isinstance(probe.symbol, UnsetType) else probe.symbol
            return refusal(probe.error, pair, received_ns)
        if probe.method is not UNSET:
            self._acknowledged(probe)
            return ()
        if probe.event is not UNSET:
            return self._map_event(_event(raw), received_ns)
        raise UnknownMessage("a Kraken object without any key that is known here")

    def _map_event(self, event: payloads.OldEvent, received_ns: int) -> Mapped:
        if event.event == "heartbeat":
            return (Heartbeat(received_ns=received_ns),)
        if event.event == "systemStatus":
            return self._engine(event.status, received_ns)
        if event.errorMessage:
            return refusal(event.errorMessage, event.pair, received_ns)
        if event.event in OLD_EVENTS:
            return ()
        raise UnknownMessage(f"Kraken event {shown(event.event, 24)!r} is not known here")

    def _acknowledged(self, probe: payloads.Probe) -> None:
        depth = acknowledged_depth(probe)
        if depth is not None:
            name, levels = depth
            self._depths[self._symbol(name)] = levels

    def _map_pairs(self, result: Raw | UnsetType, received_ns: int) -> Mapped:
        """The body of a REST answer: pairs are known by their `wsname`, all else is of no use."""
        if isinstance(result, UnsetType) or bytes(result)[:1] != b"{":
            return ()
        described = [each for each in _result(result).values() if b'"wsname"' in bytes(each)]
        pairs = [_asset_pair(each) for each in described]
        return tuple(self._listed_all(rest_terms, pairs, received_ns))


def _is_list(raw: bytes | str) -> bool:
    return raw.lstrip()[:1] in (b"[", "[")

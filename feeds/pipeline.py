"""One venue's frames to messages: the path that live feeds, replays and verification share.

    frame → mapper → book sync → sink

It does no input or output and reads no clock; who drives it passes the receive time. What a frame
does wrong is counted and kept in `bad_frames`, and leaves every book as it was.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from feeds.book_sync import BookMessage, SyncState
from feeds.errors import FrameError, UnknownMessage, VenueRefused
from feeds.feed import Sink
from feeds.health import FeedEvent, Health
from feeds.local_book import LocalBook
from feeds.market import Market
from feeds.messages import (
    BookDelta,
    BookLost,
    BookSnapshot,
    FeedState,
    InstrumentTerms,
    Notice,
    Quote,
    Refused,
    ServerClosing,
    StateChanged,
    Trade,
    UnassignedSnapshot,
)
from feeds.snapshot_matching import owner_of
from feeds.venue import Subscription, Venue

BAD_FRAMES_KEPT = 20
BAD_FRAME_BYTES_KEPT = 4096
UNASSIGNED_KEPT = 64


@dataclass(frozen=True, slots=True)
class BadFrame:
    """A frame that could not be used, kept for inspection."""

    received_ns: int
    raw: bytes | str
    """Its beginning, at most 4,096 characters."""
    text: str


class Pipeline:
    """Turns the frames of one connection into messages.

    Args:
        venue: Whose frames these are.
        sink: Receives the messages.
        symbols: The subscriptions, ours; None takes every instrument that appears.

    Attributes:
        markets: By symbol, in listing order.
        bad_frames: The last few frames that could not be used.
        bad_frame_count: How many there were.
        closing: The venue announced that it will close this connection.
        unassigned: Snapshots in a recording whose instrument is not known yet.
    """

    def __init__(self, venue: Venue, sink: Sink, symbols: Iterable[str] | None = None) -> None:
        self.venue = venue
        self.mapper = venue.mapper()
        self.markets: dict[str, Market] = {}
        self.bad_frames: deque[BadFrame] = deque(maxlen=BAD_FRAMES_KEPT)
        self.bad_frame_count = 0
        self.closing = False
        self.unassigned: deque[UnassignedSnapshot] = deque(maxlen=UNASSIGNED_KEPT)
        self._sink = sink
        self._open_to_all = symbols is None
        self._opened_ns: int | None = None
        self._terms: dict[str, InstrumentTerms] = {}
        self._requests: dict[int, tuple[str, ...]] = {}
        self._noticed: set[str] = set()
        self._map = self.mapper.map
        self._handlers: dict[type, Callable[[Any], None]] = {
            BookDelta: self._on_delta,
            Quote: self._on_quote,
            Trade: self._on_trade,
            UnassignedSnapshot: self._on_unassigned,
            BookSnapshot: self._on_snapshot,
            InstrumentTerms: self.terms,
            Refused: self._on_refused,
            ServerClosing: self._on_closing,
        }
        for symbol in symbols or ():
            self._add(symbol)

    def health(self, symbol: str) -> Health:
        """How a subscription stands; KeyError for a symbol that is not carried."""
        return self.markets[symbol].health

    def book(self, symbol: str) -> LocalBook:
        """The displayed book as of the last message; empty while it is not known."""
        return self.markets[symbol].sync.book

    def frame(self, raw: bytes | str, received_ns: int) -> None:
        """A frame, or a line of a recording, arrived."""
        try:
            messages = self._map(raw, received_ns)
        except FrameError as error:
            self.bad_frame(raw, received_ns, error)
            return
        for message in messages:
            self._handlers[type(message)](message)
        if not messages:
            self._on_ignored(raw, received_ns)

    def snapshot(self, symbol: str, raw: bytes | str, received_ns: int) -> None:
        """The REST body of a book that was asked for arrived.

        Raises:
            VenueRefused: The body is a refusal.
            FrameError: The body is no book.
        """
        body = self._book_body(raw, received_ns)
        if self.markets[symbol].opened_ns is not None:
            self._on_snapshot(body.assigned(symbol))

    def probe(self, symbol: str, raw: bytes | str, received_ns: int) -> None:
        """The REST body that tells a quiet market from a dead one arrived.

        Raises:
            VenueRefused: The body is a refusal.
            FrameError: The body is no book.
        """
        body = self._book_body(raw, received_ns)
        market = self.markets[symbol]
        quiet = market.sync.book.update_id == body.update_id
        if quiet and market.watchdog.confirmed_quiet(received_ns):
            self.tell_state(market, received_ns)

    def terms(self, terms: InstrumentTerms) -> None:
        """The venue's metadata for an instrument; passed on once its market is carried."""
        symbol = terms.instrument.symbol
        self._terms[symbol] = terms
        self.mapper.learn(terms.venue_symbol, symbol)
        market = self.markets.get(symbol)
        if market is not None:
            self._list(market)

    def opened(self, now_ns: int, subscriptions: Iterable[Subscription] = ()) -> None:
        """A connection is open, and these frames were or will be sent on it."""
        self._opened_ns = now_ns
        self.closing = False
        self._requests = {each.request_id: each.symbols for each in subscriptions}
        for market in self.markets.values():
            self._open(market, now_ns)

    def closed(self, now_ns: int, text: str) -> None:
        """The connection is gone, or could not be made; `text` says why and what comes next."""
        self._opened_ns = None
        for market in self.markets.values():
            market.opened_ns = None
            self._happened(market, FeedEvent.CLOSED, now_ns, text)
            market.sync.lost(now_ns, text)

    def resubscribed(self, symbol: str, now_ns: int) -> None:
        """The streams of one market were asked for anew on the open connection."""
        market = self.markets[symbol]
        market.sync.lost(now_ns, "the subscription was silent and is made anew")
        self._open(market, now_ns)

    def refused(self, symbol: str, text: str, now_ns: int) -> None:
        """The venue will not serve this instrument."""
        market = self.markets[symbol]
        market.refused = True
        market.opened_ns = None
        self._happened(market, FeedEvent.REFUSED, now_ns, text)
        market.sync.lost(now_ns, text)

    def explain(self, symbol: str, text: str, now_ns: int) -> None:
        """Say beside the state of a market what is under way."""
        market = self.markets[symbol]
        if market.health.text != text:
            market.health.text = text
            self.tell_state(market, now_ns)

    def bad_frame(self, raw: bytes | str, received_ns: int, error: FrameError) -> None:
        """Count and keep a frame that cannot be used, and say so once for each kind."""
        self.bad_frame_count += 1
        for market in self.markets.values():
            market.health.bad_frames = self.bad_frame_count
        kept = BadFrame(received_ns, raw[:BAD_FRAME_BYTES_KEPT], f"{error}")
        self.bad_frames.append(kept)
        kind = type(error).__name__
        if kind not in self._noticed:
            self._noticed.add(kind)
            text = f"{self.venue.name} sent a frame that cannot be used ({error}); it was left out"
            self._sink(Notice(received_ns=received_ns, text=text))

    def _add(self, symbol: str) -> Market:
        market = Market(symbol, self.venue, self._publish)
        self.markets[symbol] = market
        market.health.bad_frames = self.bad_frame_count
        self._list(market)
        if self._opened_ns is not None:
            self._open(market, self._opened_ns)
        return market

    def _market(self, symbol: str) -> Market | None:
        market = self.markets.get(symbol)
        if market is None and self._open_to_all:
            market = self._add(symbol)
        return market

    def _list(self, market: Market) -> None:
        terms = self._terms.get(market.health.symbol)
        if terms is not None and not market.listed:
            market.listed = True
            self._sink(terms)

    def _open(self, market: Market, now_ns: int) -> None:
        if market.refused:
            return
        market.health.reconnects += market.ever_opened
        market.ever_opened = True
        market.opened_ns = now_ns
        self._happened(market, FeedEvent.OPENED, now_ns, "waiting for the book")

    def _on_delta(self, delta: BookDelta) -> None:
        market = self.markets.get(delta.symbol) or self._market(delta.symbol)
        if market is None:
            return
        if market.watchdog.heard_update(delta.received_ns, delta.venue_ns):
            self.tell_state(market, delta.received_ns)
        market.sync.delta(delta)
        if self.unassigned and market.sync.state is SyncState.WAITING:
            self._assign_kept()

    def _on_quote(self, quote: Quote) -> None:
        market = self.markets.get(quote.symbol) or self._market(quote.symbol)
        if market is not None:
            market.watchdog.heard_aside(quote.received_ns, None)
            self._sink(quote)

    def _on_trade(self, trade: Trade) -> None:
        market = self.markets.get(trade.symbol) or self._market(trade.symbol)
        if market is not None:
            market.watchdog.heard_aside(trade.received_ns, trade.venue_ns)
            if market.trades.is_new(trade):
                self._sink(trade)

    def _on_ignored(self, raw: bytes | str, received_ns: int) -> None:
        symbol = self.mapper.symbol_of(raw)
        market = self._market(symbol) if symbol is not None else None
        if market is not None:
            market.watchdog.heard_aside(received_ns, None)

    def _on_snapshot(self, snapshot: BookSnapshot) -> None:
        market = self._market(snapshot.symbol)
        if market is not None:
            market.watchdog.heard_aside(snapshot.received_ns, None)
            market.sync.snapshot(snapshot)

    def _on_unassigned(self, snapshot: UnassignedSnapshot) -> None:
        if self.unassigned and snapshot.update_id == self.unassigned[-1].update_id:
            return
        self.unassigned.append(snapshot)
        self._assign_kept()

    def _assign_kept(self) -> None:
        books = [market.sync for market in self.markets.values()]
        for snapshot in tuple(self.unassigned):
            symbol = owner_of(snapshot, books, self.venue.sequence)
            if symbol is not None:
                self.unassigned.remove(snapshot)
                self._on_snapshot(snapshot.assigned(symbol))

    def _on_refused(self, refused: Refused) -> None:
        asked = self._requests.get(refused.request_id) if refused.request_id is not None else None
        for symbol in asked or ():
            self.refused(symbol, refused.text, refused.received_ns)
        self._sink(Notice(received_ns=refused.received_ns, text=refused.text))

    def _on_closing(self, closing: ServerClosing) -> None:
        self.closing = True
        self._sink(Notice(received_ns=closing.received_ns, text=closing.text))

    def _book_body(self, raw: bytes | str, received_ns: int) -> UnassignedSnapshot:
        for message in self._map(raw, received_ns):
            if isinstance(message, Refused):
                raise VenueRefused(message.text)
            if isinstance(message, UnassignedSnapshot):
                return message
        raise UnknownMessage("the answer to a request for a book is no book")

    def _publish(self, market: Market, message: BookMessage) -> None:
        if type(message) is BookDelta:
            self._sink(message)
            return
        health, counts = market.health, market.sync.counts
        health.gaps, health.resyncs, health.crossed = counts.gaps, counts.resyncs, counts.crossed
        self._sink(message)
        if isinstance(message, BookSnapshot):
            self._happened(market, FeedEvent.ALIGNED, message.received_ns, "")
        elif isinstance(message, BookLost) and health.state is not FeedState.DOWN:
            self._happened(market, FeedEvent.LOST, message.received_ns, message.text)

    def _happened(self, market: Market, event: FeedEvent, now_ns: int, text: str) -> None:
        if market.watchdog.happened(event, now_ns, text):
            self.tell_state(market, now_ns)

    def tell_state(self, market: Market, now_ns: int) -> None:
        """Pass on the state of a market as it stands."""
        health = market.health
        self._sink(
            StateChanged(
                received_ns=now_ns, symbol=health.symbol, state=health.state, text=health.text
            )
        )

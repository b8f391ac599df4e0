"""One venue's frames to messages: the path that live feeds, replays and verification share.

    frame → mapper → book sync → sink

It does no input or output and reads no clock; who drives it passes the receive time. What a frame
does wrong is counted and kept in `bad_frames`, and leaves every book as it was.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from feeds.bad_frames import BadFrames
from feeds.book_sync import SyncState
from feeds.errors import FrameError, UnknownMessage, VenueRefused
from feeds.feed import Sink
from feeds.frame_numbers import FrameNumbers, Numbered
from feeds.health import FeedEvent, Health
from feeds.local_book import LocalBook
from feeds.market import Market
from feeds.messages import (
    Answer,
    BookDelta,
    BookSnapshot,
    Candle,
    Facts,
    FeedState,
    FrameNumber,
    FundingRate,
    Heartbeat,
    IndexPrice,
    InstrumentTerms,
    MarkPrice,
    Notice,
    OpenInterest,
    OptionSummary,
    Quote,
    Refused,
    ServerClosing,
    Trade,
    UnassignedSnapshot,
    VenueMessage,
)
from feeds.snapshot_matching import owner_of
from feeds.telling import Telling
from feeds.venue import Subscription, Venue

UNASSIGNED_KEPT = 64
HISTORY_NS = 1_000_000_000
"""A print that is older by this than its subscription was not made while anybody listened."""
FRAMES_LOST = "frames of the connection never arrived; the book is fetched again"
FACTS = (MarkPrice, IndexPrice, FundingRate, OpenInterest, Candle, OptionSummary)


class Pipeline:
    """Turns the frames of one venue into messages.

    Args:
        venue: Whose frames these are.
        sink: Receives the messages.
        symbols: The subscriptions, ours; None takes every instrument that appears.

    Attributes:
        answers: Frames that the venue expects in return; whoever sends them takes them out.
        bad_frames: What could not be used.
        closing: The venue announced that it will close this connection.
        markets: By symbol, in listing order.
        telling: Passes books and states on.
        unassigned: Snapshots in a recording whose instrument is not known yet.
    """

    def __init__(self, venue: Venue, sink: Sink, symbols: Iterable[str] | None = None) -> None:
        self.venue = venue
        self.mapper = venue.mapper()
        self.markets: dict[str, Market] = {}
        self.answers: deque[str] = deque()
        self.bad_frames = BadFrames()
        self.closing = False
        self.unassigned: deque[UnassignedSnapshot] = deque(maxlen=UNASSIGNED_KEPT)
        self._sink = sink
        self.telling = Telling(sink)
        self._open_to_all = symbols is None
        self._opened_ns: int | None = None
        self._terms: dict[str, InstrumentTerms] = {}
        self._requests: dict[int, tuple[str, ...]] = {}
        self._numbers = FrameNumbers()
        self._map = self.mapper.map
        self._handlers: dict[type, Callable[[Any], None]] = {
            BookDelta: self._on_delta,
            Quote: self._on_quote,
            Trade: self._on_trade,
            UnassignedSnapshot: self._on_unassigned,
            BookSnapshot: self._on_snapshot,
            InstrumentTerms: self.terms,
            Heartbeat: self._on_heartbeat,
            FrameNumber: lambda _: None,
            Answer: lambda answer: self.answers.append(answer.frame),
            Refused: self._on_refused,
            ServerClosing: self._on_closing,
            Notice: sink,
            **dict.fromkeys(FACTS, self._on_fact),
        }
        for symbol in symbols or ():
            self.add(symbol)

    def health(self, symbol: str) -> Health:
        """How a subscription stands; KeyError for a symbol that is not carried."""
        return self.markets[symbol].health

    def book(self, symbol: str) -> LocalBook:
        """The displayed book as of the last message; empty while it is not known."""
        return self.markets[symbol].sync.book

    def frame(self, raw: bytes | str, received_ns: int) -> None:
        """A frame, or a line of a recording, arrived."""
        self.take(self.mapped(raw, received_ns), raw, received_ns)

    def mapped(self, raw: bytes | str, received_ns: int) -> tuple[VenueMessage, ...] | FrameError:
        """What a frame means, or why it cannot be used; a thread may be asked for a long one."""
        try:
            return self._map(raw, received_ns)
        except FrameError as error:
            return error

    def take(
        self,
        messages: tuple[VenueMessage, ...] | FrameError,
        raw: bytes | str,
        received_ns: int,
    ) -> None:
        """What a frame was mapped to."""
        if isinstance(messages, FrameError):
            number = messages.frame_number
            if number is None or self._in_turn(number, received_ns):
                self.bad_frame(raw, received_ns, messages)
            return
        if not messages:
            self._on_ignored(raw, received_ns)
            return
        first = messages[0]
        if type(first) is FrameNumber and not self._in_turn(first.number, received_ns):
            return
        for message in messages:
            self._handlers[type(message)](message)
        market = self.markets.get(getattr(messages[-1], "symbol", ""))
        if market is not None:
            market.health.messages += 1
            market.health.bytes += len(raw)

    def snapshot(self, symbol: str, raw: bytes | str, received_ns: int) -> None:
        """The REST body of a book that was asked for arrived.

        Raises:
            VenueRefused: The body is a refusal.
            FrameError: The body is no book.
        """
        body = self._book_body(raw, received_ns)
        if self.markets[symbol].opened_ns is not None:
            self.markets[symbol].health.messages += 1
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
            self.telling.state(market, received_ns)

    def terms(self, terms: InstrumentTerms) -> None:
        """The venue's metadata for an instrument; passed on once its market is carried."""
        symbol = terms.instrument.symbol
        self._terms[symbol] = terms
        self.mapper.learn(terms.venue_symbol, symbol)
        market = self.markets.get(symbol)
        if market is not None:
            self._list(market)

    def opened(self, now_ns: int, subscriptions: Iterable[Subscription] = ()) -> None:
        """A connection is open, and these frames were or will be sent on it; without any, all
        markets are carried by it."""
        self.closing = False
        self._numbers = FrameNumbers()
        self.subscribed(now_ns, subscriptions)
        if not subscriptions:
            self._opened_ns = now_ns
            for market in self.markets.values():
                self._open(market, now_ns)

    def subscribed(self, now_ns: int, subscriptions: Iterable[Subscription]) -> None:
        """These frames were or will be sent on a connection that is open, one after the other."""
        pause_ns = int(10**9 / self.venue.limits.subscribes_per_s)
        for number, each in enumerate(subscriptions):
            self._requests[each.request_id] = each.symbols
            for symbol in each.symbols:
                self._open(self.markets[symbol], now_ns, now_ns + number * pause_ns)

    def closed(self, now_ns: int, text: str, symbols: Iterable[str] | None = None) -> None:
        """The connection that carries these markets, or all, is gone, or could not be made; `text`
        says why and what comes next."""
        self._opened_ns = None
        for symbol in self.markets if symbols is None else symbols:
            market = self.markets[symbol]
            market.opened_ns = None
            self.telling.happened(market, FeedEvent.CLOSED, now_ns, text)
            market.sync.lost(now_ns, text)

    def resubscribed(self, symbol: str, now_ns: int) -> None:
        """The streams of one market were asked for anew on the open connection."""
        market = self.markets[symbol]
        market.sync.lost(now_ns, "the subscription was silent and is made anew")
        market.ever_opened = False
        self._open(market, now_ns)

    def add(self, symbol: str) -> Market:
        """Carry one market more; whoever drives the connection asks for its streams."""
        market = Market(symbol, self.venue, self.telling.publish)
        self.markets[symbol] = market
        market.health.bad_frames = self.bad_frames.count
        self._list(market)
        if self._opened_ns is not None:
            self._open(market, self._opened_ns)
        return market

    def drop(self, symbol: str, now_ns: int) -> None:
        """Carry a market no more; frames of it that still come are of no use."""
        market = self.markets[symbol]
        text = "dropped at your request"
        self.telling.happened(market, FeedEvent.CLOSED, now_ns, text)
        market.sync.lost(now_ns, text)
        del self.markets[symbol]

    def refused(self, symbol: str, text: str, now_ns: int) -> None:
        """The venue will not serve this instrument."""
        market = self.markets[symbol]
        market.refused = True
        market.opened_ns = None
        self.telling.happened(market, FeedEvent.REFUSED, now_ns, text)
        market.sync.lost(now_ns, text)

    def explain(self, symbol: str, text: str, now_ns: int) -> None:
        """Say beside the state of a market what is under way."""
        market = self.markets[symbol]
        if market.health.text != text:
            market.health.text = text
            self.telling.state(market, now_ns)

    def bad_frame(self, raw: bytes | str, received_ns: int, error: FrameError) -> None:
        """Count and keep a frame that cannot be used, and say so once for each kind."""
        first = self.bad_frames.add(raw, received_ns, error)
        for market in self.markets.values():
            market.health.bad_frames = self.bad_frames.count
        if first:
            text = f"{self.venue.name} sent a frame that cannot be used ({error}); it was left out"
            self._sink(Notice(received_ns=received_ns, text=text))

    def _market(self, symbol: str) -> Market | None:
        market = self.markets.get(symbol)
        if market is None and self._open_to_all:
            market = self.add(symbol)
        return market

    def _list(self, market: Market) -> None:
        terms = self._terms.get(market.health.symbol)
        if terms is not None and not market.listed:
            market.listed = True
            self._sink(terms)

    def _open(self, market: Market, now_ns: int, asked_ns: int = 0) -> None:
        if market.refused:
            return
        market.health.reconnects += market.ever_opened
        market.ever_opened = True
        market.opened_ns = now_ns
        market.renewal.asked(max(now_ns, asked_ns))
        awaited = "a quote" if market.quoted else "the book"
        self.telling.happened(market, FeedEvent.OPENED, now_ns, f"waiting for {awaited}")

    def _in_turn(self, number: int, received_ns: int) -> bool:
        """Whether a numbered frame is new; books are lost with the frames that never came."""
        found = self._numbers.take(number)
        if found is Numbered.MISSING or found is Numbered.RESTARTED:
            for market in self.markets.values():
                if found is Numbered.MISSING:
                    market.sync.numbers_lost(received_ns, FRAMES_LOST)
                else:
                    market.sync.lost(received_ns, "the connection was made anew")
        return found is not Numbered.REPEATED

    def _on_delta(self, delta: BookDelta) -> None:
        market = self.markets.get(delta.symbol) or self._market(delta.symbol)
        if market is None:
            return
        if market.watchdog.heard_update(delta.received_ns, delta.venue_ns):
            self.telling.state(market, delta.received_ns)
        market.sync.delta(delta)
        if self.unassigned and market.sync.state is SyncState.WAITING:
            self._assign_kept()

    def _on_quote(self, quote: Quote) -> None:
        market = self.markets.get(quote.symbol) or self._market(quote.symbol)
        if market is not None:
            if market.quoted:
                if market.opened_ns is None:
                    return
                self._on_only_quote(market, quote)
            else:
                market.watchdog.heard_aside(quote.received_ns, quote.venue_ns)
            self._sink(quote)

    def _on_only_quote(self, market: Market, quote: Quote) -> None:
        """A quote of a market that has no book: it is all that can be known."""
        market.shown = True
        if market.health.state is FeedState.CATCHING_UP:
            self.telling.happened(market, FeedEvent.ALIGNED, quote.received_ns, "")
        if market.watchdog.heard_update(quote.received_ns, quote.venue_ns or 0):
            self.telling.state(market, quote.received_ns)

    def _on_fact(self, fact: Facts) -> None:
        market = self.markets.get(fact.symbol) or self._market(fact.symbol)
        if market is not None:
            market.watchdog.heard_aside(fact.received_ns, None)
            self._sink(fact)

    def _on_heartbeat(self, beat: Heartbeat) -> None:
        if beat.symbol is None:
            for market in self.markets.values():
                market.watchdog.beaten(beat.received_ns)
            return
        quiet = self.markets.get(beat.symbol)
        if quiet is not None and quiet.watchdog.confirmed_quiet(beat.received_ns):
            self.telling.state(quiet, beat.received_ns)

    def _on_trade(self, trade: Trade) -> None:
        market = self.markets.get(trade.symbol) or self._market(trade.symbol)
        if market is not None:
            market.watchdog.heard_aside(trade.received_ns, trade.venue_ns)
            if market.trades.is_new(trade):
                opened_ns = market.opened_ns
                before = opened_ns is not None and 0 < trade.venue_ns < opened_ns - HISTORY_NS
                self._sink(replace(trade, history=True) if before else trade)

    def _on_ignored(self, raw: bytes | str, received_ns: int) -> None:
        symbol = self.mapper.symbol_of(raw)
        market = self._market(symbol) if symbol is not None else None
        if market is not None:
            market.health.messages += 1
            market.watchdog.heard_aside(received_ns, None)

    def _on_snapshot(self, snapshot: BookSnapshot) -> None:
        market = self._market(snapshot.symbol)
        if market is not None:
            if market.sync.whole:
                if market.watchdog.heard_update(snapshot.received_ns, snapshot.venue_ns or 0):
                    self.telling.state(market, snapshot.received_ns)
            else:
                market.watchdog.heard_aside(snapshot.received_ns, snapshot.venue_ns)
            market.sync.snapshot(snapshot)

    def _on_unassigned(self, snapshot: UnassignedSnapshot) -> None:
        if self.unassigned and snapshot.update_id == self.unassigned[-1].update_id:
            return
        self.unassigned.append(snapshot)
        self._assign_kept()

    def _assign_kept(self) -> None:
        books = [market.sync for market in self.markets.values()]
        for snapshot in tuple(self.unassigned):
            symbol = owner_of(snapshot, books)
            if symbol is not None:
                self.unassigned.remove(snapshot)
                self.markets[symbol].health.messages += 1
                self._on_snapshot(snapshot.assigned(symbol))

    def _on_refused(self, refused: Refused) -> None:
        named = () if refused.symbol is None else (refused.symbol,)
        asked = () if refused.request_id is None else self._requests.get(refused.request_id, ())
        for symbol in named or asked:
            if symbol in self.markets:
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

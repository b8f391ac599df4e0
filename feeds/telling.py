"""What a sink is told of a market: its book, that its book is not known, how its feed stands."""

from feeds.book_sync import BookMessage
from feeds.feed import Sink
from feeds.health import FeedEvent
from feeds.market import Market
from feeds.messages import BookDelta, BookLost, FeedState, StateChanged


class Telling:
    """Passes on books and states, so that what a sink was told is always consistent.

    A sink that knows a book is told before it must not be believed any more, and gets the whole
    book when it may be again.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def publish(self, market: Market, message: BookMessage) -> None:
        """A book changed, or is not known any more."""
        if type(message) is BookDelta:
            self._sink(message)
            return
        health, counts = market.health, market.sync.counts
        health.gaps, health.resyncs, health.crossed = counts.gaps, counts.resyncs, counts.crossed
        health.checksum_failures = counts.checksums_bad
        if isinstance(message, BookLost):
            market.renewal.lost()
            self._withdraw(market, message)
            if health.state is not FeedState.DOWN:
                self.happened(market, FeedEvent.LOST, message.received_ns, message.text)
            return
        market.shown = True
        self._sink(message)
        self.happened(market, FeedEvent.ALIGNED, message.received_ns, "")

    def happened(self, market: Market, event: FeedEvent, now_ns: int, text: str) -> None:
        """Something befell a subscription; its state is told if it changed."""
        if market.watchdog.happened(event, now_ns, text):
            self.state(market, now_ns)

    def state(self, market: Market, now_ns: int) -> None:
        """Pass on the state of a market; nobody is to trade on a book that is stale."""
        health = market.health
        if health.state is FeedState.STALE:
            lost = BookLost(received_ns=now_ns, symbol=health.symbol, text=health.text)
            self._withdraw(market, lost)
        elif health.state is FeedState.LIVE and not market.shown:
            book = market.sync.book.snapshot(health.symbol, now_ns)
            if book is not None:
                market.shown = True
                self._sink(book)
        self._sink(
            StateChanged(
                received_ns=now_ns, symbol=health.symbol, state=health.state, text=health.text
            )
        )

    def _withdraw(self, market: Market, lost: BookLost) -> None:
        """Say that a book is not known, unless that was said."""
        if market.shown:
            market.shown = False
            self._sink(lost)

"""One subscription: its book, its health, and which trades it has shown."""

from collections.abc import Callable
from functools import partial

from feeds.book_sync import BookMessage, BookSync
from feeds.health import Health, Watchdog
from feeds.messages import Trade
from feeds.sequence_rules import WholeBooks
from feeds.venue import Limits, Venue

TRADE_IDS_KEPT = 4096

RENEWAL_PAUSE_NS = 1_000_000_000
RENEWAL_PAUSE_MAX_NS = 32_000_000_000

MarketPublisher = Callable[["Market", BookMessage], None]


class TradeFilter:
    """Lets each trade through once, and aggregate prints only until single ones arrive."""

    __slots__ = ("_aggregates", "_seen")

    def __init__(self) -> None:
        self._seen: dict[str, None] = {}
        self._aggregates = True

    def is_new(self, trade: Trade) -> bool:
        """Whether this trade was not shown yet, neither itself nor as part of another print."""
        if trade.aggregate and not self._aggregates:
            return False
        self._aggregates = trade.aggregate
        seen = self._seen
        if trade.trade_id in seen:
            return False
        seen[trade.trade_id] = None
        if len(seen) > TRADE_IDS_KEPT:
            del seen[next(iter(seen))]
        return True


class Renewal:
    """When the streams of a market whose book comes in them are asked for anew.

    A book that was lost is asked for at once; one that does not come is asked for again after some
    patience; one that is lost again soon has to wait twice as long each time.
    """

    __slots__ = ("_asked_ns", "_limits", "_lost", "_pause_ns")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._asked_ns = 0
        self._pause_ns = RENEWAL_PAUSE_NS
        self._lost = False

    def asked(self, now_ns: int) -> None:
        """The streams were asked for."""
        if now_ns - self._asked_ns >= 2 * RENEWAL_PAUSE_MAX_NS:
            self._pause_ns = RENEWAL_PAUSE_NS
        elif self._lost:
            self._pause_ns = min(2 * self._pause_ns, RENEWAL_PAUSE_MAX_NS)
        self._asked_ns = now_ns
        self._lost = False

    def lost(self) -> None:
        """The book is not known any more, on a connection that is open."""
        self._lost = True

    def due(self, now_ns: int) -> bool:
        """Whether to ask again for a book that is not known."""
        patience_ns = self._pause_ns if self._lost else self._limits.quiet_snapshot_after_ns
        first = self._lost and self._pause_ns == RENEWAL_PAUSE_NS
        return first or now_ns - self._asked_ns >= max(patience_ns, self._pause_ns)


class Market:
    """What the pipeline knows of one instrument.

    Attributes:
        ever_opened: Its streams were asked for at least once.
        opened_ns: When its streams were asked for; None while they are not.
        quoted: The venue publishes quotes of it and no depth.
        refused: The venue refused its subscription.
        renewal: When its streams are to be asked for anew, where its book comes in them.
        listed: Its terms were passed on.
        shown: The sink knows its book.
    """

    __slots__ = (
        "ever_opened",
        "health",
        "listed",
        "opened_ns",
        "quoted",
        "refused",
        "renewal",
        "shown",
        "sync",
        "trades",
        "watchdog",
    )

    def __init__(self, symbol: str, venue: Venue, publish: MarketPublisher) -> None:
        self.quoted = venue.sequence is None
        self.sync = BookSync(symbol, venue.sequence or WholeBooks(), partial(publish, self))
        self.health = Health(symbol, venue.name)
        asked = venue.sequence is not None and not venue.sequence.streamed
        self.watchdog = Watchdog(self.health, venue.limits, early=asked)
        self.trades = TradeFilter()
        self.renewal = Renewal(venue.limits)
        self.ever_opened = False
        self.opened_ns: int | None = None
        self.refused = False
        self.listed = False
        self.shown = False

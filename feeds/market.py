"""One subscription: its book, its health, and which trades it has shown."""

from collections.abc import Callable
from functools import partial

from feeds.book_sync import BookMessage, BookSync
from feeds.health import Health, Watchdog
from feeds.messages import Trade
from feeds.venue import Venue

TRADE_IDS_KEPT = 4096

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


class Market:
    """What the pipeline knows of one instrument.

    Attributes:
        ever_opened: Its streams were asked for at least once.
        opened_ns: When its streams were asked for; None while they are not.
        refused: The venue refused its subscription.
        listed: Its terms were passed on.
    """

    __slots__ = (
        "ever_opened",
        "health",
        "listed",
        "opened_ns",
        "refused",
        "sync",
        "trades",
        "watchdog",
    )

    def __init__(self, symbol: str, venue: Venue, publish: MarketPublisher) -> None:
        self.sync = BookSync(symbol, venue.sequence, partial(publish, self))
        self.health = Health(symbol, venue.name)
        self.watchdog = Watchdog(self.health, venue.limits)
        self.trades = TradeFilter()
        self.ever_opened = False
        self.opened_ns: int | None = None
        self.refused = False
        self.listed = False

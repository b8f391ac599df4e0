"""The health of a feed's subscriptions, as panes read it."""

from feeds.feed import Feed
from feeds.health import Health
from tui_exchange.views import FeedState, FeedView

NS_PER_MS = 1_000_000


def feed_state(feed: Feed, symbol: str) -> FeedState:
    """What may be believed of a market; DOWN for one that the feed does not carry."""
    if symbol not in feed.symbols:
        return FeedState.DOWN
    return FeedState(feed.health(symbol).state.value)


def feed_views(feed: Feed) -> tuple[FeedView, ...]:
    """Every subscription, in the feed's order."""
    now_ns = feed.now_ns()
    return tuple(_view(feed.health(symbol), now_ns) for symbol in feed.symbols)


def _view(health: Health, now_ns: int) -> FeedView:
    age_ns = health.age_ns(now_ns)
    latency_ns = health.latency_ns
    return FeedView(
        symbol=health.symbol,
        venue=health.venue,
        state=FeedState(health.state.value),
        age_ms=None if age_ns is None else age_ns // NS_PER_MS,
        latency_ms=None if latency_ns is None else latency_ns // NS_PER_MS,
        gaps=health.gaps,
        resyncs=health.resyncs,
        reconnects=health.reconnects,
        messages=health.messages,
        bad_frames=health.bad_frames,
        text=health.text,
    )

"""The health of a feed's subscriptions, as panes read it."""

from collections import deque

from feeds.feed import Feed
from feeds.group import FeedGroup
from feeds.health import Health
from tui_exchange.feed_views import FeedView
from tui_exchange.views import FeedState

NS_PER_MS = 1_000_000
NS_PER_S = 1_000_000_000
RATE_NS = 5 * NS_PER_S
"""Over which messages are counted for their rate."""
SAMPLE_NS = NS_PER_S // 2
SAMPLES_MAX = 12


def feed_state(feed: Feed, symbol: str) -> FeedState:
    """What may be believed of a market; DOWN for one that the feed does not carry."""
    if symbol not in feed.symbols:
        return FeedState.DOWN
    return FeedState(feed.health(symbol).state.value)


class _Rate:
    """Messages a second of one subscription, from the counts seen when somebody looked."""

    def __init__(self) -> None:
        self._samples: deque[tuple[int, int]] = deque(maxlen=SAMPLES_MAX)

    def per_s(self, now_ns: int, messages: int) -> float:
        """With the count as it is now; 0 until two looks lie far enough apart."""
        samples = self._samples
        while samples and (now_ns - samples[0][0] > RATE_NS or messages < samples[0][1]):
            samples.popleft()
        if not samples or now_ns - samples[-1][0] >= SAMPLE_NS:
            samples.append((now_ns, messages))
        first_ns, first = samples[0]
        passed_ns = now_ns - first_ns
        return (messages - first) * NS_PER_S / passed_ns if passed_ns >= SAMPLE_NS else 0.0


class Subscriptions:
    """Every subscription of a session's feeds."""

    def __init__(self, feeds: FeedGroup) -> None:
        self._feeds = feeds
        self._rates: dict[str, _Rate] = {}

    def views(self) -> tuple[FeedView, ...]:
        """Every subscription, in the feeds' order."""
        now_ns = self._feeds.now_ns()
        symbols = self._feeds.symbols
        for gone in self._rates.keys() - set(symbols):
            del self._rates[gone]
        return tuple(self._view(symbol, self._feeds.health(symbol), now_ns) for symbol in symbols)

    def _view(self, symbol: str, health: Health, now_ns: int) -> FeedView:
        age_ns = health.age_ns(now_ns)
        latency_ns, skew_ns = health.latency_ns, health.skew.excess_ns()
        rate = self._rates.setdefault(symbol, _Rate())
        return FeedView(
            symbol=symbol,
            venue=health.venue,
            state=FeedState(health.state.value),
            age_ms=None if age_ns is None else age_ns // NS_PER_MS,
            latency_ms=None if latency_ns is None else latency_ns // NS_PER_MS,
            skew_ms=None if skew_ns is None else skew_ns // NS_PER_MS,
            messages_per_s=rate.per_s(now_ns, health.messages),
            bytes=health.bytes,
            gaps=health.gaps,
            resyncs=health.resyncs,
            crossed=health.crossed,
            checksum_failures=health.checksum_failures,
            reconnects=health.reconnects,
            messages=health.messages,
            bad_frames=health.bad_frames,
            text=health.text,
        )

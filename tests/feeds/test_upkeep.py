"""What is due on a running connection, told from the clock and the markets alone."""

from dataclasses import replace

from feeds.coinbase.venue import CoinbaseExchange
from feeds.pipeline import Pipeline
from feeds.upkeep import Upkeep
from feeds.venue import Subscription
from tests.feeds.frames import SECOND_NS, T0_NS

FIRST, LAST = "BTC-USD", "ETH-USD"


def test_a_book_is_missed_only_once_its_subscription_has_gone_out() -> None:
    """Frames are paced: the last of many is sent long after the first."""
    venue = CoinbaseExchange()
    limits = replace(venue.limits, subscribes_per_s=0.1, quiet_snapshot_after_ns=5 * SECOND_NS)
    pipeline = Pipeline(replace(venue, limits=limits), lambda _: None, (FIRST, LAST))
    pipeline.opened(T0_NS, [Subscription(1, (FIRST,), "a"), Subscription(2, (LAST,), "b")])
    upkeep = Upkeep(pipeline)
    wanted: dict[str, int] = {}
    for seconds in range(20):
        for symbol in upkeep.due(T0_NS + seconds * SECOND_NS).resubscribe:
            wanted.setdefault(symbol, seconds)
    assert wanted == {FIRST: 5, LAST: 15}

"""The ladder, redrawn: what one frame costs in processor time and in bytes to the terminal.

The ladder fills a terminal of 160 by 45 cells. Before each frame the quantity of 40 prices in sight
is set anew. A frame is timed from the reading of the views until its last byte was written; only
processor time counts, since a frame waits for its turn on the screen's own clock.
"""

import asyncio
import random
import time

from engine.clock import ManualClock
from engine.core.commands import MirrorDepth
from engine.core.exchange import Exchange
from feeds.feed import Sink
from feeds.simulated import LISTINGS, SimulatedFeed, SimulatedMarket
from tui_exchange.bench.figures import Figure, at_most
from tui_exchange.bench.ladder_screen import LadderScreen
from tui_exchange.bench.measuring import frozen_collector, percentile
from tui_exchange.bench.orders import START_NS
from tui_exchange.markets import MarketChoice
from tui_exchange.session import Session
from tui_exchange.settings import Settings

SIZE = (160, 45)
CHANGED_ROWS = 40
FRAMES = 150
WARM_UP_FRAMES = 20
SEED = 1


def measure() -> list[Figure]:
    """Processor time and bytes of a frame."""
    times_ns, bytes_written = asyncio.run(_frames())
    return [
        Figure("frame, median", percentile(times_ns, 0.5) / 1e6, "ms", at_most(5)),
        Figure("frame, 99th percentile", percentile(times_ns, 0.99) / 1e6, "ms"),
        Figure("sent per frame", bytes_written / FRAMES / 1e3, "KB", at_most(15)),
    ]


async def _frames() -> tuple[list[int], int]:
    """The time of each frame, and what all of them sent."""
    session = _opened_session()
    screen = LadderScreen(session, START_NS)
    running = asyncio.create_task(screen.run_async(headless=False, size=SIZE, mouse=False))
    await screen.opened.wait()
    draw = random.Random(SEED)
    times_ns: list[int] = []
    sent = 0
    with frozen_collector():
        for turn in range(WARM_UP_FRAMES + FRAMES):
            session.submit(changed_depth(draw))
            before_bytes, begin_ns = screen.bytes_written, time.thread_time_ns()
            session.frame()
            await screen.paint()
            if turn >= WARM_UP_FRAMES:
                times_ns.append(time.thread_time_ns() - begin_ns)
                sent += screen.bytes_written - before_bytes
    screen.exit()
    await running
    return times_ns, sent


def changed_depth(draw: random.Random) -> MirrorDepth:
    """New quantities at the prices around the opening price, best first."""
    listing = LISTINGS[0]
    centre_ticks, levels = listing.opening_ticks, CHANGED_ROWS // 2
    return MirrorDepth(
        symbol=listing.instrument.symbol,
        bids=tuple((centre_ticks - n, draw.randint(1, 9_999)) for n in range(1, levels + 1)),
        asks=tuple((centre_ticks + n, draw.randint(1, 9_999)) for n in range(levels)),
    )


def _opened_session() -> Session:
    """A session whose market stands still after its opening book was replaced by ours."""
    session = Session(Settings(), MarketChoice(_standing_market, "benchmark"))
    session.open()
    (feed,) = session.feed.feeds
    assert isinstance(feed, SimulatedFeed)
    feed.open()
    opening = changed_depth(random.Random(SEED))
    session.submit(
        MirrorDepth(symbol=opening.symbol, bids=opening.bids, asks=opening.asks, snapshot=True)
    )
    return session


def _standing_market(sink: Sink, exchange: Exchange) -> SimulatedFeed:
    market = SimulatedMarket(SEED, START_NS, listings=LISTINGS[:1])
    return SimulatedFeed(market, sink, ManualClock(START_NS))

"""The soak by hand: `python -m tests.soak --minutes 30`. See docs/fuzzing.md.

Exit codes: 0 everything held, 1 something did not.
"""

import argparse
import asyncio
import sys
import time
from random import Random

from feeds import FEEDS
from tests.feeds.protocol.speakers import SPEAKERS
from tests.soak.faults import FAULTS
from tests.soak.pace import FasterPace
from tests.soak.report import lines
from tests.soak.soak import Soak, clock_over, press_keys
from tests.soak.trader_side import SIZE, WatchedApp
from tests.soak.venue_process import RemoteVenues
from tests.soak.venue_side import Activity

ONCE = [name for name in SPEAKERS if name in FEEDS]
"""Each venue in one of its forms: a session carries no venue twice."""
NAMES = [fault.__name__ for fault in FAULTS]


def main() -> int:
    """Soak, and print the report."""
    options = _options()
    print(f"soaking for {options.minutes:g} min, seed {options.seed}", flush=True)
    soak, faults = asyncio.run(_soak(options))
    print("\n".join(lines(soak, faults)))
    return 1 if soak.found.complaints() else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="how long (default: 30)")
    parser.add_argument("--seed", type=int, default=1, help="of faults and trading (default: 1)")
    parser.add_argument("--speed", type=float, default=4, help="of the markets' time (default: 4)")
    parser.add_argument("--faults", type=float, default=1 / 60, help="per venue and second of it")
    parser.add_argument("--without", nargs="*", choices=NAMES, default=[], help="these faults")
    parser.add_argument("--venues", nargs="*", choices=SPEAKERS, default=ONCE, help="default: all")
    return parser.parse_args()


async def _soak(options: argparse.Namespace) -> tuple[Soak, dict[str, int]]:
    speakers = {name: SPEAKERS[name] for name in options.venues}
    activity = Activity(faults=options.faults, without=tuple(options.without))
    venues = RemoteVenues(list(speakers), options.seed, options.speed, activity)
    soak = Soak(venues, speakers, FasterPace(options.speed), options.seed)
    await soak.begin()
    app = WatchedApp(soak.trader.session, time.monotonic_ns, time.process_time_ns)
    app.waits = soak.found.keys
    async with app.run_test(size=SIZE):
        beside = [
            asyncio.create_task(soak.watch_memory()),
            asyncio.create_task(press_keys(app, Random(options.seed))),
        ]
        await soak.run(clock_over(60 * options.minutes))
        faults = await venues.faults()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        soak.found.memory.sample()
    await soak.trader.session.stop()
    await venues.end()
    return soak, faults


if __name__ == "__main__":
    sys.exit(main())

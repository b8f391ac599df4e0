"""Random faults for as long as wanted, at every venue at once: `python -m tests.feeds.protocol.soak
--minutes 30`.

Each minute it says how often every book came out right, how many frames could not be used, how
often connections were made anew, and how much memory is in use. It ends at the first book that does
not come out right within 20 seconds.
"""

import argparse
import asyncio
import resource
import time
from itertools import count

from tests.feeds.protocol.desk import Desk, trading
from tests.feeds.protocol.faults import Faults
from tests.feeds.protocol.speakers import SPEAKERS, booked

TURNS = 50
SAID_EVERY_S = 60.0


class Tally:
    """What happened at one venue."""

    def __init__(self) -> None:
        self.settled = 0
        self.desk: Desk | None = None

    def line(self) -> str:
        assert self.desk is not None
        health = self.desk.feed.health(self.desk.symbol)
        return (
            f"{self.settled} times right, {health.gaps} gaps,"
            f" {health.checksum_failures} wrong checksums, {health.resyncs} resyncs,"
            f" {health.reconnects} reconnects, {health.bad_frames} bad frames"
        )


async def disturb(name: str, tally: Tally, until_s: float) -> None:
    """One venue, seed after seed."""
    async with trading(SPEAKERS[name]()) as tally.desk:
        await tally.desk.live()
        for seed in count():
            faults = Faults(tally.desk, seed)
            await faults.disturb(TURNS)
            await faults.settle()
            tally.settled += 1
            tally.desk.messages.clear()
            tally.desk.server.received.clear()
            if time.monotonic() >= until_s:
                return


async def report(tallies: dict[str, Tally], start_s: float) -> None:
    """Say how it goes, again and again."""
    while True:
        await asyncio.sleep(SAID_EVERY_S)
        say(tallies, start_s)


def say(tallies: dict[str, Tally], start_s: float) -> None:
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"after {time.monotonic() - start_s:.0f} s, {peak_mb:.0f} MB at most", flush=True)
    for name, tally in tallies.items():
        print(f"  {name}: {tally.line()}", flush=True)


async def soak(minutes: float) -> None:
    start_s = time.monotonic()
    tallies = {name: Tally() for name, make in SPEAKERS.items() if booked(make())}
    reporting = asyncio.create_task(report(tallies, start_s))
    until_s = start_s + 60 * minutes
    try:
        await asyncio.gather(*(disturb(name, each, until_s) for name, each in tallies.items()))
    finally:
        reporting.cancel()
    say(tallies, start_s)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    asyncio.run(soak(parser.parse_args().minutes))

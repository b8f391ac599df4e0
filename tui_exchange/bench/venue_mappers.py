"""Each venue's mapper, from frames to messages whose every number was checked, beside what a plain
program does with the same frames: `json`, and a dictionary of exact decimals for each side.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from feeds import venue_named
from feeds.venue import Mapper
from tui_exchange.bench.figures import Figure
from tui_exchange.bench.measuring import rates
from tui_exchange.bench.venue_frames import VENUES, frames_of, plain_book

FRAMES = 2_000
ROUNDS = 3
SEED = 1
RECEIVED_NS = 1_700_000_000 * 10**9


def venue_figures() -> Iterator[Figure]:
    """Two figures for each venue: frames per second of its mapper, and of the plain program."""
    for venue in VENUES:
        frames = list(islice(frames_of(venue, SEED), FRAMES))
        size = sum(map(len, frames)) // FRAMES
        ours = max(rates(partial(_mapped, venue, frames), ROUNDS))
        plain = max(rates(partial(_plain, venue, frames), ROUNDS))
        yield Figure(f"{venue} mapper, frames of {size:,} bytes", ours, "/s")
        yield Figure("  the same with json and dictionaries", plain, "/s")


def mapper_of(venue: str) -> Mapper:
    """A mapper that knows the instrument of the made-up frames."""
    mapper = venue_named(venue).mapper()
    mapper.learn(*VENUES[venue].named)
    return mapper


def _mapped(venue: str, frames: list[bytes]) -> Callable[[], int]:
    mapper = mapper_of(venue)

    def timed() -> int:
        take = mapper.map
        for raw in frames:
            take(raw, RECEIVED_NS)
        return len(frames)

    return timed


def _plain(venue: str, frames: list[bytes]) -> Callable[[], int]:
    def timed() -> int:
        plain_book(venue, frames)
        return len(frames)

    return timed

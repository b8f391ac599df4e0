"""Does memory stay flat however many messages come? Frames of all venues with ever new prices and
sizes, in a fresh process.

Every venue's frames pass its mapper; those of Binance go on into the mirrored book. What is
remembered of texts is forgotten and filled again many times, so that memory rises and falls within
bounds: compared are its peaks, once all is warm and at the end.
"""

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice

import msgspec

from engine.core.exchange import Exchange
from feeds.binance.venue import BinanceSpot
from feeds.bridge import BridgeSet
from feeds.messages import FeedState, Message
from feeds.pipeline import Pipeline
from tui_exchange.bench import feed
from tui_exchange.bench.figures import BenchmarkFailed, Figure, at_most
from tui_exchange.bench.memory import resident_bytes
from tui_exchange.bench.venue_book import MadeUpBook
from tui_exchange.bench.venue_formats import AT_ONCE
from tui_exchange.bench.venue_frames import VENUES, frames_about
from tui_exchange.bench.venue_mappers import RECEIVED_NS, mapper_of

MESSAGES = 300_000
CHUNK = 1_000
"""Frames of one venue before the next has its turn."""
PARTS = 5
"""The first is not counted; the peak of the second is compared with that of the last."""
GROWTH_MAX_MB = 16
"""What the memories of texts still take until they are full, after about a million messages: so
that 16 bytes kept of each of a million messages would show, and two of each of ten million."""
SIZES = 10_000_000
"""More than any memory of texts holds."""
SEED = 1
MIRRORED = "binance"


class Peaks(msgspec.Struct, frozen=True):
    """Resident memory in bytes."""

    warm: int
    last: int


def measure(messages: int = MESSAGES) -> list[Figure]:
    """Peaks of resident memory, in megabytes of 10^6 bytes.

    Raises:
        BenchmarkFailed: The process ended with an error; the sentence holds its last line.
    """
    program = f"from tui_exchange.bench.feed_memory import run; run({messages})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    if done.returncode != 0:
        last_line = done.stderr.strip().rpartition("\n")[2]
        raise BenchmarkFailed(f"The process to be measured failed: {last_line}")
    peaks = msgspec.json.decode(done.stdout, type=Peaks)
    grown = (peaks.last - peaks.warm) / 1e6
    return [
        Figure("memory once warm, peak", peaks.warm / 1e6, "MB"),
        Figure(f"memory after {messages:,} messages, peak", peaks.last / 1e6, "MB"),
        Figure("growth", max(0.0, grown), "MB", at_most(GROWTH_MAX_MB)),
    ]


def run(messages: int) -> None:
    """Let so many messages through, and print the peaks as JSON."""
    sys.stdout.write(msgspec.json.encode(peaks_over(messages)).decode())


def peaks_over(messages: int) -> Peaks:
    """Let so many messages through, in turns of all venues."""
    turns = [_mapping(venue) for venue in VENUES if venue != MIRRORED] + [_mirroring()]
    chunks = max(PARTS * len(turns), messages // CHUNK)
    found = []
    for number in range(chunks):
        turns[number % len(turns)]()
        gc.collect(0)
        found.append(resident_bytes())
    part = chunks // PARTS
    return Peaks(max(found[part : 2 * part]), max(found[-part:]))


def _frames(venue: str) -> tuple[MadeUpBook, Iterator[bytes]]:
    book = MadeUpBook(SEED, AT_ONCE, SIZES)
    return book, frames_about(book, VENUES[venue].make())


def _mapping(venue: str) -> Callable[[], None]:
    take, frames = mapper_of(venue).map, _frames(venue)[1]

    def turn() -> None:
        for raw in islice(frames, CHUNK):
            take(raw, RECEIVED_NS)

    return turn


def _mirroring() -> Callable[[], None]:
    exchange, bridges = Exchange(), BridgeSet()

    def sink(message: Message) -> None:
        for command in bridges.commands(message):
            exchange.apply(command, feed.START_NS)

    book, frames = _frames(MIRRORED)
    opening = book.whole(len(book.sides[1]))
    pipeline = Pipeline(BinanceSpot(), sink, (feed.SYMBOL,))
    pipeline.terms(feed.TERMS)
    pipeline.opened(feed.START_NS)
    body = {"lastUpdateId": 0, "bids": opening.bids, "asks": opening.asks}
    pipeline.snapshot(feed.SYMBOL, msgspec.json.encode(body), feed.START_NS)

    def turn() -> None:
        for raw in islice(frames, CHUNK):
            pipeline.frame(raw, feed.START_NS)
        if pipeline.health(feed.SYMBOL).state is not FeedState.LIVE:
            raise BenchmarkFailed("The frames did not keep the mirrored book alive.")

    return turn

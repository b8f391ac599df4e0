"""The made-up frames of venues are what the venues' mappers read, and tell of the same book."""

from collections import Counter
from itertools import islice

import pytest

from feeds import FEEDS
from feeds.messages import BookDelta, BookSnapshot, Quote, Trade
from tui_exchange.bench import feed_memory, venue_mappers
from tui_exchange.bench.registry import BENCHMARKS, SIZED, measurement
from tui_exchange.bench.venue_book import MadeUpBook
from tui_exchange.bench.venue_frames import VENUES, frames_of, plain_book
from tui_exchange.bench.venue_mappers import mapper_of, venue_figures

FRAMES = 200
BOOKLESS = ("alpaca", "finnhub")


def test_every_venue_of_the_registry_is_measured() -> None:
    assert set(VENUES) == set(FEEDS)


@pytest.mark.parametrize("venue", VENUES)
def test_made_up_frames_are_the_venues(venue: str) -> None:
    mapper = mapper_of(venue)
    kinds: Counter[type] = Counter()
    for raw in islice(frames_of(venue, 1), FRAMES):
        messages = mapper.map(raw, 0)
        assert messages
        kinds.update(map(type, messages))
        symbols = {getattr(message, "symbol", None) for message in messages}
        assert symbols <= {VENUES[venue].named[1], None}
    assert kinds[Trade] >= FRAMES * 3 // 10
    assert kinds[BookDelta] + kinds[BookSnapshot] + kinds[Quote] >= FRAMES * 6 // 10


@pytest.mark.parametrize("venue", [venue for venue in VENUES if venue not in BOOKLESS])
def test_a_plain_program_reads_the_same_levels(venue: str) -> None:
    frames, mapper = list(islice(frames_of(venue, 2), FRAMES)), mapper_of(venue)
    levels: set[tuple[int, str]] = set()
    for raw in frames:
        for message in mapper.map(raw, 0):
            if isinstance(message, BookDelta | BookSnapshot):
                for side, changes in enumerate((message.bids, message.asks)):
                    gone = {(side, price) for price, size in changes if not float(size)}
                    levels |= {(side, price) for price, _ in changes}
                    levels -= gone
    assert len(levels) == plain_book(venue, frames)


def test_a_made_up_book_never_crosses_and_is_the_same_for_the_same_seed() -> None:
    one, other = MadeUpBook(3, 18), MadeUpBook(3, 18)
    for _ in range(300):
        assert one.changes() == other.changes()
        assert max(one.sides[1]) < min(one.sides[-1])
        assert one.print() == other.print()


def test_each_venue_has_two_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    some = {venue: VENUES[venue] for venue in ("kraken", "finnhub")}
    monkeypatch.setattr(venue_mappers, "VENUES", some)
    monkeypatch.setattr(venue_mappers, "FRAMES", 20)
    monkeypatch.setattr(venue_mappers, "ROUNDS", 1)
    figures = list(venue_figures())
    assert len(figures) == 2 * len(some)
    assert all(figure.unit == "/s" and figure.value > 0 for figure in figures)


def test_messages_of_all_venues_pass_while_memory_is_watched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed_memory, "CHUNK", 10)
    peaks = feed_memory.peaks_over(600)
    assert peaks.warm > 0
    assert peaks.last > 0


def test_only_what_has_a_size_is_told_how_many_messages_to_take() -> None:
    assert set(SIZED) <= set(BENCHMARKS)
    assert measurement("feed-memory", 5).args == (5,)
    assert not hasattr(measurement("feed", 5), "args")

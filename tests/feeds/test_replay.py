"""A recording as a feed: speeds, pause, step, seek; time is passed by the test."""

from pathlib import Path

import pytest

from engine.clock import ManualClock
from feeds.binance.venue import BinanceSpot
from feeds.errors import UnknownSymbol, UnreadableRecording
from feeds.messages import (
    BookDelta,
    BookLost,
    BookSnapshot,
    FeedState,
    InstrumentTerms,
    Message,
    StateChanged,
)
from feeds.replay import FASTEST, ReplayFeed, SpeedNotPositive
from tests.feeds import frames

START = frames.T0_NS
SECOND = frames.SECOND_NS
UPDATES = 10


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A snapshot, then one update each second, which sets the best bid to its number."""
    raws = [frames.depth(1, 1, (("50.00", "1"),)), frames.snapshot(1, frames.BIDS, frames.ASKS)]
    raws += [frames.depth(n + 1, n + 1, (("100.00", str(n)),)) for n in range(1, UPDATES + 1)]
    times = [START, START, *(START + n * SECOND for n in range(1, UPDATES + 1))]
    lines = (b"%d %b\n" % line for line in zip(times, raws, strict=True))
    (tmp_path / "market").write_bytes(b"".join(lines))
    return tmp_path / "market"


class Replayed:
    """A replay whose clock moves as it waits."""

    def __init__(self, path: Path, speed: float = 1.0) -> None:
        self.clock = ManualClock(0)
        self.messages: list[Message] = []
        self.feed = ReplayFeed(
            BinanceSpot(), path, self.messages.append, self.clock, speed=speed, wait=self.wait
        )

    async def wait(self, seconds: float) -> None:
        self.clock.advance(int(seconds * SECOND))

    def pass_seconds(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.clock.advance(SECOND // 10)
            self.feed.tick()

    def updates(self) -> int:
        return sum(isinstance(message, BookDelta) for message in self.messages)

    def states(self) -> list[FeedState]:
        return [each.state for each in self.messages if isinstance(each, StateChanged)]

    def best_bid(self) -> tuple[str, str] | None:
        return self.feed.pipeline.book("BTC-USDT").bids.best()


@pytest.mark.parametrize(("speed", "due"), [(1.0, 3), (2.0, 6), (0.5, 1), (FASTEST, UPDATES)])
def test_recorded_time_runs_speed_times_as_fast(path: Path, speed: float, due: int) -> None:
    replayed = Replayed(path, speed)
    replayed.feed.open()
    replayed.pass_seconds(3)
    assert replayed.updates() == due


async def test_a_replay_runs_to_its_end_and_says_so(path: Path) -> None:
    replayed = Replayed(path, 10)
    await replayed.feed.run()
    assert replayed.updates() == UPDATES
    assert replayed.feed.ended
    assert replayed.states()[-1] is FeedState.ENDED
    assert replayed.feed.health("BTC-USDT").state is FeedState.ENDED
    assert replayed.clock.now_ns() >= UPDATES * SECOND // 10


def test_terms_without_metadata_are_inferred_and_say_so(path: Path) -> None:
    replayed = Replayed(path)
    replayed.feed.open()
    terms = replayed.messages[0]
    assert isinstance(terms, InstrumentTerms)
    assert terms.inferred
    assert (str(terms.instrument.tick_size), str(terms.instrument.lot_size)) == ("1", "0.1")


def test_a_pause_stops_time_and_a_step_shows_one_frame(path: Path) -> None:
    replayed = Replayed(path)
    replayed.feed.open()
    replayed.pass_seconds(1)
    replayed.feed.pause()
    replayed.pass_seconds(5)
    assert replayed.updates() == 1
    assert replayed.states()[-1] is FeedState.PAUSED
    replayed.feed.step()
    assert replayed.updates() == 2
    assert replayed.feed.now_ns() == START + 2 * SECOND
    replayed.feed.resume()
    replayed.pass_seconds(1)
    assert replayed.updates() == 3
    assert replayed.states()[-1] is FeedState.LIVE


def test_this_machine_asleep_does_not_make_a_replay_jump(path: Path) -> None:
    replayed = Replayed(path)
    replayed.feed.open()
    replayed.clock.advance(3600 * SECOND)
    replayed.feed.tick()
    assert replayed.feed.now_ns() < START + SECOND


@pytest.mark.parametrize("paused", [True, False])
def test_a_seek_shows_the_book_at_that_time_and_not_what_lay_between(
    path: Path, paused: bool
) -> None:
    replayed = Replayed(path)
    replayed.feed.open()
    if paused:
        replayed.feed.pause()
    for second in (7, 2, 9):
        replayed.messages.clear()
        replayed.feed.seek(START + second * SECOND)
        replayed.feed.tick()
        shown = [each for each in replayed.messages if isinstance(each, BookSnapshot)]
        assert [book.bids[0] for book in shown] == [("100.00", str(second))]
        assert replayed.updates() == 0
        assert replayed.feed.now_ns() == START + second * SECOND
        assert replayed.states()[-1] is (FeedState.PAUSED if paused else FeedState.LIVE)


def test_a_seek_before_the_snapshot_shows_no_book(tmp_path: Path) -> None:
    path = tmp_path / "late"
    lines = [
        (START, frames.depth(1, 1, (("99.00", "1.5"),))),
        (START + 5 * SECOND, frames.snapshot(1, frames.BIDS, frames.ASKS)),
    ]
    path.write_bytes(b"".join(b"%d %b\n" % line for line in lines))
    replayed = Replayed(path)
    replayed.feed.open()
    replayed.feed.seek(START + SECOND)
    replayed.feed.tick()
    assert any(isinstance(message, BookLost) for message in replayed.messages)


async def test_after_its_end_a_replay_can_be_run_again_from_an_earlier_time(path: Path) -> None:
    replayed = Replayed(path, FASTEST)
    await replayed.feed.run()
    replayed.feed.seek(START + 4 * SECOND)
    replayed.feed.tick()
    assert replayed.feed.paused
    assert replayed.best_bid() == ("100.00", "4")
    replayed.feed.resume()
    await replayed.feed.run()
    assert replayed.best_bid() == ("100.00", str(UPDATES))


def test_the_same_recording_gives_the_same_messages(path: Path) -> None:
    once, again = Replayed(path, 3), Replayed(path, 3)
    for replayed in (once, again):
        replayed.feed.open()
        replayed.pass_seconds(5)
    assert once.messages == again.messages


def test_what_cannot_be_replayed_is_refused_with_advice(path: Path, tmp_path: Path) -> None:
    clock = ManualClock(0)
    with pytest.raises(UnknownSymbol, match="it holds BTC-USDT"):
        ReplayFeed(BinanceSpot(), path, print, clock, symbols=["ETH-USDT"])
    with pytest.raises(SpeedNotPositive, match="above 0"):
        ReplayFeed(BinanceSpot(), path, print, clock, speed=0)
    (tmp_path / "other").write_bytes(b"nothing\n")
    with pytest.raises(UnreadableRecording, match="check the venue"):
        ReplayFeed(BinanceSpot(), tmp_path / "other", print, clock)

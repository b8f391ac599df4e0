"""A recording end to end: frames, mirrored book, our orders in its queues, time under control."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.clock import ManualClock
from feeds.replay import ReplayFeed
from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.recordings import SECOND_NS, T0_NS, write_recording
from tui_exchange.cli import main
from tui_exchange.market_time import moment_ns, speed_of
from tui_exchange.markets import replayed
from tui_exchange.session import Session
from tui_exchange.views import FeedState

SYMBOL = "BTC-USDT"


class Replay:
    """A session on the small recording."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(0)
        choice = replayed(INSTANT, "binance", write_recording(folder), self.clock, 1.0)
        self.session = Session(INSTANT, choice)
        (feed,) = self.session.feed.feeds
        assert isinstance(feed, ReplayFeed)
        self.feed = feed
        self.session.open()
        self.feed.open()

    def to(self, second: int) -> None:
        """Let recorded time pass up to a second of the recording."""
        while self.feed.now_ns() < T0_NS + second * SECOND_NS and not self.feed.ended:
            self.clock.advance(100_000_000)
            self.feed.tick()

    def line(self, text: str) -> tuple[str, ...]:
        outcome = self.session.run_line(text, SYMBOL)
        assert outcome.ok, outcome.messages
        return outcome.messages


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    replay = Replay(tmp_path)
    yield replay
    replay.session.close()


def test_a_resting_order_fills_when_the_tape_has_traded_through_its_queue(replay: Replay) -> None:
    replay.to(2)
    (told,) = replay.line("b 0.3 at 100.00 po")
    assert told == "order #1 works: buy 0.3 BTC-USDT at 100, 2 ahead"
    replay.to(11)
    (order,) = replay.session.working_orders()
    assert (order.filled_lots, order.ahead_lots) == (0, 5)
    replay.to(21)
    assert replay.session.working_orders() == ()
    assert sum(fill.lots for fill in replay.session.fills(10)) == 3
    assert {fill.ts_ns for fill in replay.session.fills(10)} == {T0_NS + 20 * SECOND_NS}


def test_a_taker_order_walks_the_recorded_depth(replay: Replay) -> None:
    replay.to(2)
    (told,) = replay.line("b 2")
    assert told.startswith("bought 2 BTC-USDT at 100.015 average")


def test_words_pause_step_hurry_and_seek(replay: Replay) -> None:
    replay.to(2)
    replay.line("pause")
    assert replay.session.quote(SYMBOL).feed is FeedState.PAUSED
    before = replay.feed.now_ns()
    replay.clock.advance(SECOND_NS)
    replay.feed.tick()
    assert replay.feed.now_ns() == before
    replay.line("step")
    assert replay.feed.now_ns() == T0_NS + 10 * SECOND_NS
    assert replay.line("speed 10") == ("the market runs at 10×",)
    replay.line("resume")
    replay.line("seek 10:00:02")
    replay.to(2)
    assert replay.session.quote(SYMBOL).bid_lots == 20


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("step 0", "1 to"),
        ("step x", "1 to"),
        ("speed", "as in `speed 10`"),
        ("speed 0", "above 0"),
        ("speed -1", "as in `speed 10`"),
        ("seek", "12:30"),
        ("seek noon", "12:30"),
        ("pause now", "alone"),
    ],
)
def test_a_wrong_word_for_the_time_is_refused_with_what_is_right(
    replay: Replay, line: str, part: str
) -> None:
    outcome = replay.session.run_line(line, SYMBOL)
    assert not outcome.ok
    assert part in outcome.messages[-1]


@pytest.mark.parametrize(
    ("text", "ns"),
    [
        ("10:00:05", T0_NS + 5 * SECOND_NS),
        ("10:00:05.5", T0_NS + 5 * SECOND_NS + SECOND_NS // 2),
        ("11:00", T0_NS + 3600 * SECOND_NS),
        ("09:59", T0_NS + 86_340 * SECOND_NS),
        ("2026-01-01T10:00:07", T0_NS + 7 * SECOND_NS),
        ("2026-01-01T10:00:07+00:00", T0_NS + 7 * SECOND_NS),
        ("+30s", T0_NS + 31 * SECOND_NS),
        ("-1s", T0_NS),
    ],
)
def test_a_moment_is_of_the_recording(text: str, ns: int) -> None:
    assert moment_ns(text, T0_NS, T0_NS + SECOND_NS) == ns


@pytest.mark.parametrize("text", ["+", "x", "inf", "1e9", "-1", "٣"])
def test_what_is_no_speed_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        speed_of(text)


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TUI_EXCHANGE_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("TUI_EXCHANGE_LOG_DIR", str(tmp_path))
    return str(write_recording(tmp_path))


def test_exec_trades_on_a_recording_to_its_end(
    recording: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["exec", "b 0.3 at bid po; s 0.1 at +1", "--replay", recording, "--venue", "binance"]
    assert main([*words, "--wait", "end"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("order #1 works: buy 0.3 BTC-USDT at 100")
    assert told[-1].startswith("order #1 filled: bought 0.3 BTC-USDT at 100, fee ")


def test_exec_begins_where_it_is_told(recording: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["exec", "s 1", "b 1", "--replay", recording, "--venue", "binance", "--json"]
    assert main([*words, "--from", "10:00:21"]) == 1
    report = json.loads(capsys.readouterr().out)
    traded = [e for e in report["lines"][1]["events"] if e["type"] == "Traded"]
    assert [event["lots"] for event in traded] == [10]
    assert traded[0]["ts_ns"] >= T0_NS + 21 * SECOND_NS


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["--replay", "nowhere.gz", "--venue", "binance"], 3, "nowhere.gz"),
        (["--replay", "{file}"], 2, "needs --venue"),
        (["--replay", "{file}", "--venue", "binanc"], 2, "did you mean binance?"),
        (["--replay", "{file}", "--venue", "binance", "--feed", "binance", "X"], 2, "choose one"),
        (["--replay", "{file}", "--venue", "binance", "--from", "noon"], 2, "12:30"),
        (["--from", "12:30"], 2, "needs `--replay FILE`"),
        (["--wait", "end"], 2, "needs `--replay FILE`"),
    ],
)
def test_a_recording_that_cannot_be_used_gets_a_sentence(
    recording: str, capsys: pytest.CaptureFixture[str], words: list[str], code: int, part: str
) -> None:
    assert main(["exec", "b 1", *(word.replace("{file}", recording) for word in words)]) == code
    said = capsys.readouterr().err
    assert part in said
    assert said.count("\n") == 1


def test_verify_prints_one_json_object_of_the_books(
    recording: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["feeds", "verify", recording, "--venue", "binance", "--json", "--depth", "2"]
    assert main([*words, "--every", "2"]) == 0
    report = json.loads(capsys.readouterr().out)[SYMBOL]
    assert (report["book_updates"], report["trades"], report["gaps"]) == (4, 2, 0)
    assert report["final"]["bids"] == [["99.99", "6.000"], ["99.98", "1.000"]]
    assert main(["feeds", "verify", recording, "--venue", "binance"]) == 0
    assert capsys.readouterr().out.startswith("BTC-USDT: ")

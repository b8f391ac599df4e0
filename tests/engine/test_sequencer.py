"""The one writer: order of log, effect and publication; time; reactions; refusals."""

import pytest

from engine.clock import ManualClock
from engine.core.commands import AdvanceTime, Command, OpenAccount
from engine.core.events import Event
from engine.core.wire import decode_command
from engine.sequencer import (
    CascadeTooLong,
    LogUnavailable,
    ReentrantSubmit,
    Sequencer,
    SequencerHalted,
)
from tests.engine.journal.disks import CountingEngine


class ListLog:
    """A log in memory that can be switched off."""

    def __init__(self) -> None:
        self.error = ""
        self.frames: list[tuple[int, int, Command]] = []

    def append(self, seq: int, ts_ns: int, payload: bytes) -> None:
        self.frames.append((seq, ts_ns, decode_command(payload)))


class BrokenEngine(CountingEngine):
    def apply(self, command: Command, ts_ns: int) -> tuple[Event, ...]:
        raise ZeroDivisionError("a bug")


def account(name: str) -> OpenAccount:
    return OpenAccount(account=name)


def test_a_command_is_logged_then_applied_then_published() -> None:
    log, engine, clock = ListLog(), CountingEngine(), ManualClock(100)
    sequencer = Sequencer(engine, clock, log)
    seen = []
    sequencer.subscribe(
        lambda command, ts_ns, events: seen.append((command, ts_ns, len(log.frames), engine.seq))
    )
    sequencer.submit(account("a"))
    clock.advance(5)
    sequencer.submit(account("b"))
    assert log.frames == [(1, 100, account("a")), (2, 105, account("b"))]
    assert seen == [(account("a"), 100, 1, 1), (account("b"), 105, 2, 2)]


def test_stamps_never_go_backwards() -> None:
    log, clock = ListLog(), ManualClock(100)
    sequencer = Sequencer(CountingEngine(seq=9, now_ns=150), clock, log)
    sequencer.submit(AdvanceTime())
    clock.move_to(300)
    sequencer.submit(AdvanceTime())
    clock.advance(-250)
    sequencer.submit(AdvanceTime())
    assert [(seq, ts_ns) for seq, ts_ns, _ in log.frames] == [(10, 150), (11, 300), (12, 300)]


def test_a_reader_may_post_and_may_not_submit() -> None:
    engine = CountingEngine()
    sequencer = Sequencer(engine, ManualClock(1))

    def react(command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        if command == account("first"):
            sequencer.post(account("reaction"))
            assert engine.seq == 1
            with pytest.raises(ReentrantSubmit, match="post its reactions"):
                sequencer.submit(account("no"))

    sequencer.subscribe(react)
    sequencer.submit(account("first"))
    sequencer.post(account("idle"))
    assert engine.applied == [account("first"), account("reaction"), account("idle")]


def test_an_unavailable_log_refuses_and_nothing_happens() -> None:
    log, engine = ListLog(), CountingEngine()
    sequencer = Sequencer(engine, ManualClock(1), log)
    log.error = "the disk is full: free space"
    with pytest.raises(LogUnavailable, match="the disk is full: free space"):
        sequencer.submit(account("a"))
    assert engine.seq == 0
    assert log.frames == []
    log.error = ""
    sequencer.submit(account("b"))
    assert engine.applied == [account("b")]


def test_reactions_that_the_log_refuses_wait_and_come_first_later() -> None:
    log, engine = ListLog(), CountingEngine()
    sequencer = Sequencer(engine, ManualClock(1), log)

    def react(command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        if command == account("first"):
            log.error = "full"
            sequencer.post(account("reaction"))

    sequencer.subscribe(react)
    sequencer.submit(account("first"))
    assert sequencer.posted == 1
    log.error = ""
    sequencer.submit(account("second"))
    assert engine.applied == [account("first"), account("reaction"), account("second")]


def test_readers_that_answer_each_other_are_stopped() -> None:
    sequencer = Sequencer(CountingEngine(), ManualClock(1))
    sequencer.subscribe(lambda command, ts_ns, events: sequencer.post(AdvanceTime()))
    with pytest.raises(CascadeTooLong, match="two readers that answer each other"):
        sequencer.submit(AdvanceTime())
    assert sequencer.posted == 0


def test_an_exchange_that_broke_is_not_used_again() -> None:
    sequencer = Sequencer(BrokenEngine(), ManualClock(1), ListLog())
    with pytest.raises(ZeroDivisionError):
        sequencer.submit(AdvanceTime())
    with pytest.raises(SequencerHalted, match=r"command 1 \(AdvanceTime\).*recover from the log"):
        sequencer.submit(AdvanceTime())


def test_what_is_said_first_comes_before_time_goes_on() -> None:
    log, engine, clock = ListLog(), CountingEngine(), ManualClock(1)
    sequencer = Sequencer(engine, clock, log)
    sequencer.submit(account("a"))
    clock.advance(10)
    sequencer.submit_first(account("b"))
    sequencer.submit(account("c"))
    assert [ts_ns for _, ts_ns, _ in log.frames] == [1, 1, 11]

"""A session's worth of exchange, log and sequencer in a folder."""

from collections.abc import Iterable
from pathlib import Path

from engine.clock import ManualClock
from engine.core.commands import Command
from engine.core.exchange import Exchange
from engine.journal.log import InputLog
from engine.journal.snapshots import take, write_snapshot
from engine.sequencer import Sequencer

START_NS = 1_700_000_000_000_000_000
STEP_NS = 700_000_000
TIMEOUT_S = 30.0


class LoggedSession:
    """An exchange with a log, whose clock moves on by a fixed step with every command."""

    def __init__(self, folder: Path, exchange: Exchange | None = None) -> None:
        self.folder = folder
        self.exchange = exchange if exchange is not None else Exchange()
        self.clock = ManualClock(max(START_NS, self.exchange.now_ns))
        self.log = InputLog(folder, next_seq=self.exchange.seq + 1)
        self.sequencer = Sequencer(self.exchange, self.clock, self.log)

    def run(self, commands: Iterable[Command]) -> None:
        for command in commands:
            self.clock.advance(STEP_NS)
            self.sequencer.submit(command)

    def snapshot(self) -> Path:
        self.log.rotate()
        assert self.log.wait_durable(self.exchange.seq, TIMEOUT_S)
        return write_snapshot(self.folder, take(self.exchange))

    def close(self) -> None:
        self.log.close()

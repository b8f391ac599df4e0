"""A kept profile while a session uses it: lock, recovered exchange, input log, snapshots.

The order matters: lock, then recover, then open the log behind the last whole command. Closing goes
the other way round.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.clock import SystemClock
from engine.core.exchange import Exchange
from engine.journal.history import HistoryWriter
from engine.journal.log import Fsync, FsyncPolicy, InputLog, LogClosedWithLoss
from engine.journal.log_reader import LogUnreadable
from engine.journal.profile import ProfileError, ProfileLock
from engine.journal.recovery import recover
from engine.journal.snapshotting import SnapshotPolicy, Snapshotting
from engine.sequencer import Sequencer
from tui_exchange.failures import JournalFailure
from tui_exchange.read_models.charges import PastCharges
from tui_exchange.read_models.past_charges import past_charges
from tui_exchange.read_models.past_fills import past_fills
from tui_exchange.read_models.reductions import Reduction, past_reductions
from tui_exchange.settings import Journal
from tui_exchange.views import FillView

if TYPE_CHECKING:
    from tui_exchange.review.live import LiveSource

NS_PER_MINUTE = 60_000_000_000
NS_PER_SECOND = 1_000_000_000


class Past(NamedTuple):
    """What earlier sessions of a profile did."""

    fills: dict[str, tuple[FillView, ...]]
    """By account, oldest first."""
    charges: PastCharges
    reductions: tuple[Reduction, ...]
    """Of all portfolios, oldest first."""


class Keeping:
    """The files of one profile, held by this process.

    Attributes:
        exchange: As recovered; new for a new profile.
        report: Sentences that say what was recovered; empty for a new profile.
        recovered_seq: The last command that was recovered; 0 for a new profile.
    """

    def __init__(self, folder: Path, settings: Journal) -> None:
        """Open the profile.

        Raises:
            JournalFailure: Locked, not writable, damaged in the middle, or of a newer program.
        """
        self.folder = folder
        try:
            self._lock = ProfileLock(folder)
        except ProfileError as error:
            raise JournalFailure(str(error)) from error
        try:
            self.exchange, self.report = _recovered(folder)
            self.log = _open_log(folder, self.exchange.seq + 1, settings)
        except JournalFailure:
            self._lock.release()
            raise
        self.recovered_seq = self.exchange.seq
        self._past_read = self.recovered_seq == 0
        interval_ns = settings.snapshot_minutes * NS_PER_MINUTE
        policy = SnapshotPolicy(settings.snapshot_commands, interval_ns)
        self.snapshots = Snapshotting(folder, self.exchange, self.log, policy)
        self.history = HistoryWriter(
            folder,
            self.exchange,
            self.log,
            equity_interval_ns=settings.equity_interval_s * NS_PER_SECOND,
        )

    def review(self, account: str) -> LiveSource:
        """What this profile has done, through the connection of its history writer."""
        # Imported when it is asked for: DuckDB takes its time, and the first picture needs none.
        from tui_exchange.review.live import LiveSource

        return LiveSource(self.history, self.folder, SystemClock().now_ns, account)

    def follow(self, sequencer: Sequencer[Exchange]) -> None:
        """Read along: when a snapshot is due, and what belongs into the history."""
        sequencer.subscribe(self.snapshots.read)
        sequencer.subscribe(self.history.read)

    def take_past(self) -> Past | None:
        """What earlier sessions did: once, when the history has all of it; else None."""
        if self._past_read or self.history.applied_seq < self.recovered_seq:
            return None
        reader = self.history.reader()
        if reader is None:
            return None
        self._past_read = True
        accounts = self.exchange.accounts()
        with reader:
            fills = {each: past_fills(reader, each, self.recovered_seq) for each in accounts}
            last = self.recovered_seq
            return Past(fills, past_charges(reader, last), past_reductions(reader, last))

    @property
    def error(self) -> str:
        """Empty, or what failed and what to do; the log, which everything rests on, first."""
        return self.log.error or self.history.error or self.snapshots.error

    def close(self) -> None:
        """Write down what is outstanding and let the profile go.

        Raises:
            JournalFailure: The disk refused to the end; the sentence counts what it did not take.
        """
        try:
            self.snapshots.close()
            self.log.close()
        except LogClosedWithLoss as error:
            raise JournalFailure(str(error)) from error
        finally:
            self.history.close()
            self._lock.release()


def _recovered(folder: Path) -> tuple[Exchange, tuple[str, ...]]:
    try:
        found = recover(folder)
    except LogUnreadable as error:
        raise JournalFailure(str(error)) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise JournalFailure(
            f"the profile folder {folder} cannot be read ({reason}): make it readable for you, or"
            " choose another profile with `--profile NAME`"
        ) from error
    return found.exchange, found.report


def _open_log(folder: Path, next_seq: int, settings: Journal) -> InputLog:
    policy = FsyncPolicy(Fsync(settings.fsync), settings.fsync_interval_ms)
    return InputLog(folder, next_seq=next_seq, fsync=policy)

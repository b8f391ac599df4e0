"""Projects the log into a history store: what is missing in one, or all of it into a new one.

Commands are applied again to an exchange of their own, from the nearest snapshot before what is
missing. Rows depend on the commands alone, so they equal those that were written live.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.journal.annotations import read_annotations
from engine.journal.capture import EQUITY_INTERVAL_NS, Capture
from engine.journal.log_reader import LogReader
from engine.journal.projection import Projection
from engine.journal.recovery import nearest_snapshot
from engine.journal.resume import fold_state
from engine.journal.store import HistoryStore
from engine.journal.store_errors import StoreError

COMMANDS_PER_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found."""

    seq: int
    """The last command that the new store reflects."""
    report: tuple[str, ...]
    """Sentences about what was passed over; empty when all was sound."""


def rebuild(folder: Path, out: Path, *, equity_interval_ns: int = EQUITY_INTERVAL_NS) -> Rebuilt:
    """Write a new history store from a profile's log up to now, also beside a running session.

    Args:
        folder: The profile; nothing in it is changed.
        out: A file that is not there yet.
        equity_interval_ns: As the session uses, for the same rows.

    Raises:
        StoreError: `out` exists, or cannot be written.
        LogUnreadable: The log is damaged in the middle, or of a newer program.
        OSError: A file cannot be read.
    """
    if out.exists():
        raise StoreError(f"{out} is there already: remove it, or name another file")
    store = HistoryStore(out)
    try:
        project(folder, store, equity_interval_ns=equity_interval_ns)
        annotations, damaged = read_annotations(folder)
        store.write_annotations(annotations)
        report = (f"{damaged} damaged notes or tags were passed over",) if damaged else ()
        return Rebuilt(store.applied_seq, report)
    finally:
        store.close()


def project(
    folder: Path,
    store: HistoryStore,
    *,
    seq_max: int | None = None,
    equity_interval_ns: int = EQUITY_INTERVAL_NS,
    stop: Callable[[], bool] = lambda: False,
) -> Projection:
    """Bring a store up to the end of the log, or to `seq_max`.

    Args:
        stop: Asked between batches; True leaves the rest for another time.

    Returns:
        The fold as it then stands, to go on with.

    Raises:
        LogUnreadable: The log is damaged before it gets there.
        duckdb.Error: The store refused; it holds whole batches only.
    """
    projection = Projection(fold_state(store))
    start_seq = store.applied_seq
    if seq_max is not None and seq_max <= start_seq:
        return projection
    exchange, _ = nearest_snapshot(folder, start_seq)
    capture = Capture(exchange, equity_interval_ns)
    for logged in LogReader(folder, exchange.seq):
        if seq_max is not None and logged.seq > seq_max:
            break
        events = exchange.apply(logged.command, logged.ts_ns)
        captured = capture.take(logged.command, exchange.now_ns, events)
        if captured is not None and logged.seq > start_seq:
            projection.fold(captured)
        if logged.seq % COMMANDS_PER_BATCH == 0 and logged.seq > start_seq:
            store.write(projection.take_batch(), logged.seq)
            if stop():
                return projection
    if exchange.seq > store.applied_seq:
        store.write(projection.take_batch(), exchange.seq)
    return projection

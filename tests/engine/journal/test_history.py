"""The history store: each command's effects exactly once, whatever happens on the way."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from engine.core.commands import Command
from engine.core.units import quanta_decimal
from engine.journal import history as history_module
from engine.journal.history import HistoryWriter
from engine.journal.profile import HISTORY_NAME
from engine.journal.rebuild import rebuild
from engine.journal.recovery import recover
from engine.journal.snapshots import snapshot_paths
from engine.journal.store import HistoryStore
from engine.journal.store_errors import StoreError, StoreLocked
from tests.engine.journal.sessions import LoggedSession
from tests.engine.journal.stores import TIMEOUT_S, attach, contents
from tests.engine.journal.trading import trading

ROOT = Path(__file__).parents[3]
COUNT = 400


def commands(seed: int = 3) -> list[Command]:
    return list(trading(seed, COUNT))


def assert_complete(folder: Path) -> None:
    """The history equals a projection of the whole log."""
    out = folder / "rebuilt.duckdb"
    out.unlink(missing_ok=True)
    rebuild(folder, out)
    expected = contents(out)
    assert contents(folder / HISTORY_NAME) == expected
    assert len(expected["fills"]) > 50
    assert len(expected["positions"]) > 3


def wait_until_healthy(history: HistoryWriter, session: LoggedSession) -> None:
    while history.error or not history.flush(TIMEOUT_S):
        session.log.wait_durable(session.exchange.seq + 1, 0.01)


def test_written_live_equals_rebuilt_from_the_log(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    history = attach(session)
    session.run(commands())
    assert history.flush(TIMEOUT_S)
    assert history.lag == 0
    history.close()
    session.close()
    assert_complete(tmp_path)


def test_tables_agree_with_the_exchange(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run(commands())
    session.close()
    rebuild(tmp_path, tmp_path / "out.duckdb")
    tables = contents(tmp_path / "out.duckdb")
    exchange = session.exchange
    working = {o.order_id: (o.lots, o.filled_lots) for o in exchange.open_orders("me")}
    assert working
    assert working == {
        row["order_id"]: (row["lots"], row["filled_lots"])
        for row in tables["orders"]
        if row["ended_seq"] is None
    }
    for symbol, position in exchange.positions("me").items():
        trips = [row for row in tables["positions"] if row["symbol"] == symbol]
        assert sum(row["lots"] for row in trips) == position.lots
        realised = sum(Decimal(row["realised"]) for row in trips)
        assert realised == quanta_decimal(position.realised_quanta)
        assert sum(Decimal(row["fees"]) for row in trips) == quanta_decimal(position.fees_quanta)


def test_many_small_batches_give_the_same_rows(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    history = attach(session)
    todo = commands()
    for start in range(0, len(todo), 37):
        session.run(todo[start : start + 37])
        assert history.flush(TIMEOUT_S)
    history.close()
    session.close()
    assert_complete(tmp_path)


def test_a_history_that_was_not_kept_is_caught_up_at_the_next_start(tmp_path: Path) -> None:
    first = LoggedSession(tmp_path)
    history = attach(first)
    todo = commands()
    first.run(todo[:100])
    assert history.flush(TIMEOUT_S)
    history.close()
    first.run(todo[100:200])
    first.snapshot()
    first.run(todo[200:250])
    first.close()

    second = LoggedSession(tmp_path, recover(tmp_path).exchange)
    history = attach(second)
    second.run(todo[250:])
    assert history.flush(TIMEOUT_S)
    history.close()
    second.close()
    assert_complete(tmp_path)


def test_a_deleted_history_is_written_anew(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run(commands())
    session.snapshot()
    history = attach(session)
    assert history.flush(TIMEOUT_S)
    history.close()
    session.close()
    assert snapshot_paths(tmp_path)
    assert_complete(tmp_path)


def test_a_queue_that_overflows_is_read_back_from_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "QUEUE_MAX", 5)
    session = LoggedSession(tmp_path)
    history = attach(session, batch_s=30.0)
    session.run(commands())
    assert history.flush(TIMEOUT_S)
    history.close()
    session.close()
    assert_complete(tmp_path)


def test_a_history_ahead_of_the_log_is_rebuilt(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run(commands())
    session.close()
    store = HistoryStore(tmp_path / HISTORY_NAME)
    session_rows = rebuild(tmp_path, tmp_path / "other.duckdb")
    store.scalar("UPDATE progress SET applied_seq = 1000000")
    store.close()
    resumed = LoggedSession(tmp_path, recover(tmp_path).exchange)
    history = attach(resumed)
    assert history.flush(TIMEOUT_S)
    assert history.applied_seq == session_rows.seq
    history.close()
    resumed.close()
    assert_complete(tmp_path)


def test_the_history_waits_for_the_log(tmp_path: Path) -> None:
    class StuckLog:
        written = 0

        def wait_written(self, seq: int, timeout_s: float) -> bool:
            return seq <= self.written

    session = LoggedSession(tmp_path)
    log = StuckLog()
    history = HistoryWriter(tmp_path, session.exchange, log)
    session.sequencer.subscribe(history.read)
    session.run(commands()[:50])
    assert not history.flush(0.05)
    assert session.log.wait_written(50, TIMEOUT_S)
    log.written = 50
    assert history.flush(TIMEOUT_S)
    history.close()
    session.close()


def test_a_session_goes_on_while_another_process_holds_the_database(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys\n"
            f"held = duckdb.connect({str(tmp_path / HISTORY_NAME)!r})\n"
            "print('held', flush=True)\nsys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    session = LoggedSession(tmp_path)
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreLocked, match=f"open in process {holder.pid}"):
            HistoryStore(tmp_path / HISTORY_NAME)
        history = attach(session, retry_s=0.05)
        session.run(commands())
        assert not history.flush(TIMEOUT_S)
        assert "trading goes on" in history.error
        holder.kill()
    wait_until_healthy(history, session)
    history.close()
    session.close()
    assert_complete(tmp_path)


def test_a_damaged_database_is_named_and_can_be_moved_away(tmp_path: Path) -> None:
    path = tmp_path / HISTORY_NAME
    path.write_bytes(b"no database at all" * 1000)
    session = LoggedSession(tmp_path)
    history = attach(session, retry_s=0.05)
    session.run(commands())
    assert not history.flush(TIMEOUT_S)
    assert f"{path} is not a sound history database: move it away" in history.error
    path.rename(tmp_path / "moved")
    wait_until_healthy(history, session)
    history.close()
    session.close()
    assert_complete(tmp_path)


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        HistoryStore(tmp_path / "gone" / HISTORY_NAME)


def test_a_rebuild_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "out.duckdb").write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        rebuild(tmp_path, tmp_path / "out.duckdb")


def test_a_rebuild_beside_a_running_session_sees_what_is_in_the_log(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    history = attach(session)
    session.run(commands()[:200])
    assert session.log.wait_written(200, TIMEOUT_S)
    rebuilt = rebuild(tmp_path, tmp_path / "beside.duckdb")
    assert rebuilt.seq == 200
    session.run(commands()[200:])
    assert history.flush(TIMEOUT_S)
    history.close()
    session.close()
    assert_complete(tmp_path)

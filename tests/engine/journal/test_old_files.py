"""What an older program left behind is read as what it was, or passed over in words."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from engine.core.commands import Command
from engine.core.snapshot import encode
from engine.core.wire import decode_command
from engine.journal import snapshots
from engine.journal.frames import FORMAT_VERSION, encode_frames
from engine.journal.profile import HISTORY_NAME
from engine.journal.rebuild import project, rebuild
from engine.journal.recovery import recover
from engine.journal.segments import segment_path
from engine.journal.store import HistoryStore
from tests.engine.journal.first_version import PAYLOADS, SCHEMA, segment_header
from tests.engine.journal.sessions import START_NS, LoggedSession
from tests.engine.journal.stores import contents
from tests.engine.journal.trading import trading


def write_old_log(folder: Path, payloads: Sequence[bytes] = PAYLOADS) -> None:
    records = [(seq, START_NS + seq, payload) for seq, payload in enumerate(payloads, 1)]
    segment_path(folder, 1).write_bytes(segment_header(1) + encode_frames(records))


def old_store(path: Path) -> None:
    """A store of the first version with a row in each kind of table."""
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE migrations (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)")
        for name in ("0001_tables", "0002_views"):
            database.execute("INSERT INTO migrations VALUES (?, now()::TIMESTAMP)", [name])
        database.execute("CREATE TABLE progress (applied_seq BIGINT NOT NULL)")
        database.execute("INSERT INTO progress VALUES (14)")
        database.execute(SCHEMA)
        database.execute("INSERT INTO deposits VALUES (3, make_timestamp_ns(3), 'me', 'X', 1, 1)")
        database.execute("INSERT INTO tags VALUES (make_timestamp_ns(5), 'order', 7, 'kept')")
        database.execute("CREATE VIEW v_trades AS SELECT * FROM positions")


def test_every_command_of_an_old_log_still_means_what_it_meant() -> None:
    for payload in PAYLOADS:
        command: Command = decode_command(payload)
        assert type(command).__name__ in payload.decode()


def test_an_old_log_brings_back_its_session_and_its_history(tmp_path: Path) -> None:
    write_old_log(tmp_path)
    exchange = recover(tmp_path).exchange
    assert exchange.seq == len(PAYLOADS)
    assert exchange.balances("me")["USDT"][0] > 0
    rebuild(tmp_path, tmp_path / "out.duckdb")
    orders = contents(tmp_path / "out.duckdb")["orders"]
    assert [(row["order_id"], row["state"]) for row in orders][:2] == [
        (1, "filled"),
        (2, "cancelled"),
    ]


def test_a_session_goes_on_behind_an_old_log(tmp_path: Path) -> None:
    write_old_log(tmp_path)
    session = LoggedSession(tmp_path, recover(tmp_path).exchange)
    session.run(list(trading(seed=1, count=20))[4:])
    session.close()
    again = recover(tmp_path).exchange
    assert again.seq == len(PAYLOADS) + 22
    assert encode(again) == encode(session.exchange)
    newest = segment_path(tmp_path, len(PAYLOADS) + 1).read_bytes()
    assert int.from_bytes(newest[8:12], "little") == FORMAT_VERSION == 4


def test_a_snapshot_of_an_older_program_gives_way_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = LoggedSession(tmp_path)
    session.run(trading(seed=4, count=94))
    monkeypatch.setattr(snapshots, "FORMAT_VERSION", 1)
    session.snapshot()
    monkeypatch.undo()
    session.close()
    recovered = recover(tmp_path)
    assert (recovered.snapshot_seq, recovered.replayed) == (0, 100)
    assert "is a state of an older tui-exchange, in format 1" in recovered.report[0]
    assert recovered.report[0].endswith("the whole log is applied again instead, this once")
    assert encode(recovered.exchange) == encode(session.exchange)


def test_a_store_from_before_queues_were_kept_is_projected_anew(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run(trading(seed=4, count=94))
    session.close()
    store = HistoryStore(tmp_path / HISTORY_NAME)
    project(tmp_path, store)
    projected = store.applied_seq
    store.close()
    with duckdb.connect(str(tmp_path / HISTORY_NAME)) as database:
        database.execute("DELETE FROM migrations WHERE name = '0004_queues_kept'")
    store = HistoryStore(tmp_path / HISTORY_NAME)
    assert store.applied_seq == 0
    assert store.scalar("SELECT count(*) FROM orders") == 0
    project(tmp_path, store)
    assert store.applied_seq == projected > 0
    store.close()


def test_an_old_store_is_projected_anew_and_keeps_notes_and_tags(tmp_path: Path) -> None:
    write_old_log(tmp_path)
    old_store(tmp_path / HISTORY_NAME)
    store = HistoryStore(tmp_path / HISTORY_NAME)
    assert store.applied_seq == 0
    assert store.scalar("SELECT count(*) FROM deposits") == 0
    assert store.scalar("SELECT tag FROM tags") == "kept"
    project(tmp_path, store)
    assert store.applied_seq == len(PAYLOADS)
    store.close()
    rebuild(tmp_path, tmp_path / "out.duckdb")
    expected = contents(tmp_path / "out.duckdb")
    found = contents(tmp_path / HISTORY_NAME)
    assert {**found, "tags": []} == expected

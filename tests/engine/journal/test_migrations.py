"""A store is brought up to date step by step, each step whole or not at all."""

from pathlib import Path

import duckdb
import pytest

from engine.journal.migrations import MIGRATIONS, Migration, migrate
from engine.journal.schema import TABLES
from engine.journal.schema_views import VIEWS
from engine.journal.store import HistoryStore
from engine.journal.store_errors import StoreDamaged, StoreNewer


def names(database: duckdb.DuckDBPyConnection) -> list[str]:
    found = database.execute("SELECT name FROM migrations ORDER BY name").fetchall()
    return [name for (name,) in found]


def test_an_older_store_gets_what_it_lacks_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as old:
        assert migrate(old, MIGRATIONS[:1]) == ["0001_tables"]
        old.execute("INSERT INTO tags VALUES (make_timestamp_ns(5), 'order', 7, 'kept')")
    store = HistoryStore(path)
    assert store.scalar("SELECT tag FROM tags") == "kept"
    assert store.scalar("SELECT count(*) FROM v_trades") == 0
    store.close()
    with duckdb.connect(str(path)) as now:
        assert names(now) == [migration.name for migration in MIGRATIONS]
        assert migrate(now) == []


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    def halfway(database: duckdb.DuckDBPyConnection) -> None:
        database.execute("CREATE TABLE half (x INTEGER)")
        database.execute("SELECT broken")

    with duckdb.connect(str(tmp_path / "store.duckdb")) as database:
        migrate(database)
        with pytest.raises(duckdb.Error):
            migrate(database, (*MIGRATIONS, Migration("0099_halfway", halfway)))
        assert "0099_halfway" not in names(database)
        with pytest.raises(duckdb.CatalogException):
            database.execute("SELECT * FROM half")


def test_a_newer_store_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with duckdb.connect(str(path)) as database:
        migrate(database, (*MIGRATIONS, Migration("0099_future", lambda _: None)))
    with pytest.raises(StoreNewer, match="'0099_future', made by a newer tui-exchange"):
        HistoryStore(path)


def test_a_database_of_somebody_else_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE orders (theirs INTEGER)")
    with pytest.raises(StoreDamaged, match="not a history store of tui-exchange"):
        HistoryStore(path)
    with duckdb.connect(str(path)) as database:
        tables = database.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        assert tables == [("orders",)]


def test_the_file_itself_says_what_everything_means(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    HistoryStore(path).close()
    with duckdb.connect(str(path)) as database:
        said = dict(
            database.execute(
                "SELECT table_name || '.' || column_name, comment FROM duckdb_columns()"
            ).fetchall()
        )
        views = dict(database.execute("SELECT view_name, comment FROM duckdb_views()").fetchall())
        for table in TABLES:
            for column in table.columns():
                assert said[f"{table.name}.{column.name}"] == column.meaning
        for view in VIEWS:
            assert views[view.name] == view.meaning
            shown = database.execute(f"SELECT * FROM {view.name}").description
            assert [column[0] for column in shown] == [name for name, _ in view.columns]

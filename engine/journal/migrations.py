"""Named changes of the history store's schema, each in one transaction with its record.

A store remembers which it has had; opening it applies the others in order. A store that has had one
this program does not know is newer, and is refused.

The log is the truth and the tables are a projection of it. So where what the exchange does with the
same commands has changed, and with it what the tables say, a migration empties them, and whoever
opened the store projects the log into it anew. Notes and tags, which no log gives back, stay.
Source of the idea: sqlite-utils, `sqlite_utils/migrations.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from engine.journal.schema import OWN_TABLES, TABLES, create_statements, view_statements
from engine.journal.schema_views import VIEWS
from engine.journal.store_errors import StoreForeign, StoreNewer


@dataclass(frozen=True, slots=True)
class Migration:
    """One step; its name is for ever."""

    name: str
    apply: Callable[[duckdb.DuckDBPyConnection], None]


_TABLE_NAMES = "SELECT table_name FROM duckdb_tables()"


def create_tables(database: duckdb.DuckDBPyConnection) -> None:
    """The tables, and how far the log has been projected into them."""
    database.execute("CREATE TABLE progress (applied_seq BIGINT NOT NULL)")
    database.execute("INSERT INTO progress VALUES (0)")
    database.execute(
        "COMMENT ON COLUMN progress.applied_seq IS 'last command whose effects the tables show'"
    )
    for statement in create_statements():
        database.execute(statement)


def create_views(database: duckdb.DuckDBPyConnection) -> None:
    """The documented views."""
    for statement in view_statements(VIEWS):
        database.execute(statement)


def begin_anew(database: duckdb.DuckDBPyConnection) -> None:
    """Tables of all that the exchange does by now, to be projected from the log's start."""
    there = {str(name) for (name,) in database.execute(_TABLE_NAMES).fetchall()}
    names = [table.name for table in TABLES if table not in OWN_TABLES]
    if there.issuperset(names):
        # Made by this program a moment ago, with all of them.
        return
    for name in names:
        database.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in create_statements(names):
        database.execute(statement)
    create_views(database)
    database.execute("UPDATE progress SET applied_seq = 0")


def project_again(database: duckdb.DuckDBPyConnection) -> None:
    """A lost line changes no place in a queue, so orders may have filled at other times: the same
    tables, to be projected from the log's start."""
    there = {str(name) for (name,) in database.execute(_TABLE_NAMES).fetchall()}
    for table in TABLES:
        if table not in OWN_TABLES and table.name in there:
            database.execute(f"DELETE FROM {table.name}")
    database.execute("UPDATE progress SET applied_seq = 0")


MIGRATIONS = (
    Migration("0001_tables", create_tables),
    Migration("0002_views", create_views),
    Migration("0003_order_types", begin_anew),
    Migration("0004_queues_kept", project_again),
    Migration("0005_margin", begin_anew),
    Migration("0006_collateral_sold", begin_anew),
    Migration("0007_closed_lots", begin_anew),
)


def migrate(
    database: duckdb.DuckDBPyConnection, migrations: Sequence[Migration] = MIGRATIONS
) -> list[str]:
    """Bring a store up to date.

    Returns:
        The names of the migrations that were applied now.

    Raises:
        StoreForeign: The database is somebody else's; it is not touched.
        StoreNewer: The store has had a migration that is not in the list.
        duckdb.Error: A migration failed; the store is as it was before it.
    """
    tables = {str(name) for (name,) in database.execute(_TABLE_NAMES).fetchall()}
    if tables and "migrations" not in tables:
        raise StoreForeign(f"it has other tables: {', '.join(sorted(tables))}")
    database.execute(
        "CREATE TABLE IF NOT EXISTS migrations (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)"
    )
    known = [migration.name for migration in migrations]
    had = {str(name) for (name,) in database.execute("SELECT name FROM migrations").fetchall()}
    unknown = sorted(had - set(known))
    if unknown:
        raise StoreNewer(
            f"the history database has the change {unknown[-1]!r}, made by a newer tui-exchange;"
            f" this one knows up to {known[-1]!r}: update the program, the file is fine"
        )
    missing = [migration for migration in migrations if migration.name not in had]
    for migration in missing:
        _apply(database, migration)
    return [migration.name for migration in missing]


def _apply(database: duckdb.DuckDBPyConnection, migration: Migration) -> None:
    database.begin()
    try:
        migration.apply(database)
        now = datetime.now(UTC).replace(tzinfo=None)
        database.execute("INSERT INTO migrations VALUES (?, ?)", [migration.name, now])
    except duckdb.Error:
        database.rollback()
        raise
    database.commit()

"""Tables and views of the history store, derived from the row classes.

Views state their meaning in SQL, once; `COMMENT ON` carries every meaning into the file itself, so
any DuckDB client can ask `duckdb_columns()` and `duckdb_views()` what a thing is.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from engine.journal.columns import Sql
from engine.journal.margin_rows import (
    ClosedLotRow,
    ClosingRow,
    FundingRateRow,
    FundingRow,
    InsuranceRow,
    LiquidationRow,
    PortfolioRow,
)
from engine.journal.rows import (
    DepositRow,
    EquityRow,
    EventRow,
    FillRow,
    InstrumentRow,
    NoteRow,
    OrderRow,
    PositionRow,
    Row,
    TagRow,
    VenueEventRow,
)

RowT = TypeVar("RowT", bound=Row)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    sql_type: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its rows, and the columns that tell them apart."""

    name: str
    row: type[Row]
    key: tuple[str, ...]

    @property
    def meaning(self) -> str:
        """What a row stands for."""
        return (self.row.__doc__ or "").strip()

    def columns(self) -> tuple[Column, ...]:
        """The columns in order."""
        return _columns_of(self.row)


@dataclass(frozen=True, slots=True)
class View:
    """One documented view."""

    name: str
    meaning: str
    columns: tuple[tuple[str, str], ...]
    """(name, meaning), in order."""
    select: str


TABLES = (
    Table("instruments", InstrumentRow, ("symbol",)),
    Table("deposits", DepositRow, ("seq",)),
    Table("orders", OrderRow, ("order_id",)),
    Table("order_events", EventRow, ("seq", "n", "part")),
    Table("fills", FillRow, ("seq", "n")),
    Table("positions", PositionRow, ("position_id",)),
    Table("equity", EquityRow, ("seq", "account", "currency")),
    Table("venue_events", VenueEventRow, ("seq", "n")),
    Table("funding", FundingRow, ("seq", "n")),
    Table("funding_rates", FundingRateRow, ("seq", "n")),
    Table("liquidations", LiquidationRow, ("seq", "n")),
    Table("closings", ClosingRow, ("seq", "n")),
    Table("closed_lots", ClosedLotRow, ("seq", "n", "part")),
    Table("insurance", InsuranceRow, ("seq", "currency")),
    Table("portfolios", PortfolioRow, ("account",)),
    Table("notes", NoteRow, ()),
    Table("tags", TagRow, ()),
)
"""The last two hold what the trader wrote (`annotations.jsonl`); the log gives the others."""

OWN_TABLES = tuple(table for table in TABLES if table.row in (NoteRow, TagRow))
"""Those that no log gives back."""

ALL_NAMES = tuple(table.name for table in TABLES)

TABLE_OF: dict[type, Table] = {table.row: table for table in TABLES}


def create_statements(names: Collection[str] = ALL_NAMES) -> Iterator[str]:
    """The SQL that makes tables, with their comments."""
    for table in TABLES:
        if table.name not in names:
            continue
        columns = [
            f"{column.name} {column.sql_type}{' NOT NULL' if column.required else ''}"
            for column in table.columns()
        ]
        if table.key:
            columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
        yield f"CREATE TABLE {table.name} ({', '.join(columns)})"
        yield f"COMMENT ON TABLE {table.name} IS {_quoted(table.meaning)}"
        for column in table.columns():
            name = f"{table.name}.{column.name}"
            yield f"COMMENT ON COLUMN {name} IS {_quoted(column.meaning)}"


def view_statements(views: tuple[View, ...]) -> Iterator[str]:
    """The SQL that makes views, replacing those of the same names."""
    for view in views:
        names = ", ".join(name for name, _ in view.columns)
        yield f"CREATE OR REPLACE VIEW {view.name} ({names}) AS {view.select}"
        yield f"COMMENT ON VIEW {view.name} IS {_quoted(view.meaning)}"


def insert_statement(table: Table) -> str:
    """The SQL that takes any number of rows as one parameter: a JSON array of objects.

    Decimals travel as JSON texts and so stay exact. A row whose key exists replaces the old one.
    """
    columns = table.columns()
    shape = ",".join(f'"{column.name}":"{_json_type(column)}"' for column in columns)
    values = ", ".join(_from_json(column) for column in columns)
    verb = "INSERT OR REPLACE" if table.key else "INSERT"
    return (
        f"{verb} INTO {table.name} SELECT {values}"
        f" FROM (SELECT unnest(from_json_strict(?, '[{{{shape}}}]')) AS r)"
    )


def select_statement(table: Table, where: str = "true") -> str:
    """The SQL that reads rows back as `row_of` takes them, in the order of their key.

    Args:
        where: A condition in SQL, written by the program and never by a person.
    """
    names = ", ".join(
        f"epoch_ns({column.name})" if column.sql_type == "TIMESTAMP_NS" else column.name
        for column in table.columns()
    )
    order = f" ORDER BY {', '.join(table.key)}" if table.key else ""
    return f"SELECT {names} FROM {table.name} WHERE {where}{order}"


def row_of(kind: type[RowT], values: Sequence[Any]) -> RowT:
    """The row that `select_statement` found."""
    columns = TABLE_OF[kind].columns()
    return kind(**{column.name: value for column, value in zip(columns, values, strict=True)})


@cache
def _columns_of(kind: type[Row]) -> tuple[Column, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_column(name, hints[name]) for name in kind.__struct_fields__)


def _column(name: str, hint: Any) -> Column:
    assert get_origin(hint) is Annotated
    kind, *metadata = get_args(hint)
    required = True
    if get_args(kind):
        inner = next(arg for arg in get_args(kind) if arg is not type(None))
        metadata = [*get_args(inner)[1:], *metadata]
        required = False
    sql = next(item for item in metadata if isinstance(item, Sql))
    meaning = next(item for item in metadata if isinstance(item, str))
    return Column(name, sql.name, required, meaning)


def _json_type(column: Column) -> str:
    return "BIGINT" if column.sql_type == "TIMESTAMP_NS" else column.sql_type


def _from_json(column: Column) -> str:
    if column.sql_type == "TIMESTAMP_NS":
        return f"make_timestamp_ns(r.{column.name})"
    return f"r.{column.name}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

"""What is asked of a history database about orders, answered in its own rows."""

from decimal import Decimal
from typing import Any

import duckdb

from engine.journal.migrations import MIGRATIONS
from engine.journal.rows import EventRow, OrderRow
from engine.journal.schema import TABLE_OF, RowT, row_of, select_statement
from tui_exchange.order_life.model import OrderLife, Terms, UnknownOrder

NUMBER_MAX = 2**63 - 1
"""What the column of an order's number can hold."""

_HAD = "SELECT name FROM migrations"
_TERMS = "SELECT tick_size, lot_size, settlement FROM instruments WHERE symbol = ?"
_TAGS = """
    SELECT list(t.tag ORDER BY t.ts) FROM tags t WHERE subject = 'order' AND subject_id = ?"""
_NOTE = """
    SELECT arg_max(n.text, n.ts) FROM notes n WHERE subject = 'order' AND subject_id = ?"""
_KNOWN = "SELECT count(*), min(order_id), max(order_id) FROM orders"
# A refused command may have named the number before there was an order with it.
_EVENTS = "order_id = $order_id AND account = $account AND seq >= $since"
_LATEST = """order_id IN (
    SELECT order_id FROM orders WHERE (ended_seq IS NULL OR NOT $live)
    ORDER BY order_id DESC LIMIT $limit)"""


def missing_changes(database: duckdb.DuckDBPyConnection) -> list[str]:
    """The changes of the schema that a history of an older program has not had.

    Raises:
        duckdb.Error: It cannot be read, or is no history.
    """
    had = {str(name) for (name,) in database.execute(_HAD).fetchall()}
    return [migration.name for migration in MIGRATIONS if migration.name not in had]


def read_order(database: duckdb.DuckDBPyConnection, order_id: int) -> OrderLife:
    """Everything about one order.

    Raises:
        UnknownOrder: There is none with this number.
        duckdb.Error: The file cannot be read, or is of another version.
    """
    of = {"order_id": order_id}
    found = _rows(database, OrderRow, "order_id = $order_id", of) if order_id <= NUMBER_MAX else []
    if not found:
        raise UnknownOrder(_unknown(database, order_id))
    (order,) = found
    group: list[OrderRow] = []
    if order.group_id is not None:
        where = "group_kind = $kind AND group_id = $group_id"
        group = _rows(
            database, OrderRow, where, {"kind": order.group_kind, "group_id": order.group_id}
        )
    life = {**of, "account": order.account, "since": order.accepted_seq}
    events = _rows(database, EventRow, _EVENTS, life)
    given = _value(database, _TAGS, order_id) or []
    return OrderLife(
        order=order,
        events=tuple(events),
        group=tuple(group),
        terms=read_terms(database, order.symbol),
        tags=tuple(dict.fromkeys(tag for tag in (order.tag, *given) if tag)),
        note=_value(database, _NOTE, order_id) or order.note,
    )


def read_orders(database: duckdb.DuckDBPyConnection, live: bool, limit: int) -> list[OrderRow]:
    """The latest orders, newest first.

    Args:
        live: Only those that have not ended.
        limit: How many at most.

    Raises:
        duckdb.Error: The file cannot be read, or is of another version.
    """
    return _rows(database, OrderRow, _LATEST, {"live": live, "limit": limit})[::-1]


def read_terms(database: duckdb.DuckDBPyConnection, symbol: str) -> Terms:
    """How the numbers of an instrument are written.

    Raises:
        duckdb.Error: The file cannot be read.
    """
    row = database.execute(_TERMS, [symbol]).fetchone()
    return Terms(*row) if row is not None else Terms(Decimal(1), Decimal(1), "")


def _rows(
    database: duckdb.DuckDBPyConnection, kind: type[RowT], where: str, values: dict[str, Any]
) -> list[RowT]:
    found = database.execute(select_statement(TABLE_OF[kind], where), values).fetchall()
    return [row_of(kind, row) for row in found]


def _value(database: duckdb.DuckDBPyConnection, sql: str, order_id: int) -> Any:
    row = database.execute(sql, [order_id]).fetchone()
    return None if row is None else row[0]


def _unknown(database: duckdb.DuckDBPyConnection, order_id: int) -> str:
    row = database.execute(_KNOWN).fetchone()
    count, first, last = row or (0, None, None)
    if not count:
        return f"there is no order {order_id}: nothing was ordered here yet"
    return (
        f"there is no order {order_id}: there are {count}, from {first} to {last};"
        " `tui-exchange orders` lists them"
    )

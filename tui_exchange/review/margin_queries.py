"""What came with margin and portfolios: lots, steps of liquidations, payments of funding, titles.

A history of an older program has not all of these tables; what it has not is empty.
"""

from typing import Any

import duckdb

from tui_exchange.review.model import ForcedLine, LotLine

_FORCED = """
    SELECT epoch_ns(l.ts), l.text, l.price, l.realised, l.fee, l.seq, l.n
    FROM liquidations l WHERE l.position_id = $trade
    UNION ALL
    SELECT epoch_ns(c.ts), 'closed at the mark as the portfolio began anew', c.price, c.realised,
      NULL, c.seq, c.n
    FROM closings c WHERE c.position_id = $trade AND c.cause = 'reset'
    ORDER BY 6, 7"""

_LOTS = """
    SELECT epoch_ns(l.ts), epoch_ns(l.opened_at), l.size, l.cost, l.value, l.realised
    FROM closed_lots l WHERE l.position_id = $trade ORDER BY l.seq, l.n, l.part"""

_PAYMENTS = "SELECT count(*) FROM funding f WHERE f.position_id = $trade"

_TITLES = "SELECT account, title FROM portfolios WHERE title <> ''"

_TABLES = "SELECT table_name FROM duckdb_tables()"


def forced_lines(database: duckdb.DuckDBPyConnection, trade: int) -> tuple[ForcedLine, ...]:
    """Warnings, and what was closed without an order, in the order of its happening.

    Raises:
        duckdb.Error: The file cannot be read.
    """
    rows = _rows(database, ("liquidations", "closings"), _FORCED, trade)
    return tuple(ForcedLine(*row[:5]) for row in rows)


def lot_lines(database: duckdb.DuckDBPyConnection, trade: int) -> tuple[LotLine, ...]:
    """The lots that its closings took; none where an average cost counts.

    Raises:
        duckdb.Error: The file cannot be read.
    """
    return tuple(LotLine(*row) for row in _rows(database, ("closed_lots",), _LOTS, trade))


def payment_count(database: duckdb.DuckDBPyConnection, trade: int) -> int:
    """How often it paid or received funding or a borrow fee.

    Raises:
        duckdb.Error: The file cannot be read.
    """
    return sum(row[0] for row in _rows(database, ("funding",), _PAYMENTS, trade))


def portfolio_titles(database: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What people call the accounts that have a name for people.

    Raises:
        duckdb.Error: The file cannot be read.
    """
    return dict(_rows(database, ("portfolios",), _TITLES))


def _rows(
    database: duckdb.DuckDBPyConnection,
    needed: tuple[str, ...],
    query: str,
    trade: int | None = None,
) -> list[Any]:
    tables = {name for (name,) in database.execute(_TABLES).fetchall()}
    if not tables >= set(needed):
        return []
    return database.execute(query, {} if trade is None else {"trade": trade}).fetchall()

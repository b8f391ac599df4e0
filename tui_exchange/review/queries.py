"""What review asks of a history database, answered as the exact values of `model`.

Everything goes through the documented tables and views of `docs/journal.md`, so that review shows
what any DuckDB client would.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import duckdb

from engine.core.units import decimals_of
from tui_exchange.review.margin_queries import (
    forced_lines,
    lot_lines,
    payment_count,
    portfolio_titles,
)
from tui_exchange.review.model import (
    EMPTY_HISTORY,
    LONG,
    EquityPoint,
    EventLine,
    FillLine,
    History,
    OrderLine,
    Trade,
    TradeLife,
)

ROWS_AT_ONCE = 200

_ACCOUNTS = """
    SELECT account, min(seq) AS first FROM (
      SELECT account, seq FROM deposits UNION ALL SELECT account, opened_seq FROM positions
      UNION ALL SELECT account, accepted_seq FROM orders)
    GROUP BY account ORDER BY first, account"""

_EQUITY = """
    SELECT epoch_ns(e.ts), equity, profit, drawdown, drawdown_percent::DECIMAL(38,4)
    FROM v_equity e WHERE account = $account AND currency = $currency ORDER BY e.ts"""

# Of each stretch of time its extremes and its end, so that neither the curve nor the worst drawdown
# is another one than that of all points.
_EQUITY_COARSE = """
    WITH points AS (
      SELECT epoch_ns(e.ts) AS ns, equity, profit, drawdown, drawdown_percent AS share
      FROM v_equity e WHERE account = $account AND currency = $currency
    ), placed AS (
      SELECT *, (ns - min(ns) OVER ())::HUGEINT * $stretches
        // (max(ns) OVER () - min(ns) OVER () + 1) AS stretch
      FROM points
    )
    SELECT ns, equity, profit, drawdown, share::DECIMAL(38,4) FROM placed
    QUALIFY row_number() OVER (PARTITION BY stretch ORDER BY equity) = 1
      OR row_number() OVER (PARTITION BY stretch ORDER BY equity DESC) = 1
      OR row_number() OVER (PARTITION BY stretch ORDER BY drawdown DESC) = 1
      OR row_number() OVER (PARTITION BY stretch ORDER BY share DESC NULLS LAST) = 1
      OR row_number() OVER (PARTITION BY stretch ORDER BY ns DESC) = 1
    ORDER BY ns"""

_CURRENCIES = """
    SELECT currency FROM deposits WHERE account = ? GROUP BY currency ORDER BY min(seq)"""

_TRADES = """
    WITH openings AS (
      SELECT position_id, arg_min(order_id, (seq, n)) AS order_id FROM fills GROUP BY position_id
    ), order_notes AS (
      SELECT subject_id, arg_max(n.text, n.ts) AS text FROM notes n WHERE subject = 'order'
      GROUP BY subject_id
    ), order_tags AS (
      SELECT subject_id, list(t.tag ORDER BY t.ts) AS tags FROM tags t WHERE subject = 'order'
      GROUP BY subject_id
    )
    SELECT t.trade, t.account, t.symbol, t.side, t.state, epoch_ns(t.opened_at),
      epoch_ns(t.closed_at), t.max_size, t.entry_price, t.exit_price, t.realised, t.fees,
      t.funding, t.net, t.return_percent::DECIMAL(38,4), t.mae, t.mfe, t.fills,
      list_concat([t.tag], coalesce(order_tags.tags, []), coalesce(t.tags, [])),
      coalesce(t.note, order_notes.text, o.note, ''), t.currency, coalesce(t.closed_by, ''),
      i.tick_size, i.lot_size
    FROM v_trades t JOIN instruments i USING (symbol)
      LEFT JOIN openings ON openings.position_id = t.trade
      LEFT JOIN orders o ON o.order_id = openings.order_id
      LEFT JOIN order_notes ON order_notes.subject_id = openings.order_id
      LEFT JOIN order_tags ON order_tags.subject_id = openings.order_id
    WHERE t.account = $account AND ($trade IS NULL OR t.trade = $trade) ORDER BY t.trade"""

_OPEN = "SELECT position_id FROM positions WHERE account = ? AND symbol = ? AND state = 'open'"

_SPAN = """
    SELECT account, symbol, opened_seq, coalesce(closed_seq, 9223372036854775807)
    FROM positions WHERE position_id = ?"""

# A fill through zero belongs to the round trip that it opens; it is told with the one that it
# closes too.
_FILLS = """
    SELECT epoch_ns(f.ts), order_id, side, price, size, liquidity, fee, realised, position
    FROM fills f
    WHERE account = $account AND symbol = $symbol AND (
      position_id = $trade
      OR (seq = $last AND position_id > $trade AND side = $closing
        AND position_lots <> 0 AND abs(position_lots) < lots))
    ORDER BY seq, n"""

_ORDERS = """
    SELECT o.order_id, o.side, o.order_type, o.time_in_force, o.price, o.size, o.filled,
      o.average_price, o.state, coalesce(o.cause, ''),
      coalesce((SELECT arg_max(t.tag, t.ts) FROM tags t
        WHERE subject = 'order' AND subject_id = o.order_id), o.tag),
      coalesce((SELECT arg_max(n.text, n.ts) FROM notes n
        WHERE subject = 'order' AND subject_id = o.order_id), o.note),
      epoch_ns(o.accepted_at)
    FROM orders o
    WHERE o.account = $account AND o.symbol = $symbol AND (
      list_contains($orders, o.order_id)
      OR (o.filled_lots = 0 AND o.accepted_seq BETWEEN $first AND $last))
    ORDER BY o.order_id"""

_EVENTS = """
    SELECT epoch_ns(h.ts), order_id, kind, coalesce(side, ''), price, size, open_size,
      coalesce(text, reason, '')
    FROM v_order_history h
    WHERE account = $account AND (
      list_contains($orders, order_id)
      OR (order_id IS NULL AND symbol = $symbol AND seq BETWEEN $first AND $last))
    ORDER BY seq, n"""

_HAS_MARGIN = """
    SELECT count(*) FROM duckdb_columns()
    WHERE table_name = 'v_trades' AND column_name = 'closed_by'"""


def read_history(
    database: duckdb.DuckDBPyConnection, account: str = "", stretches: int | None = None
) -> History:
    """Equity and trades of one account.

    Args:
        account: Whose; empty, or one that the history does not know, for the oldest.
        stretches: Divide the time into so many, and read of each only the points with the extremes
            and the last; None for every point.

    Raises:
        duckdb.Error: The file cannot be read, or is no history.
    """
    accounts = [str(name) for name, _ in database.execute(_ACCOUNTS).fetchall()]
    if not accounts:
        return EMPTY_HISTORY
    shown = account if account in accounts else accounts[0]
    currencies = [str(name) for (name,) in database.execute(_CURRENCIES, [shown]).fetchall()]
    points = _equity(database, shown, (*currencies, "")[0], stretches)
    trades = _rows(database.execute(_trades(database), {"account": shown, "trade": None}))
    return History(
        account=shown,
        others=tuple(name for name in accounts if name != shown),
        currency=(*currencies, "")[0],
        other_currencies=tuple(currencies[1:]),
        equity=points,
        trades=tuple(_trade(row) for row in trades),
        titles=portfolio_titles(database),
    )


def read_open_trade(database: duckdb.DuckDBPyConnection, account: str, symbol: str) -> Trade | None:
    """The trade of an account's open position in an instrument; None when there is none.

    Raises:
        duckdb.Error: The file cannot be read.
    """
    found = database.execute(_OPEN, [account, symbol]).fetchone()
    if found is None:
        return None
    rows = database.execute(_trades(database), {"account": account, "trade": found[0]}).fetchall()
    return _trade(rows[0]) if rows else None


def read_life(database: duckdb.DuckDBPyConnection, trade: Trade) -> TradeLife:
    """A trade as it is now, with its fills, orders and events in the order of their happening.

    Orders are those that filled in it, and those sent for its instrument while it was open that
    never filled. Events are all of these orders', from acceptance to end, and refusals meanwhile.

    Raises:
        duckdb.Error: The file cannot be read.
    """
    span = database.execute(_SPAN, [trade.trade]).fetchone()
    if span is None:
        return TradeLife(trade, (), (), ())
    account, symbol, first, last = span
    newest = database.execute(
        _trades(database), {"account": account, "trade": trade.trade}
    ).fetchall()
    trade = _trade(newest[0])
    where: dict[str, Any] = {"account": account, "symbol": symbol}
    closing = "sell" if trade.side == LONG else "buy"
    at = {**where, "trade": trade.trade, "last": last, "closing": closing}
    fills = database.execute(_FILLS, at).fetchall()
    filled = sorted({row[1] for row in fills})
    during = {**where, "first": first, "last": last}
    orders = database.execute(_ORDERS, {**during, "orders": filled}).fetchall()
    ids = [row[0] for row in orders]
    events = database.execute(_EVENTS, {**during, "orders": ids}).fetchall()
    return TradeLife(
        trade=trade,
        fills=tuple(_fill(trade, row) for row in fills),
        orders=tuple(OrderLine(*row) for row in orders),
        events=tuple(EventLine(*row) for row in events),
        forced=forced_lines(database, trade.trade),
        lots=lot_lines(database, trade.trade),
        payments=payment_count(database, trade.trade),
    )


def _trades(database: duckdb.DuckDBPyConnection) -> str:
    """The query for trades; a history from before margin knows of no funding."""
    known = database.execute(_HAS_MARGIN).fetchone()
    if known is not None and known[0]:
        return _TRADES
    query = _TRADES.replace("t.funding,", "0::DECIMAL(38,12),")
    return query.replace("coalesce(t.closed_by, '')", "''")


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    """All rows, in portions: making Python values of many at once would hold up every thread."""
    while portion := result.fetchmany(ROWS_AT_ONCE):
        yield from portion


def _equity(
    database: duckdb.DuckDBPyConnection, account: str, currency: str, stretches: int | None
) -> tuple[EquityPoint, ...]:
    of = {"account": account, "currency": currency}
    if stretches is None:
        rows = _rows(database.execute(_EQUITY, of))
    else:
        rows = _rows(database.execute(_EQUITY_COARSE, {**of, "stretches": stretches}))
    return tuple(EquityPoint(*row) for row in rows)


def _trade(row: Sequence[Any]) -> Trade:
    tags = tuple(dict.fromkeys(tag for tag in row[18] if tag))
    decimals = [decimals_of(step) for step in row[22:]]
    cells: list[Any] = [*row[:18], tags, *row[19:22], *decimals]
    return Trade(*cells)


def _fill(trade: Trade, row: Sequence[Any]) -> FillLine:
    ts_ns, order_id, side, price, size, liquidity, fee, realised, position = row
    entry = (side == "buy") is (trade.side == LONG)
    return FillLine(
        ts_ns=ts_ns,
        order_id=order_id,
        side=side,
        entry=entry,
        price=price,
        size=size,
        liquidity=liquidity,
        fee=fee,
        realised=realised if not entry else Decimal(0),
        position=position,
    )

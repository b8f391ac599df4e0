"""The fills of earlier sessions, read once from the history when it has caught up."""

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.core.commands import Side
from engine.core.events import Liquidity
from engine.core.units import quanta_exact
from tui_exchange.views import FillView

if TYPE_CHECKING:
    import duckdb

PAST_FILLS_MAX = 1_000
_QUERY = """
SELECT epoch_ns(ts), trade_id, order_id, symbol, side, price_ticks, lots, liquidity, fee, realised
FROM fills WHERE account = ? AND seq <= ? ORDER BY seq DESC, n DESC LIMIT ?
"""


def past_fills(
    reader: "duckdb.DuckDBPyConnection", account: str, last_seq: int
) -> tuple[FillView, ...]:
    """The latest fills of an account up to a command, oldest first.

    Raises:
        duckdb.Error: The database refused.
    """
    rows = reader.execute(_QUERY, [account, last_seq, PAST_FILLS_MAX]).fetchall()
    return tuple(_view(*row) for row in reversed(rows))


def _view(
    ts_ns: int,
    trade_id: int,
    order_id: int,
    symbol: str,
    side: str,
    price_ticks: int,
    lots: int,
    liquidity: str,
    fee: Decimal,
    realised: Decimal,
) -> FillView:
    return FillView(
        ts_ns=ts_ns,
        trade_id=trade_id,
        order_id=order_id,
        symbol=symbol,
        side=Side(side),
        price_ticks=price_ticks,
        lots=lots,
        liquidity=Liquidity(liquidity),
        fee_quanta=quanta_exact(fee),
        realised_quanta=quanta_exact(realised),
    )

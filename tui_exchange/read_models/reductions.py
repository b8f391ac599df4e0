"""Positions that were closed without their owner's wish: liquidated, taken over, deleveraged.

A reader of the sequencer for this session; what was before comes from the history, once.
"""

from collections import deque
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from engine.core.commands import Command, Side
from engine.core.events import Event, PositionDeleveraged, PositionLiquidated
from engine.core.exchange import Exchange
from engine.core.units import Scale, quanta_exact
from engine.journal.exact import average_price, weight_of_value
from tui_exchange.read_models.past_charges import ALL

if TYPE_CHECKING:
    import duckdb

KEPT = 1_000
DELEVERAGED = "deleveraged"
_QUERY = """
SELECT epoch_ns(ts), account, symbol, kind, taken_by, side, lots, price, fee, realised, lots_left,
       rank
FROM liquidations WHERE kind IN ('reduced', 'deleveraged') AND seq <= ?
ORDER BY seq DESC, n DESC LIMIT ?
"""


class Reduction(NamedTuple):
    """A part of a position, or all of it, that was closed."""

    ts_ns: int
    account: str
    symbol: str
    by: str
    """`book`, `fund` or `deleveraging`: who took what was liquidated; `deleveraged`: the position
    was closed against one that was liquidated."""
    side: Side
    """SELL closed a long."""
    lots: int
    price: Decimal | None
    """The average; None of nothing."""
    fee_quanta: int
    realised_quanta: int
    lots_left: int
    """Signed, as of a position."""
    rank: int | None
    """Its place in the queue of deleveraging."""


class Reductions:
    """The latest of all portfolios, however long the session runs."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._kept: deque[Reduction] = deque(maxlen=KEPT)

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del command, ts_ns
        for event in events:
            if isinstance(event, PositionLiquidated | PositionDeleveraged) and event.lots:
                self._kept.append(_reduction(event, self._exchange.scale(event.symbol)))

    def add_past(self, past: Iterable[Reduction]) -> None:
        """Put those of earlier sessions, oldest first, before those of this one."""
        for each in reversed(tuple(past)):
            if len(self._kept) == KEPT:
                return
            self._kept.appendleft(each)

    def of(self, account: str) -> tuple[Reduction, ...]:
        """Those of one portfolio, newest first."""
        return tuple(each for each in reversed(self._kept) if each.account == account)


def past_reductions(
    reader: "duckdb.DuckDBPyConnection", last_seq: int = ALL
) -> tuple[Reduction, ...]:
    """The latest up to a command, oldest first.

    Raises:
        duckdb.Error: The database refused.
    """
    rows = reader.execute(_QUERY, [last_seq, KEPT]).fetchall()
    return tuple(_past(*row) for row in reversed(rows))


def _reduction(event: PositionLiquidated | PositionDeleveraged, scale: Scale) -> Reduction:
    return Reduction(
        ts_ns=event.ts_ns,
        account=event.account,
        symbol=event.symbol,
        by=event.by.value if isinstance(event, PositionLiquidated) else DELEVERAGED,
        side=event.side,
        lots=event.lots,
        price=average_price(weight_of_value(event.value_quanta, scale), event.lots, scale),
        fee_quanta=event.fee_quanta if isinstance(event, PositionLiquidated) else 0,
        realised_quanta=event.realised_quanta,
        lots_left=event.lots_left,
        rank=None if isinstance(event, PositionLiquidated) else event.rank,
    )


def _past(
    ts_ns: int,
    account: str,
    symbol: str,
    kind: str,
    taken_by: str | None,
    side: str,
    lots: int,
    price: Decimal | None,
    fee: Decimal | None,
    realised: Decimal,
    lots_left: int,
    rank: int | None,
) -> Reduction:
    return Reduction(
        ts_ns=ts_ns,
        account=account,
        symbol=symbol,
        by=taken_by if kind == "reduced" and taken_by else DELEVERAGED,
        side=Side(side),
        lots=lots,
        price=price,
        fee_quanta=quanta_exact(fee or Decimal(0)),
        realised_quanta=quanta_exact(realised),
        lots_left=lots_left,
        rank=rank,
    )

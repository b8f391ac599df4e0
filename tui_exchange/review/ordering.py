"""The order of trades: by one column, up or down, unknown figures always last."""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tui_exchange.review.model import Trade

KEYS: dict[str, Callable[[Trade], Any]] = {
    "opened": lambda trade: trade.opened_ns,
    "symbol": lambda trade: trade.symbol,
    "side": lambda trade: trade.side,
    "size": lambda trade: trade.size,
    "entry": lambda trade: trade.entry,
    "exit": lambda trade: trade.exit,
    "held": lambda trade: trade.held_ns,
    "fees": lambda trade: trade.fees,
    "funding": lambda trade: trade.funding,
    "net": lambda trade: trade.net,
    "tags": lambda trade: trade.tags or None,
    "trade": lambda trade: trade.trade,
    "account": lambda trade: trade.account,
    "state": lambda trade: trade.state,
    "closed": lambda trade: trade.closed_ns,
    "ended": lambda trade: trade.closed_by or None,
    "gross": lambda trade: trade.gross,
    "return": lambda trade: trade.return_percent,
    "mae": lambda trade: trade.mae,
    "mfe": lambda trade: trade.mfe,
    "fills": lambda trade: trade.fills,
    "note": lambda trade: trade.note or None,
    "currency": lambda trade: trade.currency,
}


class SortError(ValueError):
    """There is no such column; the sentence names those that there are."""


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column, and which way."""

    column: str = "opened"
    descending: bool = True

    def __str__(self) -> str:
        return f"-{self.column}" if self.descending else self.column

    def turned_to(self, column: str) -> "Sort":
        """Another column, largest first; the same column again turns it around."""
        return Sort(column, not self.descending if column == self.column else True)

    def apply(self, trades: Iterable[Trade]) -> list[Trade]:
        """The trades in this order; equal ones in the order in which they were opened."""
        key = KEYS[self.column]
        known: list[Trade] = []
        unknown: list[Trade] = []
        for trade in sorted(trades, key=lambda trade: trade.trade):
            (unknown if key(trade) is None else known).append(trade)
        known.sort(key=key, reverse=self.descending)
        return [*known, *unknown]


def parse_sort(text: str) -> Sort:
    """`net` for smallest first, `-net` for largest first.

    Raises:
        SortError: No such column.
    """
    descending = text.startswith("-")
    column = text.removeprefix("-").lower()
    if column not in KEYS:
        near = difflib.get_close_matches(column, KEYS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"columns: {' '.join(KEYS)}"
        raise SortError(f"trades cannot be sorted by {column!r}; {hint}")
    return Sort(column, descending)

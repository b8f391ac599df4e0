"""How much is held, and in how few things."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.monitor.book import Holding


@dataclass(frozen=True, slots=True)
class Exposure:
    """Sums over the holdings, by symbol for the concentration.

    Attributes:
        gross_quanta: Long and short added.
        net_quanta: Long less short.
        leverage: Gross over equity; None without positive equity.
        largest_share: Of gross, the largest symbol's; 0 when nothing is held.
        herfindahl: Sum of the squared shares of gross: 1 is all in one symbol, 1/n is n equal ones.
            (A. Hirschman, "The paternity of an index", 1964.)
    """

    long_quanta: int
    short_quanta: int
    gross_quanta: int
    net_quanta: int
    leverage: float | None
    largest_symbol: str | None
    largest_share: float
    herfindahl: float


def exposure_of(holdings: Sequence[Holding], equity_quanta: int) -> Exposure:
    """The exposure of a portfolio; holdings of one symbol count together, as gross amounts."""
    by_symbol: dict[str, int] = {}
    for holding in holdings:
        size = abs(holding.signed_value_quanta)
        by_symbol[holding.symbol] = by_symbol.get(holding.symbol, 0) + size
    gross = sum(by_symbol.values())
    net = sum(holding.signed_value_quanta for holding in holdings)
    largest = max(by_symbol, key=by_symbol.__getitem__) if gross else None
    return Exposure(
        long_quanta=(gross + net) // 2,
        short_quanta=(gross - net) // 2,
        gross_quanta=gross,
        net_quanta=net,
        leverage=gross / equity_quanta if equity_quanta > 0 else None,
        largest_symbol=largest,
        largest_share=by_symbol[largest] / gross if largest else 0.0,
        herfindahl=sum((size / gross) ** 2 for size in by_symbol.values()) if gross else 0.0,
    )

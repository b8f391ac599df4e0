"""How much is held, and in how few things."""

from collections.abc import Sequence

from engine.monitor.book import Holding
from engine.monitor.figures import Exposure


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

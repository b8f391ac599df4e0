"""What an order must set aside before it may rest, and what a position holds.

| order | held |
|---|---|
| spot buy | its value at the limit and the highest fee it can meet, in the quote currency |
| spot sell | its quantity, in the base asset |
| perpetual | initial margin on what does not close a position, and the highest fee, in settlement |
| perpetual, reduce-only | nothing: what it closes frees more than its fee |

A hold is recomputed from what is open after each fill, so nothing of it outlives the order.
"""

from engine.core.accounts.ledger import LedgerAccount
from engine.core.accounts.position import Position
from engine.core.commands import SELL, Side
from engine.core.market import Market
from engine.core.units import PPM, share_toward_zero


def required(
    market: Market,
    side: Side,
    lots: int,
    value_quanta: int,
    closing_lots: int,
    *,
    reduce_only: bool = False,
) -> int:
    """Quanta that an order of `lots` worth `value_quanta` must hold.

    Args:
        closing_lots: How many of the lots only close a position (perpetuals).
    """
    if market.spot:
        if side is SELL:
            return lots * market.scale.base_quanta_per_lot
        return value_quanta + value_quanta * market.tariff.worst_ppm // PPM
    if reduce_only:
        return 0
    opening = value_quanta * (lots - closing_lots) // lots if lots else 0
    margin = share_toward_zero(opening, market.instrument.initial_margin_ppm)
    return margin + value_quanta * market.tariff.worst_ppm // PPM


def remargin(market: Market, position: Position, cash: LedgerAccount) -> None:
    """Hold initial margin for what a derivative position has open now, and no more."""
    if market.spot:
        return
    needed = share_toward_zero(abs(position.cost_quanta), market.instrument.initial_margin_ppm)
    cash.held_quanta += needed - position.margin_quanta
    position.margin_quanta = needed

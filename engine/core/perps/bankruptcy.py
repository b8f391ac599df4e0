"""The price at which closing a position leaves its owner nothing, if only its market moves.

No price is below zero, and none is beyond all bounds. Where a loss made elsewhere is so large that
no price could make up for it, lots are worth nothing, and what is owed beyond that is a deficit: it
is not the other side of this market that bears it.
"""

from engine.core.accounts import Position
from engine.core.market import Market
from engine.core.perps.liquidation_price import highest, lowest
from engine.core.perps.transferring import signed_part
from engine.core.units import PRICE_TICKS_MAX, prorate_half_even

__all__ = ["bankruptcy_ticks", "bankruptcy_value", "mark_value"]


def mark_value(market: Market, position: Position, lots: int) -> int:
    """What lots of a position are worth at the mark, signed as value is."""
    assert market.mark_ticks is not None, "asked of markets with a mark"
    return market.scale.signed_value_quanta(market.mark_ticks, signed_part(position, lots))


def bankruptcy_value(market: Market, position: Position, equity_quanta: int, lots: int) -> int:
    """What lots of a position are worth where nothing would be left, signed as value is."""
    worth = mark_value(market, position, lots)
    value = worth - prorate_half_even(equity_quanta, lots, abs(position.lots))
    return max(0, value) if worth > 0 else min(0, value)


def bankruptcy_ticks(market: Market, position: Position, equity_quanta: int) -> int | None:
    """The last price at which closing a position leaves nothing negative; None: none does."""
    mark_ticks = market.mark_ticks
    assert mark_ticks is not None, "asked of markets with a mark"
    lots, scale = abs(position.lots), market.scale
    long = position.lots > 0
    if market.inverse:
        worth = scale.notional_quanta(mark_ticks, lots)
        if long:
            most = worth + equity_quanta
            return lowest(lambda ticks: scale.notional_quanta(ticks, lots) <= most)
        least = worth - equity_quanta
        return highest(lambda ticks: scale.notional_quanta(ticks, lots) >= least)
    distance = equity_quanta // (lots * scale.notional_quanta_per_tick_lot)
    if long:
        ticks = mark_ticks - distance
        return max(ticks, 1) if ticks <= PRICE_TICKS_MAX else None
    ticks = mark_ticks + distance
    return min(ticks, PRICE_TICKS_MAX) if ticks >= 1 else None

"""How much of a position has to be closed to bring its account back to health."""

from engine.core.accounts import Position
from engine.core.accounts.lots import take
from engine.core.accounts.requirements import maintenance
from engine.core.commands import LotMethod
from engine.core.market import Market
from engine.core.perps.estate import Estate
from engine.core.state import State
from engine.core.units import PPM, prorate_half_even, share_toward_zero

TARGET = (11, 10)
"""Equity must come to 110% of maintenance."""


def lots_to_close(state: State, estate: Estate, market: Market, position: Position) -> int:
    """The smallest part that restores health at the mark, its fee counted; all where none does.

    What would leave less than the smallest order, or be less, is rounded up to what can be traded.
    """
    held = abs(position.lots)
    equity = estate.equity_quanta(state)
    if equity <= 0:
        return held
    least = min(held, market.instrument.lots_min)
    step_ppm = market.instrument.liquidation_step_ppm
    if step_ppm is not None:
        lots = -(-held * step_ppm // PPM)
    else:
        others = estate.maintenance_quanta(state) - position.maintenance_quanta
        lots = _smallest(market, position, equity, others)
    lots = max(lots, least)
    return held if held - lots < market.instrument.lots_min else lots


def _smallest(market: Market, position: Position, equity: int, others: int) -> int:
    """By bisection: closing helps up to a point, from which on the fee is more than it frees."""
    held = abs(position.lots)
    high = held - 1
    if _surplus(market, position, equity, others, high) < 0:
        high = _best(market, position, equity, others)
        if _surplus(market, position, equity, others, high) < 0:
            return held
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        if _surplus(market, position, equity, others, middle) >= 0:
            high = middle
        else:
            low = middle
    return high


def _best(market: Market, position: Position, equity: int, others: int) -> int:
    """The part that helps most: each lot frees less than the one before, as tiers are marginal."""
    low, high = 1, max(1, abs(position.lots) - 1)
    while low < high:
        middle = (low + high) // 2
        gained = _surplus(market, position, equity, others, middle + 1)
        if gained > _surplus(market, position, equity, others, middle):
            low = middle + 1
        else:
            high = middle
    return low


def _surplus(market: Market, position: Position, equity: int, others: int, lots: int) -> int:
    """How far closing so many lots would lift equity over the target; negative: it falls short."""
    mark_ticks, scale = market.mark_ticks, market.scale
    assert mark_ticks is not None, "asked of markets with a mark"
    worth = scale.notional_quanta(mark_ticks, lots)
    fee = share_toward_zero(worth, market.instrument.liquidation_fee_ppm)
    left = abs(position.lots) - lots
    counted = scale.notional_quanta(mark_ticks, left)
    if position.isolated is not None:
        counted = abs(_cost_left(position, lots))
    needed = others + maintenance(market.tiers, scale, left, counted)
    return TARGET[1] * (equity - fee) - TARGET[0] * needed


def _cost_left(position: Position, lots: int) -> int:
    """What is left of a position has cost, once so many lots were closed by its lot method."""
    cost = position.cost_quanta
    if not position.tranches:
        return cost - prorate_half_even(cost, lots, abs(position.lots))
    taken = take(list(position.tranches), lots, newest_first=position.method is LotMethod.LIFO)
    return cost - sum(lot.cost_quanta for lot in taken)

"""Depth for a market that publishes only its touch: levels such that size costs what is assumed.

Taking `size` costs on average this much more than the touch, as a share of it:

    slippage = base + size / available liquidity x impact

The touch itself is the venue's own, so the spread is real. Behind it stand equal slices of the
liquidity, each at the price at which everything up to its end costs what the formula says.
"""

from engine.core.commands import BUY, MirrorDepth, MirrorQuote, Side
from engine.core.market import Market
from engine.core.mirror.depth import apply_depth
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import LOTS_MAX, PPM, PRICE_TICKS_MAX

SLICES = 20
TOUCH_PART = 1_000
"""Of the liquidity one part in so many stands at the touch, where the venue states no size."""


def apply_quote(state: State, market: Market, command: MirrorQuote) -> None:
    """Show the depth that a touch stands for, as a snapshot would.

    Raises:
        Refusal: A price, size or share out of range.
    """
    _check(market, command)
    liquidity, base, impact = command.liquidity_lots, command.base_ppm, command.impact_ppm
    bids = synthetic_levels(command.bid_ticks, command.bid_lots, liquidity, base, impact, Side.BUY)
    asks = synthetic_levels(command.ask_ticks, command.ask_lots, liquidity, base, impact, Side.SELL)
    apply_depth(
        state,
        market,
        MirrorDepth(symbol=command.symbol, bids=bids, asks=asks, snapshot=True),
    )


def synthetic_levels(
    touch_ticks: int,
    touch_lots: int,
    liquidity_lots: int,
    base_ppm: int,
    impact_ppm: int,
    side: Side,
) -> tuple[tuple[int, int], ...]:
    """(price_ticks, lots) of each level of a side, best first.

    Args:
        touch_lots: 0 for not stated.
        side: That of the resting quantity. Prices are rounded against the taker, each at least a
            tick beyond the one before; a side ends where prices do, whatever is left of it.
    """
    taken = min(touch_lots or max(1, liquidity_lots // TOUCH_PART), liquidity_lots)
    levels = [(touch_ticks, taken)]
    away = -1 if side is BUY else 1
    last_ticks = 1 if side is BUY else PRICE_TICKS_MAX
    paid = taken * touch_ticks
    unit = PPM * liquidity_lots
    for lots in _slices(liquidity_lots - taken):
        before_ticks = levels[-1][0]
        if before_ticks == last_ticks:
            break
        taken += lots
        slippage = base_ppm * liquidity_lots + taken * impact_ppm
        cost = taken * touch_ticks * (unit + away * slippage) - paid * unit
        price_ticks = away * -(-away * cost // (lots * unit))
        beyond = max(away * price_ticks, away * (before_ticks + away))
        price_ticks = away * min(beyond, away * last_ticks)
        paid += lots * price_ticks
        levels.append((price_ticks, lots))
    return tuple(levels)


def _slices(lots: int) -> list[int]:
    """Equal parts, the first ones a lot more where they do not divide."""
    count = min(SLICES, lots)
    return [lots // count + (index < lots % count) for index in range(count)]


def _check(market: Market, command: MirrorQuote) -> None:
    sizes = (command.bid_lots, command.ask_lots)
    problem = ""
    if not 0 < command.bid_ticks < command.ask_ticks <= PRICE_TICKS_MAX:
        problem = (
            "its bid lies below its ask, both between"
            f" {market.scale.price_decimal(1)} and {market.scale.price_decimal(PRICE_TICKS_MAX)}"
        )
    elif not all(0 <= lots <= LOTS_MAX for lots in sizes):
        problem = f"its sizes lie between 0 and {market.scale.size_decimal(LOTS_MAX)}"
    elif not 0 < command.liquidity_lots <= LOTS_MAX:
        problem = f"its liquidity is positive, at most {market.scale.size_decimal(LOTS_MAX)}"
    elif command.base_ppm < 0 or command.impact_ppm < 0:
        problem = "what its liquidity costs cannot be negative"
    if problem:
        raise Refusal(Reason.PRICE_OUT_OF_RANGE, f"a quote of {command.symbol}: {problem}")

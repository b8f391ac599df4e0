"""How many lots an amount of money pays for: at a limit, or walking the book.

All exact; what is left over of the money is never spent, so every result is a floor.
"""

from collections.abc import Sequence
from fractions import Fraction

from engine.core.commands import Side
from engine.core.units import PPM
from tui_exchange.command_line.context import Level, Market


def hold_ppm(market: Market) -> int:
    """What the exchange sets aside of an order's value, in millionths: payment or margin, and fee.

    The fee is the highest that the order can meet, as `engine.core.accounts.holds` has it.
    """
    paid = PPM if market.is_spot else market.margin_ppm
    return paid + worst_fee_ppm(market)


def maker_ppm(market: Market) -> int:
    """What a fill costs that added liquidity, in millionths of its value."""
    return market.instrument.maker_fee_ppm if market.maker_ppm is None else market.maker_ppm


def taker_ppm(market: Market) -> int:
    """What a fill costs that took liquidity, in millionths of its value."""
    return market.instrument.taker_fee_ppm if market.taker_ppm is None else market.taker_ppm


def worst_fee_ppm(market: Market) -> int:
    """The highest fee that any fill can meet, in millionths of its value."""
    if market.worst_fee_ppm is not None:
        return market.worst_fee_ppm
    return max(market.instrument.maker_fee_ppm, market.instrument.taker_fee_ppm, 0)


def lots_at_price(budget_quanta: int, price_ticks: int, cost_ppm: int, market: Market) -> int:
    """Lots that the budget pays for at one price."""
    return max(0, budget_quanta) * PPM // (worth_of_lot(price_ticks, market) * cost_ppm)


def worth_of_lot(price_ticks: int, market: Market) -> Fraction:
    """What one lot is worth at a price, in quanta of the settlement currency, exact."""
    scale = market.scale
    if scale.inverse:
        return scale.base_quanta_per_lot / (Fraction(scale.tick_size) * price_ticks)
    return Fraction(price_ticks * scale.notional_quanta_per_tick_lot)


def lots_from_depth(
    budget_quanta: int, levels: Sequence[Level], cost_ppm: int, market: Market
) -> int:
    """Lots that the budget pays for walking the book; never more than the levels show."""
    left = Fraction(max(0, budget_quanta) * PPM)
    bought = 0
    for price_ticks, shown_lots, _ in levels:
        per_lot = worth_of_lot(price_ticks, market) * cost_ppm
        taken = min(shown_lots, left // per_lot)
        bought += taken
        left -= taken * per_lot
        if taken < shown_lots:
            break
    return bought


def held_price_ticks(side: Side, limit_ticks: int, market: Market) -> int:
    """The price at which a limit order's hold is reckoned.

    A perpetual sold below the bid trades at the bid and ties up margin for that.
    """
    if side is Side.SELL and not market.is_spot and market.bid_ticks is not None:
        return max(limit_ticks, market.bid_ticks)
    return limit_ticks

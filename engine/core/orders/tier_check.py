"""Whether a position may grow by an order and keep its leverage: larger ones may have less."""

from engine.core.accounts.requirements import leverage_of
from engine.core.commands import BUY, Side
from engine.core.market import Market
from engine.core.orders.order import NO_PRICE, Order
from engine.core.reasons import Reason, Refusal
from engine.core.units import PPM, money_text


def check_tier(
    market: Market,
    order: Order,
    lots: int,
    value_quanta: int,
    closing_lots: int,
    spare: tuple[Order, ...] = (),
) -> None:
    """An order must not lead to a position that is too large for its leverage.

    What a linked order closes, this one closes as well: only one of the two fills.

    Args:
        value_quanta: What its lots are worth, in the settlement currency.
        closing_lots: How many of them only close a position.
        spare: Orders that are about to end, which count no more.

    Raises:
        Refusal: Names the leverage and the size that passes.
    """
    if order.linked is not None and order.linked not in spare:
        closing_lots = min(lots, closing_lots + order.linked.closing_lots)
    opening = lots - closing_lots
    if market.tiers.single_ppm is not None or order.reduce_only or opening <= 0:
        return
    leverage = present_leverage(market, order)
    most = market.tiers.notional_below(leverage)
    if most is None:
        return
    each = _notional(market, value_quanta, lots)
    before = notional_of_side(market, order, spare)
    if before + each * opening // lots < most:
        return
    fits = closing_lots + max(0, (most - 1 - before) * lots // each)
    raise Refusal(Reason.LEVERAGE_TOO_HIGH, lambda: _too_large(market, leverage, most, fits))


def _too_large(market: Market, leverage: int, most: int, fits: int) -> str:
    advice = "lower the leverage first"
    if fits:
        advice = f"send {market.scale.size_decimal(fits)} or less, or lower the leverage"
    below = money_text(most, market.instrument.quote)
    return f"at {leverage}x a position must stay below {below}: {advice}"


def present_leverage(market: Market, order: Order) -> int:
    """The leverage at which an order opens."""
    instrument = market.instrument
    position = order.owner.positions.get(order.symbol)
    chosen = leverage_of(order.owner, position, instrument, market.tiers)
    return PPM // instrument.initial_margin_ppm if chosen is None else chosen


def notional_of_side(market: Market, order: Order, spare: tuple[Order, ...] = ()) -> int:
    """What the position and the orders of an order's side may come to, in quote currency."""
    position = order.owner.positions.get(order.symbol)
    total = 0
    if position is not None and position.lots and _enlarges(position.lots, order.side):
        total = _notional(market, abs(position.cost_quanta), abs(position.lots))
    for other in order.owner.orders.values():
        if other is order or other is order.linked or other in spare:
            continue
        if other.symbol == order.symbol and other.side is order.side:
            opening = other.unfilled_lots - other.closing_lots
            ticks = other.hold_ticks or other.price_ticks
            if not other.reduce_only and not other.waiting and ticks != NO_PRICE:
                total += market.scale.quote_notional_quanta(ticks, opening)
    return total


def _enlarges(position_lots: int, side: Side) -> bool:
    return (position_lots > 0) is (side is BUY)


def _notional(market: Market, value_quanta: int, lots: int) -> int:
    """Of a value in settlement, the notional in quote currency."""
    return lots * market.scale.base_quanta_per_lot if market.inverse else value_quanta

"""What an order would cost, before it is sent. Numbers only; a pane writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from engine.core.commands import PlaceOrder, Side, TimeInForce
from engine.core.units import PPM, share_toward_zero
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.budgets import held_price_ticks
from tui_exchange.command_line.context import Context, Level, Market


@dataclass(frozen=True, slots=True)
class Walk:
    """What an order takes from the book on arrival."""

    lots: int
    """0 when it meets nobody."""
    value_quanta: int
    last_ticks: int | None
    """The worst price it trades at; None when it meets nobody."""
    slippage_ppm: int | None
    """By how much the average is worse than the touch, rounded up; None when it meets nobody."""


@dataclass(frozen=True, slots=True)
class OrderPreview:
    """One order before it is sent; None where a needed price is not known."""

    order: PlaceOrder
    size: Decimal
    """Units of base."""
    price_ticks: int | None
    """The limit, or for a market order the touch that it meets."""
    value_quanta: int | None
    """In quote currency: what trades at once at the book's prices, the rest at the limit."""
    fee_quanta: int | None
    """In settlement currency: taker on what trades at once, maker on what rests."""
    hold_quanta: int | None
    """What is set aside on arrival: payment or margin, with the highest fee; base asset when
    spot is sold."""
    hold_currency: str
    mid_distance_ppm: int | None
    """How far the price is from the mid: positive above it, rounded towards zero."""
    takes: Walk
    rests_lots: int
    """What waits in the book; 0 for orders that never rest."""
    unfilled_lots: int
    """What would be cancelled because the shown book ends or the limit forbids it."""


def preview(resolved: Resolved, context: Context) -> OrderPreview | None:
    """What the order of a statement would cost; None for a statement that sends none."""
    order = resolved.order
    if order is None:
        return None
    levels = context.depth(order.symbol, order.side.opposite)
    return preview_order(order, context.market(order.symbol), levels)


def preview_order(order: PlaceOrder, market: Market, levels: Sequence[Level]) -> OrderPreview:
    """What an order would cost.

    Args:
        order: Not sent yet.
        market: Its instrument, now.
        levels: The side of the book that it meets, best first.
    """
    takes = walk(levels, order.side, order.lots, order.price_ticks, market)
    left = order.lots - takes.lots
    rests = left if _can_rest(order) else 0
    touch = market.touch_ticks(order.side.opposite)
    price = touch if order.price_ticks is None else order.price_ticks
    value, fee = _value_and_fee(takes, rests, order.price_ticks, market)
    known = takes.lots > 0 or rests > 0
    hold = _hold_quanta(order, takes, market)
    sells_base = market.is_spot and order.side is Side.SELL
    return OrderPreview(
        order=order,
        size=market.scale.size_decimal(order.lots),
        price_ticks=price,
        value_quanta=value if known else None,
        fee_quanta=fee if known else None,
        hold_quanta=hold,
        hold_currency=market.instrument.base if sells_base else market.instrument.settlement,
        mid_distance_ppm=_mid_distance_ppm(price, market),
        takes=takes,
        rests_lots=rests,
        unfilled_lots=left - rests,
    )


def walk(
    levels: Sequence[Level], side: Side, lots: int, limit_ticks: int | None, market: Market
) -> Walk:
    """What an order takes from the levels that it meets, best first, within its limit."""
    taken = value_tick_lots = 0
    last: int | None = None
    for price_ticks, shown_lots, _ in levels:
        if taken == lots or not _allows(side, limit_ticks, price_ticks):
            break
        part = min(shown_lots, lots - taken)
        taken += part
        value_tick_lots += part * price_ticks
        last = price_ticks
    value = value_tick_lots * market.scale.notional_quanta_per_tick_lot
    slippage = None
    if taken:
        touch_value = levels[0][0] * taken
        slippage = -(-abs(value_tick_lots - touch_value) * PPM // touch_value)
    return Walk(taken, value, last, slippage)


def _allows(side: Side, limit_ticks: int | None, price_ticks: int) -> bool:
    if limit_ticks is None:
        return True
    return price_ticks <= limit_ticks if side is Side.BUY else price_ticks >= limit_ticks


def _can_rest(order: PlaceOrder) -> bool:
    return order.price_ticks is not None and order.time_in_force is TimeInForce.GTC


def _value_and_fee(
    takes: Walk, rests: int, limit_ticks: int | None, market: Market
) -> tuple[int, int]:
    terms = market.instrument
    resting = 0 if limit_ticks is None else market.scale.notional_quanta(limit_ticks, rests)
    fee = share_toward_zero(takes.value_quanta, terms.taker_fee_ppm)
    return takes.value_quanta + resting, fee + share_toward_zero(resting, terms.maker_fee_ppm)


def _hold_quanta(order: PlaceOrder, takes: Walk, market: Market) -> int | None:
    """As `engine.core.accounts.holds` has it; lots that only close a position need no margin."""
    terms = market.instrument
    if market.is_spot and order.side is Side.SELL:
        return order.lots * market.scale.base_quanta_per_lot
    if order.price_ticks is not None:
        ticks = held_price_ticks(order.side, order.price_ticks, market)
        lots, value = order.lots, market.scale.notional_quanta(ticks, order.lots)
    elif takes.lots:
        lots, value = takes.lots, takes.value_quanta
    else:
        return None
    fee = share_toward_zero(value, max(terms.maker_fee_ppm, terms.taker_fee_ppm, 0))
    if market.is_spot:
        return value + fee
    opening = value * (lots - _closing_lots(order.side, lots, market)) // lots
    return share_toward_zero(opening, terms.initial_margin_ppm) + fee


def _closing_lots(side: Side, lots: int, market: Market) -> int:
    position = market.position_lots
    closes = position < 0 if side is Side.BUY else position > 0
    return min(lots, max(0, abs(position) - market.closing_lots)) if closes else 0


def _mid_distance_ppm(price_ticks: int | None, market: Market) -> int | None:
    mid = market.mid_ticks
    if price_ticks is None or not mid:
        return None
    return int((Fraction(price_ticks) - mid) / mid * PPM)

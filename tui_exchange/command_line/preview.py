"""What an order would cost, before it is sent. Numbers only; a pane writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.core.commands import (
    OrderType,
    PlaceOrder,
    ProtectPosition,
    Reverse,
    Side,
    TimeInForce,
)
from engine.core.units import PPM, share_toward_zero
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.budgets import (
    held_price_ticks,
    maker_ppm,
    taker_ppm,
    worst_fee_ppm,
)
from tui_exchange.command_line.context import Context, Level, Market
from tui_exchange.command_line.order_words import is_waiting
from tui_exchange.command_line.reach import farthest_ticks, firing_ticks

RESTING = (TimeInForce.GTC, TimeInForce.GTD, TimeInForce.DAY)


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
    """Units of base; of a reduce-only order no more than the position."""
    price_ticks: int | None
    """The limit, for a market order the touch that it meets, for one that waits its trigger."""
    value_quanta: int | None
    """In quote currency: what trades at once at the book's prices, the rest at the limit; for an
    order that waits, at its limit or trigger."""
    fee_quanta: int | None
    """In settlement currency: taker on what trades at once or when it fires, maker on what
    rests."""
    hold_quanta: int | None
    """What is set aside on arrival: payment or margin, with the highest fee; base asset when
    spot is sold; 0 while it waits."""
    hold_currency: str
    mid_distance_ppm: int | None
    """How far the price is from the mid: positive above it, rounded towards zero."""
    takes: Walk
    rests_lots: int
    """What waits in the book; 0 for orders that never rest."""
    unfilled_lots: int
    """What would be cancelled because the shown book ends or a limit forbids it."""
    waits: bool = False
    """For its trigger: then it takes nothing and rests nowhere now."""
    watched_ticks: int | None = None
    """The price that it watches, for an order that waits."""
    risk_quanta: int | None = None
    """What the stop of a bracket loses from the order's price, fees apart, as it settles."""
    reward_quanta: int | None = None
    """What its take-profit wins."""


NOTHING = Walk(0, 0, None, None)


def preview(resolved: Resolved, context: Context) -> tuple[OrderPreview, ...]:
    """What each order of a statement would cost; none for a statement that sends none."""
    return tuple(
        preview_order(
            order,
            context.market(order.symbol),
            context.depth(order.symbol, order.side.opposite),
        )
        for order in resolved.orders
    )


def implied_orders(action: Reverse | ProtectPosition, market: Market) -> tuple[PlaceOrder, ...]:
    """The orders that the exchange itself will send for a position."""
    side = Side.SELL if market.position_lots > 0 else Side.BUY
    lots = abs(market.position_lots)
    if isinstance(action, Reverse):
        return (_implied(action, side, OrderType.MARKET, 2 * lots),)
    exits = (
        (OrderType.TAKE_PROFIT, action.take_profit_ticks),
        (OrderType.STOP, action.stop_loss_ticks),
    )
    return tuple(
        _implied(action, side, kind, lots, trigger_ticks=ticks, trigger_on=action.trigger_on)
        for kind, ticks in exits
        if ticks is not None
    )


def preview_order(order: PlaceOrder, market: Market, levels: Sequence[Level]) -> OrderPreview:
    """What an order would cost.

    Args:
        order: Not sent yet.
        market: Its instrument, now.
        levels: The side of the book that it meets, best first.
    """
    if is_waiting(order):
        return _waiting(order, market)
    lots = _lots(order, market)
    takes = walk(levels, order.side, lots, farthest_ticks(order, market), market)
    left = lots - takes.lots
    rests = left if _can_rest(order) else 0
    touch = market.touch_ticks(order.side.opposite)
    price = touch if order.price_ticks is None else order.price_ticks
    value, fee = _value_and_fee(takes, rests, order.price_ticks, market)
    known = takes.lots > 0 or rests > 0
    risk, reward = _risk_and_reward(order, price, lots, market)
    return OrderPreview(
        order=order,
        size=market.scale.size_decimal(lots),
        price_ticks=price,
        value_quanta=value if known else None,
        fee_quanta=fee if known else None,
        hold_quanta=_hold_quanta(order, lots, takes, market),
        hold_currency=_hold_currency(order.side, market),
        mid_distance_ppm=_mid_distance_ppm(price, market),
        takes=takes,
        rests_lots=rests,
        unfilled_lots=left - rests,
        risk_quanta=risk,
        reward_quanta=reward,
    )


def _implied(
    action: Reverse | ProtectPosition, side: Side, kind: OrderType, lots: int, **terms: Any
) -> PlaceOrder:
    return PlaceOrder(
        account=action.account,
        symbol=action.symbol,
        side=side,
        order_type=kind,
        lots=lots,
        reduce_only=isinstance(action, ProtectPosition),
        **terms,
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


def _waiting(order: PlaceOrder, market: Market) -> OrderPreview:
    """It holds nothing and takes nothing until it fires; then about what is told here."""
    lots = _lots(order, market)
    trigger = firing_ticks(order, market)
    price = trigger if order.price_ticks is None else order.price_ticks
    value = fee = None
    if price is not None:
        value = market.scale.notional_quanta(price, lots)
        fee = share_toward_zero(value, taker_ppm(market))
    risk, reward = _risk_and_reward(order, price, lots, market)
    return OrderPreview(
        order=order,
        size=market.scale.size_decimal(lots),
        price_ticks=trigger,
        value_quanta=value,
        fee_quanta=fee,
        hold_quanta=0,
        hold_currency=_hold_currency(order.side, market),
        mid_distance_ppm=_mid_distance_ppm(trigger, market),
        takes=NOTHING,
        rests_lots=0,
        unfilled_lots=0,
        waits=True,
        watched_ticks=market.watched_ticks(order.trigger_on),
        risk_quanta=risk,
        reward_quanta=reward,
    )


def _lots(order: PlaceOrder, market: Market) -> int:
    """What is left of a reduce-only order once it is cut to the position."""
    if not order.reduce_only:
        return order.lots
    closes = market.position_lots < 0 if order.side is Side.BUY else market.position_lots > 0
    return min(order.lots, abs(market.position_lots)) if closes else 0


def _risk_and_reward(
    order: PlaceOrder, entry_ticks: int | None, lots: int, market: Market
) -> tuple[int | None, int | None]:
    exits = order.exits
    if exits is None or entry_ticks is None:
        return None, None
    opening, worth = _opening(order, lots, market), market.scale.notional_quanta
    entered = worth(entry_ticks, opening)
    ends = (exits.stop_loss_ticks, exits.take_profit_ticks)
    risk, reward = (None if end is None else abs(worth(end, opening) - entered) for end in ends)
    return risk, reward


def _opening(order: PlaceOrder, lots: int, market: Market) -> int:
    """How many lots open a position, which is what exits can be for."""
    if market.instrument.asset_class.owned:
        return lots
    against = -market.position_lots if order.side is Side.BUY else market.position_lots
    return lots - min(lots, max(0, against))


def _allows(side: Side, limit_ticks: int | None, price_ticks: int) -> bool:
    if limit_ticks is None:
        return True
    return price_ticks <= limit_ticks if side is Side.BUY else price_ticks >= limit_ticks


def _can_rest(order: PlaceOrder) -> bool:
    return order.order_type is not OrderType.MARKET and order.time_in_force in RESTING


def _value_and_fee(
    takes: Walk, rests: int, limit_ticks: int | None, market: Market
) -> tuple[int, int]:
    resting = 0 if limit_ticks is None else market.scale.notional_quanta(limit_ticks, rests)
    fee = share_toward_zero(takes.value_quanta, taker_ppm(market))
    return takes.value_quanta + resting, fee + share_toward_zero(resting, maker_ppm(market))


def _hold_quanta(order: PlaceOrder, lots: int, takes: Walk, market: Market) -> int | None:
    """As `engine.core.accounts.holds` has it; lots that only close a position need no margin."""
    if market.is_spot and order.side is Side.SELL:
        return lots * market.scale.base_quanta_per_lot
    if order.price_ticks is not None:
        ticks = held_price_ticks(order.side, order.price_ticks, market)
        value = market.scale.notional_quanta(ticks, lots)
    elif takes.lots:
        lots, value = takes.lots, takes.value_quanta
    else:
        return None
    fee = share_toward_zero(value, worst_fee_ppm(market))
    if market.is_spot:
        return value + fee
    if order.reduce_only or not lots:
        return fee
    opening = value * (lots - _closing_lots(order.side, lots, market)) // lots
    return share_toward_zero(opening, market.margin_ppm) + fee


def _hold_currency(side: Side, market: Market) -> str:
    sells_base = market.is_spot and side is Side.SELL
    return market.instrument.base if sells_base else market.instrument.settlement


def _closing_lots(side: Side, lots: int, market: Market) -> int:
    position = market.position_lots
    closes = position < 0 if side is Side.BUY else position > 0
    return min(lots, max(0, abs(position) - market.closing_lots)) if closes else 0


def _mid_distance_ppm(price_ticks: int | None, market: Market) -> int | None:
    mid = market.mid_ticks
    if price_ticks is None or not mid:
        return None
    return int((Fraction(price_ticks) - mid) / mid * PPM)

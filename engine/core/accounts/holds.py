"""What an order must set aside before it may rest, and what a position holds.

| order | needs on its own |
|---|---|
| buy, paid in full | its value at the limit and the highest fee, in the quote currency |
| sell, paid in full | its quantity, in the base asset |
| on margin | initial margin on what closes no position, and the highest fee, in settlement |
| on margin, reduce-only | nothing: what it closes frees more than its fee |

Orders on margin can lead to two ends, one on each side, of which only one can come about. So what
is held for an instrument is the worse of the two: the margin of the position with all orders that
would enlarge it, or all the orders that would turn it round. It is computed anew from what is open
after each change, so nothing of it outlives an order.
"""

from engine.core.accounts.account import Account
from engine.core.accounts.ledger import LedgerAccount
from engine.core.accounts.position import Position
from engine.core.accounts.requirements import initial
from engine.core.commands import BUY, SELL
from engine.core.margin_terms import ISOLATED
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.units import PPM


def required(market: Market, order: Order, lots: int, value_quanta: int, closing_lots: int) -> int:
    """Quanta that `lots` of an order, worth `value_quanta`, need on their own.

    Args:
        closing_lots: How many of the lots only close a position on margin.
    """
    if not order.margined:
        if order.side is SELL:
            return lots * market.scale.base_quanta_per_lot
        return value_quanta + value_quanta * market.tariff.worst_ppm // PPM
    if order.reduce_only:
        return 0
    opening = value_quanta * (lots - closing_lots) // lots if lots else 0
    owner = order.owner
    margin = initial(
        owner, owner.positions.get(order.symbol), market.instrument, market.tiers, opening
    )
    return margin + value_quanta * market.tariff.worst_ppm // PPM


def hold(order: Order, quanta: int) -> None:
    """Hold this much for an order, and no more."""
    change = quanta - order.hold_quanta
    order.hold_quanta = quanta
    if order.margined:
        add(order, change)
    else:
        order.holding.held_quanta += change


def add(order: Order, quanta: int) -> None:
    """Hold more for an order, or less, whatever it says that it holds."""
    if not order.margined:
        order.holding.held_quanta += quanta
        return
    position = order.owner.position(order.symbol)
    if order.side is BUY:
        position.buy_hold_quanta += quanta
    else:
        position.sell_hold_quanta += quanta
    settle(position, order.cash)


def increase(order: Order, quanta: int) -> int:
    """How much more is held once an order needs so many quanta that needed none."""
    if not order.margined:
        return quanta
    position = order.owner.positions.get(order.symbol)
    if position is None:
        return quanta
    buys, sells = position.buy_hold_quanta, position.sell_hold_quanta
    if order.side is BUY:
        buys += quanta
    else:
        sells += quanta
    return worse_side(position, buys, sells) - position.held_quanta


def worse_side(position: Position, buys: int, sells: int) -> int:
    """What a position and the orders of both sides hold together."""
    if position.lots > 0:
        buys += position.margin_quanta
    elif position.lots < 0:
        sells += position.margin_quanta
    return buys if buys > sells else sells


def settle(position: Position, cash: LedgerAccount) -> None:
    """Hold the worse side of an instrument, and no more."""
    needed = worse_side(position, position.buy_hold_quanta, position.sell_hold_quanta)
    cash.held_quanta += needed - position.held_quanta
    position.held_quanta = needed


def remargin(market: Market, owner: Account, position: Position, cash: LedgerAccount) -> None:
    """Hold initial margin for what a position on margin has open now, and no more."""
    needed = 0
    if position.mode is not ISOLATED:
        cost = abs(position.cost_quanta)
        needed = initial(owner, position, market.instrument, market.tiers, cost)
    position.margin_quanta = needed
    settle(position, cash)

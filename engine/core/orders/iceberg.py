"""Icebergs: limit orders that show a slice of themselves at a time.

One trades with its whole quantity on arrival. What rests shows a slice; when that is used up the
next one goes to the back of the queue, so the hidden part has no priority over what is shown.
"""

from engine.core.market import Market
from engine.core.orders import limit
from engine.core.orders.funds import Spare
from engine.core.orders.order import Order
from engine.core.state import State


def check(state: State, market: Market, order: Order, spare: Spare) -> None:
    """As a limit order; raises like it."""
    limit.check(state, market, order, spare)


def enter(state: State, market: Market, order: Order) -> None:
    """Trade what crosses, then rest and show the first slice."""
    limit.enter(state, market, order)

"""Trailing stops: the trigger follows the price at a distance, in the favourable direction only."""

from engine.core.accounts.account import NO_LIMITS
from engine.core.market import Market
from engine.core.orders import checks, waiting
from engine.core.orders.funds import Spare
from engine.core.orders.order import Order
from engine.core.orders.reducing import fit
from engine.core.risk import limits
from engine.core.state import State
from engine.core.triggers.trigger_book import trailing_ticks, wakes


def check(state: State, market: Market, order: Order, spare: Spare) -> None:
    """See that a new order may wait.

    Raises:
        Refusal: The instrument takes no orders, or there is nothing to reduce.
    """
    order.source = order.command.trigger_on or market.default_source
    checks.check_open(state, market)
    if order.reduce_only:
        fit(order)
    if order.owner.limits is not NO_LIMITS:
        worth_at = order.command.activation_ticks or market.price(order.source) or 0
        limits.check_priced(state, market, order, order.lots, worth_at, spare)


def enter(state: State, market: Market, order: Order) -> None:
    """Follow the price that there is, or sleep until its activation."""
    assert order.source is not None, "an order that waits watches a price"
    price_ticks = market.price(order.source)
    activation_ticks = order.command.activation_ticks
    if price_ticks is not None and (
        activation_ticks is None or wakes(order.side, activation_ticks, price_ticks)
    ):
        order.best_ticks = price_ticks
        order.trigger_ticks = trailing_ticks(order, price_ticks)
    waiting.enter(state, market, order)

"""Market orders: trade at once at whatever price there is, never rest."""

from engine.core.accounts import Account, holds
from engine.core.commands import FOK, PlaceOrder
from engine.core.events import FILLED, EndCause
from engine.core.execution import execute, finish
from engine.core.market import Market
from engine.core.orders import checks
from engine.core.orders.acceptance import accept, draft
from engine.core.orders.funds import closing_lots, require
from engine.core.orders.order import Order
from engine.core.reasons import Reason, Refusal
from engine.core.state import State


def place(state: State, market: Market, account: Account, command: PlaceOrder) -> None:
    """Check, match, cancel what the book does not have.

    Raises:
        Refusal: The book or the account does not allow it.
    """
    best_ticks = market.book.facing(command.side).best_ticks()
    if best_ticks is not None:
        checks.check_notional(market, command.lots, best_ticks)
    checks.check_live(market)
    if best_ticks is None:
        raise Refusal(
            Reason.NO_LIQUIDITY,
            f"nobody to trade with in {command.symbol} now: send a limit order, it can wait",
        )
    if command.time_in_force is FOK:
        checks.check_fill_or_kill(market, command.side, command.lots, None)
    order = draft(state, market, account, command)
    _require_funds(market, order)
    trade(state, market, order, command)


def trade(state: State, market: Market, order: Order, command: PlaceOrder) -> None:
    """Accept and trade a market order whose checks are done."""
    accept(state, order, command)
    fills = market.book.match(order.side, order.open_lots, None)
    execute(state, market, order, fills)
    finish(state, order, EndCause.NO_LIQUIDITY if order.open_lots else FILLED)


def _require_funds(market: Market, order: Order) -> None:
    """The account must be able to pay for what the book would give."""
    found, tick_lots = market.book.available(order.side, order.lots, None)
    value = tick_lots * market.scale.notional_quanta_per_tick_lot
    closing = closing_lots(order.owner, market, order.side, found, at_once=True)
    needed = holds.required(market, order.side, found, value, closing)
    require(market, order.holding, needed, found)

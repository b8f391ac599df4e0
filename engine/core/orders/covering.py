"""Orders that counted on closing a position which has become smaller.

An order that only closes holds no margin. When other fills have taken its position away it would
open one instead, so it must hold margin from then on, the newest order first; one for which more
must be held than is there is cancelled.
"""

from engine.core.accounts import Account
from engine.core.commands import BUY
from engine.core.events import EndCause
from engine.core.market import Market
from engine.core.orders.ending import rehold, withdraw
from engine.core.orders.funds import overdrawn
from engine.core.orders.order import Order
from engine.core.state import State


def cover_all(state: State) -> None:
    """Set right every position that the present command made too small for its closing orders."""
    for account, market in state.shrunk:
        _cover(state, market, account)
    state.shrunk = []


def _cover(state: State, market: Market, account: Account) -> None:
    symbol = market.instrument.symbol
    position = account.positions[symbol]
    for order in reversed([o for o in account.orders.values() if o.symbol == symbol]):
        surplus = position.closing_lots - _closable(position.lots, order)
        cut = min(surplus, order.closing_lots)
        if cut > 0:
            order.closing_lots -= cut
            position.closing_lots -= cut
            before = position.held_quanta
            rehold(market, order)
            if position.held_quanta > before and overdrawn(state, order):
                withdraw(state, order, EndCause.MARGIN_MISSING)


def _closable(lots: int, order: Order) -> int:
    """How many lots orders of this side can close of a position."""
    return max(0, -lots if order.side is BUY else lots)

"""What a fill on margin moves besides a fee: profit, the money behind a position, what is held."""

from engine.core.accounts import Position, holds, isolated
from engine.core.accounts.requirements import initial
from engine.core.commands import BUY
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.perps.marking import revalue
from engine.core.state import State


def pay(
    state: State,
    market: Market,
    order: Order,
    position: Position,
    *,
    realised: int,
    fee: int,
    before: tuple[int, int],
    lots: int,
) -> None:
    """Pay the profit at once, and move money to and from behind an isolated position.

    Args:
        before: (lots, cost_quanta) of the position before the fill, which is in it by now.
    """
    stake = position.isolated
    if stake is None:
        state.ledger.transfer(market.clearing, order.cash, realised)
        return
    before_lots, before_cost = before
    opposite = before_lots * (1 if order.side is BUY else -1) < 0
    closed = min(lots, abs(before_lots)) if opposite else 0
    stood = stake.balance_quanta
    state.ledger.transfer(market.clearing, stake, realised)
    if closed and not position.seized:
        isolated.close(
            state.ledger,
            stake,
            order.cash,
            closed_lots=closed,
            lots_left=abs(before_lots) - closed,
            before_quanta=stood,
            fee_quanta=fee * closed // lots,
        )
    opened = _opened(position, before_lots, before_cost)
    if opened:
        margin = initial(order.owner, position, market.instrument, market.tiers, opened)
        state.ledger.transfer(order.cash, stake, margin)


def follow(
    state: State, market: Market, order: Order, position: Position, before_lots: int
) -> None:
    """Bring what is held, and what the position needs, up to it; the fund holds no margin."""
    if order.owner is not state.fund:
        holds.remargin(market, order.owner, position, order.cash)
    revalue(state, market, order.owner, position)
    flipped = before_lots * position.lots < 0
    if position.closing_lots and (flipped or position.closing_lots > abs(position.lots)):
        state.shrunk.append((order.owner, market))


def _opened(position: Position, before_lots: int, before_cost: int) -> int:
    """The cost of what a fill opened; 0 when it only closed."""
    if before_lots * position.lots < 0:
        return abs(position.cost_quanta)
    if abs(position.lots) > abs(before_lots):
        return abs(position.cost_quanta - before_cost)
    return 0

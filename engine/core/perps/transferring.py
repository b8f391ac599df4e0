"""Moving a position, or a part of it, to another holder outside the book, at a given value."""

from engine.core.accounts import Account, Position, closed_lots, holds, isolated
from engine.core.commands import BUY, SELL, Side
from engine.core.margin_terms import CROSS
from engine.core.market import Market
from engine.core.orders.reducing import cut_all
from engine.core.perps.holders import purse
from engine.core.perps.marking import revalue
from engine.core.state import State


def closing_side(position: Position) -> Side:
    """The side that makes a position smaller."""
    return SELL if position.lots > 0 else BUY


def signed_part(position: Position, lots: int) -> int:
    """So many lots of a position, signed as it is."""
    return lots if position.lots > 0 else -lots


def close_part(
    state: State, market: Market, account: Account, signed_lots: int, signed_value: int
) -> int:
    """Take lots off a position for what they are worth, and pay the profit.

    What stood behind them in an isolated position that is not being liquidated goes back to cash.

    Args:
        signed_lots: As the position is signed.
        signed_value: What they are given away for, as `Scale.signed_value_quanta` counts.

    Returns:
        The profit realised.
    """
    position = account.positions[market.instrument.symbol]
    payee = purse(state, account, market, position)
    stood = payee.balance_quanta
    realised = position.fill(-signed_lots, -signed_value, state.now_ns)
    state.ledger.transfer(market.clearing, payee, realised)
    if position.taken:
        closed_lots.tell(state, account.name, market.instrument.symbol, position, realised)
    if position.isolated is not None and not position.seized:
        isolated.close(
            state.ledger,
            position.isolated,
            state.ledger.account(account.name, market.instrument.settlement),
            closed_lots=abs(signed_lots),
            lots_left=abs(position.lots),
            before_quanta=stood,
            fee_quanta=0,
        )
    _let_follow(state, market, account, position)
    return realised


def take_over(
    state: State, market: Market, account: Account, signed_lots: int, signed_value: int
) -> None:
    """Give lots to another holder at that value; what they close there is realised."""
    position = account.position(market.instrument.symbol)
    if account is state.fund:
        position.mode = CROSS
    realised = position.fill(signed_lots, signed_value, state.now_ns)
    state.ledger.transfer(market.clearing, purse(state, account, market, position), realised)
    _let_follow(state, market, account, position)


def _let_follow(state: State, market: Market, account: Account, position: Position) -> None:
    """Holds, values and the orders that reduce a position follow it."""
    if account is not state.fund:
        cash = state.ledger.account(account.name, market.instrument.settlement)
        holds.remargin(market, account, position, cash)
    revalue(state, market, account, position)
    if position.reducing and not position.reducing_fits():
        cut_all(state, position)
    if position.exits:
        state.exposed.append((account, market))
    if position.closing_lots > abs(position.lots):
        state.shrunk.append((account, market))

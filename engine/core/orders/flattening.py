"""Closing positions at market, and turning one into its opposite."""

from engine.core.accounts import Account, Position
from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import BUY, MARKET_ORDER, SELL, Flatten, PlaceOrder, Reverse
from engine.core.events import EndCause, Flattened, Reversed
from engine.core.margin_terms import CASH
from engine.core.market import Market
from engine.core.mirror.depth import release_due
from engine.core.mirror.mirror import DOWN
from engine.core.orders import checks
from engine.core.orders import market as at_market
from engine.core.orders.acceptance import accept, draft
from engine.core.orders.cancelling import withdraw_matching
from engine.core.orders.funds import require_market
from engine.core.orders.terms import killed
from engine.core.reasons import Reason, Refusal
from engine.core.risk import limits
from engine.core.state import State


def flatten(state: State, account: Account, command: Flatten) -> None:
    """Withdraw all orders in scope, then close the positions against whatever the book has."""
    count = withdraw_matching(state, account, EndCause.FLATTENED, symbol=command.symbol)
    open_positions = close_all(state, account, command.symbol)
    state.events.append(
        Flattened(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            symbol=command.symbol,
            cancelled_orders=count,
            open_positions=open_positions,
        )
    )


def close_all(state: State, account: Account, symbol: str | None) -> int:
    """Trade positions away, in the order in which instruments were listed.

    Returns:
        How many are still open, entirely or in part.
    """
    open_positions = 0
    for name, market in state.markets.items():
        if symbol in (None, name):
            release_due(state, market)
            open_positions += _close(state, market, account)
    return open_positions


def reverse(state: State, market: Market, account: Account, command: Reverse) -> None:
    """Withdraw an instrument's orders, then trade twice its position.

    Raises:
        Refusal: There is none that could turn, or the book or the account does not allow it.
    """
    if account.killed:
        raise killed(account)
    held = account.positions.get(command.symbol)
    if market.spot and (held is None or held.mode is CASH):
        raise Refusal(
            Reason.FLAGS_CONFLICT,
            f"{command.symbol} is paid in full and cannot be short: flatten or close it instead",
        )
    checks.check_open(state, market)
    position = account.positions.get(command.symbol)
    if position is None or not position.lots:
        raise Refusal(
            Reason.NO_POSITION, f"{account.title} has no position in {command.symbol} to reverse"
        )
    release_due(state, market)
    order = draft(
        state,
        market,
        account,
        _at_market(account, command.symbol, position, 2 * abs(position.lots)),
    )
    spare = tuple(o for o in account.orders.values() if o.symbol == command.symbol)
    found, value = at_market.would_get(market, order)
    if not found:
        raise Refusal(
            Reason.NO_LIQUIDITY,
            f"nobody within reach to trade with in {command.symbol} now: close it by a limit order",
        )
    if account.limits is not NO_LIMITS:
        at_market.check_limits(state, market, order, found, spare)
    require_market(state, market, order, found, value, spare)
    withdraw_matching(state, account, EndCause.FLATTENED, symbol=command.symbol)
    accept(state, market, order)
    limits.count_placed(state, account)
    at_market.enter(state, market, order)
    state.events.append(
        Reversed(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            symbol=command.symbol,
            lots=position.lots,
        )
    )


def _close(state: State, market: Market, account: Account) -> bool:
    """Trade a position away; returns whether any of it stays open.

    A derivative closes whatever its fee; a spot position is closed with what is owned and free.
    """
    symbol = market.instrument.symbol
    position = account.positions.get(symbol)
    if position is None or not position.lots:
        return False
    side = SELL if position.lots > 0 else BUY
    if not market.trades(state.now_ns) or market.mirror.state is DOWN:
        return True
    if not market.book.facing(side).ranks:
        return True
    lots = abs(position.lots)
    if market.spot and position.mode is CASH:
        owned = state.ledger.account(account.name, market.instrument.base)
        lots = min(lots, owned.free_quanta // market.scale.base_quanta_per_lot)
        if lots <= 0:
            return True
    order = draft(state, market, account, _at_market(account, symbol, position, lots))
    accept(state, market, order)
    at_market.enter(state, market, order)
    return position.lots != 0


def _at_market(account: Account, symbol: str, position: Position, lots: int) -> PlaceOrder:
    return PlaceOrder(
        account=account.name,
        symbol=symbol,
        side=SELL if position.lots > 0 else BUY,
        order_type=MARKET_ORDER,
        lots=lots,
    )

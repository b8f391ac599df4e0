"""Beginning again: everything that an account has goes back to where paper money comes from.

Orders are withdrawn and commands on their way are lost. Positions on margin are closed at the mark,
without a trade and without a fee: those in derivatives against the market participant, those in
assets against `exchange:outside`, so that longs stay equal to shorts and clearing owes what is
open. What the account has then, or owes, goes outside, and its starting balance comes from there.

Its profile, limits, margin modes and leverages stay, also its traded volumes and the client ids it
has used; an engaged kill switch stays engaged. What positions realised and cost so far is forgotten
here; the log still tells it.
"""

from heapq import heapify

from engine.core.accounts import Account, Position, chart, closed_lots, outside
from engine.core.commands import DepositKind, ResetPortfolio
from engine.core.events import EndCause, PortfolioReset, PositionChanged
from engine.core.market import MARK, Market
from engine.core.orders.cancelling import withdraw_matching
from engine.core.perps.holders import purse
from engine.core.portfolios.archiving import archived
from engine.core.state import State


def reset(state: State, account: Account, command: ResetPortfolio) -> None:
    """Let an account begin again with its starting balance.

    Raises:
        Refusal: It is archived.
    """
    del command
    if account.archived:
        raise archived(account)
    _forget_sent(state, account)
    cancelled = withdraw_matching(state, account, EndCause.RESET)
    closed = _close_all(state, account)
    account.positions = {symbol: _anew(old) for symbol, old in account.positions.items()}
    for pool in account.pools.values():
        pool.unrealised_quanta = pool.maintenance_quanta = pool.warned_pct = 0
    for key in [key for key in state.touched if key[0] == account.name]:
        del state.touched[key]
    _give_back(state, account)
    base, starting = account.profile.base_currency, account.profile.starting_quanta
    outside = state.ledger.account(chart.OUTSIDE, base)
    state.ledger.transfer(outside, state.ledger.account(account.name, base), starting)
    account.deposited = {(base, DepositKind.START): starting}
    state.events.append(
        PortfolioReset(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            currency=base,
            starting_quanta=starting,
            cancelled_orders=cancelled,
            closed_positions=closed,
        )
    )


def _forget_sent(state: State, account: Account) -> None:
    """Commands on their way never arrive."""
    if account.line:
        account.line.clear()
        state.arrivals = [sent for sent in state.arrivals if sent[2] != account.name]
        heapify(state.arrivals)


def _close_all(state: State, account: Account) -> int:
    """Close every position, in the order of listing; returns how many there were."""
    closed = 0
    for symbol, market in state.markets.items():
        position = account.positions.get(symbol)
        if position is None:
            continue
        cash = state.ledger.account(account.name, market.instrument.settlement)
        cash.held_quanta -= position.held_quanta
        if not position.lots:
            continue
        realised = 0
        if position.is_margined(owned=market.spot):
            realised = _close(state, market, account, position)
        closed += 1
        state.events.append(
            PositionChanged(
                seq=state.seq,
                ts_ns=state.now_ns,
                account=account.name,
                symbol=symbol,
                lots=0,
                cost_quanta=0,
                realised_quanta=realised,
            )
        )
    return closed


def _close(state: State, market: Market, account: Account, position: Position) -> int:
    """Close a position on margin at the mark; returns the profit, which it is paid."""
    lots = position.lots
    ticks = market.price(MARK)
    assert ticks is not None, "a position was traded at some price"
    value = market.scale.signed_value_quanta(ticks, lots)
    realised = position.fill(-lots, -value)
    if position.taken:
        closed_lots.tell(state, account.name, market.instrument.symbol, position, realised)
    transfer = state.ledger.transfer
    transfer(market.clearing, purse(state, account, market, position), realised)
    if market.spot:
        assets = lots * market.scale.base_quanta_per_lot
        outside.take(state, market.clearing, value)
        outside.take(state, market.clearing_asset, -assets)
    else:
        taken = market.shown_position.fill(lots, value, state.now_ns)
        transfer(market.clearing, market.shown_cash, taken)
    return realised


def _give_back(state: State, account: Account) -> None:
    """All that an account has or owes goes outside, and with it what was deposited."""
    owners = {account.name, *(chart.isolated(account.name, s) for s in account.positions)}
    for entry in tuple(state.ledger.accounts.values()):
        if entry.owner in owners and entry.balance_quanta:
            outside.take(state, entry, -entry.balance_quanta)
    for (currency, _), quanta in account.deposited.items():
        state.returned[currency] = state.returned.get(currency, 0) - quanta


def _anew(old: Position) -> Position:
    """A position as if nothing had ever been traded, on the terms that its owner chose."""
    position = Position(old.mode)
    position.leverage, position.isolated = old.leverage, old.isolated
    position.method = old.method
    return position

"""What margined positions are worth at the mark, and whose margin has to be looked at."""

from engine.core.accounts import Account, Position
from engine.core.accounts.pool import Pool
from engine.core.accounts.requirements import maintenance
from engine.core.commands import Collateral
from engine.core.market import MARK, Market
from engine.core.perps.holders import holders
from engine.core.state import State

FIRST_WARNING_PCT = 80


def set_mark(state: State, market: Market, mark_ticks: int | None) -> None:
    """Value every position in an instrument by its new mark; None: there is none any more."""
    market.mark_ticks = mark_ticks
    if mark_ticks is not None:
        state.note_move(market, MARK, mark_ticks)
    for account, position in holders(state, market):
        revalue(state, market, account, position)


def revalue(state: State, market: Market, account: Account, position: Position) -> None:
    """Bring a position's value and needs, and those of its pool, up to date."""
    unrealised, needed = assess(market, position)
    if unrealised > position.best_quanta:
        position.best_quanta = unrealised
    elif unrealised < position.worst_quanta:
        position.worst_quanta = unrealised
    stake = position.isolated
    if stake is not None:
        position.unrealised_quanta = unrealised
        position.maintenance_quanta = needed
        equity, used = stake.balance_quanta + unrealised, needed
        warned, symbol = position.warned_pct, market.instrument.symbol
    else:
        pool = account.pools.get(market.instrument.settlement)
        if pool is None:
            settlement = market.instrument.settlement
            pool = Pool(state.ledger.account(account.name, settlement))
            account.pools[settlement] = pool
        pool.unrealised_quanta += unrealised - position.unrealised_quanta
        pool.maintenance_quanta += needed - position.maintenance_quanta
        position.unrealised_quanta = unrealised
        position.maintenance_quanta = needed
        equity, used = pool.cash.balance_quanta + pool.unrealised_quanta, pool.maintenance_quanta
        warned, symbol = pool.warned_pct, None
    if (
        (not used and equity < 0)
        or (account is state.fund and position.lots)
        or 100 * used >= FIRST_WARNING_PCT * equity
        or warned
        or account.profile.collateral is Collateral.MULTI
    ):
        state.touched[account.name, symbol] = None


def note_spent(state: State, account: Account, currency: str) -> None:
    """Money left an account's cash: what answers for its cross positions has become less."""
    pool = account.pools.get(currency)
    if pool is not None and pool.maintenance_quanta:
        needed, equity = pool.maintenance_quanta, pool.equity_quanta
        if pool.warned_pct or 100 * needed >= FIRST_WARNING_PCT * equity:
            state.touched[account.name, None] = None
    if account.profile.collateral is Collateral.MULTI:
        state.touched[account.name, None] = None


def assess(market: Market, position: Position) -> tuple[int, int]:
    """(unrealised profit, maintenance) of a position at the mark.

    Without a mark it counts for what it cost. What an isolated position needs is counted on what
    it cost as well: that gives the closed form of its liquidation price.
    """
    lots = position.lots
    if not lots:
        return 0, 0
    mark_ticks = market.mark_ticks
    cost = position.cost_quanta
    scale = market.scale
    if mark_ticks is None:
        return 0, maintenance(market.tiers, scale, lots, abs(cost))
    value = scale.signed_value_quanta(mark_ticks, lots)
    counted = cost if position.isolated is not None else value
    return value - cost, maintenance(market.tiers, scale, lots, abs(counted))

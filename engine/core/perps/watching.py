"""After every command: whose margin is running out is warned, whose is used up is liquidated."""

from engine.core.accounts import Account, Position
from engine.core.accounts.pool import Pool
from engine.core.commands import Collateral
from engine.core.events import MarginWarning
from engine.core.perps import insurance, liquidation
from engine.core.perps.estate import Estate, estates
from engine.core.state import State

LEVELS_PCT = (95, 90, 80)
"""The highest first."""


def watch(state: State) -> None:
    """Look at every account that was touched, in the order in which they were opened."""
    touched = state.touched
    state.touched = {}
    wanted: dict[str, list[str | None]] = {}
    for name, symbol in touched:
        wanted.setdefault(name, []).append(symbol)
    for account in tuple(state.accounts.values()):
        for symbol in wanted.get(account.name, ()):
            if symbol is None and _at_ease(account):
                continue
            for estate in estates(state, account, symbol):
                _look(state, estate)
    if (state.fund.name, None) in touched:
        insurance.unwind(state)
        state.touched.pop((state.fund.name, None), None)


def _at_ease(account: Account) -> bool:
    """Whether all cross positions of an account are far from a warning, and were before."""
    if account.profile.collateral is Collateral.MULTI:
        return False
    first_pct = LEVELS_PCT[-1]
    for pool in account.pools.values():
        if pool.warned_pct:
            return False
        if not 0 < 100 * pool.maintenance_quanta < first_pct * pool.equity_quanta:
            return False
    return True


def _look(state: State, estate: Estate) -> None:
    needed, equity = estate.maintenance_quanta(state), estate.equity_quanta(state)
    breach = 0 < needed >= equity
    if breach and liquidation.liquidate(state, estate):
        return
    if needed:
        # In breach where nothing trades now it is warned as well: its owner must hear of it.
        _warn(state, estate, needed, equity)
    else:
        if estate.purse.balance_quanta < 0 and equity < 0 and not estate.positions(state):
            liquidation.settle_empty(state, estate)
        _rearm(estate)


def _warn(state: State, estate: Estate, needed: int, equity: int) -> None:
    level = _level_pct(needed, equity)
    if not level:
        _rearm(estate)
        return
    holder = _warned(estate)
    if level <= holder.warned_pct:
        return
    holder.warned_pct = level
    state.events.append(
        MarginWarning(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=estate.account.name,
            symbol=estate.symbol,
            currency=estate.purse.currency,
            level_pct=level,
            equity_quanta=equity,
            maintenance_quanta=needed,
        )
    )


def _level_pct(needed: int, equity: int) -> int:
    """The highest level that is reached; 0 for none."""
    for pct in LEVELS_PCT:
        if 100 * needed >= pct * equity:
            return pct
    return 0


def _rearm(estate: Estate) -> None:
    _warned(estate).warned_pct = 0


def _warned(estate: Estate) -> Pool | Position:
    """What remembers the warnings of an estate."""
    if estate.symbol is not None:
        return estate.account.positions[estate.symbol]
    return estate.account.pools[estate.purse.currency]

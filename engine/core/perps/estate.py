"""What one breach of margin is about: all cross positions of a currency, or one isolated one."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.accounts import Account, LedgerAccount, Position
from engine.core.accounts.collateral import standing
from engine.core.accounts.pool import Pool
from engine.core.accounts.rates import rate
from engine.core.commands import Collateral
from engine.core.market import Market
from engine.core.mirror.mirror import DOWN
from engine.core.perps.holders import margined
from engine.core.state import State


@dataclass(slots=True)
class Estate:
    """Positions that answer for one another, and the ledger account behind them."""

    account: Account
    symbol: str | None
    """The isolated position; None for cross ones."""
    purse: LedgerAccount

    def positions(self, state: State) -> list[tuple[Market, Position]]:
        """Those that are open, in the order in which their instruments were listed."""
        found = []
        for symbol, market in state.markets.items():
            position = self.account.positions.get(symbol)
            if position is None or not position.lots or not margined(market, position):
                continue
            mine = position.isolated is None and self.symbol is None
            if symbol == self.symbol or (mine and self._settles(market)):
                found.append((market, position))
        return found

    def maintenance_quanta(self, state: State) -> int:
        """What must be left; a pool keeps the sum over its positions."""
        pool = self._pool()
        if pool is not None:
            return pool.maintenance_quanta
        return sum(position.maintenance_quanta for _, position in self.positions(state))

    def own_quanta(self, state: State) -> int:
        """The money behind them, and what they have gained since they were opened."""
        pool = self._pool()
        if pool is not None:
            return pool.equity_quanta
        gained = sum(position.unrealised_quanta for _, position in self.positions(state))
        return self.purse.balance_quanta + gained

    def equity_quanta(self, state: State, *, however_old: bool = False) -> int:
        """What answers for them; of pooled currencies, what the others do not need.

        Args:
            however_old: Whether what a currency was worth last counts where its price is too old:
                that is no reason to keep a position, but others must not pay for its owner.
        """
        if not self.pooled:
            return self.own_quanta(state)
        base = self.account.profile.base_currency
        found = rate(state, self.purse.currency, base)
        if found is None:
            return self.own_quanta(state)
        whole = standing(state, self.account, however_old=however_old)
        spare = whole.equity_quanta - whole.maintenance_quanta
        spare = spare * found.denominator // found.numerator
        return spare + self.maintenance_quanta(state)

    @property
    def pooled(self) -> bool:
        """Whether other currencies of the account answer for it as well."""
        return self.symbol is None and self.account.profile.collateral is Collateral.MULTI

    def _pool(self) -> Pool | None:
        if self.symbol is not None:
            return None
        return self.account.pools.get(self.purse.currency)

    def _settles(self, market: Market) -> bool:
        return market.instrument.settlement == self.purse.currency


def estates(state: State, account: Account, symbol: str | None) -> list[Estate]:
    """The estates of an account that a touch of it is about."""
    if symbol is None:
        return [Estate(account, None, pool.cash) for pool in account.pools.values()]
    position = account.positions.get(symbol)
    if position is None or position.isolated is None:
        return []
    return [Estate(account, symbol, position.isolated)]


def can_trade(state: State, market: Market) -> bool:
    """Whether positions of an instrument can be liquidated now: it has a mark and trades."""
    return (
        market.mark_ticks is not None
        and market.trades(state.now_ns)
        and market.mirror.state is not DOWN
    )

"""Portfolios that pool their currencies: all that counts as collateral answers for all positions.

What is owned counts less the haircut of its currency, what is owed counts in full. The base
currency of the portfolio always counts; others do once they were configured, and as long as a
recent price says what they are worth. Debts count by the last known price, however old. What was
lent is owed, so only what is there beyond it counts.

A position on cross margin needs no money in its own currency then: its margin is held there all the
same, and what it loses is owed there, while the other currencies answer for it. Purchases, and what
stands behind isolated positions, take money that is there.
"""

from typing import NamedTuple

from engine.core.accounts.account import Account
from engine.core.accounts.ledger import LedgerAccount
from engine.core.accounts.rates import Rate, rate, unrealised_quanta
from engine.core.commands import Collateral
from engine.core.state import State
from engine.core.units import PPM

MULTI = Collateral.MULTI


class Standing(NamedTuple):
    """All cross positions of an account and what answers for them, in its base currency."""

    equity_quanta: int
    """Every balance beyond what was lent, with its haircut, and gains of cross positions."""
    maintenance_quanta: int
    held_quanta: int
    """Margin of these positions and their orders, and collateral that other orders hold."""
    unrealised_quanta: int
    """What of the equity cross positions have gained."""


def available_quanta(state: State, account: Account, purse: LedgerAccount) -> int:
    """What new margin may hold on one of an account's ledger accounts, in its currency.

    Unrealised profit counts, unrealised loss as well. Where currencies are pooled it is what is
    free of all of them, converted; without a rate the currency is on its own.
    """
    found = None
    if account.profile.collateral is MULTI:
        found = rate(state, purse.currency, account.profile.base_currency)
    if found is None:
        pool = account.pools.get(purse.currency)
        return purse.free_quanta if pool is None else pool.available_quanta
    whole = standing(state, account)
    free = whole.equity_quanta - whole.held_quanta
    return free * found.denominator // found.numerator


def spendable_quanta(state: State, account: Account, purse: LedgerAccount) -> int:
    """What may leave one of an account's ledger accounts: unrealised profit does not count.

    Where currencies are pooled it is what is there and no order that takes money holds, and at most
    what the positions can do without.
    """
    base, found = account.profile.base_currency, None
    if account.profile.collateral is MULTI:
        found = rate(state, purse.currency, base)
    if found is None:
        pool = account.pools.get(purse.currency)
        return purse.free_quanta if pool is None else pool.spendable_quanta
    there = purse.free_quanta + _margins(state, account).get(purse.currency, (0, 0, 0))[2]
    share_ppm = share_counted_ppm(state, purse.currency, base, found)
    if not share_ppm:
        return there
    whole = standing(state, account)
    spare = whole.equity_quanta - whole.held_quanta - max(0, whole.unrealised_quanta)
    return min(there, spare * found.denominator * PPM // (found.numerator * share_ppm))


def standing(state: State, account: Account, *, however_old: bool = False) -> Standing:
    """Where the cross positions of an account stand together.

    What is required is rounded up, what is there towards zero.

    Args:
        however_old: Whether the last known price counts for what is owned as well.
    """
    base = account.profile.base_currency
    margins = _margins(state, account)
    equity = maintenance = held = gained = 0
    for currency in state.ledger.currencies:
        entry = state.ledger.accounts.get((account.name, currency))
        unrealised, needed, margin = margins.get(currency, (0, 0, 0))
        balance = 0 if entry is None else entry.balance_quanta - account.lent_quanta(currency)
        if not (balance or unrealised or needed or margin):
            continue
        found = rate(state, currency, base)
        if found is None:
            continue
        if however_old and found.stale:
            found = Rate(found.numerator, found.denominator)
        share_ppm = share_counted_ppm(state, currency, base, found)
        gain = _counted(unrealised, found, PPM if share_ppm else 0)
        equity += _counted(balance, found, share_ppm) + gain
        gained += gain
        maintenance += _up(needed, found)
        held += _up(margin, found)
        if entry is not None and balance > 0:
            held += _counted(min(entry.held_quanta - margin, balance), found, share_ppm)
    return Standing(equity, maintenance, held, gained)


def share_counted_ppm(state: State, currency: str, base: str, found: Rate) -> int:
    """How much of what is owned of a currency counts; 0 where none of it does."""
    terms = state.currencies.get(currency)
    if found.stale or (terms is None and currency != base):
        return 0
    return PPM if terms is None else PPM - terms.haircut_ppm


def _margins(state: State, account: Account) -> dict[str, tuple[int, int, int]]:
    """(unrealised, maintenance, held) of cross positions by settlement currency."""
    sums: dict[str, tuple[int, int, int]] = {}
    for symbol, position in account.positions.items():
        market = state.markets[symbol]
        if position.isolated is not None or not position.is_margined(owned=market.spot):
            continue
        currency = market.instrument.settlement
        unrealised, needed, held = sums.get(currency, (0, 0, 0))
        unrealised += unrealised_quanta(market, position.lots, position.cost_quanta)
        needed += position.maintenance_quanta
        sums[currency] = unrealised, needed, held + position.held_quanta
    return sums


def _counted(quanta: int, found: Rate, share_ppm: int) -> int:
    if quanta < 0:
        return -_up(-quanta, found)
    return quanta * found.numerator * share_ppm // (found.denominator * PPM)


def _up(quanta: int, found: Rate) -> int:
    return -(-quanta * found.numerator // found.denominator)

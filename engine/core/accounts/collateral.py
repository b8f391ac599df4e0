"""Portfolios that pool their currencies: all that counts as collateral answers for all positions.

What is owned counts less the haircut of its currency, what is owed counts in full. The base
currency of the portfolio always counts; others do once they were configured, and as long as a
recent price says what they are worth. Debts count by the last known price, however old.
"""

from engine.core.accounts.account import Account
from engine.core.accounts.rates import Rate, rate, unrealised_quanta
from engine.core.state import State
from engine.core.units import PPM


def standing(state: State, account: Account) -> tuple[int, int, int]:
    """(equity, maintenance, held) of all cross positions of an account, in its base currency.

    Equity is every balance, with its haircut, and the unrealised profit of cross positions, without
    one. Held is the margin of these positions and their orders, and what other orders hold of
    collateral, at its haircut. What is required is rounded up, what is there towards zero.
    """
    base = account.profile.base_currency
    margins = _margins(state, account)
    equity = maintenance = held = 0
    for currency in state.ledger.currencies:
        entry = state.ledger.accounts.get((account.name, currency))
        unrealised, needed, margin = margins.get(currency, (0, 0, 0))
        balance = 0 if entry is None else entry.balance_quanta
        if not (balance or unrealised or needed or margin):
            continue
        found = rate(state, currency, base)
        if found is None:
            continue
        share_ppm = _share_ppm(state, currency, base, found)
        equity += _counted(balance, found, share_ppm)
        equity += _counted(unrealised, found, PPM if share_ppm else 0)
        maintenance += _up(needed, found)
        held += _up(margin, found)
        if entry is not None and balance > 0:
            held += _counted(min(entry.held_quanta - margin, balance), found, share_ppm)
    return equity, maintenance, held


def _margins(state: State, account: Account) -> dict[str, tuple[int, int, int]]:
    """(unrealised, maintenance, held) of cross positions by settlement currency."""
    sums: dict[str, tuple[int, int, int]] = {}
    for symbol, position in account.positions.items():
        market = state.markets[symbol]
        if not position.is_margined(owned=market.spot):
            continue
        currency = market.instrument.settlement
        unrealised, needed, held = sums.get(currency, (0, 0, 0))
        if position.isolated is None:
            unrealised += unrealised_quanta(market, position.lots, position.cost_quanta)
            needed += position.maintenance_quanta
        sums[currency] = unrealised, needed, held + position.held_quanta
    return sums


def _share_ppm(state: State, currency: str, base: str, found: Rate) -> int:
    """How much of what is owned of a currency counts; 0 for all of it that does not."""
    terms = state.currencies.get(currency)
    if found.stale or (terms is None and currency != base):
        return 0
    return PPM if terms is None else PPM - terms.haircut_ppm


def _counted(quanta: int, found: Rate, share_ppm: int) -> int:
    if quanta < 0:
        return -_up(-quanta, found)
    return quanta * found.numerator * share_ppm // (found.denominator * PPM)


def _up(quanta: int, found: Rate) -> int:
    return -(-quanta * found.numerator // found.denominator)

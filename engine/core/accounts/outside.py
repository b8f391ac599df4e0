"""Paper money that comes from outside, or goes back there, without a deposit."""

from engine.core.accounts.chart import OUTSIDE
from engine.core.accounts.ledger import LedgerAccount
from engine.core.state import State


def take(state: State, payee: LedgerAccount, quanta: int) -> None:
    """Move money from outside, or back with a negative amount, that no deposit accounts for."""
    currency = payee.currency
    state.ledger.transfer(state.ledger.account(OUTSIDE, currency), payee, quanta)
    state.returned[currency] = state.returned.get(currency, 0) - quanta

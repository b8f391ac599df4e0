"""One ledger for all money, and what each trader's account owns and owes."""

from engine.core.accounts.account import Account
from engine.core.accounts.in_flight import InFlight
from engine.core.accounts.ledger import Ledger, LedgerAccount
from engine.core.accounts.position import Position

__all__ = ["Account", "InFlight", "Ledger", "LedgerAccount", "Position"]

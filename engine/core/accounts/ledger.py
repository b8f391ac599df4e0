"""The double-entry ledger: money only ever moves from one account to another.

The sum over all accounts of a currency is zero at all times, because a transfer is the only way to
change a balance. A hold is a pending posting: it lessens what is free, never what is owned.
"""

from dataclasses import dataclass, field


class LedgerAccount:
    """One owner's balance of one currency, in quanta."""

    __slots__ = ("balance_quanta", "currency", "held_quanta", "owner")

    def __init__(self, owner: str, currency: str) -> None:
        self.owner = owner
        self.currency = currency
        self.balance_quanta = 0
        self.held_quanta = 0

    @property
    def free_quanta(self) -> int:
        """What is owned and not held; negative when losses have eaten into what is held."""
        return self.balance_quanta - self.held_quanta


@dataclass(slots=True)
class Ledger:
    """Every ledger account, opened on first use."""

    accounts: dict[tuple[str, str], LedgerAccount]
    currencies: dict[str, None] = field(default_factory=dict)
    """Every currency that there is an account in, in the order of first use."""
    of_owner: dict[str, dict[str, LedgerAccount]] = field(default_factory=dict)
    """The same accounts by owner and currency, so that nobody has to look for one owner's."""

    def account(self, owner: str, currency: str) -> LedgerAccount:
        """The account of an owner in a currency."""
        key = (owner, currency)
        account = self.accounts.get(key)
        if account is None:
            account = self.accounts[key] = LedgerAccount(owner, currency)
            self.of_owner.setdefault(owner, {})[currency] = account
            self.currencies[currency] = None
        return account

    def transfer(self, payer: LedgerAccount, payee: LedgerAccount, amount_quanta: int) -> None:
        """Move money between accounts of one currency; a negative amount moves the other way."""
        payer.balance_quanta -= amount_quanta
        payee.balance_quanta += amount_quanta

    def totals(self) -> dict[str, int]:
        """The sum of all balances per currency: zero, always."""
        totals: dict[str, int] = {}
        for account in self.accounts.values():
            totals[account.currency] = totals.get(account.currency, 0) + account.balance_quanta
        return totals

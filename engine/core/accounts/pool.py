"""All cross positions of an account that settle in one currency: they answer for one another."""

from engine.core.accounts.ledger import LedgerAccount


class Pool:
    """What the positions of a pool are worth and need together, and the money behind them.

    Attributes:
        unrealised_quanta: The sum over its positions, at their marks.
        maintenance_quanta: The same of what their margin must not fall to.
        warned_pct: The highest warning that it has had; 0 for none.
    """

    __slots__ = ("cash", "maintenance_quanta", "unrealised_quanta", "warned_pct")

    def __init__(self, cash: LedgerAccount) -> None:
        self.cash = cash
        self.unrealised_quanta = 0
        self.maintenance_quanta = 0
        self.warned_pct = 0

    @property
    def equity_quanta(self) -> int:
        """What answers for its positions."""
        return self.cash.balance_quanta + self.unrealised_quanta

    @property
    def available_quanta(self) -> int:
        """What new margin may take: unrealised profit counts, unrealised loss as well."""
        return self.cash.balance_quanta - self.cash.held_quanta + self.unrealised_quanta

    @property
    def spendable_quanta(self) -> int:
        """What may leave it: unrealised profit does not count."""
        free = self.cash.balance_quanta - self.cash.held_quanta
        return free + self.unrealised_quanta if self.unrealised_quanta < 0 else free

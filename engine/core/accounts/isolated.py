"""The money behind one isolated position, on a ledger account of its own.

What opens brings its initial margin along from the owner's cash. What closes takes its share of the
money back, with its profit, or leaves its loss to what stays: the owner's cash never answers for
it. Fees are paid from the cash, to which closing lots return theirs first.
"""

from engine.core.accounts.ledger import Ledger, LedgerAccount
from engine.core.units import prorate_half_even


def close(
    ledger: Ledger,
    stake: LedgerAccount,
    cash: LedgerAccount,
    *,
    closed_lots: int,
    lots_left: int,
    before_quanta: int,
    fee_quanta: int,
) -> None:
    """Return the fee of closed lots, and what the position no longer needs for them.

    Args:
        stake: What stands behind the position, the profit of what was closed already in it.
        before_quanta: What stood behind it before anything was closed.
    """
    ledger.transfer(stake, cash, fee_quanta)
    kept = prorate_half_even(before_quanta, lots_left, lots_left + closed_lots) if lots_left else 0
    excess = stake.balance_quanta - kept
    if excess > 0:
        ledger.transfer(stake, cash, excess)

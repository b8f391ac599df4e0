"""Where a liquidation really happens: found by trying marks, not by asking for the price."""

from collections.abc import Callable

from engine.core.events import Event, LiquidationStarted
from tests.engine.published.desk import Desk


def started(events: tuple[Event, ...], account: str) -> bool:
    """Whether the exchange has taken over an account's positions."""
    return any(isinstance(each, LiquidationStarted) and each.account == account for each in events)


def liquidated_at(
    set_up: Callable[[], Desk], symbol: str, account: str, *, healthy: int, bankrupt: int
) -> int:
    """The first tick from `healthy` towards `bankrupt` at which an account is liquidated.

    Each mark is tried on a desk of its own, so that nothing but that mark decides.
    """
    while abs(bankrupt - healthy) > 1:
        middle = (healthy + bankrupt) // 2
        if started(set_up().mark_ticks(symbol, middle), account):
            bankrupt = middle
        else:
            healthy = middle
    assert started(set_up().mark_ticks(symbol, bankrupt), account)
    assert not started(set_up().mark_ticks(symbol, healthy), account)
    return bankrupt

"""Where positions come to be liquidated, found by trying marks, beside the price that is shown.

Every market is halted before a mark moves: what is in breach then stays to be looked at.
"""

from collections.abc import Callable

from engine.core.commands import HaltInstrument
from engine.core.events import LiquidationStarted
from engine.core.margin_terms import ISOLATED
from engine.core.perps.foresight import Stake
from tests.engine.published.desk import Desk

Fate = Callable[[int, int], bool]
"""Whether so much equity against so much maintenance, in quanta, is the end."""


def breached(equity_quanta: int, maintenance_quanta: int) -> bool:
    """What the exchange liquidates."""
    return 0 < maintenance_quanta >= equity_quanta


def bankrupt(equity_quanta: int, maintenance_quanta: int) -> bool:
    """Nothing is left."""
    del maintenance_quanta
    return equity_quanta <= 0


def health(desk: Desk, account: str, symbol: str) -> tuple[int, int]:
    """(equity, maintenance) of what answers for a position, in quanta."""
    stake = shown(desk, account, symbol)
    if stake.mode is ISOLATED:
        return stake.equity_quanta, stake.maintenance_quanta
    pool = desk.exchange.pool(account, desk.exchange.instrument(symbol).settlement)
    return pool.equity_quanta, pool.maintenance_quanta


def shown(desk: Desk, account: str, symbol: str) -> Stake:
    """What the exchange says of an open position."""
    stake = desk.exchange.stake(account, symbol)
    assert stake is not None
    return stake


def first_tick(
    set_up: Callable[[], Desk], symbol: str, account: str, fate: Fate, *, best: int, worst: int
) -> int:
    """The first tick from `best` towards `worst` at which a fate is met.

    Each mark is tried on a desk of its own, so that nothing but that mark decides.
    """

    def meets(ticks: int) -> bool:
        desk = set_up()
        for each in desk.exchange.symbols():
            desk.do(HaltInstrument(symbol=each))
        desk.mark_ticks(symbol, ticks)
        return fate(*health(desk, account, symbol))

    assert meets(worst)
    assert not meets(best)
    while abs(worst - best) > 1:
        middle = (best + worst) // 2
        if meets(middle):
            worst = middle
        else:
            best = middle
    return worst


def started(set_up: Callable[[], Desk], symbol: str, account: str, ticks: int) -> bool:
    """Whether the exchange takes over an account when a market that trades is marked here."""
    events = set_up().mark_ticks(symbol, ticks)
    return any(isinstance(each, LiquidationStarted) and each.account == account for each in events)

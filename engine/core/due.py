"""What happens by itself when its time has come: orders expire, halts end, funding is paid.

Commands that were sent arrive here as well.

The exchange has no clock. Whatever is due by the time of a command is done before the command, in
the order in which it was due.
"""

from collections.abc import Callable
from heapq import heappop

from engine.core.events import EndCause
from engine.core.halts.halting import resume
from engine.core.market import Market
from engine.core.orders.ending import withdraw
from engine.core.perps import periodic
from engine.core.sending import next_arrival_ns
from engine.core.state import NEVER_NS, State


def run(state: State, arrive: Callable[[State], None], settle: Callable[[State], None]) -> None:
    """Do all that is due.

    Of equal times expiries come first, then ends of halts, then what is periodic (samples, funding,
    borrow fees), then arrivals.

    Args:
        arrive: Carries out the command that arrives first.
        settle: Does all that follows from what happened at one moment.
    """
    now_ns = state.now_ns
    while True:
        expires_ns = _next_expiry_ns(state)
        ending = _next_resume(state)
        resumes_ns = NEVER_NS if ending is None else ending[0]
        arrives_ns = next_arrival_ns(state)
        state.due_ns = min(expires_ns, resumes_ns, state.timer_ns, arrives_ns)
        if state.due_ns > now_ns or state.due_ns == NEVER_NS:
            return
        if expires_ns == state.due_ns:
            withdraw(state, state.orders[heappop(state.expiries)[1]], EndCause.EXPIRED)
        elif ending is not None and resumes_ns == state.due_ns:
            resume(state, ending[1])
        elif state.timer_ns == state.due_ns:
            periodic.run(state, state.timer_ns)
            settle(state)
        else:
            arrive(state)


def _next_expiry_ns(state: State) -> int:
    """When the next live order expires; entries of others are dropped on the way."""
    expiries = state.expiries
    while expiries:
        expires_ns, order_id = expiries[0]
        order = state.orders.get(order_id)
        if order is not None and order.expires_ns == expires_ns:
            return expires_ns
        heappop(expiries)
    return NEVER_NS


def _next_resume(state: State) -> tuple[int, Market] | None:
    """The halt that ends first, and when; of equal ones, the instrument that was listed first."""
    found: tuple[int, Market] | None = None
    for market in state.markets.values():
        until_ns = None if market.halt is None else market.halt.until_ns
        if until_ns is not None and (found is None or until_ns < found[0]):
            found = until_ns, market
    return found

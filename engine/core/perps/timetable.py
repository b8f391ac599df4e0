"""When samples, funding and borrow fees are due: at multiples of their intervals, counted in UTC.

A sample that is late is taken once, and counts from when it was due. Funding and borrow fees are
paid for every interval that was missed, one after another.
"""

from engine.core.halts.hours import DAY_NS
from engine.core.instruments import MINUTE_NS
from engine.core.market import Market
from engine.core.state import NEVER_NS, State

SAMPLE_NS = MINUTE_NS
"""Between the premiums of an instrument without an oracle, which says it otherwise."""


def next_multiple(now_ns: int, step_ns: int) -> int:
    """The first multiple after now."""
    return (now_ns // step_ns + 1) * step_ns


def arm(state: State, market: Market) -> None:
    """Set the times of what comes next in an instrument; all that is due by now has been done."""
    now_ns, oracle, funding = state.now_ns, market.oracle, market.funding
    market.next_sample_ns = market.next_funding_ns = market.next_borrow_ns = NEVER_NS
    if oracle is not None or funding is not None:
        market.next_sample_ns = next_multiple(now_ns, sample_ns(market))
    if funding is not None:
        market.next_funding_ns = next_multiple(now_ns, funding.terms.interval_ns)
    if market.spot and market.instrument.borrow_ppm:
        market.next_borrow_ns = next_multiple(now_ns, DAY_NS)
    note_next(state)


def sample_ns(market: Market) -> int:
    """How far apart an instrument's samples are."""
    return SAMPLE_NS if market.oracle is None else market.oracle.terms.sample_ns


def next_of(market: Market) -> int:
    """What comes next in an instrument; `NEVER_NS` when nothing does."""
    return min(market.next_sample_ns, market.next_funding_ns, market.next_borrow_ns)


def note_next(state: State) -> None:
    """Find out what comes next in any instrument."""
    state.timer_ns = min(map(next_of, state.markets.values()), default=NEVER_NS)
    state.due_ns = min(state.due_ns, state.timer_ns)

"""What must hold of the timers, the oracle and the funding of an instrument after every command."""

from engine.core.halts.hours import DAY_NS
from engine.core.market import Market
from engine.core.perps.mark import LOST
from engine.core.perps.timetable import next_multiple, next_of, sample_ns
from engine.core.state import NEVER_NS, State


def timer_problems(state: State) -> list[str]:
    """The next timer of all is known, and is not too late for what does it."""
    first_ns = min(map(next_of, state.markets.values()), default=NEVER_NS)
    found = []
    if state.timer_ns != first_ns:
        found.append(f"the next timer is due at {first_ns}, not at {state.timer_ns}")
    if state.due_ns > first_ns:
        found.append("a timer is late")
    return found


def problems(state: State, market: Market) -> list[str]:
    """What does not hold of one instrument, as sentences; nothing when all is well."""
    symbol, now_ns = market.instrument.symbol, state.now_ns
    oracle, funding = market.oracle, market.funding
    sampled = oracle is not None or funding is not None
    borrowed = market.spot and market.instrument.borrow_ppm > 0
    interval_ns = DAY_NS if funding is None else funding.terms.interval_ns
    found = [
        f"the next {what} of {symbol} is due at {due_ns}"
        for what, due_ns, wanted, step_ns in (
            ("sample", market.next_sample_ns, sampled, sample_ns(market)),
            ("funding", market.next_funding_ns, funding is not None, interval_ns),
            ("borrow fee", market.next_borrow_ns, borrowed, DAY_NS),
        )
        if due_ns != (next_multiple(now_ns, step_ns) if wanted else NEVER_NS)
    ]
    if oracle is not None and oracle.status is LOST and market.mark_ticks is not None:
        found.append(f"the mark of {symbol} is lost and known")
    if funding is not None and not 0 <= funding.premium.covered_ns <= interval_ns:
        found.append(f"the premium of {symbol} is known for longer than its interval")
    return found

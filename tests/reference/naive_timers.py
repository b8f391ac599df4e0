"""What the clock brings about by itself: samples, funding, fees for borrowed assets."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.core.commands import TriggerSource
from tests.reference import naive_funding, naive_oracle
from tests.reference.naive_aftermath import conclude
from tests.reference.naive_state import NaiveState


@dataclass
class Timer:
    at_ns: int
    symbol: str
    run: Callable[[NaiveState, str], None]


def timers(x: NaiveState) -> list[Timer]:
    """The next of each: of equal times first all samples, then all funding, then all fees."""
    found = []
    for symbol in x.instruments:
        sample_ns = naive_oracle.next_sample(x, symbol)
        if sample_ns is not None:
            found.append(Timer(sample_ns, symbol, sample))
    found += [
        Timer(x.fundings[s].next_ns, s, naive_funding.pay) for s in x.instruments if s in x.fundings
    ]
    found += [
        Timer(naive_funding.next_midnight(x, symbol), symbol, naive_funding.lend)
        for symbol, terms in x.instruments.items()
        if terms.asset_class.owned and terms.borrow_ppm
    ]
    return found


def sample(x: NaiveState, symbol: str) -> None:
    """Look at the ages of prices, and note the premium; a late sample is of when it was due."""
    due_ns = naive_oracle.next_sample(x, symbol)
    assert due_ns is not None, "only what has samples is sampled"
    if symbol in x.oracles:
        naive_oracle.recompute(x, symbol)
    funding, mark = x.fundings.get(symbol), x.stated.get((symbol, TriggerSource.MARK))
    index = naive_oracle.fresh_index(x, symbol)
    if funding is not None and mark is not None and index is not None:
        naive_funding.note_premium(funding, due_ns, mark, index)
    x.sampled[symbol] = x.now_ns


def run_timers(x: NaiveState, at_ns: int) -> None:
    """Everything of one instant, and then what follows from it."""
    for timer in timers(x):
        if timer.at_ns == at_ns:
            timer.run(x, timer.symbol)
    conclude(x)

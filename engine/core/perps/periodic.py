"""What happens by itself in perpetuals and to short positions: samples, funding, borrow fees."""

from engine.core.halts.hours import DAY_NS
from engine.core.market import Market
from engine.core.perps import borrow, funding
from engine.core.perps.oracle import remark
from engine.core.perps.timetable import next_multiple, note_next, sample_ns
from engine.core.state import State


def run(state: State, at_ns: int) -> None:
    """Do all that is due at one moment: samples of every instrument, then funding, then fees.

    Instruments in the order of listing. Margins are looked at when all of it is done.
    """
    markets = state.markets.values()
    for market in markets:
        if market.next_sample_ns == at_ns:
            _sample(state, market, at_ns)
    for market in markets:
        if market.next_funding_ns == at_ns and market.funding is not None:
            funding.settle(state, market, market.funding, at_ns)
            market.next_funding_ns = at_ns + market.funding.terms.interval_ns
    for market in markets:
        if market.next_borrow_ns == at_ns:
            borrow.charge(state, market, at_ns)
            market.next_borrow_ns = at_ns + DAY_NS
    note_next(state)


def _sample(state: State, market: Market, at_ns: int) -> None:
    market.next_sample_ns = next_multiple(state.now_ns, sample_ns(market))
    if market.oracle is not None:
        remark(state, market, market.oracle)
    if market.funding is not None:
        funding.sample(state, market, market.funding, at_ns)

"""What can be read of an instrument's oracle and funding."""

import msgspec

from engine.core.commands import FundingModel, MarkMethod
from engine.core.events import OracleStatus
from engine.core.market import MARK, Market
from engine.core.perps.borrow import DAYS_PER_YEAR
from engine.core.perps.holders import margined
from engine.core.perps.index import Stated
from engine.core.perps.mark import OK, Oracle
from engine.core.perps.premium import PPB
from engine.core.state import State
from engine.core.units import PPM, prorate_half_even

__all__ = [
    "FundingStanding",
    "OracleStanding",
    "SourceStanding",
    "borrow_rate_ppb",
    "funding",
    "funding_expected",
    "oracle",
]


class SourceStanding(msgspec.Struct, frozen=True, kw_only=True):
    """One source of an index."""

    name: str
    weight: int
    price_ticks: int | None
    """None: it has stated none."""
    age_ns: int | None
    confidence_ppm: int
    counts: bool
    """Whether it is neither too old nor too unsure."""


class OracleStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Where an instrument's mark and index come from, and how old they are."""

    status: OracleStatus
    method: MarkMethod
    mark_ticks: int | None
    """None: there is no mark."""
    index_ticks: int | None
    mark_age_ns: int | None
    """Since somebody stated the mark; None: nobody has, or nobody asks how long ago."""
    index_age_ns: int | None
    """Since the latest statement that the index may be made of."""
    index_stale: bool
    """Whether the index is only what it was last."""
    sources: tuple[SourceStanding, ...]


class FundingStanding(msgspec.Struct, frozen=True, kw_only=True):
    """The funding of the present interval, as far as it is known."""

    model: FundingModel
    rate_ppb: int | None
    """None: the venue has not published one."""
    premium_ppb: int | None
    """The one noted last; None: none yet."""
    next_ns: int
    interval_ns: int


def oracle(state: State, market: Market) -> OracleStanding:
    """How an instrument's prices stand; without an oracle they are what was stated last."""
    present, now_ns = market.oracle, state.now_ns
    if present is None:
        return OracleStanding(
            status=OK,
            method=MarkMethod.EXTERNAL,
            mark_ticks=market.mark_ticks,
            index_ticks=market.index_ticks,
            mark_age_ns=None,
            index_age_ns=None,
            index_stale=False,
            sources=(),
        )
    sources = tuple(_sources(present, now_ns))
    ages = [source.age_ns for source in sources if source.age_ns is not None]
    if present.index is not None:
        ages.append(now_ns - present.index.stated_ns)
    return OracleStanding(
        status=present.status,
        method=present.terms.mark,
        mark_ticks=market.mark_ticks,
        index_ticks=market.index_ticks,
        mark_age_ns=_age(present.mark, now_ns),
        index_age_ns=min(ages, default=None),
        index_stale=present.index_ticks(now_ns) is None,
        sources=sources,
    )


def funding(state: State, market: Market) -> FundingStanding | None:
    """How an instrument's funding stands; None when it has none."""
    present = market.funding
    if present is None:
        return None
    return FundingStanding(
        model=present.terms.model,
        rate_ppb=present.rate_ppb(state.now_ns),
        premium_ppb=present.premium.latest_ppb,
        next_ns=market.next_funding_ns,
        interval_ns=present.terms.interval_ns,
    )


def funding_expected(state: State, market: Market, account: str) -> int | None:
    """What a position would pay if the interval ended now; negative: it would receive.

    Of what all of a side pay it may get or pay a quantum more or less. None: nothing is known, or
    there is no position.
    """
    present, position = (
        market.funding,
        state.accounts[account].positions.get(market.instrument.symbol),
    )
    mark_ticks = market.price(MARK)
    if present is None or position is None or not position.lots or mark_ticks is None:
        return None
    rate_ppb = present.rate_ppb(state.now_ns)
    if rate_ppb is None or not margined(market, position):
        return None
    worth = market.scale.notional_quanta(mark_ticks, abs(position.lots))
    paid = prorate_half_even(worth, abs(rate_ppb), PPB)
    return paid if (position.lots > 0) is (rate_ppb > 0) else -paid


def borrow_rate_ppb(market: Market) -> int:
    """What a day of being short costs, in billionths of its worth; 0 where nothing is borrowed."""
    if not market.spot:
        return 0
    return prorate_half_even(market.instrument.borrow_ppm * PPB, 1, DAYS_PER_YEAR * PPM)


def _sources(present: Oracle, now_ns: int) -> list[SourceStanding]:
    found = []
    for source in present.terms.sources:
        stated = present.sources.get(source.name)
        found.append(
            SourceStanding(
                name=source.name,
                weight=source.weight,
                price_ticks=None if stated is None else stated.price_ticks,
                age_ns=_age(stated, now_ns),
                confidence_ppm=0 if stated is None else stated.confidence_ppm,
                counts=stated is not None and stated.counts(present.terms, now_ns),
            )
        )
    return found


def _age(stated: Stated | None, now_ns: int) -> int | None:
    return None if stated is None else now_ns - stated.stated_ns

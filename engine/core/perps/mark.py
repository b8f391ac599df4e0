"""Mark prices: what positions are valued at, by the method that was chosen."""

from collections.abc import Callable

import msgspec

from engine.core.commands import ConfigureOracle, MarkMethod
from engine.core.events import OracleStatus
from engine.core.market import Market
from engine.core.mirror.mirror import DOWN
from engine.core.perps.funding_rate import basis_mark
from engine.core.perps.index import Stated, usable, weighted_median
from engine.core.units import PPM, PRICE_TICKS_MAX, prorate_half_even

OK = OracleStatus.OK
FALLBACK = OracleStatus.FALLBACK
LOST = OracleStatus.LOST


class Oracle(msgspec.Struct):
    """How an instrument's mark and index come about, and what was stated for them.

    Attributes:
        status: As was told last.
        mark: The mark that somebody stated; None: nobody has.
        index: The index that somebody stated as one price.
        sources: What each source of the index stated last, by its name.
    """

    terms: ConfigureOracle
    status: OracleStatus = OK
    mark: Stated | None = None
    index: Stated | None = None
    sources: dict[str, Stated] = {}

    def index_ticks(self, now_ns: int) -> int | None:
        """The index by what can be believed now; None: all of it is too old.

        One stated price stands in where no source can be believed.
        """
        weighted = usable(self.terms, self.sources, now_ns)
        if weighted:
            return weighted_median(weighted)
        return _fresh(self, self.index, now_ns)


def compute(market: Market, oracle: Oracle, now_ns: int) -> tuple[int | None, OracleStatus]:
    """The mark and whether it can be relied on.

    Where something that the method needs is missing, the middle of the book stands in.
    """
    mark_ticks = METHODS[oracle.terms.mark](market, oracle, now_ns)
    if mark_ticks is not None:
        return max(1, min(PRICE_TICKS_MAX, mark_ticks)), OK
    mark_ticks = mid_ticks(market)
    return mark_ticks, LOST if mark_ticks is None else FALLBACK


def mid_ticks(market: Market) -> int | None:
    """The middle between best bid and best ask, half even; None while one of them is unknown."""
    if market.mirror.state is DOWN:
        return None
    bid, ask = market.book.bids.best_ticks(), market.book.asks.best_ticks()
    return None if bid is None or ask is None else prorate_half_even(bid + ask, 1, 2)


def _fresh(oracle: Oracle, stated: Stated | None, now_ns: int) -> int | None:
    if stated is None or not stated.is_fresh(oracle.terms, now_ns):
        return None
    return stated.price_ticks


def _external(market: Market, oracle: Oracle, now_ns: int) -> int | None:
    del market
    return _fresh(oracle, oracle.mark, now_ns)


def _book(market: Market, oracle: Oracle, now_ns: int) -> int | None:
    del oracle, now_ns
    return mid_ticks(market)


def _weighted(market: Market, oracle: Oracle, now_ns: int) -> int | None:
    book, external = mid_ticks(market), _fresh(oracle, oracle.mark, now_ns)
    if book is None or external is None:
        return None
    share = oracle.terms.book_weight_ppm
    return prorate_half_even(book * share + external * (PPM - share), 1, PPM)


def _basis(market: Market, oracle: Oracle, now_ns: int) -> int | None:
    index_ticks, funding = oracle.index_ticks(now_ns), market.funding
    if index_ticks is None or funding is None:
        return index_ticks
    left_ns = max(0, market.next_funding_ns - now_ns)
    rate_ppb = funding.rate_ppb(min(now_ns, market.next_funding_ns)) or 0
    return basis_mark(index_ticks, rate_ppb, left_ns, funding.terms.interval_ns)


METHODS: dict[MarkMethod, Callable[[Market, Oracle, int], int | None]] = {
    MarkMethod.EXTERNAL: _external,
    MarkMethod.BOOK: _book,
    MarkMethod.WEIGHTED: _weighted,
    MarkMethod.BASIS: _basis,
}

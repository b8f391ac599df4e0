"""Where an index and a mark come from: what is fresh and sure of what was said, and the book."""

from collections.abc import Iterator
from fractions import Fraction

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import MarkMethod, Side, TriggerSource
from engine.core.events import OracleStatus
from engine.core.reasons import Reason
from tests.reference.naive_funding import PPB, rate
from tests.reference.naive_margin import PPM
from tests.reference.naive_pricing import NaiveOracle, Said, next_multiple
from tests.reference.naive_state import NaiveState, PriceChange
from tests.reference.naive_terms import PRICE_MAX, in_range

MARK, INDEX = TriggerSource.MARK, TriggerSource.INDEX

# Commands


def configure(x: NaiveState, command: c.ConfigureOracle) -> None:
    """Nothing is computed yet; what was said so far counts as said now, or when it was."""
    symbol = command.symbol
    before = x.oracles.get(symbol)
    if before is None:
        before = NaiveOracle(command)
        mark, index = (x.stated.get((symbol, source)) for source in (MARK, INDEX))
        before.mark = None if mark is None else Said(mark, x.now_ns)
        before.index = None if index is None else Said(index, x.now_ns)
    before.terms = command
    named = {source.name for source in command.sources}
    before.sources = {name: said for name, said in before.sources.items() if name in named}
    x.oracles[symbol] = before
    x.sampled[symbol] = x.now_ns
    x.say(e.OracleSet, symbol=symbol, mark=command.mark, sources=len(command.sources))


def source_reasons(x: NaiveState, command: c.SetIndexSource) -> Iterator[Reason]:
    oracle = x.oracles.get(command.symbol)
    if oracle is None or command.source not in {one.name for one in oracle.terms.sources}:
        yield Reason.INVALID_TERMS
    if not 0 <= command.confidence_ppm <= PPM:
        yield Reason.INVALID_TERMS
    if not in_range(command.price_ticks):
        yield Reason.PRICE_OUT_OF_RANGE


def set_source(x: NaiveState, command: c.SetIndexSource) -> None:
    said = Said(command.price_ticks, x.now_ns, command.confidence_ppm)
    x.oracles[command.symbol].sources[command.source] = said
    recompute(x, command.symbol)


def set_price(x: NaiveState, command: c.SetPrice) -> None:
    """What is stated is the price itself, unless an oracle makes it of more."""
    oracle = x.oracles.get(command.symbol)
    if oracle is None:
        move(x, command.symbol, command.source, command.price_ticks)
        return
    said = Said(command.price_ticks, x.now_ns)
    if command.source is MARK:
        oracle.mark = said
    else:
        oracle.index = said
    recompute(x, command.symbol)


# Prices


def recompute(x: NaiveState, symbol: str) -> None:
    """Make index and mark anew of what is known now; a price moves where it differs."""
    index = fresh_index(x, symbol)
    if index is not None and index != x.stated.get((symbol, INDEX)):
        move(x, symbol, INDEX, index)
    oracle = x.oracles[symbol]
    status, mark = _computed_mark(x, symbol)
    if mark is None:
        lose_mark(x, symbol)
    elif mark != x.stated.get((symbol, MARK)):
        move(x, symbol, MARK, mark)
    if status is not oracle.status:
        oracle.status = status
        x.say(e.OracleChanged, symbol=symbol, status=status, mark_ticks=mark)


def move(x: NaiveState, symbol: str, source: TriggerSource, ticks: int) -> None:
    if source is MARK:
        x.touch_holders(symbol)
    x.stated[symbol, source] = ticks
    x.prices.append(PriceChange(symbol, [source], ticks, traded=False, next_id=x.next_id))


def lose_mark(x: NaiveState, symbol: str) -> None:
    if x.stated.pop((symbol, MARK), None) is not None:
        x.touch_holders(symbol)


def fresh_index(x: NaiveState, symbol: str) -> int | None:
    """What the index is now; None: there is only what it was last."""
    oracle = x.oracles.get(symbol)
    if oracle is None:
        return x.stated.get((symbol, INDEX))
    most = oracle.terms.confidence_max_ppm
    usable = [
        (oracle.sources[source.name].ticks, source.weight)
        for source in oracle.terms.sources
        if _fresh(x, oracle, oracle.sources.get(source.name))
        and oracle.sources[source.name].confidence_ppm <= most
    ]
    if usable:
        return weighted_median(usable)
    if oracle.index is not None and _fresh(x, oracle, oracle.index):
        return oracle.index.ticks
    return None


def weighted_median(usable: list[tuple[int, int]]) -> int:
    """Of (price, weight): the price where more than half of the weight is reached."""
    half = Fraction(sum(weight for _, weight in usable), 2)
    reached = 0
    ascending = sorted(usable)
    for place, (price, weight) in enumerate(ascending):
        reached += weight
        if reached == half:
            return round(Fraction(price + ascending[place + 1][0], 2))
        if reached > half:
            return price
    raise AssertionError("all the weight is more than half of it")


def _fresh(x: NaiveState, oracle: NaiveOracle, said: Said | None) -> bool:
    return said is not None and x.now_ns - said.at_ns <= oracle.terms.max_age_ns


def middle(x: NaiveState, symbol: str) -> int | None:
    """Between the best bid and the best ask."""
    bids, asks = (x.book.side(symbol, side) for side in (Side.BUY, Side.SELL))
    if not bids or not asks or x.stale(symbol):
        return None
    return round(Fraction(bids[0].price + asks[0].price, 2))


def _computed_mark(x: NaiveState, symbol: str) -> tuple[OracleStatus, int | None]:
    oracle, book = x.oracles[symbol], middle(x, symbol)
    stated = oracle.mark.ticks if _fresh(x, oracle, oracle.mark) and oracle.mark else None
    method = oracle.terms.mark
    wanted: Fraction | int | None
    if method is MarkMethod.EXTERNAL:
        wanted = stated
    elif method is MarkMethod.BOOK:
        wanted = book
    elif method is MarkMethod.WEIGHTED:
        part = Fraction(oracle.terms.book_weight_ppm, PPM)
        both = book is not None and stated is not None
        wanted = book * part + stated * (1 - part) if both else None  # type: ignore[operator]
    else:
        wanted = _with_basis(x, symbol)
    if wanted is not None:
        return OracleStatus.OK, min(max(1, round(wanted)), PRICE_MAX)
    if book is not None:
        return OracleStatus.FALLBACK, book
    return OracleStatus.LOST, None


def _with_basis(x: NaiveState, symbol: str) -> Fraction | None:
    """The index and what funding will still be paid until the end of the interval."""
    index, funding = fresh_index(x, symbol), x.fundings.get(symbol)
    if index is None or funding is None:
        return None if index is None else Fraction(index)
    left = Fraction(max(0, funding.next_ns - x.now_ns), funding.terms.interval_ns)
    return index * (1 + Fraction(rate(funding, x.now_ns) or 0, PPB) * left)


def next_sample(x: NaiveState, symbol: str) -> int | None:
    """When ages are looked at and the premium is noted next."""
    oracle = x.oracles.get(symbol)
    if oracle is not None:
        return next_multiple(x.sampled[symbol], oracle.terms.sample_ns)
    return next_multiple(x.sampled[symbol], 60 * 10**9) if symbol in x.fundings else None

"""The oracle of an instrument: prices that were stated, and the mark and index that follow.

They are computed when a price is stated and at each sample. What has become too old is noticed at
the samples, whether or not anything else happens in the instrument.
"""

import msgspec

from engine.core.accounts import chart
from engine.core.commands import ConfigureOracle, SetIndexSource, TriggerSource
from engine.core.events import OracleChanged, OracleSet
from engine.core.market import INDEX, MARK, Market
from engine.core.orders.checks import check_price
from engine.core.perps.index import Stated
from engine.core.perps.mark import Oracle, compute
from engine.core.perps.marking import set_mark
from engine.core.perps.timetable import arm
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import PPM

SAMPLE_NS_MIN = 1_000_000
SAMPLE_NS_MAX = 86_400 * 10**9
SOURCES_MAX = 32


def configure(state: State, market: Market, command: ConfigureOracle) -> None:
    """Let an instrument's prices come about in a new way, from the next price or sample on.

    What was stated before still counts; prices from before the first oracle as of now.

    Raises:
        Refusal: Terms that cannot be computed with.
    """
    if problem := _problem(command):
        raise Refusal(
            Reason.INVALID_TERMS, f"{command.symbol} cannot be priced like this: {problem}"
        )
    present = market.oracle
    if present is None:
        market.oracle = Oracle(
            terms=command,
            mark=_as_of_now(state, market.mark_ticks),
            index=_as_of_now(state, market.index_ticks),
        )
    else:
        named = {source.name for source in command.sources}
        kept = {name: stated for name, stated in present.sources.items() if name in named}
        market.oracle = msgspec.structs.replace(present, terms=command, sources=kept)
    arm(state, market)
    state.events.append(
        OracleSet(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=command.symbol,
            mark=command.mark,
            sources=len(command.sources),
        )
    )


def state_price(
    state: State, market: Market, oracle: Oracle, source: TriggerSource, price_ticks: int
) -> None:
    """Somebody stated the mark or the index as one price."""
    stated = Stated(price_ticks, state.now_ns)
    if source is MARK:
        oracle.mark = stated
    else:
        oracle.index = stated
    remark(state, market, oracle)


def set_source(state: State, market: Market, command: SetIndexSource) -> None:
    """One source of the index stated its price.

    Raises:
        Refusal: The index is not made of it, or a price or confidence that cannot be.
    """
    oracle = market.oracle
    names = [] if oracle is None else [source.name for source in oracle.terms.sources]
    if oracle is None or command.source not in names:
        raise Refusal(
            Reason.INVALID_TERMS,
            f"the index of {command.symbol} is not made of {command.source!r};"
            f" its sources: {', '.join(names) or 'none, configure its oracle first'}",
        )
    if not 0 <= command.confidence_ppm <= PPM:
        raise Refusal(
            Reason.INVALID_TERMS,
            f"a confidence lies between 0 and {PPM} millionths, not at {command.confidence_ppm}",
        )
    check_price(market, command.price_ticks)
    oracle.sources[command.source] = Stated(
        command.price_ticks, state.now_ns, command.confidence_ppm
    )
    remark(state, market, oracle)


def remark(state: State, market: Market, oracle: Oracle) -> None:
    """Bring index and mark up to date; says so when the mark becomes less, or more, reliable."""
    index_ticks = oracle.index_ticks(state.now_ns)
    if index_ticks is not None and index_ticks != market.index_ticks:
        market.index_ticks = index_ticks
        state.note_move(market, INDEX, index_ticks)
    elif index_ticks is None and market.index_ticks is not None and market.spot:
        state.touch_pooling()
    mark_ticks, status = compute(market, oracle, state.now_ns)
    if mark_ticks != market.mark_ticks:
        set_mark(state, market, mark_ticks)
    if status is not oracle.status:
        oracle.status = status
        state.events.append(
            OracleChanged(
                seq=state.seq,
                ts_ns=state.now_ns,
                symbol=market.instrument.symbol,
                status=status,
                mark_ticks=mark_ticks,
            )
        )


def _as_of_now(state: State, price_ticks: int | None) -> Stated | None:
    return None if price_ticks is None else Stated(price_ticks, state.now_ns)


def _problem(terms: ConfigureOracle) -> str:
    names = [source.name for source in terms.sources]
    if not 0 <= terms.book_weight_ppm <= PPM:
        return f"the book's weight must lie between 0 and {PPM} millionths"
    if terms.max_age_ns < 1:
        return "what was stated must count for at least a nanosecond"
    if not SAMPLE_NS_MIN <= terms.sample_ns <= SAMPLE_NS_MAX:
        return "its samples must be between a millisecond and a day apart"
    if not 0 <= terms.confidence_max_ppm <= PPM:
        return f"the confidence asked for must lie between 0 and {PPM} millionths"
    if len(names) > SOURCES_MAX:
        return f"its index may have at most {SOURCES_MAX} sources, not {len(names)}"
    if len(set(names)) != len(names) or not all(map(chart.is_name, names)):
        return "each source of its index needs a name of its own, printable and without spaces"
    if any(source.weight < 1 for source in terms.sources):
        return "each source of its index needs a weight of 1 or more"
    return ""

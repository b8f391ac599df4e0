"""The market-wide breaker: a fall of one instrument that stands for the market halts them all."""

from engine.core.commands import ConfigureMarketBreaker, TriggerSource
from engine.core.events import HaltCause, MarketBreakerSet
from engine.core.halts.halting import halt
from engine.core.halts.hours import DAY_NS
from engine.core.instruments import BreakerLevel
from engine.core.market import INDEX, LAST, Market
from engine.core.reasons import Reason, Refusal
from engine.core.state import MarketBreaker, State
from engine.core.units import PPM


def configure(state: State, market: Market, command: ConfigureMarketBreaker) -> None:
    """Begin a day with this reference, in place of the breaker there was; without levels, none.

    Raises:
        Refusal: A reference that is no price, or levels that do not fall further and further.
    """
    falls = [level.fall_ppm for level in command.levels]
    if falls != sorted(set(falls)) or not all(0 < fall < PPM for fall in falls):
        raise Refusal(
            Reason.INVALID_TERMS, "the levels must fall further and further, between 0% and 100%"
        )
    if command.reference_ticks <= 0:
        raise Refusal(Reason.PRICE_OUT_OF_RANGE, "a fall is counted from a positive price")
    if state.market_breaker is not None:
        before = state.markets[state.market_breaker.symbol]
        state.market_breaker = None
        before.watched = before.instrument.breaker is not None
    if command.levels:
        state.market_breaker = MarketBreaker(
            command.symbol, command.reference_ticks, command.levels
        )
        market.watched = True
    state.events.append(
        MarketBreakerSet(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=command.symbol,
            reference_ticks=command.reference_ticks,
        )
    )


def take_price(state: State, market: Market, source: TriggerSource, price_ticks: int) -> None:
    """Halt everything when a level is reached that was not reached before."""
    breaker = state.market_breaker
    if breaker is None or breaker.symbol != market.instrument.symbol:
        return
    if source is not (LAST if market.index_ticks is None else INDEX):
        return
    reached = 0
    for level in breaker.levels:
        if price_ticks * PPM <= breaker.reference_ticks * (PPM - level.fall_ppm):
            reached += 1
    if reached <= breaker.reached:
        return
    breaker.reached = reached
    until_ns = _until_ns(state, breaker.levels[reached - 1])
    for halted in state.markets.values():
        present = halted.halt
        if present is None or (present.until_ns is not None and present.until_ns <= until_ns):
            halt(state, halted, HaltCause.MARKET, until_ns)


def _until_ns(state: State, level: BreakerLevel) -> int:
    if level.halt_ns is None:
        return (state.now_ns // DAY_NS + 1) * DAY_NS
    return state.now_ns + level.halt_ns

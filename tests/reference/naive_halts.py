"""Hours, halts and circuit breakers."""

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import TriggerSource
from engine.core.events import EndCause, HaltCause
from tests.reference.naive_endings import end
from tests.reference.naive_fees import DAY_NS
from tests.reference.naive_state import NaiveHalt, NaiveState, PriceChange

CASCADE_HALT_NS = 300 * 10**9


def halt(x: NaiveState, symbol: str, cause: HaltCause, until_ns: int | None) -> None:
    x.halts[symbol] = NaiveHalt(cause, until_ns)
    x.say(e.InstrumentHalted, symbol=symbol, cause=cause, until_ns=until_ns)


def resume(x: NaiveState, symbol: str) -> None:
    del x.halts[symbol]
    x.touch_holders(symbol)
    x.say(e.InstrumentResumed, symbol=symbol)


def cancel_halted(x: NaiveState, symbol: str) -> None:
    for order in [o for o in x.live if o.symbol == symbol]:
        end(x, order, EndCause.HALTED)


def halt_requested(x: NaiveState, command: c.HaltInstrument) -> None:
    halt(x, command.symbol, HaltCause.REQUESTED, command.until_ns)
    if command.cancel_orders:
        cancel_halted(x, command.symbol)


def resume_requested(x: NaiveState, command: c.ResumeInstrument) -> None:
    resume(x, command.symbol)


def set_sessions(x: NaiveState, command: c.SetSessions) -> None:
    x.sessions[command.symbol] = command.sessions
    x.say(
        e.SessionsSet,
        symbol=command.symbol,
        sessions=len(command.sessions),
        until_ns=command.sessions[-1][1] if command.sessions else None,
    )


def set_market_breaker(x: NaiveState, command: c.ConfigureMarketBreaker) -> None:
    x.market_breaker = command
    x.levels_reached = 0
    x.say(e.MarketBreakerSet, symbol=command.symbol, reference_ticks=command.reference_ticks)


def cascade(x: NaiveState, symbol: str) -> None:
    """Too many orders fired in one command."""
    breaker = x.instruments[symbol].breaker
    lasts_ns = CASCADE_HALT_NS if breaker is None else breaker.halt_ns
    halt(x, symbol, HaltCause.CASCADE, x.now_ns + lasts_ns)


def break_circuits(x: NaiveState, change: PriceChange) -> None:
    """Whether a price moved too far: an instrument's own breaker, then the whole market's."""
    if change.traded and change.symbol not in x.halts:
        _own_breaker(x, change.symbol, change.price)
    watched = x.market_breaker is not None and x.market_breaker.symbol == change.symbol
    if watched and TriggerSource.INDEX in change.sources:
        _market_breaker(x, change.price)


def _own_breaker(x: NaiveState, symbol: str, price: int) -> None:
    breaker = x.instruments[symbol].breaker
    if breaker is None:
        return
    x.window.append((symbol, x.now_ns, price))
    since_ns = x.now_ns - breaker.window_ns
    seen = [p for where, when, p in x.window if where == symbol and when > since_ns]
    low, high = min(seen), max(seen)
    up = price * 1_000_000 >= low * (1_000_000 + breaker.move_ppm)
    down = price * 1_000_000 <= high * (1_000_000 - breaker.move_ppm)
    if up or down:
        x.window = [entry for entry in x.window if entry[0] != symbol]
        halt(x, symbol, HaltCause.MOVED, x.now_ns + breaker.halt_ns)
        if breaker.cancel_orders:
            cancel_halted(x, symbol)


def _market_breaker(x: NaiveState, price: int) -> None:
    assert x.market_breaker is not None
    reference, levels = x.market_breaker.reference_ticks, x.market_breaker.levels
    fallen = [
        index
        for index, level in enumerate(levels)
        if price * 1_000_000 <= reference * (1_000_000 - level.fall_ppm)
    ]
    if not fallen or fallen[-1] < x.levels_reached:
        return
    x.levels_reached = fallen[-1] + 1
    lasts_ns = levels[fallen[-1]].halt_ns
    midnight_ns = (x.now_ns // DAY_NS + 1) * DAY_NS
    until_ns = midnight_ns if lasts_ns is None else x.now_ns + lasts_ns
    for symbol in x.instruments:
        present = x.halts.get(symbol)
        if present is None or (present.until_ns is not None and present.until_ns <= until_ns):
            halt(x, symbol, HaltCause.MARKET, until_ns)

"""The circuit breaker of one instrument: its own trades halt it when they move too far too fast."""

from engine.core.events import HaltCause
from engine.core.halts.halting import halt
from engine.core.market import Market
from engine.core.state import State
from engine.core.units import PPM


def take_trade(state: State, market: Market, price_ticks: int) -> None:
    """Compare a trade with the extremes of the window before it."""
    breaker = market.instrument.breaker
    if breaker is None or market.halt is not None:
        return
    window = market.window
    window.forget(state.now_ns - breaker.window_ns)
    lowest, highest = window.lowest(price_ticks), window.highest(price_ticks)
    window.add(state.now_ns, price_ticks)
    if price_ticks * PPM >= lowest * (PPM + breaker.move_ppm) or price_ticks * PPM <= highest * (
        PPM - breaker.move_ppm
    ):
        window.clear()
        until_ns = state.now_ns + breaker.halt_ns
        halt(state, market, HaltCause.MOVED, until_ns, cancel=breaker.cancel_orders)

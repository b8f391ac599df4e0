"""How far an order reaches into the book, and where one that waits would fire now."""

from engine.core.commands import PlaceOrder, Side
from engine.core.units import PPM
from tui_exchange.command_line.context import Market


def farthest_ticks(order: PlaceOrder, market: Market) -> int | None:
    """The worst price that an order takes: its limit; at market its protection or the band.

    None for any price.
    """
    if order.price_ticks is not None:
        return order.price_ticks
    touch = market.touch_ticks(order.side.opposite)
    bounds = (
        _away(touch, order.protection_ppm, order.side),
        _away(market.mark_ticks, market.instrument.band_ppm, order.side),
    )
    known = [bound for bound in bounds if bound is not None]
    if not known:
        return None
    return min(known) if order.side is Side.BUY else max(known)


def firing_ticks(order: PlaceOrder, market: Market) -> int | None:
    """The trigger; of a trailing stop the one that it would have now, or at its activation."""
    if order.trigger_ticks is not None:
        return order.trigger_ticks
    best = order.activation_ticks or market.watched_ticks(order.trigger_on)
    if best is None:
        return None
    if order.trail_ppm is not None:
        distance = max(1, -(-best * order.trail_ppm // PPM))
    else:
        distance = order.trail_ticks or 0
    return best + distance if order.side is Side.BUY else max(1, best - distance)


def _away(from_ticks: int | None, ppm: int | None, side: Side) -> int | None:
    """A share away on the side that is worse, rounded towards where it comes from."""
    if from_ticks is None or ppm is None:
        return None
    if side is Side.BUY:
        return from_ticks * (PPM + ppm) // PPM
    return -(-from_ticks * (PPM - ppm) // PPM)

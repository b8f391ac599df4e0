"""Leverage that leaves room: an initial margin above what a position needs to stay open.

At 4x, where maintenance is a quarter of the value, a position has nothing to lose: with no other
money behind it, it is liquidated as soon as it is marked below its price, fees included.
"""

from engine.core.accounts.requirements import Tiers
from engine.core.exchange import Exchange
from engine.core.units import PPM


def roomy_leverage(exchange: Exchange, account: str, symbol: str) -> int:
    """The highest leverage at which an account's position in an instrument has room.

    Where there is no position, of one in the smallest tier.
    """
    tiers = Tiers(exchange.instrument(symbol))
    position = exchange.position(account, symbol)
    notional = 0 if position is None else abs(position.cost_quanta)
    if exchange.scale(symbol).inverse and position is not None:
        notional = abs(position.lots) * exchange.scale(symbol).base_quanta_per_lot
    rate_ppm = tiers.segments()[0][2]
    if notional:
        rate_ppm = tiers.maintenance_quanta(notional) * PPM // notional
    if not rate_ppm:
        return tiers.leverage_at(notional)
    return max(1, min(tiers.leverage_at(notional), -(-PPM // rate_ppm) - 1))


def without_room(exchange: Exchange, account: str, symbol: str, leverage: int) -> str:
    """The warning about a leverage that leaves none; empty where there is some."""
    highest = roomy_leverage(exchange, account, symbol)
    if leverage <= highest:
        return ""
    return (
        f"WARNING: at {leverage}x the margin of {symbol} is no more than it needs to stay open:"
        f" with nothing else behind it, it is liquidated at once; `lev {highest}` is the highest"
        " leverage that leaves room"
    )

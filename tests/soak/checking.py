"""Does the exchange show the book that the venue has?"""

from decimal import Decimal

from engine.core.commands import Side
from engine.core.reading import Reading
from engine.core.units import Scale
from feeds.exact_text import NUMBERS
from tests.soak.venue_side import Truth

MARKET = "market"
"""Who owns the mirrored orders."""

Shown = dict[int, int]
"""Price in ticks to lots."""


def shown(exchange: Reading, symbol: str, side: Side) -> Shown:
    """What stands in the exchange for a venue's depth, without our own orders."""
    found = {}
    for price_ticks, lots, orders in exchange.depth(symbol, side):
        if orders > 1 or lots == 0:
            queue = exchange.queue_at(symbol, side, price_ticks)
            lots = sum(open_lots for owner, _, open_lots in queue if owner == MARKET)
        elif exchange.queue_at(symbol, side, price_ticks)[0][0] != MARKET:
            lots = 0
        if lots:
            found[price_ticks] = lots
    return found


def true(scale: Scale, levels: dict[str, str]) -> Shown:
    """What should stand there: whole lots at prices that are whole ticks."""
    tick, lot = (NUMBERS[f"{size:f}"] for size in (scale.tick_size, scale.lot_size))
    found = {}
    for price, size in levels.items():
        price_ticks, rest = divmod(NUMBERS[price], tick)
        lots = NUMBERS[size] // lot
        if lots and not rest:
            found[price_ticks] = lots
    return found


def difference(exchange: Reading, symbol: str, truth: Truth, *, quoted: bool) -> str:
    """Where the exchange's book of a symbol is not the venue's, in words; empty when it is.

    Args:
        quoted: The venue publishes quotes alone, of which depth is made: only the touch is told.
    """
    scale = exchange.scale(symbol)
    for side, levels in ((Side.BUY, truth.bids), (Side.SELL, truth.asks)):
        here, there = shown(exchange, symbol, side), true(scale, levels)
        if quoted:
            best = max if side is Side.BUY else min
            here, there = ({best(book): 0} if book else {} for book in (here, there))
        if here != there:
            wrong = {*here.items()} ^ {*there.items()}
            price_ticks = min(wrong)[0]
            price = Decimal(price_ticks) * scale.tick_size
            lots = here.get(price_ticks, 0), there.get(price_ticks, 0)
            told = f"{price} shows {lots[0]} lots, the venue has {lots[1]}"
            return f"{side.value}: {len(wrong)} levels differ; {told}"
    return ""

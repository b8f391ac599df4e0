"""The currency pairs that can be traded here, and how a rate becomes a quote."""

from decimal import Decimal
from fractions import Fraction

from engine.calendars import FX
from engine.core.instruments import AssetClass, Instrument
from feeds.aggregator import text_of
from feeds.errors import UnknownSymbol
from feeds.exact_text import NUMBERS
from feeds.sources import Reading

PAIRS = (
    *("EUR-USD", "GBP-USD", "USD-JPY", "USD-CHF", "AUD-USD", "USD-CAD", "NZD-USD"),
    *("EUR-GBP", "EUR-JPY", "GBP-JPY"),
)
TICK, TICK_OF_YEN = Decimal("0.00001"), Decimal("0.001")
"""A tenth of a pip, as FX venues quote."""
VENUE = "fx"


def our_pair(text: str) -> str:
    """`EUR-USD` from `eur-usd`, `EUR/USD` or `EURUSD`.

    Raises:
        UnknownSymbol: No pair that is carried.
    """
    joined = text.strip().upper().replace("/", "").replace("-", "")
    for pair in PAIRS:
        if joined == pair.replace("-", ""):
            return pair
    raise UnknownSymbol(f"{text[:24]!r} is no currency pair carried here; use {', '.join(PAIRS)}")


def tick_of(pair: str) -> Decimal:
    """The smallest price step."""
    return TICK_OF_YEN if pair.endswith("-JPY") else TICK


def instrument_of(pair: str) -> Instrument:
    """What may be ordered: whole units of the base currency, against the quote currency in full.

    Dealers earn the spread and charge nothing on top.
    """
    base, quote = pair.split("-")
    return Instrument(
        symbol=pair,
        venue=VENUE,
        asset_class=AssetClass.FX,
        base=base,
        quote=quote,
        settlement=quote,
        tick_size=tick_of(pair),
        lot_size=Decimal(1),
        maker_fee_ppm=0,
        taker_fee_ppm=0,
        calendar=FX,
    )


def quote_of(reading: Reading, half_spread_ticks: int) -> tuple[str, str]:
    """Bid and ask on ticks, rounded away from each other: nothing looks cheaper than it is.

    Args:
        reading: Where it states no bid and ask, they are made of its mid.
        half_spread_ticks: From the mid to each side where they have to be made; at least 1.
    """
    tick = Fraction(tick_of(reading.symbol))
    if reading.bid is not None and reading.ask is not None:
        bid, ask = reading.bid // tick, -(-reading.ask // tick)
        if bid < ask:
            return _text(bid, reading.symbol), _text(ask, reading.symbol)
    bid = reading.mid // tick - half_spread_ticks
    ask = -(-reading.mid // tick) + half_spread_ticks
    return _text(max(bid, 1), reading.symbol), _text(ask, reading.symbol)


def _text(ticks: int, pair: str) -> str:
    return text_of(ticks * NUMBERS[f"{tick_of(pair)}"])

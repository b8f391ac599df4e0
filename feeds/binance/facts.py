"""What Binance says besides book and tape: candles, marks, funding, open interest."""

from feeds.binance.payloads import Kline, MarkUpdate, OpenContracts
from feeds.binance.reading import nanoseconds
from feeds.exact_text import NUMBERS
from feeds.messages import Candle, FundingRate, IndexPrice, MarkPrice, OpenInterest, VenueMessage

SECOND_NS = 1_000_000_000
UNITS_S = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def candle(body: Kline, symbol: str, received_ns: int) -> tuple[Candle, ...]:
    """A candle of a length that is always the same; none for a month's.

    Raises:
        MalformedFrame: A price or volume that is no plain decimal.
    """
    count, unit = body.i[:-1], UNITS_S.get(body.i[-1:])
    for text in (body.o, body.h, body.l, body.c, body.v):
        NUMBERS[text]
    if unit is None or not (count.isascii() and count.isdigit()):
        return ()
    return (
        Candle(
            received_ns=received_ns,
            symbol=symbol,
            interval_ns=int(count) * unit * SECOND_NS,
            open_ns=nanoseconds(body.t),
            open=body.o,
            high=body.h,
            low=body.l,
            close=body.c,
            volume=body.v,
            closed=body.x,
        ),
    )


def marks(body: MarkUpdate, symbol: str, received_ns: int) -> tuple[VenueMessage, ...]:
    """Mark, index and funding, as far as they are stated.

    Raises:
        MalformedFrame: A price or rate that is no decimal.
    """
    told: list[VenueMessage] = []
    venue_ns = nanoseconds(body.E)
    for kind, price in ((MarkPrice, body.p), (IndexPrice, body.i)):
        if price and NUMBERS[price]:
            told.append(
                kind(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, price=price)
            )
    if body.r:
        NUMBERS[body.r.removeprefix("-")]
        told.append(
            FundingRate(
                received_ns=received_ns,
                venue_ns=venue_ns,
                symbol=symbol,
                rate=body.r,
                next_ns=nanoseconds(body.T) or None,
            )
        )
    return tuple(told)


def open_interest(body: OpenContracts, symbol: str, received_ns: int) -> OpenInterest:
    """How much is held.

    Raises:
        MalformedFrame: A size that is no plain decimal.
    """
    NUMBERS[body.openInterest]
    return OpenInterest(
        received_ns=received_ns,
        venue_ns=nanoseconds(body.time),
        symbol=symbol,
        size=body.openInterest,
    )

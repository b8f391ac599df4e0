"""Binance's trades."""

from engine.core.commands import Side
from feeds.binance.payloads import AggregatePrint, TradePrint
from feeds.binance.reading import nanoseconds
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.messages import Trade


def trade_of(
    body: TradePrint | AggregatePrint, symbol: str, trade_id: str, received_ns: int
) -> Trade:
    """One print.

    Raises:
        MalformedFrame: It has no price or no size.
    """
    if not (NUMBERS[body.p] and NUMBERS[body.q]):
        raise MalformedFrame(f"trade {trade_id} has a price or size of zero")
    return Trade(
        received_ns=received_ns,
        venue_ns=nanoseconds(body.T),
        symbol=symbol,
        trade_id=trade_id,
        side=Side.SELL if body.m else Side.BUY,
        price=body.p,
        size=body.q,
        aggregate=isinstance(body, AggregatePrint),
    )

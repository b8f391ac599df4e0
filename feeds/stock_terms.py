"""The terms of a US stock, where a venue states neither tick nor lot: the rules of the market do.

Source: SEC Regulation NMS, Rule 612 (orders of a dollar or more are priced in cents, below in
hundredths of a cent); a round lot may be any number of shares. Brokers of this kind charge no
commission; what regulators charge sellers is not counted.
"""

from decimal import Decimal

from engine.calendars import US_EQUITIES
from engine.core.instruments import AssetClass, Instrument

CENT, BELOW_A_DOLLAR = Decimal("0.01"), Decimal("0.0001")
DOLLAR = Decimal(1)


def stock(symbol: str, venue: str, price: Decimal | None) -> Instrument:
    """One share, in dollars.

    Args:
        symbol: The ticker, which is ours too.
        venue: Whose prices these are.
        price: The last one, which decides about the tick; None when it is not known.
    """
    below = price is not None and price < DOLLAR
    return Instrument(
        symbol=symbol,
        venue=venue,
        asset_class=AssetClass.STOCK,
        base=symbol,
        quote="USD",
        settlement="USD",
        tick_size=BELOW_A_DOLLAR if below else CENT,
        lot_size=Decimal(1),
        maker_fee_ppm=0,
        taker_fee_ppm=0,
        calendar=US_EQUITIES,
    )

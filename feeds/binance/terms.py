"""Binance's filters as the terms of an instrument.

Source: binance-spot-api-docs, *Filters* (PRICE_FILTER, LOT_SIZE, NOTIONAL, MIN_NOTIONAL).
"""

from decimal import Decimal

from engine.core.instruments import AssetClass, Instrument
from engine.core.units import UnitError, parse_decimal, quanta_exact
from feeds.binance.payloads import Filter, SymbolInfo
from feeds.errors import MalformedFrame
from feeds.messages import InstrumentTerms

VENUE = "binance"
MAKER_FEE_PPM = TAKER_FEE_PPM = 1000
"""The public schedule's first tier, 0.1 %, which applies when no other is configured."""


def instrument_terms(info: SymbolInfo, received_ns: int) -> InstrumentTerms:
    """What may be ordered, from the filters.

    Raises:
        MalformedFrame: A filter that is needed is missing, or states no usable number.
    """
    filters = {item.filterType: item for item in info.filters}
    price, lot = filters.get("PRICE_FILTER"), filters.get("LOT_SIZE")
    if price is None or lot is None:
        raise MalformedFrame(f"{info.symbol[:24]!r} comes without PRICE_FILTER or LOT_SIZE")
    try:
        instrument = _instrument(info, price, lot, filters)
    except UnitError as error:
        raise MalformedFrame(f"the filters of {info.symbol[:24]!r}: {error}") from None
    return InstrumentTerms(received_ns=received_ns, instrument=instrument, venue_symbol=info.symbol)


def _instrument(
    info: SymbolInfo, price: Filter, lot: Filter, filters: dict[str, Filter]
) -> Instrument:
    tick, step = _step(price.tickSize), _step(lot.stepSize)
    notional = filters.get("NOTIONAL") or filters.get("MIN_NOTIONAL")
    return Instrument(
        symbol=f"{info.baseAsset}-{info.quoteAsset}",
        venue=VENUE,
        asset_class=AssetClass.SPOT,
        base=info.baseAsset,
        quote=info.quoteAsset,
        settlement=info.quoteAsset,
        tick_size=tick,
        lot_size=step,
        lots_min=max(1, int(-(-parse_decimal(lot.minQty) // step))),
        lots_max=max(1, int(parse_decimal(lot.maxQty) // step)),
        notional_min_quanta=quanta_exact(parse_decimal(notional.minNotional)) if notional else 0,
        maker_fee_ppm=MAKER_FEE_PPM,
        taker_fee_ppm=TAKER_FEE_PPM,
    )


def _step(text: str) -> Decimal:
    step = parse_decimal(text)
    if step <= 0:
        raise UnitError(f"{text!r} is not a step")
    return step.normalize()

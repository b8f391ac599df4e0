"""Bybit's metadata as the terms of an instrument.

Sizes of linear contracts and options are in units of the base; those of inverse contracts are in
units of the quote currency, so that their multiplier is one dollar.

Source: Bybit API v5 documentation, *Get Instruments Info*. Fees are those of the first public tier.
"""

from decimal import Decimal

from engine.core.fees.published import BYBIT_DERIVATIVES, BYBIT_SPOT
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import PPM, UnitError, parse_decimal, quanta_exact
from feeds.bybit.payloads import Info
from feeds.bybit.symbols import Category, named
from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.messages import InstrumentTerms

VENUE = "bybit"
CONTRACTS = {
    "LinearPerpetual": (Category.LINEAR, AssetClass.PERPETUAL),
    "LinearFutures": (Category.LINEAR, AssetClass.FUTURE),
    "InversePerpetual": (Category.INVERSE, AssetClass.INVERSE),
    "InverseFutures": (Category.INVERSE, AssetClass.INVERSE),
}


def instrument_terms(info: Info, received_ns: int) -> InstrumentTerms:
    """What may be ordered.

    Raises:
        MalformedFrame: What is needed is missing, or states no usable number.
    """
    try:
        instrument = _instrument(info)
    except (UnitError, UnknownSymbol, ArithmeticError) as error:
        raise MalformedFrame(f"the terms of {info.symbol[:32]!r}: {error}") from None
    return InstrumentTerms(
        received_ns=received_ns,
        instrument=instrument,
        venue_symbol=info.symbol,
        leverage_stated=info.leverageFilter is not None and bool(info.leverageFilter.maxLeverage),
    )


def _instrument(info: Info) -> Instrument:
    category, asset_class = _kind(info)
    lots = info.lotSizeFilter
    lot = _positive(lots.qtyStep or lots.basePrecision)
    tier = (BYBIT_SPOT if category is Category.SPOT else BYBIT_DERIVATIVES).tiers[0]
    least = parse_decimal(lots.minOrderQty) if lots.minOrderQty else lot
    greatest = lots.maxLimitOrderQty or lots.maxOrderQty
    most = parse_decimal(greatest) if greatest else lot * 10**15
    notional = lots.minNotionalValue or lots.minOrderAmt
    inverse = asset_class is AssetClass.INVERSE
    settlement = info.settleCoin or info.quoteCoin
    return Instrument(
        symbol=named(info.symbol, category),
        venue=VENUE,
        asset_class=asset_class,
        base=info.baseCoin,
        quote=info.quoteCoin if inverse else settlement,
        settlement=settlement,
        tick_size=_positive(info.priceFilter.tickSize),
        lot_size=lot,
        lots_min=max(1, int(-(-least // lot))),
        lots_max=min(10**15, max(1, int(most // lot))),
        notional_min_quanta=quanta_exact(parse_decimal(notional)) if notional else 0,
        maker_fee_ppm=tier.maker_ppm,
        taker_fee_ppm=tier.taker_ppm,
        initial_margin_ppm=_margin_ppm(info),
    )


def _kind(info: Info) -> tuple[Category, AssetClass]:
    if info.optionsType:
        return Category.OPTION, AssetClass.OPTION
    if not info.contractType:
        return Category.SPOT, AssetClass.SPOT
    found = CONTRACTS.get(info.contractType)
    if found is None:
        raise UnitError(f"the contract type {info.contractType[:24]!r} is not known")
    return found


def _margin_ppm(info: Info) -> int:
    """What the highest leverage asks for; everything where there is none."""
    leverage = info.leverageFilter
    if leverage is None or not leverage.maxLeverage or not info.contractType:
        return PPM
    return min(PPM, max(1, int(-(-PPM // _positive(leverage.maxLeverage)))))


def _positive(text: str) -> Decimal:
    number = parse_decimal(text)
    if number <= 0:
        raise UnitError(f"{text!r} is not above zero")
    return number.normalize()

"""OKX's metadata as the terms of an instrument.

Sizes of derivatives are contracts: the quantity step is a number of contracts, and the multiplier
what one of them stands for, in units of the base for a linear contract or an option, in units of
the quote currency for an inverse one.

Source: OKX API guide v5, *Get instruments*. Fees are those of the first public tier.
"""

from decimal import Decimal

from engine.core.fees.published import OKX_FUTURES, OKX_SPOT
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import PPM, UnitError, parse_decimal
from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.messages import InstrumentTerms
from feeds.okx.payloads import Info
from feeds.okx.symbols import family_of, our_symbol

VENUE = "okx"
FUTURE_CLASSES = {
    ("SWAP", "linear"): AssetClass.PERPETUAL,
    ("SWAP", "inverse"): AssetClass.INVERSE,
    ("FUTURES", "linear"): AssetClass.FUTURE,
    ("FUTURES", "inverse"): AssetClass.INVERSE,
}
TRADED = frozenset(("SPOT", "SWAP", "FUTURES", "OPTION"))
"""Kinds of instrument that have terms of their own; `MARGIN` repeats the pairs of `SPOT`."""


def instrument_terms(info: Info, received_ns: int) -> InstrumentTerms:
    """What may be ordered.

    Raises:
        MalformedFrame: What is needed is missing, or states no usable number.
    """
    try:
        instrument = _instrument(info)
    except (UnitError, UnknownSymbol, ArithmeticError) as error:
        raise MalformedFrame(f"the terms of {info.instId[:32]!r}: {error}") from None
    return InstrumentTerms(
        received_ns=received_ns,
        instrument=instrument,
        venue_symbol=info.instId,
        leverage_stated=bool(info.lever),
    )


def _instrument(info: Info) -> Instrument:
    asset_class = _asset_class(info)
    base, quote, settlement = _currencies(info, asset_class)
    lot = _positive(info.lotSz)
    spot = asset_class is AssetClass.SPOT
    tier = (OKX_SPOT if spot else OKX_FUTURES).tiers[0]
    most = parse_decimal(info.maxLmtSz) if info.maxLmtSz else lot * 10**15
    return Instrument(
        symbol=our_symbol(info.instId),
        venue=VENUE,
        asset_class=asset_class,
        base=base,
        quote=quote,
        settlement=settlement,
        tick_size=_positive(info.tickSz),
        lot_size=lot,
        lots_min=max(1, int(-(-parse_decimal(info.minSz) // lot))),
        lots_max=min(10**15, max(1, int(most // lot))),
        multiplier=Decimal(1) if spot else _contract(info),
        maker_fee_ppm=tier.maker_ppm,
        taker_fee_ppm=tier.taker_ppm,
        initial_margin_ppm=_margin_ppm(info),
    )


def _asset_class(info: Info) -> AssetClass:
    if info.instType == "SPOT":
        return AssetClass.SPOT
    if info.instType == "OPTION":
        return AssetClass.OPTION
    found = FUTURE_CLASSES.get((info.instType, info.ctType))
    if found is None:
        raise UnitError(f"{info.instType[:12]!r} of the type {info.ctType[:12]!r} is not known")
    return found


def _currencies(info: Info, asset_class: AssetClass) -> tuple[str, str, str]:
    """Base, quote and settlement; an option is quoted in what it settles in."""
    if asset_class is AssetClass.SPOT:
        return info.baseCcy, info.quoteCcy, info.quoteCcy
    base, _, quote = (info.uly or family_of(info.instId)).partition("-")
    if asset_class is AssetClass.INVERSE:
        return base, quote, info.settleCcy
    settlement = info.settleCcy or quote
    return base, settlement, settlement


def _contract(info: Info) -> Decimal:
    return (_positive(info.ctVal) * _positive(info.ctMult or "1")).normalize()


def _margin_ppm(info: Info) -> int:
    """What the highest leverage asks for; everything where there is none."""
    if info.instType in ("SPOT", "OPTION") or not info.lever:
        return PPM
    return min(PPM, max(1, int(-(-PPM // _positive(info.lever)))))


def _positive(text: str) -> Decimal:
    number = parse_decimal(text)
    if number <= 0:
        raise UnitError(f"{text!r} is not above zero")
    return number.normalize()

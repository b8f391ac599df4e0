"""Binance's filters as the terms of an instrument.

Source: binance-spot-api-docs, *Filters* (PRICE_FILTER, LOT_SIZE, NOTIONAL, MIN_NOTIONAL), and
developers.binance.com, *Exchange Information* of USDⓈ-M and COIN-M Futures.
"""

from decimal import Decimal, DecimalException
from typing import Any

from msgspec import UNSET

from engine.core.instruments import AssetClass, Instrument
from engine.core.units import UnitError, parse_decimal, quanta_exact
from feeds.binance.payloads import Filter, SymbolInfo
from feeds.binance.symbols import PERPETUAL, contract
from feeds.errors import MalformedFrame
from feeds.messages import InstrumentTerms

SPOT, USDM, COINM = "binance", "binance-usdm", "binance-coinm"
SPOT_FEE_PPM = 1000
"""Maker and taker; the public schedule's first tier, 0.1 %, as of 2026-07-26."""
FUTURES_MAKER_PPM, FUTURES_TAKER_PPM = 200, 500
"""The public schedules' first tier, the same in USD-M and COIN-M; as of 2026-09-27."""
FUTURES_MARGIN_PPM = 50_000
"""The leverage of 20 with which an account begins. What a contract allows, and what it asks of
large positions, is told to accounts alone."""


def venue_of(info: SymbolInfo) -> str:
    """Which of Binance's markets lists this instrument."""
    if info.contractType is UNSET:
        return SPOT
    return USDM if info.contractSize is UNSET else COINM


def spot_terms(info: SymbolInfo, received_ns: int) -> InstrumentTerms:
    """What may be ordered, from the filters.

    Raises:
        MalformedFrame: A filter that is needed is missing, or states no usable number.
    """
    return _terms(
        info,
        received_ns,
        symbol=f"{info.baseAsset}-{info.quoteAsset}",
        venue=SPOT,
        asset_class=AssetClass.SPOT,
        settlement=info.quoteAsset,
        maker_fee_ppm=SPOT_FEE_PPM,
        taker_fee_ppm=SPOT_FEE_PPM,
    )


def usdm_terms(info: SymbolInfo, received_ns: int) -> InstrumentTerms:
    """The terms of a linear future, dated or not.

    Raises:
        MalformedFrame: As above, or a future that is paid in another asset than it is quoted in.
    """
    if info.marginAsset != info.quoteAsset:
        raise MalformedFrame(f"{info.symbol[:24]!r} does not settle in its quote asset")
    symbol, dated = _future(info)
    return _terms(
        info,
        received_ns,
        symbol=symbol,
        venue=USDM,
        asset_class=AssetClass.FUTURE if dated else AssetClass.PERPETUAL,
        settlement=info.quoteAsset,
        **_MARGINED,
    )


def coinm_terms(info: SymbolInfo, received_ns: int) -> InstrumentTerms:
    """The terms of an inverse future: sizes are contracts, each worth `multiplier` US dollars.

    Raises:
        MalformedFrame: As above, or a contract without a size or an asset that pays.
    """
    if info.contractSize is UNSET or info.marginAsset is UNSET:
        raise MalformedFrame(f"{info.symbol[:24]!r} comes without contractSize or marginAsset")
    symbol, _ = _future(info)
    return _terms(
        info,
        received_ns,
        symbol=symbol,
        venue=COINM,
        asset_class=AssetClass.INVERSE,
        settlement=info.marginAsset,
        multiplier=Decimal(info.contractSize),
        **_MARGINED,
    )


_MARGINED = {
    "maker_fee_ppm": FUTURES_MAKER_PPM,
    "taker_fee_ppm": FUTURES_TAKER_PPM,
    "initial_margin_ppm": FUTURES_MARGIN_PPM,
}


def _future(info: SymbolInfo) -> tuple[str, bool]:
    """Our symbol, and whether it is delivered one day. A contract that is only announced, or is
    being settled, has no type."""
    if not info.contractType:
        raise MalformedFrame(f"{info.symbol[:24]!r} is not traded: it has no contract type")
    tail = contract(info.symbol)
    return f"{info.baseAsset}-{info.quoteAsset}-{tail}", tail != PERPETUAL


def _terms(info: SymbolInfo, received_ns: int, **known: Any) -> InstrumentTerms:
    filters = {item.filterType: item for item in info.filters}
    price, lot = filters.get("PRICE_FILTER"), filters.get("LOT_SIZE")
    if price is None or lot is None:
        raise MalformedFrame(f"{info.symbol[:24]!r} comes without PRICE_FILTER or LOT_SIZE")
    try:
        instrument = Instrument(
            base=info.baseAsset,
            quote=info.quoteAsset,
            tick_size=_step(price.tickSize),
            notional_min_quanta=_notional_min_quanta(filters),
            **_lots(lot),
            **known,
        )
    except UnitError as error:
        raise MalformedFrame(f"the filters of {info.symbol[:24]!r}: {error}") from None
    except DecimalException:
        text = f"the filters of {info.symbol[:24]!r} state numbers that no market has"
        raise MalformedFrame(text) from None
    return InstrumentTerms(received_ns=received_ns, instrument=instrument, venue_symbol=info.symbol)


def _lots(lot: Filter) -> dict[str, Any]:
    step = _step(lot.stepSize)
    return {
        "lot_size": step,
        "lots_min": max(1, int(-(-parse_decimal(lot.minQty) // step))),
        "lots_max": max(1, int(parse_decimal(lot.maxQty) // step)),
    }


def _notional_min_quanta(filters: dict[str, Filter]) -> int:
    rule = filters.get("NOTIONAL") or filters.get("MIN_NOTIONAL")
    return quanta_exact(parse_decimal(rule.minNotional or rule.notional)) if rule else 0


def _step(text: str) -> Decimal:
    step = parse_decimal(text)
    if step <= 0:
        raise UnitError(f"{text!r} is not a step")
    return step.normalize()

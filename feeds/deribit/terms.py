"""Deribit's metadata as the terms of instruments.

Spot pairs and linear contracts, which are paid in their quote currency, can be traded. Inverse
contracts and options are listed to be watched, in the venue's own units:

| kind | price | quantity |
|---|---|---|
| inverse perpetual or future | US dollars for one of the base currency | US dollars |
| linear perpetual or future | quote currency | base currency |
| option | base currency, or USDC where its name says so | options on one of the base currency |

The tick is the finest that applies at any price. Fees are those that the metadata states, which are
the venue's standard ones. Source: Deribit API v2, *public/get_instruments*, and *Deribit Fees*.
"""

from decimal import Decimal

from engine.core.instruments import AssetClass, Instrument
from engine.core.units import PPM, Scale, UnitError
from feeds.deribit import numbers
from feeds.deribit.payloads import InstrumentData
from feeds.deribit.symbols import PERP, is_inverse, symbol_of
from feeds.errors import MalformedFrame
from feeds.messages import InstrumentTerms

VENUE = "deribit"
SPOT, FUTURE, OPTION = "spot", "future", "option"
KINDS = (SPOT, FUTURE, OPTION)


def instrument_terms(data: InstrumentData, received_ns: int) -> InstrumentTerms:
    """What may be ordered or, where the class says so, only watched.

    Raises:
        UnknownSymbol: A combination of legs, or another name that has no symbol here.
        MalformedFrame: Something that is needed is missing or no usable number.
    """
    symbol = symbol_of(data.instrument_name)
    if data.kind not in KINDS or not (data.base_currency and data.quote_currency):
        raise MalformedFrame(f"{symbol} has the kind {data.kind[:24]!r}, or no currencies")
    instrument = _instrument(data, symbol)
    try:
        Scale(instrument)
    except UnitError as error:
        raise MalformedFrame(f"the metadata of {symbol}: {error}") from None
    name = data.instrument_name
    return InstrumentTerms(
        received_ns=received_ns,
        instrument=instrument,
        venue_symbol=name,
        leverage_stated=not instrument.asset_class.owned and instrument.asset_class.tradable,
    )


def _instrument(data: InstrumentData, symbol: str) -> Instrument:
    asset_class = _asset_class(data.kind, symbol)
    least = numbers.decimal(data.min_trade_amount)
    lot = min(least, numbers.decimal(data.contract_size))
    if lot <= 0:
        raise MalformedFrame(f"{symbol} has a contract size or smallest amount of zero")
    inverse = asset_class is AssetClass.INVERSE
    return Instrument(
        symbol=symbol,
        venue=VENUE,
        asset_class=asset_class,
        base=data.base_currency,
        quote=data.quote_currency,
        settlement=data.base_currency if inverse else data.quote_currency,
        tick_size=_tick(data).normalize(),
        lot_size=lot.normalize(),
        lots_min=max(1, int(-(-least // lot))),
        maker_fee_ppm=_ppm(numbers.decimal(data.maker_commission)),
        taker_fee_ppm=_ppm(numbers.decimal(data.taker_commission)),
        initial_margin_ppm=_margin_ppm(data, asset_class),
    )


def _asset_class(kind: str, symbol: str) -> AssetClass:
    if kind != FUTURE:
        return AssetClass.SPOT if kind == SPOT else AssetClass.OPTION
    if is_inverse(symbol):
        return AssetClass.INVERSE
    return AssetClass.PERPETUAL if symbol.endswith(PERP) else AssetClass.FUTURE


def _tick(data: InstrumentData) -> Decimal:
    steps = data.tick_size_steps or ()
    return min(
        numbers.decimal(raw) for raw in (data.tick_size, *(each.tick_size for each in steps))
    )


def _ppm(share: Decimal) -> int:
    return int((share * PPM).to_integral_value())


def _margin_ppm(data: InstrumentData, asset_class: AssetClass) -> int:
    if asset_class in (AssetClass.SPOT, AssetClass.OPTION):
        return PPM
    leverage = numbers.decimal(data.max_leverage)
    if leverage < 1:
        raise MalformedFrame(f"{data.instrument_name[:32]} has a highest leverage below 1")
    return int(-(-PPM // leverage))

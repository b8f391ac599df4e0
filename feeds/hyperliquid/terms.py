"""Hyperliquid's metadata as the terms of instruments.

A price may have five significant figures, and at most 6 (perpetuals) or 8 (spot) decimals less
those of the size; whole numbers are always allowed. A tick that depends on the price cannot be
stated here, so the tick is the finest step that can occur, `10^-(6 - szDecimals)`: every price of
the venue can be shown, and an order here may be priced more finely than the venue would take it.

Source: Hyperliquid Docs, *Tick and lot size*, *Fees* (base rates of the first tier, read on
2026-09-23 and, for spot, 2026-04-27), *Error responses* (orders of less than 10 units of the quote
currency are refused).
"""

from contextlib import suppress
from decimal import Decimal

from engine.core.instruments import AssetClass, Instrument
from engine.core.units import PPM, QUANTA_PER_UNIT
from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.hyperliquid.payloads import Asset, PerpMeta, SpotMeta, Token
from feeds.hyperliquid.symbols import Names
from feeds.messages import InstrumentTerms

VENUE = "hyperliquid"
PERP_DECIMALS, SPOT_DECIMALS = 6, 8
NOTIONAL_MIN_QUANTA = 10 * QUANTA_PER_UNIT
PERP_MAKER_PPM, PERP_TAKER_PPM = 150, 450
SPOT_MAKER_PPM, SPOT_TAKER_PPM = 400, 700
USDC_INDEX = 0


def perpetual_terms(meta: PerpMeta, names: Names, received_ns: int) -> tuple[InstrumentTerms, ...]:
    """The perpetuals that can be traded; those that settle in another token are left out.

    Raises:
        MalformedFrame: None of those listed states usable sizes.
    """
    if meta.collateralToken != USDC_INDEX:
        return ()
    terms = []
    for asset in meta.universe:
        with suppress(UnknownSymbol):
            symbol = names.symbol(asset.name)
            if asset.szDecimals <= PERP_DECIMALS and asset.maxLeverage and not asset.isDelisted:
                terms.append(_terms(_perpetual(asset, symbol), asset.name, received_ns))
    if not terms and meta.universe:
        raise MalformedFrame("none of the perpetuals in `meta` states usable sizes and a leverage")
    return tuple(terms)


def spot_terms(meta: SpotMeta, received_ns: int) -> tuple[InstrumentTerms, ...]:
    """The spot pairs, named by their tokens; of two with the same name the first is meant.

    Raises:
        MalformedFrame: None of the pairs has tokens with usable sizes.
    """
    tokens = {token.index: token for token in meta.tokens}
    terms: dict[str, InstrumentTerms] = {}
    for pair in meta.universe:
        base, quote = (tokens.get(index) for index in pair.tokens)
        if base is None or quote is None or base.szDecimals > SPOT_DECIMALS:
            continue
        if not (_is_name(base.name) and _is_name(quote.name)):
            continue
        instrument = _spot(base, quote)
        terms.setdefault(instrument.symbol, _terms(instrument, pair.name, received_ns))
    if meta.universe and not terms:
        raise MalformedFrame("none of the pairs in `spotMeta` names tokens with usable sizes")
    return tuple(terms.values())


def _perpetual(asset: Asset, symbol: str) -> Instrument:
    return Instrument(
        symbol=symbol,
        venue=VENUE,
        asset_class=AssetClass.PERPETUAL,
        base=symbol.partition("-")[0],
        quote="USDC",
        settlement="USDC",
        tick_size=_step(PERP_DECIMALS - asset.szDecimals),
        lot_size=_step(asset.szDecimals),
        notional_min_quanta=NOTIONAL_MIN_QUANTA,
        maker_fee_ppm=PERP_MAKER_PPM,
        taker_fee_ppm=PERP_TAKER_PPM,
        initial_margin_ppm=-(-PPM // asset.maxLeverage),
    )


def _spot(base: Token, quote: Token) -> Instrument:
    base_name, quote_name = base.name.upper(), quote.name.upper()
    return Instrument(
        symbol=f"{base_name}-{quote_name}",
        venue=VENUE,
        asset_class=AssetClass.SPOT,
        base=base_name,
        quote=quote_name,
        settlement=quote_name,
        tick_size=_step(SPOT_DECIMALS - base.szDecimals),
        lot_size=_step(base.szDecimals),
        notional_min_quanta=NOTIONAL_MIN_QUANTA,
        maker_fee_ppm=SPOT_MAKER_PPM,
        taker_fee_ppm=SPOT_TAKER_PPM,
    )


def _terms(instrument: Instrument, coin: str, received_ns: int) -> InstrumentTerms:
    return InstrumentTerms(
        received_ns=received_ns,
        instrument=instrument,
        venue_symbol=coin,
        leverage_stated=instrument.asset_class is AssetClass.PERPETUAL,
    )


def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def _is_name(text: str) -> bool:
    return text.isascii() and text.isalnum()

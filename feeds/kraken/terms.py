"""What may be ordered at Kraken, from either of its metadata.

REST states a pair's own fees; the `instrument` channel states none, and there the first tier of the
published schedule is used.

Source: Kraken, *Spot REST: Get Tradable Asset Pairs*; *Spot WebSocket v2: instrument*.
"""

from decimal import Decimal, InvalidOperation

import msgspec
from msgspec import Raw, UnsetType

from engine.core.fees.published import KRAKEN_SPOT
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import UnitError, parse_decimal, quanta_exact
from feeds.errors import MalformedFrame
from feeds.kraken.number_text import plain_text, step_text
from feeds.kraken.payloads import AssetPair, Pair
from feeds.kraken.symbols import frame_symbol

VENUE = "kraken"
FIRST_TIER = KRAKEN_SPOT.tiers[0]
PPM_PER_PERCENT = 10_000
FEE_PPM_MAX = 100_000


class PairTerms(msgspec.Struct, frozen=True, kw_only=True):
    """One pair in the words that both metadata share; sizes and values are texts."""

    symbol: str
    """Ours."""
    price_places: int
    """Decimals of its prices on the wire."""
    qty_places: int
    """Decimals of its quantities on the wire."""
    tick: str
    lot: str
    qty_min: str
    cost_min: str
    maker_fee_ppm: int = FIRST_TIER.maker_ppm
    taker_fee_ppm: int = FIRST_TIER.taker_ppm

    def instrument(self) -> Instrument:
        """The terms of its orders.

        Raises:
            MalformedFrame: A text is no usable number.
        """
        base, _, quote = self.symbol.partition("-")
        try:
            lot = _step(self.lot)
            return Instrument(
                symbol=self.symbol,
                venue=VENUE,
                asset_class=AssetClass.SPOT,
                base=base,
                quote=quote,
                settlement=quote,
                tick_size=_step(self.tick),
                lot_size=lot,
                lots_min=max(1, int(-(-_amount(self.qty_min) // lot))),
                notional_min_quanta=quanta_exact(_amount(self.cost_min)),
                maker_fee_ppm=self.maker_fee_ppm,
                taker_fee_ppm=self.taker_fee_ppm,
            )
        except UnitError as error:
            raise MalformedFrame(f"the terms of {self.symbol}: {error}") from None
        except InvalidOperation:
            text = f"the least size of {self.symbol} is no sensible number of lots"
            raise MalformedFrame(text) from None


def rest_terms(pair: AssetPair) -> PairTerms:
    """Of the REST metadata.

    Raises:
        MalformedFrame: A term is no usable number.
    """
    return PairTerms(
        symbol=frame_symbol(pair.wsname),
        price_places=pair.pair_decimals,
        qty_places=pair.lot_decimals,
        tick=pair.tick_size or step_text(pair.pair_decimals),
        lot=step_text(pair.lot_decimals),
        qty_min=pair.ordermin,
        cost_min=pair.costmin or "0",
        maker_fee_ppm=_first_fee(pair.fees_maker or pair.fees, FIRST_TIER.maker_ppm),
        taker_fee_ppm=_first_fee(pair.fees, FIRST_TIER.taker_ppm),
    )


def streamed_terms(pair: Pair) -> PairTerms:
    """Of the `instrument` channel.

    Raises:
        MalformedFrame: A term is no usable number.
    """
    return PairTerms(
        symbol=frame_symbol(pair.symbol),
        price_places=pair.price_precision,
        qty_places=pair.qty_precision,
        tick=_stated(pair.price_increment) or step_text(pair.price_precision),
        lot=_stated(pair.qty_increment) or step_text(pair.qty_precision),
        qty_min=plain_text(pair.qty_min),
        cost_min=_stated(pair.cost_min) or "0",
    )


def _stated(token: Raw | UnsetType) -> str:
    return "" if isinstance(token, UnsetType) else plain_text(token)


def _first_fee(tiers: list[tuple[Raw, Raw]], otherwise_ppm: int) -> int:
    """The rate before any volume, which is stated in percent."""
    if not tiers:
        return otherwise_ppm
    text = plain_text(tiers[0][1])
    rate_ppm = Decimal(text) * PPM_PER_PERCENT
    if rate_ppm != int(rate_ppm) or rate_ppm > FEE_PPM_MAX:
        raise MalformedFrame(f"{text} % is no fee")
    return int(rate_ppm)


def _amount(text: str) -> Decimal:
    amount = parse_decimal(text)
    if amount < 0:
        raise UnitError(f"{text!r} is below zero")
    return amount


def _step(text: str) -> Decimal:
    step = parse_decimal(text)
    if step <= 0:
        raise UnitError(f"{text!r} is not a step")
    return step.normalize()

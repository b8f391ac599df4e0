"""A product as Coinbase describes it, and what may be ordered of it.

Both feeds describe the same products. Advanced Trade states `price_increment`, bounds of the size
and `quote_min_size`. Exchange, and the `status` channels of both, state the price step as
`quote_increment` and the smallest value of an order as `min_market_funds`; until June 2022 that was
for market orders alone, and `base_min_size` and `base_max_size` stood beside it for all.

Source: Coinbase Advanced Trade API, *Get Public Product*; Coinbase Exchange, *Get single product*,
*Status channel* and changelog.
"""

from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal, InvalidOperation

import msgspec

from engine.core.fees.published import COINBASE_EXCHANGE
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import LOTS_MAX, UnitError, parse_decimal, quanta_exact
from feeds.errors import MalformedFrame
from feeds.messages import InstrumentTerms
from feeds.plain_text import shown

FIRST_TIER = COINBASE_EXCHANGE.tiers[0]
"""Of the schedule that Coinbase Exchange publishes, read on the date that it names; Advanced
Trade's highest rates are the same."""
SPOT_TYPES = frozenset({"", "SPOT", "UNKNOWN_PRODUCT_TYPE"})
SHOWN_MAX = 24


class Product(msgspec.Struct):
    """One product, in the words of either feed; empty for what it does not state."""

    product_id: str = ""
    id: str = ""
    base_currency_id: str = ""
    base_currency: str = ""
    quote_currency_id: str = ""
    quote_currency: str = ""
    base_increment: str = ""
    price_increment: str = ""
    quote_increment: str = ""
    base_min_size: str | None = ""
    base_max_size: str | None = ""
    quote_min_size: str | None = ""
    min_market_funds: str | None = ""
    product_type: str = ""
    alias: str = ""
    """Under which other product's name the book is sent."""

    @property
    def name(self) -> str:
        """The product id."""
        return self.product_id or self.id


def listed_terms(
    products: Iterable[Product], venue: str, received_ns: int
) -> tuple[InstrumentTerms, ...]:
    """The terms of those that can be ordered; futures, and what lacks a term, are passed over."""
    terms: list[InstrumentTerms] = []
    for product in products:
        with suppress(MalformedFrame):
            terms.append(instrument_terms(product, venue, received_ns))
    return tuple(terms)


def instrument_terms(product: Product, venue: str, received_ns: int) -> InstrumentTerms:
    """The terms of one spot product.

    Raises:
        MalformedFrame: It is no spot product, or a term is missing or no usable number.
    """
    try:
        instrument = _instrument(product, venue)
    except UnitError as error:
        name = shown(product.name, SHOWN_MAX)
        raise MalformedFrame(f"the terms of {name!r}: {error}") from None
    except InvalidOperation:
        name = shown(product.name, SHOWN_MAX)
        raise MalformedFrame(f"the sizes of {name!r} are no sensible number of steps") from None
    return InstrumentTerms(
        received_ns=received_ns, instrument=instrument, venue_symbol=product.name
    )


def _instrument(product: Product, venue: str) -> Instrument:
    base = product.base_currency_id or product.base_currency
    quote = product.quote_currency_id or product.quote_currency
    if product.product_type not in SPOT_TYPES or product.name != f"{base}-{quote}":
        raise MalformedFrame(f"{shown(product.name, SHOWN_MAX)!r} is no spot product")
    lot = _step(product.base_increment)
    return Instrument(
        symbol=product.name,
        venue=venue,
        asset_class=AssetClass.SPOT,
        base=base,
        quote=quote,
        settlement=quote,
        tick_size=_step(product.price_increment or product.quote_increment),
        lot_size=lot,
        lots_min=max(1, int(-(-_amount(product.base_min_size) // lot))),
        lots_max=min(LOTS_MAX, int(_amount(product.base_max_size) // lot) or LOTS_MAX),
        notional_min_quanta=quanta_exact(_value_min(product)),
        maker_fee_ppm=FIRST_TIER.maker_ppm,
        taker_fee_ppm=FIRST_TIER.taker_ppm,
    )


def _value_min(product: Product) -> Decimal:
    """The smallest value of a limit order."""
    if product.quote_min_size:
        return _amount(product.quote_min_size)
    return Decimal(0) if product.base_min_size else _amount(product.min_market_funds)


def _amount(text: str | None) -> Decimal:
    """What is stated, and zero where nothing is."""
    amount = parse_decimal(text) if text else Decimal(0)
    if amount < 0:
        raise UnitError(f"{text!r} is below zero")
    return amount


def _step(text: str) -> Decimal:
    step = parse_decimal(text)
    if step <= 0:
        raise UnitError(f"{text!r} is not a step")
    return step.normalize()

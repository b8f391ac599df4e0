"""Prices as typed into ticks.

A number must be a whole number of ticks. What is reckoned (a percentage, the mid, an average
entry) can fall between two ticks and is rounded by `away_from_the_market`: down for a buy, up for a
sell, so an order never pays more, or asks for less, than its text says.

An offset alone counts from the order that the same line placed before in the same symbol; without
one, from the side's own touch: the bid to buy, the ask to sell.
"""

import math
from fractions import Fraction

from engine.core.commands import Side
from engine.core.units import UnitError
from tui_exchange.command_line.context import Market
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.render_terms import render_price
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    Distance,
    Offset,
    OffsetPrice,
    OffsetUnit,
    Price,
    PriceWord,
    WordPrice,
)

Anchor = int | Fraction | None
"""Where an offset alone counts from; None for the side's own touch."""


def price_ticks(price: Price, side: Side, market: Market, anchor_ticks: Anchor) -> int:
    """The price in ticks, above zero.

    Args:
        price: As typed.
        side: The side of the order that is to have it.
        market: Where.
        anchor_ticks: Where an offset alone counts from; None for the side's own touch.

    Raises:
        ResolutionRefusal: Between two ticks, not known now, or not above zero.
    """
    if isinstance(price, AbsolutePrice):
        return _exact(price, market)
    base = _base_ticks(price, side, market, anchor_ticks)
    offset = price.offset
    ticks = away_from_the_market(base if offset is None else _shifted(base, offset, market), side)
    if ticks <= 0:
        raise ResolutionRefusal(
            f"`{render_price(price)}` comes to {_text(market, ticks)}, and a price is above zero"
        )
    return ticks


def distance_ticks(distance: Distance, market: Market) -> int:
    """A distance in ticks; one in percent has none of its own.

    Raises:
        ResolutionRefusal: Between two ticks.
    """
    if distance.unit is OffsetUnit.TICKS:
        return int(distance.amount)
    try:
        return market.scale.ticks_exact(distance.amount)
    except UnitError as error:
        raise ResolutionRefusal(f"distance: {error}") from None


def away_from_the_market(ticks: Fraction, side: Side) -> int:
    """Whole ticks on the side that trades less readily: down to buy, up to sell."""
    return math.floor(ticks) if side is Side.BUY else math.ceil(ticks)


def _exact(price: AbsolutePrice, market: Market) -> int:
    try:
        return market.scale.ticks_exact(price.value)
    except UnitError as error:
        raise ResolutionRefusal(f"price: {error}") from None


def _base_ticks(
    price: WordPrice | OffsetPrice, side: Side, market: Market, anchor_ticks: Anchor
) -> Fraction:
    if isinstance(price, WordPrice):
        return _word_ticks(price.word, side, market)
    if anchor_ticks is not None:
        return Fraction(anchor_ticks)
    return _word_ticks(PriceWord.BEST, side, market)


def _word_ticks(word: PriceWord, side: Side, market: Market) -> Fraction:
    if word is PriceWord.BEST:
        word = PriceWord.BID if side is Side.BUY else PriceWord.ASK
    ticks = {
        PriceWord.BID: market.bid_ticks,
        PriceWord.ASK: market.ask_ticks,
        PriceWord.MID: market.mid_ticks,
        PriceWord.LAST: market.last_ticks,
        PriceWord.MARK: market.mark_ticks,
        PriceWord.INDEX: market.index_ticks,
        PriceWord.ENTRY: market.entry_ticks,
    }[word]
    if ticks is None:
        why = "no position" if word is PriceWord.ENTRY else f"no {word.value} price now"
        raise ResolutionRefusal(f"{market.symbol} has {why}; give a number after `at`")
    return Fraction(ticks)


def _shifted(base: Fraction, offset: Offset, market: Market) -> Fraction:
    if offset.unit is OffsetUnit.TICKS:
        return base + int(offset.amount)
    if offset.unit is OffsetUnit.PERCENT:
        return base * (1 + Fraction(offset.amount) / 100)
    try:
        return base + market.scale.ticks_exact(offset.amount)
    except UnitError as error:
        raise ResolutionRefusal(f"offset: {error}") from None


def _text(market: Market, ticks: int) -> str:
    return f"{market.scale.price_decimal(ticks):f}"

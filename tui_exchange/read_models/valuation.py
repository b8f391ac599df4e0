"""What things are worth at the marks of the moment, in integers; None where a price is unknown.

The mark of an instrument is the middle of its book, half a tick rounded down, or its last trade
where the book has no two sides or the market is down. Dollar currencies count as one dollar each.
"""

import math
from fractions import Fraction
from typing import Protocol

from engine.core.commands import Side
from engine.core.instruments import Instrument
from engine.core.units import PPM, Scale
from tui_exchange.settings import DOLLARS


class Marks(Protocol):
    """The reading side of the exchange that valuation needs."""

    def symbols(self) -> list[str]:
        """Every instrument."""

    def instrument(self, symbol: str) -> Instrument:
        """Its terms."""

    def scale(self, symbol: str) -> Scale:
        """Its integer sizes."""

    def best_bid(self, symbol: str) -> tuple[int, int] | None:
        """(price_ticks, lots)."""

    def best_ask(self, symbol: str) -> tuple[int, int] | None:
        """(price_ticks, lots)."""

    def last_trade(self, symbol: str) -> tuple[int, Side] | None:
        """(price_ticks, aggressor)."""


def mark_ticks(exchange: Marks, symbol: str, believed: bool = True) -> int | None:
    """The price at which an instrument is valued.

    Args:
        believed: False while the venue's depth is down, when the book holds only our own orders.
    """
    bid, ask = exchange.best_bid(symbol), exchange.best_ask(symbol)
    if believed and bid is not None and ask is not None:
        return (bid[0] + ask[0]) // 2
    last = exchange.last_trade(symbol)
    return None if last is None else last[0]


def at_par(currency: str, base_currency: str) -> bool:
    """Whether one unit of each is counted as the same."""
    return currency == base_currency or (currency in DOLLARS and base_currency in DOLLARS)


def value_in(exchange: Marks, currency: str, quanta: int, base_currency: str) -> int | None:
    """An amount of a currency in the base currency, rounded down; None without a price for it."""
    if quanta == 0 or at_par(currency, base_currency):
        return quanta
    for symbol in exchange.symbols():
        terms = exchange.instrument(symbol)
        if not terms.asset_class.owned:
            continue
        forward = terms.base == currency and at_par(terms.quote, base_currency)
        inverse = at_par(terms.base, base_currency) and terms.quote == currency
        mark = mark_ticks(exchange, symbol) if forward or inverse else None
        if mark is None or mark <= 0:
            continue
        scale = exchange.scale(symbol)
        lot_value_quanta = scale.notional_quanta(mark, 1)
        if forward:
            return quanta * lot_value_quanta // scale.base_quanta_per_lot
        return quanta * scale.base_quanta_per_lot // lot_value_quanta
    return None


def break_even_ticks(scale: Scale, terms: Instrument, lots: int, cost_quanta: int) -> int | None:
    """Where closing at market pays for itself, taker fees of entry and exit included.

    Rounded to the tick that does not lose: up for a long position, down for a short one. None when
    flat.
    """
    if lots == 0:
        return None
    rate_ppm = terms.taker_fee_ppm
    if scale.inverse:
        left = Fraction(PPM - rate_ppm, PPM + rate_ppm)
        ticks = _inverse_entry(scale, lots, cost_quanta) / (left if lots > 0 else 1 / left)
        return math.ceil(ticks) if lots > 0 else math.floor(ticks)
    lot_quanta = scale.notional_quanta(1, 1)
    if lots > 0:
        return -(-cost_quanta * (PPM + rate_ppm) // (lots * lot_quanta * (PPM - rate_ppm)))
    return cost_quanta * (PPM - rate_ppm) // (lots * lot_quanta * (PPM + rate_ppm))


def entry_ticks(scale: Scale, lots: int, cost_quanta: int) -> int | None:
    """The average entry, to the nearest tick, half up; None when flat."""
    if lots == 0:
        return None
    if scale.inverse:
        return math.floor(_inverse_entry(scale, lots, cost_quanta) + Fraction(1, 2))
    unit = abs(lots) * scale.notional_quanta(1, 1)
    return (2 * abs(cost_quanta) + unit) // (2 * unit)


def _inverse_entry(scale: Scale, lots: int, cost_quanta: int) -> Fraction:
    """The price, in ticks, at which the face of the lots was worth what they cost."""
    return Fraction(lots * scale.base_quanta_per_lot, -cost_quanta) / Fraction(scale.tick_size)

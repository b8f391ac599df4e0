"""How much leverage a position may have: tiers of notional, and the presets that there are.

Maintenance is marginal: each part of a notional pays the rate of the tier that it lies in, which
one rate and a deduction per tier express (`engine.core.accounts.requirements`).
"""

from enum import Enum

import msgspec

from engine.core.instruments import AssetClass, MarginTier
from engine.core.units import PPM, QUANTA_PER_UNIT


class MarginMode(Enum):
    """How an account pays for what it trades in an instrument."""

    CASH = "cash"
    """In full: the asset changes hands, and only what is owned can be sold."""
    CROSS = "cross"
    """On margin; all that the account has in the settlement currency answers for the position."""
    ISOLATED = "isolated"
    """On margin; only what was set aside for the position answers for it."""

    __hash__ = object.__hash__


CASH = MarginMode.CASH
CROSS = MarginMode.CROSS
ISOLATED = MarginMode.ISOLATED


def tier(below: int | None, leverage_max: int, maintenance_ppm: int) -> MarginTier:
    """A tier whose bound is stated in whole units of the quote currency."""
    below_quanta = None if below is None else below * QUANTA_PER_UNIT
    return MarginTier(
        below_quanta=below_quanta, leverage_max=leverage_max, maintenance_ppm=maintenance_ppm
    )


PERPETUAL_TIERS = (
    tier(50_000, 100, 5_000),
    tier(250_000, 50, 10_000),
    tier(1_000_000, 20, 25_000),
    tier(5_000_000, 10, 50_000),
    tier(None, 5, 100_000),
)
CAUTIOUS_TIERS = (
    tier(100_000, 20, 25_000),
    tier(500_000, 10, 50_000),
    tier(None, 5, 100_000),
)
PRESETS: dict[str, tuple[MarginTier, ...]] = {
    "perpetual": PERPETUAL_TIERS,
    "cautious": CAUTIOUS_TIERS,
}
"""By the name that scenario files and settings use."""

_FUTURE = (tier(None, 100, 5_000),)
BY_CLASS: dict[AssetClass, tuple[MarginTier, ...]] = {
    AssetClass.SPOT: (tier(None, 10, 50_000),),
    AssetClass.STOCK: (tier(None, 4, 250_000),),
    AssetClass.ETF: (tier(None, 4, 250_000),),
    AssetClass.FX: (tier(None, 50, 10_000),),
    AssetClass.PERPETUAL: _FUTURE,
    AssetClass.FUTURE: _FUTURE,
    AssetClass.INVERSE: _FUTURE,
    AssetClass.OPTION: _FUTURE,
}
"""For instruments whose terms state no tiers: one, at the usual rates of their class."""


def tiers_problem(tiers: tuple[MarginTier, ...]) -> str:
    """What is wrong with the tiers of an instrument; empty when nothing is."""
    if not tiers:
        return ""
    bounds = [each.below_quanta for each in tiers]
    stated = [bound for bound in bounds if bound is not None]
    if bounds[-1] is not None or len(stated) != len(bounds) - 1:
        return "its last margin tier, and no other, must be without a bound"
    if stated != sorted(set(stated)) or (stated and stated[0] <= 0):
        return "the bounds of its margin tiers must be positive and ascend"
    if any(each.leverage_max < 1 or not 0 < each.maintenance_ppm <= PPM for each in tiers):
        return "a margin tier needs a leverage of 1 or more and a maintenance above 0, at most 100%"
    rates = [each.maintenance_ppm for each in tiers]
    leverages = [each.leverage_max for each in tiers]
    if rates != sorted(rates) or leverages != sorted(leverages, reverse=True):
        return "larger margin tiers must not have more leverage or less maintenance"
    return ""


class InstrumentLimit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a portfolio may have in one instrument; None: no limit."""

    lots_max: int | None = None
    notional_max_quanta: int | None = None
    """In the instrument's quote currency."""
    leverage_max: int | None = None


class Limits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a portfolio may do; None: no limit. Checked before an order reaches the book."""

    order_notional_max_quanta: int | None = None
    """Of one order, in the portfolio's base currency."""
    orders_per_second_max: int | None = None
    """Orders in any second that ends now."""
    position_notional_max_quanta: int | None = None
    """Of one position, in the base currency."""
    positions_max: int | None = None
    leverage_max_ppm: int | None = None
    """Gross notional over equity: 3,000,000 is three times the equity."""
    by_symbol: dict[str, InstrumentLimit] = {}

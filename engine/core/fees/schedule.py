"""Fee schedules: which are sound, and what they charge.

Rates are millionths of a fill's notional: 1000 ppm is 10 bps. A negative rate is a rebate.
"""

from bisect import bisect_right

from engine.core.events import MAKER, Liquidity
from engine.core.instruments import FeeSchedule, FeeTier, Instrument
from engine.core.units import PPM, decimal_text, quanta_decimal, share_toward_zero

FEE_LIMIT_PPM = PPM // 2
"""Fees and rebates stay below this; a fee as large as its fill is a mistake."""


def flat(instrument: Instrument) -> FeeSchedule:
    """An instrument's own fees, as long as no other schedule is set: one tier."""
    return FeeSchedule(
        name="flat",
        tiers=(
            FeeTier(
                from_quanta=0,
                maker_ppm=instrument.maker_fee_ppm,
                taker_ppm=instrument.taker_fee_ppm,
            ),
        ),
    )


def check(schedule: FeeSchedule) -> str:
    """What is wrong with a schedule and would be right; empty if it can be charged."""
    if not schedule.name or any(map(str.isspace, schedule.name)):
        return f"its name {schedule.name!r} must be one word"
    if not schedule.tiers or schedule.tiers[0].from_quanta != 0:
        return "its tiers must start at a volume of 0"
    if not 0 <= schedule.insurance_share_ppm <= PPM:
        return "its insurance share must lie between 0% and 100%"
    below = -1
    for number, tier in enumerate(schedule.tiers):
        if tier.from_quanta <= below:
            start, before = (decimal_text(quanta_decimal(q)) for q in (tier.from_quanta, below))
            return f"its tier {number} starts at {start}, which must be above {before}"
        below = tier.from_quanta
        for fee_ppm in (tier.maker_ppm, tier.taker_ppm):
            if abs(fee_ppm) >= FEE_LIMIT_PPM:
                return f"its tier {number} has a fee or rebate of 50% or more: it must be below"
        if not 0 <= tier.uptime_ppm <= PPM:
            return f"its tier {number} asks for an uptime that is not between 0% and 100%"
    return ""


def worst_ppm(schedule: FeeSchedule) -> int:
    """The highest rate of any tier, at least 0: what an order must hold for its fees."""
    rates = (max(tier.maker_ppm, tier.taker_ppm) for tier in schedule.tiers)
    return max(0, *rates)


class Tariff:
    """A schedule that passed `check`, ready to be asked with every fill.

    Attributes:
        schedule: What was stated.
        worst_ppm: See `worst_ppm`.
        flat: Whether there is one tier only.
        shares: Whether the insurance fund gets a part of each fee.
        from_quanta: The volume from which each tier applies, ascending from 0.
        maker_ppm: What making costs in each tier; a rebate may ask for quoting uptime.
        taker_ppm: What taking costs in each tier.
    """

    __slots__ = ("flat", "from_quanta", "maker_ppm", "schedule", "shares", "taker_ppm", "worst_ppm")

    def __init__(self, schedule: FeeSchedule) -> None:
        self.schedule = schedule
        self.worst_ppm = worst_ppm(schedule)
        self.flat = len(schedule.tiers) == 1
        self.shares = schedule.insurance_share_ppm > 0
        self.from_quanta = tuple(tier.from_quanta for tier in schedule.tiers)
        self.maker_ppm = tuple(tier.maker_ppm for tier in schedule.tiers)
        self.taker_ppm = tuple(tier.taker_ppm for tier in schedule.tiers)

    def tier_at(self, volume_quanta: int) -> int:
        """The tier of a trailing volume, counted from 0."""
        return bisect_right(self.from_quanta, volume_quanta) - 1

    def rate_ppm(self, tier: int, liquidity: Liquidity, uptime_ppm: int | None) -> int:
        """What a fill costs in a tier.

        Args:
            tier: Counted from 0.
            liquidity: Whether the fill made or took.
            uptime_ppm: Its owner's quoting uptime; None if it never quoted both sides. A tier that
                asks for more of it pays no rebate: making is free.
        """
        if liquidity is not MAKER:
            return self.taker_ppm[tier]
        maker_ppm = self.maker_ppm[tier]
        if maker_ppm < 0 and (uptime_ppm or 0) < self.schedule.tiers[tier].uptime_ppm:
            return 0
        return maker_ppm

    def insurance_quanta(self, fee_quanta: int) -> int:
        """The insurance fund's share of a fee; rebates are not shared."""
        if fee_quanta <= 0:
            return 0
        return share_toward_zero(fee_quanta, self.schedule.insurance_share_ppm)

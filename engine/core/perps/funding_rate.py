"""Funding rates: what longs pay shorts per interval, by the model that was chosen.

The exchange model follows the published form of large venues (Binance, "Introduction to Binance
Futures Funding Rates"; BitMEX, "Perpetual Contracts Guide"): the premium plus the clamped distance
to the interest rate, within a cap.
"""

from collections.abc import Callable

import msgspec

from engine.core.commands import ConfigureFunding, FundingModel
from engine.core.perps.premium import PPB, Premium
from engine.core.units import PPM, prorate_half_even


class Funding(msgspec.Struct):
    """How an instrument's funding comes about, and what is known of the present interval.

    Attributes:
        damped_ppb: The rate that fades, of that model.
        stated_ppb: What the venue published last; None: nothing yet.
    """

    terms: ConfigureFunding
    premium: Premium = msgspec.field(default_factory=Premium)
    damped_ppb: int = 0
    stated_ppb: int | None = None

    def note(self, at_ns: int, premium_ppb: int) -> None:
        """Take a sample of the premium."""
        self.premium.note(at_ns, premium_ppb)
        terms = self.terms
        left = prorate_half_even(self.damped_ppb, terms.damping_ppm, PPM)
        self.damped_ppb = clamp(left + premium_ppb, terms.clamp_ppb)

    def rate_ppb(self, at_ns: int) -> int | None:
        """The rate of the present interval as far as it is known at a moment.

        None: the venue has not published one.
        """
        return RATES[self.terms.model](self, at_ns)


def clamp(value: int, bound: int) -> int:
    """The nearest value that lies within `bound` of nothing."""
    return max(-bound, min(bound, value))


def basis_mark(index_ticks: int, rate_ppb: int, left_ns: int, interval_ns: int) -> int:
    """The index with the funding that is still to be paid in the interval, half even."""
    whole = PPB * interval_ns
    return prorate_half_even(index_ticks, whole + rate_ppb * left_ns, whole)


def _damped(funding: Funding, at_ns: int) -> int:
    del at_ns
    return funding.damped_ppb


def _exchange(funding: Funding, at_ns: int) -> int:
    terms = funding.terms
    mean = funding.premium.mean_ppb(at_ns)
    return clamp(mean + clamp(terms.interest_ppb - mean, terms.clamp_ppb), terms.cap_ppb)


def _venue(funding: Funding, at_ns: int) -> int | None:
    del at_ns
    return funding.stated_ppb


RATES: dict[FundingModel, Callable[[Funding, int], int | None]] = {
    FundingModel.DAMPED: _damped,
    FundingModel.EXCHANGE: _exchange,
    FundingModel.VENUE: _venue,
}

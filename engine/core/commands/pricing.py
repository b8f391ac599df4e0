"""What marks, funding and collateral are computed from, and how."""

from enum import Enum

import msgspec


class MarkMethod(Enum):
    """Where a mark price comes from."""

    EXTERNAL = "external"
    """Somebody states it: a live venue."""
    BOOK = "book"
    """The middle between best bid and best ask."""
    WEIGHTED = "weighted"
    """Both, by a weight."""
    BASIS = "basis"
    """The index and what funding will still be paid until the end of the interval."""


class FundingModel(Enum):
    """How a funding rate comes about."""

    DAMPED = "damped"
    """Each premium adds to a rate that fades."""
    EXCHANGE = "exchange"
    """The time-weighted premium, pulled towards the interest rate."""
    VENUE = "venue"
    """The live venue's own published rate."""


class IndexSource(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One market that an index is made of."""

    name: str
    weight: int
    """Positive; only its share of the sum matters."""


class ConfigureOracle(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Say how an instrument's index and mark come about, and when they are too old."""

    symbol: str
    mark: MarkMethod = MarkMethod.EXTERNAL
    book_weight_ppm: int = 500_000
    """Of the book in a weighted mark, in millionths."""
    max_age_ns: int = 30_000_000_000
    """What was stated longer ago does not count."""
    sample_ns: int = 5_000_000_000
    """How often the book is asked, ages are looked at and the premium is noted."""
    sources: tuple[IndexSource, ...] = ()
    """Of the index; empty: it is stated as one price."""
    confidence_max_ppm: int = 10_000
    """A source that is less sure of its price does not count."""


class SetIndexSource(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """One source of an index states its price."""

    symbol: str
    source: str
    price_ticks: int
    confidence_ppm: int = 0
    """Half the width of the interval in which the price is believed to lie, as a share of it."""


class ConfigureFunding(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True
):
    """Say how an instrument's funding comes about; its rate begins anew."""

    symbol: str
    model: FundingModel = FundingModel.EXCHANGE
    interval_ns: int = 28_800_000_000_000
    """Payments fall on its multiples, counted from 1970 in UTC: at 00:00, 08:00 and 16:00."""
    interest_ppb: int = 100_000
    """What the premium is pulled towards, per interval, in billionths: 0.01%."""
    clamp_ppb: int = 500_000
    """How far it is pulled at most; of a damped rate, the most that it can be: 0.05%."""
    cap_ppb: int = 7_500_000
    """The most that an exchange rate can be, either way."""
    damping_ppm: int = 950_000
    """What is left of a damped rate at the next premium."""


class SetFundingRate(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A live venue published the rate of the present interval."""

    symbol: str
    rate_ppb: int
    """Positive: longs pay shorts."""


class ConfigureCurrency(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True
):
    """Let a currency count as collateral of portfolios that pool their currencies."""

    currency: str
    haircut_ppm: int = 0
    """What is taken off its value."""
    pegged_to: str = ""
    """A currency that it always equals; empty: markets say what it is worth."""

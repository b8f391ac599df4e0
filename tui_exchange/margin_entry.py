"""What the exchange is told of margin when a market is listed: tiers, borrow fees, marks.

A venue's terms say little of margin: most state at best their highest leverage, what they ask of
large positions is told to accounts alone. The settings fill in what is missing. They are a part of
the terms with which an instrument is listed, so that they change when nothing of it is open.
"""

from collections.abc import Iterable

from msgspec.structs import replace as with_fields

from engine.core.commands import ConfigureOracle, IndexSource, MarkMethod
from engine.core.instruments import SECOND_NS, AssetClass, Instrument, MarginTier
from engine.core.margin_terms import PRESETS, tier
from engine.core.units import PPM
from feeds.messages import InstrumentTerms
from tui_exchange.settings import DOLLAR, Margin

REPEATS_PER_AGE = 3
"""A price that does not change is told so often within the age at which it would count no more."""
OWNED_INDEX_AGE_NS = 24 * 3600 * SECOND_NS
"""What is owned is marked by its book, and its index is at best a reference that is asked for now
and then; an amount of it is converted by the last one that is known."""
VENUE = "venue"


def with_margin(terms: InstrumentTerms, settings: Margin) -> Instrument:
    """The instrument with the tiers and the borrow fee of the settings, where it states none."""
    instrument = terms.instrument
    kind = instrument.asset_class
    if kind.owned and not instrument.borrow_ppm:
        borrow_ppm = {AssetClass(name): ppm for name, ppm in settings.borrow_ppm.items()}
        return with_fields(instrument, borrow_ppm=borrow_ppm.get(kind, 0))
    if kind.owned or not kind.tradable or instrument.margin_tiers:
        return instrument
    return with_fields(instrument, margin_tiers=_tiers(terms, settings))


def same_contract(one: Instrument, other: Instrument) -> bool:
    """Whether two terms differ in nothing but what the settings say of margin."""
    return _bare(one) == _bare(other)


def oracle_of(
    instrument: Instrument, settings: Margin, spots: Iterable[str] = ()
) -> ConfigureOracle:
    """Where the mark and the index of an instrument come from.

    Args:
        spots: Markets of what it refers to; with none, the index is its venue's.
    """
    symbol, sample_ns = instrument.symbol, settings.oracle_sample_s * SECOND_NS
    if instrument.asset_class.owned:
        return ConfigureOracle(
            symbol=symbol,
            mark=MarkMethod.BOOK,
            max_age_ns=OWNED_INDEX_AGE_NS,
            sample_ns=sample_ns,
        )
    others = tuple(IndexSource(name=spot, weight=1) for spot in spots)
    own = (IndexSource(name=instrument.venue, weight=2),) if others else ()
    return ConfigureOracle(
        symbol=symbol,
        mark=MarkMethod(settings.mark),
        book_weight_ppm=settings.mark_weight * PPM // 100,
        max_age_ns=max_age_ns(settings),
        sample_ns=sample_ns,
        sources=own + others,
    )


def max_age_ns(settings: Margin) -> int:
    """How old a mark or index price may be to count."""
    return settings.oracle_max_age_s * SECOND_NS


def repeat_after_ns(settings: Margin) -> int:
    """After how long a price that has not changed is told again."""
    return max_age_ns(settings) // REPEATS_PER_AGE


def _tiers(terms: InstrumentTerms, settings: Margin) -> tuple[MarginTier, ...]:
    """Those of the settings, at most at the leverage that the venue states; empty: its class's.

    At the venue's highest leverage, half of the initial margin keeps a position open, as most
    venues publish it.
    """
    instrument = terms.instrument
    highest = round(PPM / instrument.initial_margin_ppm) if terms.leverage_stated else None
    if settings.tiers == VENUE or instrument.quote not in (DOLLAR, *settings.pegged):
        return () if highest is None else (tier(None, highest, PPM // (2 * highest)),)
    preset = PRESETS[settings.tiers]
    return preset if highest is None else tuple(_capped(each, highest) for each in preset)


def _capped(each: MarginTier, highest: int) -> MarginTier:
    return MarginTier(
        below_quanta=each.below_quanta,
        leverage_max=min(each.leverage_max, highest),
        maintenance_ppm=max(each.maintenance_ppm, PPM // (2 * highest)),
    )


def _bare(instrument: Instrument) -> Instrument:
    return with_fields(instrument, margin_tiers=(), borrow_ppm=0)

"""The simulated market: a seeded venue that needs no network, published as any venue would be."""

from feeds.simulated.feed import SimulatedFeed, SpeedOutOfRange
from feeds.simulated.listing import LISTINGS, VENUE, Listing
from feeds.simulated.market import SimulatedMarket
from feeds.simulated.publisher import Published
from feeds.simulated.scenario import SCENARIOS, Scenario, UnknownScenario

__all__ = [
    "LISTINGS",
    "SCENARIOS",
    "VENUE",
    "Listing",
    "Published",
    "Scenario",
    "SimulatedFeed",
    "SimulatedMarket",
    "SpeedOutOfRange",
    "UnknownScenario",
]

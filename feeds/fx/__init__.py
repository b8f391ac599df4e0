"""Exchange rates of currencies, polled from providers within their free quotas.

`PROVIDERS` lists them, one line each; `FxFeed` is the feed that asks whichever of them is best.
"""

from collections.abc import Callable, Mapping

from feeds.fx.alpha_vantage import AlphaVantage
from feeds.fx.fcs import Fcs
from feeds.fx.feed import FxFeed, FxTerms
from feeds.fx.finnhub import FinnhubRates
from feeds.fx.fixer import Fixer
from feeds.fx.pairs import PAIRS
from feeds.fx.twelve_data import TwelveData
from feeds.sources import Source

PROVIDERS: Mapping[str, Callable[[str], Source]] = {
    "finnhub": FinnhubRates,
    "fcs": Fcs,
    "twelve-data": TwelveData,
    "fixer": Fixer,
    "alpha-vantage": AlphaVantage,
}
"""By the name under which credentials keep their key; each is made of its key."""

__all__ = ["PAIRS", "PROVIDERS", "FxFeed", "FxTerms"]

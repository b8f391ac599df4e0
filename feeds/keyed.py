"""Which sources need a key, and how a venue is given one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from feeds.venue import Venue

KEY, SECRET = "key", "secret"

KEYED: Mapping[str, tuple[str, ...]] = {
    "alpaca": (KEY, SECRET),
    "finnhub": (KEY,),
    "twelve-data": (KEY,),
    "alpha-vantage": (KEY,),
    "fcs": (KEY,),
    "fixer": (KEY,),
    "coingecko": (KEY,),
    "coinmarketcap": (KEY,),
}
"""The parts of each source's credentials; a venue has a field of the same name for each, which its
`repr` does not show. Finnhub's key serves its stocks and its rates alike."""
OPTIONAL = frozenset({"coingecko"})
"""Sources that also answer without a key, less often."""


def with_credentials(venue: Venue, credentials: Mapping[str, str]) -> Venue:
    """The same venue with these parts of its credentials; nothing for one that needs none."""
    fields = {part: credentials[part] for part in KEYED.get(venue.name, ()) if part in credentials}
    return cast(Venue, replace(cast(Any, venue), **fields)) if fields else venue

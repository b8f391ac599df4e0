"""Everything that receives a market from outside. `FEEDS` lists the venues, one line each."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from feeds.binance.venue import BinanceSpot
from feeds.errors import UnknownVenue
from feeds.venue import Venue

FEEDS: Mapping[str, Callable[[], Venue]] = {
    "binance": BinanceSpot,
}


def venue_named(name: str) -> Venue:
    """The venue of this name, with its default addresses.

    Raises:
        UnknownVenue: There is none; the sentence lists those that exist.
    """
    make = FEEDS.get(name.lower())
    if make is not None:
        return make()
    close = get_close_matches(name.lower(), FEEDS, n=1)
    hint = f"did you mean {close[0]}?" if close else f"available: {', '.join(FEEDS)}"
    raise UnknownVenue(f"no venue is named {name!r}; {hint}")


__all__ = ["FEEDS", "venue_named"]

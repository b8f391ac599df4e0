"""Reference prices of coins, polled from sites that average many venues.

`PROVIDERS` lists them, one line each; `ReferencePrices` tells them as the index of listed symbols.
"""

from collections.abc import Callable, Mapping

from feeds.reference.coingecko import CoinGecko
from feeds.reference.coinmarketcap import CoinMarketCap
from feeds.reference.prices import ReferencePrices
from feeds.sources import Source

PROVIDERS: Mapping[str, Callable[[str], Source]] = {
    "coingecko": CoinGecko,
    "coinmarketcap": CoinMarketCap,
}
"""By the name under which credentials keep their key; each is made of its key."""

__all__ = ["PROVIDERS", "ReferencePrices"]

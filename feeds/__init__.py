"""Everything that receives a market from outside. `FEEDS` lists the venues, one line each.

A venue's code is imported when it is asked for: most sessions trade on one of them.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import cast

from feeds.errors import UnknownVenue
from feeds.venue import Venue

FEEDS: Mapping[str, str] = {
    "binance": "feeds.binance.venue:BinanceSpot",
    "binance-usdm": "feeds.binance.futures:BinanceUsdm",
    "binance-coinm": "feeds.binance.futures:BinanceCoinm",
    "coinbase": "feeds.coinbase.venue:CoinbaseAdvanced",
    "coinbase-exchange": "feeds.coinbase.venue:CoinbaseExchange",
    "kraken": "feeds.kraken.venue:Kraken",
    "hyperliquid": "feeds.hyperliquid.venue:Hyperliquid",
    "deribit": "feeds.deribit.venue:Deribit",
    "okx": "feeds.okx.venue:Okx",
    "bybit": "feeds.bybit.venue:Bybit",
    "alpaca": "feeds.alpaca.venue:Alpaca",
    "finnhub": "feeds.finnhub.venue:Finnhub",
}
"""Where each venue's class is: `module:class`, made without arguments."""


def venue_named(name: str) -> Venue:
    """The venue of this name, with its default addresses.

    Raises:
        UnknownVenue: There is none; the sentence lists those that exist.
    """
    place = FEEDS.get(name.lower())
    if place is not None:
        module, _, kind = place.partition(":")
        return cast(Venue, getattr(import_module(module), kind)())
    close = get_close_matches(name.lower(), FEEDS, n=1)
    hint = f"did you mean {close[0]}?" if close else f"available: {', '.join(FEEDS)}"
    raise UnknownVenue(f"no venue is named {name!r}; {hint}")


__all__ = ["FEEDS", "venue_named"]

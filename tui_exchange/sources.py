"""Market data sources that need a key, made with the keys that this user has."""

import os
from collections.abc import Sequence
from dataclasses import is_dataclass, replace
from pathlib import Path

from feeds.feed import Feed, Sink
from feeds.venue import Venue
from tui_exchange.credentials import Credentials, system_keyring
from tui_exchange.failures import MarketFailure
from tui_exchange.paths import find_paths
from tui_exchange.settings import Settings

FX = "fx"
REFERENCES = ("coingecko", "coinmarketcap")
QUOTAS_FILE = "quotas.json"


def credentials() -> Credentials:
    """Of this user."""
    return Credentials(os.environ, system_keyring())


def quotas_file() -> Path:
    """What sources were asked counts for the key, whichever profile asked."""
    folder = find_paths(os.environ).data_dir
    folder.mkdir(parents=True, exist_ok=True)
    return folder / QUOTAS_FILE


def venue_of(settings: Settings, name: str) -> Venue:
    """A venue with its key, at the addresses that the settings name, else at its own.

    Raises:
        UnknownVenue: There is none of this name.
        MissingCredential: It needs a key, and there is none.
    """
    from feeds import venue_named
    from feeds.keyed import with_credentials

    venue = with_credentials(venue_named(name), credentials().of(name.lower()))
    asked = {"stream_url": settings.feed.ws_url, "rest_url": settings.feed.rest_url}
    given = {field: url for field, url in asked.items() if url}
    if given and is_dataclass(venue) and not isinstance(venue, type):
        return replace(venue, **given)
    return venue


def exchange_rates(symbols: Sequence[str], sink: Sink) -> Feed:
    """Currency pairs, from every provider whose key is known.

    Raises:
        MarketFailure: None is.
        UnknownSymbol: A pair that is not carried.
    """
    from feeds.fx import PROVIDERS, FxFeed
    from feeds.quotas import QuotaFile

    known = credentials().known()
    providers = [make(known[name]["key"]) for name, make in PROVIDERS.items() if name in known]
    if not providers:
        raise MarketFailure(
            "exchange rates need a key of one of these providers, all free:"
            f" {', '.join(PROVIDERS)}; keep it with `tui-exchange credentials set NAME`"
        )
    return FxFeed(providers, symbols, sink, store=QuotaFile(quotas_file()))

"""Every venue whose protocol is spoken here, one line each."""

from collections.abc import Callable, Mapping

import pytest

from feeds.venue import Venue
from tests.feeds.alpaca.speaker import AlpacaSpeaker
from tests.feeds.binance.speaker import (
    BinanceCoinmSpeaker,
    BinanceSpotSpeaker,
    BinanceUsdmSpeaker,
)
from tests.feeds.bybit.speaker import BybitSpeaker
from tests.feeds.coinbase.speaker import CoinbaseExchangeSpeaker, CoinbaseSpeaker
from tests.feeds.deribit.speaker import DeribitSpeaker
from tests.feeds.hyperliquid.speaker import HyperliquidSpeaker
from tests.feeds.kraken.speaker import KrakenSpeaker
from tests.feeds.okx.speaker import OkxSpeaker, OldOkxSpeaker
from tests.feeds.protocol.speaker import Speaker

SPEAKERS: Mapping[str, Callable[[], Speaker]] = {
    "alpaca": AlpacaSpeaker,
    "binance": BinanceSpotSpeaker,
    "binance-usdm": BinanceUsdmSpeaker,
    "binance-coinm": BinanceCoinmSpeaker,
    "coinbase": CoinbaseSpeaker,
    "coinbase-exchange": CoinbaseExchangeSpeaker,
    "kraken": KrakenSpeaker,
    "hyperliquid": HyperliquidSpeaker,
    "deribit": DeribitSpeaker,
    "bybit": BybitSpeaker,
    "okx": OkxSpeaker,
    "okx-before-ids": OldOkxSpeaker,
}


def venues(wanted: Callable[[Speaker], object] = lambda _: True) -> pytest.MarkDecorator:
    """Run a test once for each venue of which `wanted` is true, as `speaker`."""
    makers = [pytest.param(make, id=name) for name, make in SPEAKERS.items() if wanted(make())]
    return pytest.mark.parametrize("speaker", makers, indirect=True)


def booked(speaker: Speaker) -> bool:
    """Depth is published, not quotes alone."""
    return _venue(speaker).sequence is not None


def numbered(speaker: Speaker) -> bool:
    """A repeated update can be told from a new one."""
    return booked(speaker) and speaker.notices_loss and not checked(speaker)


def checked(speaker: Speaker) -> bool:
    """Updates state a checksum."""
    return speaker.corrupted(speaker.change({"100.50": "7"}, {})) is not None


def beating(speaker: Speaker) -> bool:
    """Heartbeats are sent."""
    return bool(speaker.heartbeat())


def announcing(speaker: Speaker) -> bool:
    """Maintenance or restarts are announced."""
    return bool(speaker.maintenance())


def _venue(speaker: Speaker) -> Venue:
    return speaker.venue("ws://127.0.0.1:1", "http://127.0.0.1:2", speaker.limits)

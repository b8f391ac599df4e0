"""Where Binance is and how it is asked."""

import json

import pytest

from feeds.binance.venue import STREAMS, STREAMS_MAX, SYMBOLS_PER_FRAME, BinanceSpot
from feeds.errors import UnknownSymbol

VENUE = BinanceSpot()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("wss://data-stream.binance.vision", "wss://data-stream.binance.vision/stream"),
        ("ws://127.0.0.1:8000/", "ws://127.0.0.1:8000/stream"),
        ("ws://127.0.0.1:8000/ws", "ws://127.0.0.1:8000/ws"),
        ("wss://a.b?timeUnit=MICROSECOND", "wss://a.b/stream?timeUnit=MICROSECOND"),
    ],
)
def test_an_address_without_a_path_means_combined_streams(given: str, meant: str) -> None:
    assert BinanceSpot(stream_url=given).stream_url == meant


@pytest.mark.parametrize("text", ["BTC-USDT", "btcusdt", " btc/usdt "])
def test_a_symbol_is_taken_in_any_spelling(text: str) -> None:
    assert VENUE.our_symbol(text) == "BTC-USDT"
    assert VENUE.venue_symbol("BTC-USDT") == "BTCUSDT"


@pytest.mark.parametrize("text", ["BTC-USDT-PERP", "-USDT", "BTC-", "NOTHING"])
def test_what_is_no_spot_symbol_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnknownSymbol, match="BTC-USDT"):
        VENUE.our_symbol(text)


def test_every_stream_of_every_symbol_is_asked_for_once() -> None:
    symbols = [f"A{number}-USDT" for number in range(SYMBOLS_PER_FRAME + 1)]
    subscriptions = VENUE.subscriptions(symbols)
    asked = [name for each in subscriptions for name in json.loads(each.frame)["params"]]
    assert len(set(asked)) == len(asked) == len(symbols) * len(STREAMS)
    ids = [json.loads(each.frame)["id"] for each in subscriptions]
    assert ids == [each.request_id for each in subscriptions]
    assert len(set(ids)) == 2
    assert asked[0] == "a0usdt@depth@100ms"


def test_more_symbols_than_a_connection_carries_are_refused() -> None:
    most = STREAMS_MAX // len(STREAMS)
    with pytest.raises(UnknownSymbol, match=f"at most {most}"):
        VENUE.subscriptions(["BTC-USDT"] * (most + 1))

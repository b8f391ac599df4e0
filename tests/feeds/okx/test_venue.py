"""Where OKX is, how it is asked, and how its instruments are spelled."""

import json
from typing import Any

import pytest

from feeds.errors import UnknownSymbol
from feeds.okx.venue import SYMBOLS_MAX, SYMBOLS_PER_FRAME, Okx
from feeds.venue import Subscription

VENUE = Okx()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("BTC-USDT", "BTC-USDT"),
        ("BTC-USDT-SWAP", "BTC-USDT-PERP"),
        ("BTC-USD-SWAP", "BTC-USD-PERP"),
        ("BTC-USD_UM-SWAP", "BTC-USD_UM-PERP"),
        ("BTC-USD-261225", "BTC-USD-20261225"),
        ("BTC-USD-261225-70000-C", "BTC-20261225-70000-C"),
        ("DOGE-USD-261225-0.25-P", "DOGE-20261225-0.25-P"),
        ("BTC-USDC-261225-70000-C", "BTC-USDC-20261225-70000-C"),
    ],
)
def test_a_symbol_is_taken_in_both_spellings_and_any_case(theirs: str, ours: str) -> None:
    for text in (theirs, ours, theirs.lower(), f" {ours.lower()} ", theirs.replace("-", "/", 1)):
        assert VENUE.our_symbol(text) == ours
    assert VENUE.venue_symbol(ours) == theirs


@pytest.mark.parametrize(
    "text", ["BTC", "", "-USDT", "BTC-", "BTC-USDT-QUARTER", "BTC-USD-1225", "BTC-USDT-PERP-X"]
)
def test_what_is_no_instrument_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UnknownSymbol, match="BTC-USDT-PERP"):
        VENUE.our_symbol(text)


def asked(subscriptions: tuple[Subscription, ...]) -> list[tuple[str, str]]:
    frames: list[dict[str, Any]] = [json.loads(each.frame) for each in subscriptions]
    return [
        (argument["channel"], argument.get("instId", argument.get("instFamily", "")))
        for frame in frames
        for argument in frame["args"]
    ]


def test_each_kind_of_instrument_is_asked_for_what_it_has() -> None:
    symbols = ("BTC-USDT", "BTC-USDT-PERP", "BTC-20261225-70000-C", "BTC-20261225-80000-C")
    channels = asked(VENUE.subscriptions(symbols))
    assert len(set(channels)) == len(channels)
    assert ("funding-rate", "BTC-USDT-SWAP") in channels
    assert ("funding-rate", "BTC-USDT") not in channels
    assert channels.count(("opt-summary", "BTC-USD")) == 1
    assert [each for each in channels if each[0] == "index-tickers"] == [
        ("index-tickers", "BTC-USDT"),
        ("index-tickers", "BTC-USD"),
    ]


def test_candles_come_over_a_connection_of_their_own() -> None:
    shared, books, candles = VENUE.subscriptions(("BTC-USDT",))
    assert (shared.symbols, books.symbols, candles.symbols) == ((), ("BTC-USDT",), ())
    assert (books.url, candles.url) == ("", "wss://ws.okx.com/ws/v5/business")
    assert Okx(stream_url="ws://127.0.0.1:8000/").stream_url == "ws://127.0.0.1:8000/ws/v5/public"


def test_an_answer_finds_its_symbols_however_often_they_were_asked_for() -> None:
    ids = [each.request_id for each in VENUE.subscriptions(("BTC-USDT", "ETH-USDT"))]
    assert len(set(ids)) == len(ids)
    assert ids == [each.request_id for each in VENUE.subscriptions(("BTC-USDT", "ETH-USDT"))]
    assert all(json.loads(each.frame)["id"].isdigit() for each in VENUE.subscriptions(("A-B",)))


def test_giving_up_one_instrument_leaves_what_others_share() -> None:
    left = asked(VENUE.unsubscriptions(("BTC-20261225-70000-C",)))
    assert ("books", "BTC-USD-261225-70000-C") in left
    assert not {"status", "index-tickers", "opt-summary"} & {channel for channel, _ in left}


def test_requests_stay_small_and_few() -> None:
    symbols = [f"A{number}-USDT" for number in range(SYMBOLS_PER_FRAME + 1)]
    frames = VENUE.subscriptions(symbols)
    assert len(frames) == 5
    assert all(len(each.frame) < 64 * 1024 for each in frames)
    assert VENUE.subscriptions(()) == ()
    with pytest.raises(UnknownSymbol, match=f"at most {SYMBOLS_MAX}"):
        VENUE.subscriptions(["BTC-USDT"] * (SYMBOLS_MAX + 1))


def test_options_are_looked_up_within_their_family() -> None:
    request = VENUE.terms_request("BTC-20261225-70000-C")
    assert dict(request.params) == {
        "instType": "OPTION",
        "instId": "BTC-USD-261225-70000-C",
        "instFamily": "BTC-USD",
    }

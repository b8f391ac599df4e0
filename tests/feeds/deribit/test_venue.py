"""How Deribit is asked."""

import json

import pytest

from feeds.deribit.mapper import TEST_FRAME
from feeds.deribit.venue import HEARTBEAT_S, LIMITS, SYMBOLS_MAX, Deribit
from feeds.errors import UnknownSymbol
from tests.feeds.deribit.speaker import DeribitSpeaker
from tests.feeds.protocol.desk import trading

SYMBOLS = ("BTC-USD-PERP", "ETH-20261225-4000-C")


def test_heartbeats_are_asked_for_and_come_within_our_patience() -> None:
    first, *_ = Deribit().subscriptions(SYMBOLS)
    request = json.loads(first.frame)
    assert request["method"] == "public/set_heartbeat"
    assert request["params"] == {"interval": HEARTBEAT_S}
    assert first.symbols == ()
    assert LIMITS.stale_after_ns > HEARTBEAT_S * 10**9


def test_each_market_is_asked_for_alone_so_that_a_refusal_says_whose_it_is() -> None:
    venue = Deribit()
    _, *frames = venue.subscriptions(SYMBOLS)
    assert [each.symbols for each in frames] == [(symbol,) for symbol in SYMBOLS]
    for each in frames:
        request = json.loads(each.frame)
        assert request["id"] == each.request_id
        name = venue.venue_symbol(each.symbols[0])
        assert f"book.{name}.100ms" in request["params"]["channels"]
        assert not [channel for channel in request["params"]["channels"] if "raw" in channel]


def test_what_was_asked_for_is_given_up_but_for_the_state_of_the_platform() -> None:
    venue = Deribit()
    _, asked = venue.subscriptions(SYMBOLS[:1])
    (given_up,) = venue.unsubscriptions(SYMBOLS[:1])
    left = set(json.loads(asked.frame)["params"]["channels"])
    left -= set(json.loads(given_up.frame)["params"]["channels"])
    assert left == {"platform_state"}
    assert json.loads(given_up.frame)["method"] == "public/unsubscribe"


def test_no_request_has_the_id_of_another() -> None:
    venue = Deribit()
    frames = [*venue.subscriptions(SYMBOLS), *venue.subscriptions(SYMBOLS)]
    assert len({each.request_id for each in frames}) == len(frames)


def test_terms_are_asked_for_by_the_venues_name() -> None:
    request = Deribit().terms_request("ETH-20261225-4000-C")
    assert request.params == {"instrument_name": "ETH-25DEC26-4000-C"}


def test_more_markets_than_a_connection_carries_are_refused() -> None:
    with pytest.raises(UnknownSymbol, match=f"at most {SYMBOLS_MAX}"):
        Deribit().subscriptions(["BTC-USD-PERP"] * (SYMBOLS_MAX + 1))


async def test_a_request_whether_we_are_there_is_answered_on_its_connection() -> None:
    speaker = DeribitSpeaker()
    async with trading(speaker) as desk:
        await desk.live()
        await desk.send(*speaker.heartbeat())
        await desk.until(lambda: bool(speaker.tested))
    assert speaker.tested == [TEST_FRAME]

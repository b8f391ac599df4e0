"""Frames of version 1, as recordings hold them. Shapes from *Spot WebSocket v1*."""

import json

import pytest

from engine.core.commands import Side
from feeds import venue_named
from feeds.errors import MalformedFrame, UnknownMessage
from feeds.kraken.mapper import KrakenMapper
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    Heartbeat,
    Notice,
    Quote,
    Refused,
    Trade,
    VenueMessage,
)
from feeds.pipeline import Pipeline
from tests.feeds.kraken import frames

NOW = 1_700_000_060_000_000_000
TIME, LATER = "1700000000.123456", "1700000001.5"
BIDS = (("100.00000", "1.50000000"), ("99.00000", "2.00000000"))
ASKS = (("101.00000", "0.50000000"), ("102.00000", "3.00000000"))


def frame(channel: str, *data: object, pair: str = "XBT/USD") -> str:
    return json.dumps([336, *data, channel, pair])


def timed(levels: frames.Pairs, time: str = TIME) -> list[list[str]]:
    return [[price, size, time] for price, size in levels]


def snapshot(depth: int = 10) -> str:
    return frame(f"book-{depth}", {"as": timed(ASKS), "bs": timed(BIDS)})


def mapped(raw: str) -> tuple[VenueMessage, ...]:
    return KrakenMapper().map(raw, NOW)


def test_a_snapshot_names_its_depth_and_no_checksum() -> None:
    assert mapped(snapshot(25)) == (
        BookSnapshot(
            received_ns=NOW, symbol="BTC-USD", update_id=0, bids=BIDS, asks=ASKS, depth_max=25
        ),
    )


def test_an_update_of_both_sides_comes_in_two_parts_and_is_one() -> None:
    asks = {"a": [["101.00000", "0.00000000", TIME], ["103.00000", "1.00000000", TIME, "r"]]}
    bids = {"b": timed(BIDS[:1], LATER), "c": "974947235"}
    assert mapped(frame("book-10", asks, bids)) == (
        BookDelta(
            received_ns=NOW,
            venue_ns=1_700_000_001_500_000_000,
            symbol="BTC-USD",
            first_update_id=0,
            last_update_id=0,
            previous_update_id=None,
            bids=BIDS[:1],
            asks=(("101.00000", "0.00000000"), ("103.00000", "1.00000000")),
            checksum=974947235,
        ),
    )


def test_the_checksum_is_over_the_decimals_of_version_one_whatever_rest_states() -> None:
    pipeline = Pipeline(venue_named("kraken"), lambda _: None)
    pipeline.frame(frames.asset_pairs(frames.asset_pair(pair_decimals=1)), NOW)
    pipeline.frame(snapshot(), NOW)
    asks = (("100.50000", "7.00000000"), *ASKS)
    change = {"a": timed(asks[:1]), "c": str(frames.checksum(BIDS, asks))}
    pipeline.frame(frame("book-10", change), NOW)
    counts = pipeline.markets["BTC-USD"].sync.counts
    assert (counts.checksums_ok, counts.checksums_bad) == (1, 0)


def test_trades_have_the_takers_side_and_ids_of_what_they_are() -> None:
    data = [["100.00000", "0.5", TIME, side, "m", ""] for side in ("s", "b", "b")]
    trades = [each for each in mapped(frame("trade", data)) if isinstance(each, Trade)]
    assert [each.side for each in trades] == [Side.SELL, Side.BUY, Side.BUY]
    assert trades[0].venue_ns == 1_700_000_000_123_456_000
    assert (trades[0].price, trades[0].size) == ("100.00000", "0.5")
    assert len({each.trade_id for each in trades}) == 3


def test_tickers_and_spreads_are_quotes() -> None:
    ticker = {"a": ["101.0", 0, "0.5"], "b": ["100.0", 24, "1.5"], "c": ["100.0", "0.1"]}
    spread = ["100.0", "101.0", TIME, "1.5", "0.5"]
    for raw, venue_ns in (
        (frame("ticker", ticker), None),
        (frame("spread", spread), 1_700_000_000_123_456_000),
    ):
        assert mapped(raw) == (
            Quote(
                received_ns=NOW,
                symbol="BTC-USD",
                update_id=None,
                bid="100.0",
                bid_size="1.5",
                ask="101.0",
                ask_size="0.5",
                venue_ns=venue_ns,
            ),
        )


def test_a_candle_states_when_it_ends() -> None:
    data = ["1700000040.5", "1700000100.000000", "1.0", "2.0", "0.5", "1.5", "1.2", "9.0", 2]
    (candle,) = mapped(frame("ohlc-1", data))
    assert isinstance(candle, Candle)
    assert (candle.open_ns, candle.interval_ns) == (1_700_000_040 * 10**9, 60 * 10**9)
    assert (candle.open, candle.high, candle.low) == ("1.0", "2.0", "0.5")
    assert (candle.close, candle.volume, candle.closed) == ("1.5", "9.0", False)


def test_events_are_read_as_those_of_version_two() -> None:
    subscribed = '{"channelID":336,"event":"subscriptionStatus","status":"subscribed"}'
    mapper = KrakenMapper()
    assert mapper.map(subscribed, NOW) == ()
    assert mapper.map('{"event":"heartbeat"}', NOW) == (Heartbeat(received_ns=NOW),)
    (notice,) = mapper.map('{"event":"systemStatus","status":"maintenance"}', NOW)
    assert isinstance(notice, Notice)
    failed = {"event": "subscriptionStatus", "status": "error", "pair": "XBT/FOO"}
    words = {"errorMessage": "Currency pair not supported XBT/FOO"}
    (refused,) = mapper.map(json.dumps(failed | words), NOW)
    assert isinstance(refused, Refused)
    assert refused.symbol == "BTC-FOO"


def test_a_list_says_which_pair_it_is_about() -> None:
    mapper = KrakenMapper()
    assert mapper.symbol_of(snapshot()) == "BTC-USD"
    assert mapper.symbol_of("[1]") is None


@pytest.mark.parametrize(
    "raw",
    [
        "[]",
        "[1,2,3]",
        frame("book-10", []),
        frame("book-10", {"b": [["1"]]}),
        frame("book-10", {"b": [["0", "1", TIME]]}),
        frame("book-10", {"b": [["1", "x", TIME]]}),
        frame("book-10", {"b": [["1", "1", "soon"]]}),
        frame("book-10", {"c": "x"}),
        frame("book-x", {"as": [], "bs": []}),
        frame("book-10", {"c": "1"}, pair="XBTUSD"),
        frame("trade", [["0", "1", TIME, "b", "m", ""]]),
        frame("trade", [["1", "1", TIME, "x", "m", ""]]),
        frame("spread", ["1", "1", TIME]),
        frame("spread", ["1", "1", "1.0000000001", "1", "1"]),
        frame("ohlc-1", [TIME, TIME, "1", "1", "1", "-1", "1", "1", 1]),
    ],
)
def test_what_the_documentation_does_not_allow_is_malformed(raw: str) -> None:
    with pytest.raises(MalformedFrame):
        mapped(raw)


@pytest.mark.parametrize("raw", [frame("new", {}), '{"event":"new"}'])
def test_what_is_new_is_unknown_not_malformed(raw: str) -> None:
    with pytest.raises(UnknownMessage):
        mapped(raw)

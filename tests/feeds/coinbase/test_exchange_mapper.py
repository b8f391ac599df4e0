"""Frames of the Exchange feed and what they mean. Shapes from *WebSocket Channels*."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from feeds.coinbase.exchange_mapper import CoinbaseExchangeMapper
from feeds.errors import ForeignFrame, FrameError, MalformedFrame, UnknownMessage
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Heartbeat,
    InstrumentTerms,
    Quote,
    Refused,
    Trade,
    VenueMessage,
)
from tests.feeds.coinbase import frames

NOW = frames.TIME_NS + 1
TICKER = {"best_bid": "100.00", "best_ask": "101.00", "side": "buy", "time": frames.TIME}
SIZES = {"best_bid_size": "1.5", "best_ask_size": "0.5"}


def mapped(raw: bytes | str) -> tuple[VenueMessage, ...]:
    return CoinbaseExchangeMapper().map(raw, NOW)


def test_a_snapshot_is_the_whole_book_whether_or_not_it_names_its_time() -> None:
    raw = frames.exchange("snapshot", bids=frames.BIDS, asks=frames.ASKS)
    assert mapped(raw) == (
        BookSnapshot(
            received_ns=NOW,
            symbol="BTC-USD",
            update_id=0,
            bids=tuple(frames.BIDS),
            asks=tuple(frames.ASKS),
        ),
    )
    timed = frames.exchange("snapshot", bids=[], asks=[], time=frames.TIME)
    (snapshot,) = mapped(timed)
    assert isinstance(snapshot, BookSnapshot)
    assert snapshot.venue_ns == frames.TIME_NS


def test_an_update_sorts_its_changes_by_side_and_keeps_their_order() -> None:
    bids = (("100.10", "0.00000000"), ("99.00", "1.50"))
    assert mapped(frames.update(bids, frames.ASKS)) == (
        BookDelta(
            received_ns=NOW,
            venue_ns=frames.TIME_NS,
            symbol="BTC-USD",
            first_update_id=0,
            last_update_id=0,
            previous_update_id=None,
            bids=bids,
            asks=tuple(frames.ASKS),
        ),
    )


@pytest.mark.parametrize(("maker", "aggressor"), [("buy", Side.SELL), ("sell", Side.BUY)])
def test_a_matchs_side_is_the_makers_and_ours_the_aggressors(maker: str, aggressor: Side) -> None:
    assert mapped(frames.match(10, "100.50", "5.23512", maker)) == (
        Trade(
            received_ns=NOW,
            venue_ns=frames.TIME_NS,
            symbol="BTC-USD",
            trade_id="10",
            side=aggressor,
            price="100.50",
            size="5.23512",
        ),
    )


def test_the_last_match_before_the_subscription_is_no_print_of_now() -> None:
    assert mapped(frames.match(10, "100.50", "5", "buy", "last_match")) == ()


def test_a_ticker_is_a_quote_if_it_states_sizes() -> None:
    assert mapped(frames.exchange("ticker", **TICKER)) == ()
    assert mapped(frames.exchange("ticker", **TICKER, **SIZES)) == (
        Quote(
            received_ns=NOW,
            symbol="BTC-USD",
            update_id=None,
            bid="100.00",
            bid_size="1.5",
            ask="101.00",
            ask_size="0.5",
            venue_ns=frames.TIME_NS,
        ),
    )


def test_a_heartbeat_is_of_one_product() -> None:
    raw = frames.exchange("heartbeat", sequence=90, last_trade_id=20, time=frames.TIME)
    assert mapped(raw) == (Heartbeat(received_ns=NOW, symbol="BTC-USD"),)


@pytest.mark.parametrize("kind", ["subscriptions", "received", "open", "done", "ticker_batch"])
def test_acknowledgements_and_other_channels_are_known_and_of_no_use(kind: str) -> None:
    raw = frames.exchange(kind, channels=[])
    mapper = CoinbaseExchangeMapper()
    assert mapper.map(raw, NOW) == ()
    assert mapper.symbol_of(raw) == "BTC-USD"


def test_products_are_listed_by_rest_and_by_the_status_channel() -> None:
    product, odd = frames.exchange_product(), frames.exchange_product(base_increment="0")
    bodies = (
        json.dumps(product),
        json.dumps([product, odd]),
        json.dumps({"type": "status", "products": [product, odd], "currencies": []}),
    )
    for body in bodies:
        (terms,) = mapped(body)
        assert isinstance(terms, InstrumentTerms)
        assert (terms.venue_symbol, terms.instrument.venue) == ("BTC-USD", "coinbase-exchange")


def test_a_refusal_says_why_and_which_product() -> None:
    raw = {"type": "error", "message": "Failed to subscribe"}
    (refused,) = mapped(json.dumps(raw | {"reason": "X-USD is not a valid product"}))
    assert isinstance(refused, Refused)
    assert refused.symbol == "X-USD"
    (refused,) = mapped('{"message":"NotFound"}')
    assert isinstance(refused, Refused)
    assert refused.text == "Coinbase refused: NotFound"


def test_rest_bodies_of_no_use_are_known() -> None:
    assert mapped('{"sequence":3,"bids":[],"asks":[]}') == ()
    assert mapped('{"iso":"2026-11-21T09:00:00.000Z","epoch":1795251600.0}') == ()
    assert mapped('[{"trade_id":1,"price":"1","size":"1","side":"buy"}]') == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[1]",
        b"\xff\xfe",
        frames.exchange("snapshot", bids=[["1"]], asks=[]),
        frames.exchange("snapshot", bids=[[1, 2]], asks=[]),
        frames.exchange("snapshot", bids=[["0", "1"]], asks=[]),
        frames.exchange("snapshot", bids=[["1", "1e3"]], asks=[]),
        frames.exchange("l2update", changes=[["bid", "1", "1"]]),
        frames.update([("1", "-1")]),
        frames.update(product="BTC"),
        frames.update().replace(frames.TIME, "x"),
        frames.match(1, "0", "1", "buy"),
        frames.match(-1, "1", "1", "buy"),
        frames.match(1, "1", "1", "taker"),
        frames.exchange("ticker", **TICKER, best_bid_size="x"),
        json.dumps(frames.exchange_product(quote_increment="-0.01")),
        b'{"type":"snapshot","bids":' + b"[" * 200_000,
    ],
    ids=lambda raw: str(raw)[:24],
)
def test_what_the_documentation_does_not_allow_is_malformed(raw: bytes | str) -> None:
    with pytest.raises(MalformedFrame):
        mapped(raw)


@pytest.mark.parametrize("raw", ["{}", '{"type":"new"}', '{"this":"is new"}'])
def test_what_is_new_is_unknown_not_malformed(raw: str) -> None:
    with pytest.raises(UnknownMessage):
        mapped(raw)


SEEDS = [
    frames.exchange("snapshot", bids=frames.BIDS, asks=frames.ASKS),
    frames.update(frames.BIDS, frames.ASKS),
    frames.match(10, "100.50", "5", "buy"),
    frames.exchange("ticker", **TICKER, **SIZES),
    json.dumps([frames.exchange_product()]),
]


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    raw = bytearray(data.draw(st.sampled_from(SEEDS)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    mapper = CoinbaseExchangeMapper()
    mapper.symbol_of(bytes(raw))
    with suppress(FrameError):
        assert isinstance(mapper.map(bytes(raw), NOW), tuple)


def test_a_frame_of_advanced_trade_is_named_as_such() -> None:
    with pytest.raises(ForeignFrame, match="a frame of coinbase, not of coinbase-exchange"):
        mapped(frames.book(1, "update", frames.BIDS))

"""Kraken's frames and what they mean. Shapes from *Spot WebSocket v2*."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from feeds.errors import FrameError, MalformedFrame, UnknownMessage
from feeds.kraken.mapper import KrakenMapper
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    Heartbeat,
    InstrumentTerms,
    Notice,
    Quote,
    Refused,
    Trade,
    VenueMessage,
)
from tests.feeds.kraken import frames

NOW = frames.TIME_NS + 1
EMPTY = ()


def mapped(raw: bytes | str) -> tuple[VenueMessage, ...]:
    return KrakenMapper().map(raw, NOW)


def snapshot_of(mapper: KrakenMapper, raw: str) -> BookSnapshot:
    (snapshot,) = mapper.map(raw, NOW)
    assert isinstance(snapshot, BookSnapshot)
    return snapshot


def levels(count: int) -> frames.Pairs:
    return [(f"{200 + each}.00", "1.00000000") for each in range(count)]


def test_a_snapshot_is_the_whole_book_with_its_checksum() -> None:
    assert mapped(frames.snapshot()) == (
        BookSnapshot(
            received_ns=NOW,
            symbol="BTC-USD",
            update_id=0,
            bids=tuple(frames.BIDS),
            asks=tuple(frames.ASKS),
            venue_ns=frames.TIME_NS,
            checksum=frames.checksum(frames.BIDS, frames.ASKS),
            depth_max=10,
        ),
    )


def test_an_update_keeps_the_exact_text_and_the_order_of_its_levels() -> None:
    bids = (("100.10", "0.00000000"), ("100.10", "1.50000000"))
    assert mapped(frames.book("update", bids, (), 7)) == (
        BookDelta(
            received_ns=NOW,
            venue_ns=frames.TIME_NS,
            symbol="BTC-USD",
            first_update_id=0,
            last_update_id=0,
            previous_update_id=None,
            bids=bids,
            asks=(),
            checksum=7,
        ),
    )


def test_the_acknowledgement_says_how_deep_a_book_is() -> None:
    mapper = KrakenMapper()
    assert mapper.map(frames.acknowledged("book", "BTC/USD", 1), NOW) == ()
    assert snapshot_of(mapper, frames.snapshot()).depth_max == 100
    assert snapshot_of(mapper, frames.snapshot(pair="ETH/USD")).depth_max == 10
    mapper.map(frames.acknowledged("book", "BTC/USD", 1).replace("100", "25"), NOW)
    assert snapshot_of(mapper, frames.snapshot()).depth_max == 25
    mapper.map(frames.acknowledged("book", "BTC/USD", 1).replace("100", "7000000"), NOW)
    assert snapshot_of(mapper, frames.snapshot()).depth_max == 25


@pytest.mark.parametrize(
    ("count", "depth"), [(3, 10), (10, 10), (11, 25), (500, 500), (1001, 1001)]
)
def test_without_one_a_book_is_as_deep_as_the_offered_depth_that_holds_it(
    count: int, depth: int
) -> None:
    assert snapshot_of(KrakenMapper(), frames.snapshot(levels(count), EMPTY)).depth_max == depth


def test_decimals_that_were_dropped_are_put_back_once_they_are_known() -> None:
    mapper = KrakenMapper()
    bare = frames.book("snapshot", [("100", "1.5")], [("101.1", "1e-8")], 0)
    assert snapshot_of(mapper, bare).asks == (("101.1", "0.00000001"),)
    mapper.map(frames.instruments(), NOW)
    assert snapshot_of(mapper, bare).bids == (("100.00", "1.50000000"),)
    mapper.map(frames.asset_pairs(frames.asset_pair(pair_decimals=1, lot_decimals=2)), NOW)
    assert snapshot_of(mapper, bare).bids == (("100.0", "1.50"),)
    assert snapshot_of(mapper, bare).asks == (("101.1", "0.00000001"),)


@pytest.mark.parametrize("side", list(Side))
def test_a_trades_side_is_the_takers(side: Side) -> None:
    assert mapped(frames.trade(4665906, "100.50", "40.0", side.name.lower())) == (
        Trade(
            received_ns=NOW,
            venue_ns=frames.TIME_NS,
            symbol="BTC-USD",
            trade_id="4665906",
            side=side,
            price="100.50",
            size="40.0",
        ),
    )


def test_trades_of_before_the_subscription_are_no_prints_of_now() -> None:
    raw = frames.trade(1, "100.50", "1", "buy", "snapshot")
    mapper = KrakenMapper()
    assert mapper.map(raw, NOW) == ()
    assert mapper.symbol_of(raw) == "BTC-USD"


def test_a_ticker_is_a_quote_and_a_sign_of_life() -> None:
    assert mapped(frames.ticker()) == (
        Heartbeat(received_ns=NOW),
        Quote(
            received_ns=NOW,
            symbol="BTC-USD",
            update_id=None,
            bid="100.00",
            bid_size="1.50000000",
            ask="101.00",
            ask_size="0.50000000",
        ),
    )


@pytest.mark.parametrize(
    ("begin", "closed"),
    [("2026-11-21T09:00:00.000000000Z", False), ("2026-11-21T08:59:00.000000000Z", True)],
)
def test_a_candle_is_closed_once_its_time_is_over(begin: str, closed: bool) -> None:
    (candle,) = mapped(frames.candle(begin))
    assert isinstance(candle, Candle)
    assert (candle.closed, candle.interval_ns) == (closed, 60 * 10**9)
    assert (candle.open, candle.high, candle.low) == ("100.00", "102.00", "99.00")
    assert (candle.close, candle.volume) == ("101.00", "30927.68066226")


def test_heartbeats_and_answers_to_pings() -> None:
    assert mapped('{"channel":"heartbeat"}') == (Heartbeat(received_ns=NOW),)
    assert mapped('{"method":"pong","req_id":101,"time_in":"x","time_out":"y"}') == ()
    assert mapped(frames.acknowledged("trade", "BTC/USD", 2, "unsubscribe")) == ()
    assert mapped('{"channel":"level3","type":"update","data":[]}') == ()


def test_the_trader_is_told_when_the_engine_stops_and_when_it_goes_on() -> None:
    mapper = KrakenMapper()
    assert mapper.map(frames.status("online"), NOW) == ()
    for system, word in (("maintenance", "maintenance"), ("cancel_only", "cancellations")):
        (notice,) = mapper.map(frames.status(system), NOW)
        assert isinstance(notice, Notice)
        assert word in notice.text
    (notice,) = mapper.map(frames.status("online"), NOW)
    assert notice == Notice(received_ns=NOW, text="Kraken trades again")
    assert mapper.map(frames.status("online"), NOW) == ()


def test_a_pair_that_is_not_supported_is_refused_for_good() -> None:
    (refused,) = mapped(frames.refused("BTC/FOO", 3))
    assert isinstance(refused, Refused)
    assert refused.symbol == "BTC-FOO"
    assert "Currency pair not supported BTC/FOO" in refused.text


def test_a_refusal_that_passes_is_told_and_refuses_no_market() -> None:
    (refused,) = mapped(frames.refused("BTC/USD", 3, "Exceeded msg rate"))
    assert isinstance(refused, Refused)
    assert (refused.symbol, refused.request_id) == (None, None)
    assert mapped(frames.refused("BTC/USD", 3, "Already subscribed")) == ()


def test_rest_refuses_for_good_or_asks_for_patience() -> None:
    (refused,) = mapped('{"error":["EQuery:Unknown asset pair"]}')
    assert isinstance(refused, Refused)
    with pytest.raises(MalformedFrame, match="cannot answer now"):
        mapped('{"error":["EService:Unavailable"]}')


def test_rest_bodies_of_no_use_are_known() -> None:
    assert mapped('{"error":[],"result":{"status":"online","timestamp":"x"}}') == ()
    assert mapped('{"error":[],"result":{"XXBTZUSD":{"asks":[],"bids":[]}}}') == ()
    assert mapped('{"error":[],"result":{}}') == ()
    assert mapped('{"error":["WGeneral:Danger"],"result":{}}') == ()


def test_metadata_lists_what_can_be_ordered_and_passes_over_the_rest() -> None:
    odd = frames.asset_pair("ETH/USD", tick_size="0", altname="ETHUSD")
    (terms,) = mapped(frames.asset_pairs(odd, frames.asset_pair()))
    assert isinstance(terms, InstrumentTerms)
    assert (terms.instrument.symbol, terms.venue_symbol) == ("BTC-USD", "BTC/USD")
    with pytest.raises(MalformedFrame, match="ETH-USD"):
        mapped(frames.asset_pairs(odd))


def test_metadata_decides_how_a_symbol_is_spelled() -> None:
    mapper = KrakenMapper()
    mapper.learn("BTC/USD", "BTC-X-USD")
    assert snapshot_of(mapper, frames.snapshot()).symbol == "BTC-X-USD"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        '{"channel":"book","type":"update"}',
        frames.book("other", (), (), 1),
        frames.book("update", (), (), -1),
        frames.book("update", (), (), 2**32),
        frames.book("update", [("-1", "1")], (), 1),
        frames.book("update", [("0.00", "1")], (), 1),
        frames.book("update", [("1", "null")], (), 1),
        frames.book("update", [("1e999", "1")], (), 1),
        frames.book("update", [("1" * 60, "1")], (), 1),
        frames.book("update", (), (), 1, pair="BTC"),
        frames.book("update", (), (), 1, time="yesterday"),
        frames.trade(1, "0", "1", "buy"),
        frames.trade(1, "1", "0.0", "buy"),
        frames.trade(1, "1", "1", "maker"),
        frames.ticker().replace("100.00", "[]"),
        frames.candle("x"),
        frames.candle(frames.TIME, 0),
        frames.instruments(price_precision="99"),
        frames.instruments(qty_increment="-1"),
        frames.asset_pairs(frames.asset_pair(pair_decimals=-1)),
        '{"error":5}',
        b'{"channel":"book","data":' + b"[" * 200_000,
    ],
    ids=lambda raw: str(raw)[:24],
)
def test_what_the_documentation_does_not_allow_is_malformed(raw: bytes | str) -> None:
    with pytest.raises(MalformedFrame):
        mapped(raw)


@pytest.mark.parametrize("raw", ["{}", '{"channel":"new"}', '{"this":"is new"}'])
def test_what_is_new_is_unknown_not_malformed(raw: str) -> None:
    with pytest.raises(UnknownMessage):
        mapped(raw)


SEEDS = [
    frames.snapshot(),
    frames.trade(1, "100.50", "1", "buy"),
    frames.ticker(),
    frames.candle(frames.TIME),
    frames.instruments(),
    frames.asset_pairs(),
    frames.acknowledged("book", "BTC/USD", 1),
    frames.refused("BTC/USD", 1),
    '[336,{"as":[["101.0","0.5","1.5"]],"bs":[["99.0","0.5","1.5"]]},"book-10","XBT/USD"]',
    '[336,{"a":[["101.0","0.5","1.5"]]},{"b":[],"c":"974947235"},"book-10","XBT/USD"]',
    '[337,[["100.0","0.5","1.5","s","m",""]],"trade","XBT/USD"]',
]


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    raw = bytearray(data.draw(st.sampled_from(SEEDS)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    mapper = KrakenMapper()
    mapper.symbol_of(bytes(raw))
    with suppress(FrameError):
        assert isinstance(mapper.map(bytes(raw), NOW), tuple)

"""Advanced Trade frames and what they mean. Shapes from *WebSocket Channels*."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from feeds import venue_named
from feeds.coinbase.mapper import CoinbaseMapper
from feeds.errors import ForeignFrame, FrameError, MalformedFrame, UnknownMessage
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    FrameNumber,
    Heartbeat,
    InstrumentTerms,
    Quote,
    Refused,
    Trade,
    VenueMessage,
)
from feeds.pipeline import Pipeline
from tests.feeds.coinbase import frames

NOW = frames.TIME_NS + 1


def mapped(raw: bytes | str) -> tuple[VenueMessage, ...]:
    return CoinbaseMapper().map(raw, NOW)


def after_number(raw: bytes | str, number: int = 5) -> tuple[VenueMessage, ...]:
    first, *rest = mapped(raw)
    assert first == FrameNumber(received_ns=NOW, number=number)
    return tuple(rest)


def test_a_snapshot_is_the_whole_book() -> None:
    assert after_number(frames.book(5, "snapshot", frames.BIDS, frames.ASKS)) == (
        BookSnapshot(
            received_ns=NOW,
            symbol="BTC-USD",
            update_id=0,
            bids=tuple(frames.BIDS),
            asks=tuple(frames.ASKS),
            venue_ns=frames.TIME_NS,
        ),
    )


def test_an_update_keeps_the_exact_text_and_the_order_of_its_levels() -> None:
    bids = (("100.10", "0"), ("100.10", "1.50"))
    assert after_number(frames.book(5, "update", bids)) == (
        BookDelta(
            received_ns=NOW,
            venue_ns=frames.TIME_NS,
            symbol="BTC-USD",
            first_update_id=0,
            last_update_id=0,
            previous_update_id=None,
            bids=bids,
            asks=(),
        ),
    )


@pytest.mark.parametrize("updates", [[], None])
def test_an_update_may_be_empty(updates: object) -> None:
    event = {"type": "update", "product_id": "BTC-USD", "updates": updates}
    (delta,) = after_number(frames.advanced("l2_data", 5, event))
    assert isinstance(delta, BookDelta)
    assert (delta.bids, delta.asks) == ((), ())


def test_a_frame_may_tell_of_several_products() -> None:
    events = [frames.book_event("update", frames.BIDS, product=each) for each in ("A-USD", "B-USD")]
    told = after_number(frames.advanced("l2_data", 5, *events))
    assert [getattr(each, "symbol", "") for each in told] == ["A-USD", "B-USD"]


@pytest.mark.parametrize(("maker", "aggressor"), [("BUY", Side.SELL), ("SELL", Side.BUY)])
def test_a_trades_side_is_the_makers_and_ours_the_aggressors(maker: str, aggressor: Side) -> None:
    data = frames.trade_data(7, "100.50", "2", maker)
    assert after_number(frames.trades(5, "update", data)) == (
        Trade(
            received_ns=NOW,
            venue_ns=frames.TIME_NS,
            symbol="BTC-USD",
            trade_id="7",
            side=aggressor,
            price="100.50",
            size="2",
        ),
    )


def test_trades_come_newest_first_and_are_told_oldest_first() -> None:
    data = [frames.trade_data(number, "100", "1", "BUY") for number in (9, 8, 7)]
    told = after_number(frames.trades(5, "update", *data))
    assert [each.trade_id for each in told if isinstance(each, Trade)] == ["7", "8", "9"]


def test_trades_of_before_the_subscription_are_no_prints_of_now() -> None:
    data = frames.trade_data(7, "100", "1", "BUY")
    assert after_number(frames.trades(5, "snapshot", data)) == ()


def test_a_ticker_is_a_quote() -> None:
    assert after_number(frames.ticker(5)) == (
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


def test_an_empty_side_of_a_quote_is_zero_and_no_touch_is_no_quote() -> None:
    (quote,) = after_number(frames.ticker(5, best_bid="", best_bid_quantity=""))
    assert isinstance(quote, Quote)
    assert (quote.bid, quote.bid_size, quote.ask) == ("0", "0", "101.00")
    gone = frames.ticker(5, best_bid="", best_bid_quantity="", best_ask="", best_ask_quantity="")
    assert after_number(gone) == ()


def test_candles_are_of_five_minutes_and_the_last_is_not_closed() -> None:
    now_s = frames.TIME_NS // 10**9
    start = now_s - now_s % 300
    told = after_number(frames.candles(5, str(start), str(start - 300)))
    candles = [each for each in told if isinstance(each, Candle)]
    assert [each.open_ns for each in candles] == [(start - 300) * 10**9, start * 10**9]
    assert [each.closed for each in candles] == [True, False]
    assert candles[0].interval_ns == 300 * 10**9
    assert (candles[0].open, candles[0].high, candles[0].low) == ("100.00", "102.00", "99.00")
    assert (candles[0].close, candles[0].volume) == ("101.00", "0.20269406")


def test_a_heartbeat_is_of_the_whole_connection() -> None:
    assert after_number(frames.heartbeat(5)) == (Heartbeat(received_ns=NOW),)


@pytest.mark.parametrize("channel", ["subscriptions", "user", "ticker_batch", "something_new"])
def test_what_is_of_no_use_counts_all_the_same(channel: str) -> None:
    assert after_number(frames.advanced(channel, 5, {"x": 1})) == ()


def test_a_frame_without_a_number_is_not_counted() -> None:
    frame = json.loads(frames.book(5, "snapshot", frames.BIDS))
    del frame["sequence_num"], frame["timestamp"], frame["client_id"]
    (snapshot,) = mapped(json.dumps(frame))
    assert isinstance(snapshot, BookSnapshot)
    assert snapshot.venue_ns is None


def test_the_status_channel_states_terms() -> None:
    product = frames.exchange_product() | {"product_type": "SPOT"}
    event = {"type": "snapshot", "products": [product, product | {"product_type": "FUTURE"}]}
    (terms,) = after_number(frames.advanced("status", 5, event))
    assert isinstance(terms, InstrumentTerms)
    assert terms.instrument.venue == "coinbase"


def test_a_refusal_says_why_and_which_product() -> None:
    raw = {"type": "error", "message": "Failed to subscribe"}
    (refused,) = mapped(json.dumps(raw | {"reason": "X-USD is not a valid product"}))
    assert isinstance(refused, Refused)
    assert (refused.symbol, "Failed to subscribe: X-USD is not" in refused.text) == ("X-USD", True)
    (refused,) = mapped('{"type":"error","message":"authentication failure"}')
    assert isinstance(refused, Refused)
    assert refused.symbol is None


def test_a_rest_refusal_is_one_too() -> None:
    body = '{"error":"NOT_FOUND","error_details":"valid product_id is required","message":""}'
    (refused,) = mapped(body)
    assert isinstance(refused, Refused)
    assert refused.text == "Coinbase refused: NOT_FOUND: valid product_id is required"


def test_what_a_venue_writes_cannot_command_the_terminal() -> None:
    (refused,) = mapped('{"type":"error","message":"\\u001b[2J' + "x" * 900 + '"}')
    assert isinstance(refused, Refused)
    assert refused.text.isprintable()
    assert len(refused.text) < 300


def test_rest_bodies_of_no_use_are_known() -> None:
    mapper = CoinbaseMapper()
    assert mapper.map('{"pricebook":{"product_id":"BTC-USD"}}', NOW) == ()
    assert mapper.map('{"candles":[]}', NOW) == ()
    assert mapper.map('{"trades":[],"best_bid":"1","best_ask":"2"}', NOW) == ()
    assert mapper.symbol_of('{"product_id":"BTC-USD"}') == "BTC-USD"
    assert mapper.symbol_of(frames.heartbeat(1)) is None
    assert mapper.symbol_of("{") is None


def test_metadata_decides_how_a_symbol_is_spelled() -> None:
    mapper = CoinbaseMapper()
    mapper.learn("BTC-USD", "XBT-USD")
    _, snapshot = mapper.map(frames.book(5, "snapshot"), NOW)
    assert isinstance(snapshot, BookSnapshot)
    assert snapshot.symbol == "XBT-USD"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        '{"channel":"l2_data"}',
        frames.advanced("l2_data", -1),
        frames.advanced("l2_data", 2**70),
        frames.book(1, "update", [("1e3", "1")]),
        frames.book(1, "update", [("-1", "1")]),
        frames.book(1, "update", [("0.00", "1")]),
        frames.book(1, "update", [("1", "NaN")]),
        frames.book(1, "update", [("1", "")]),
        frames.book(1, "update", [("1", "1" * 60)]),
        frames.book(1, "other"),
        frames.book(1, "update", product="\\u001b[2J"),
        frames.book(1, "update").replace(frames.TIME, "yesterday"),
        frames.book(1, "update", [("1", "1")]).replace("bid", "buy"),
        frames.trades(1, "update", frames.trade_data(1, "0", "1", "BUY")),
        frames.trades(1, "update", frames.trade_data(1, "1", "0", "BUY")),
        frames.trades(1, "update", frames.trade_data(1, "1", "1", "buyer")),
        frames.ticker(1, best_ask="x"),
        frames.candles(1, "1.5"),
        frames.candles(1, "9" * 30),
        b'{"channel":"l2_data","events":' + b"[" * 200_000,
        '{"product_id":"BTC-USD"}',
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
    frames.book(5, "snapshot", frames.BIDS, frames.ASKS),
    frames.trades(5, "update", frames.trade_data(7, "100", "1", "BUY")),
    frames.ticker(5),
    frames.candles(5, "1795251600"),
    frames.heartbeat(5),
    json.dumps(frames.advanced_product()),
]


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    raw = bytearray(data.draw(st.sampled_from(SEEDS)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    mapper = CoinbaseMapper()
    mapper.symbol_of(bytes(raw))
    with suppress(FrameError):
        assert isinstance(mapper.map(bytes(raw), NOW), tuple)


def frame_number(raw: str) -> int | None:
    with pytest.raises(FrameError) as refused:
        mapped(raw)
    return refused.value.frame_number


def test_a_bad_frame_beside_the_books_is_counted_and_one_of_a_book_is_missed() -> None:
    """So that a bad ticker costs no book, and a bad update does."""
    assert frame_number(frames.ticker(5, best_ask="x")) == 5
    assert frame_number(frames.candles(6, "soon")) == 6
    assert frame_number(frames.advanced("ticker", 7, 1)) == 7
    assert frame_number(frames.book(8, "update", [("x", "1")])) is None
    assert frame_number('{"channel":"ticker","sequence_num":9') is None


def test_books_live_through_a_bad_ticker_and_not_through_a_bad_update() -> None:
    pipeline = Pipeline(venue_named("coinbase"), lambda _: None)
    pipeline.frame(frames.book(0, "snapshot", frames.BIDS, frames.ASKS), NOW)
    pipeline.frame(frames.ticker(1, best_ask="x"), NOW)
    pipeline.frame(frames.heartbeat(2), NOW)
    assert pipeline.book("BTC-USD").update_id is not None
    pipeline.frame(frames.book(3, "update", [("x", "1")]), NOW)
    pipeline.frame(frames.heartbeat(4), NOW)
    assert pipeline.book("BTC-USD").update_id is None
    assert pipeline.bad_frames.count == 2


@pytest.mark.parametrize("kind", ["snapshot", "l2update", "match", "ticker"])
def test_a_frame_of_the_older_feed_is_named_as_such(kind: str) -> None:
    with pytest.raises(ForeignFrame, match="coinbase-exchange"):
        mapped(frames.exchange(kind))

"""Bybit frames and what they mean. Shapes from the v5 documentation."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.core.commands import Side
from feeds.bybit.mapper import BybitMapper
from feeds.errors import FrameError, MalformedFrame, UnknownMessage
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    FundingRate,
    Heartbeat,
    IndexPrice,
    InstrumentTerms,
    MarkPrice,
    Notice,
    OpenInterest,
    OptionSummary,
    Quote,
    Refused,
    Trade,
    VenueMessage,
)
from tests.feeds.bybit import frames

NOW = frames.T0_NS + 5


def mapped(raw: bytes | str) -> VenueMessage:
    (message,) = BybitMapper().map(raw, NOW)
    return message


def test_a_snapshot_is_as_deep_as_its_topic_says() -> None:
    assert mapped(frames.snapshot(17)) == BookSnapshot(
        received_ns=NOW,
        symbol="BTC-USDT-PERP",
        update_id=17,
        bids=tuple(frames.BIDS),
        asks=tuple(frames.ASKS),
        venue_ns=frames.T0_NS - 1_000_000,
        depth_max=200,
    )


def test_a_delta_has_one_number() -> None:
    message = mapped(frames.book("delta", 18, [("100.00", "0")]))
    assert isinstance(message, BookDelta)
    assert (message.first_update_id, message.last_update_id) == (18, 18)
    assert (message.bids, message.asks) == ((("100.00", "0"),), ())


def test_the_number_one_begins_anew_whatever_the_frame_is_called() -> None:
    assert isinstance(mapped(frames.book("delta", 1, frames.BIDS, frames.ASKS)), BookSnapshot)


def test_of_several_depths_of_a_market_the_deepest_is_followed() -> None:
    mapper = BybitMapper()
    kinds = [
        *mapper.map(frames.snapshot(5, depth=50), NOW),
        *mapper.map(frames.book("delta", 6, [("99.00", "3")], depth=50), NOW),
        *mapper.map(frames.snapshot(900, depth=500), NOW),
        *mapper.map(frames.book("delta", 7, [("99.00", "4")], depth=50), NOW),
        *mapper.map(frames.snapshot(8, depth=50), NOW),
        *mapper.map(frames.book("delta", 901, [("99.00", "5")], depth=500), NOW),
    ]
    ids = [each.update_id for each in kinds if isinstance(each, BookSnapshot)]
    assert ids == [5, 900]
    assert [each.last_update_id for each in kinds if isinstance(each, BookDelta)] == [6, 901]


def best(kind: str, u: int, bids: frames.Pairs, asks: frames.Pairs) -> str:
    return frames.book(kind, u, bids, asks, depth=1)


def quotes(mapper: BybitMapper, raw: str) -> list[tuple[str, str, str, str]]:
    told = [each for each in mapper.map(raw, NOW) if isinstance(each, Quote)]
    return [(each.bid, each.bid_size, each.ask, each.ask_size) for each in told]


def test_one_level_is_a_quote_of_which_older_frames_tell_what_changed() -> None:
    mapper = BybitMapper()
    assert mapper.map(best("delta", 4, [("100.00", "9")], []), NOW) == ()
    first = best("snapshot", 5, frames.BIDS[:1], frames.ASKS[:1])
    assert quotes(mapper, first) == [("100.00", "2.0", "101.00", "1.5")]
    changed = best("delta", 6, [("100.00", "0"), ("99.50", "1")], [])
    assert quotes(mapper, changed) == [("99.50", "1", "101.00", "1.5")]
    gone = best("delta", 7, [], [("101.00", "0")])
    assert quotes(mapper, gone) == [("99.50", "1", "0", "0")]


def test_the_same_best_quotes_again_say_that_the_market_is_quiet() -> None:
    mapper = BybitMapper()
    raw = best("snapshot", 5, frames.BIDS[:1], frames.ASKS[:1])
    assert len(mapper.map(raw, NOW)) == 1
    (_, beat) = mapper.map(raw, NOW)
    assert beat == Heartbeat(received_ns=NOW, symbol="BTC-USDT-PERP")


@pytest.mark.parametrize(("word", "side"), [("Buy", Side.BUY), ("Sell", Side.SELL)])
def test_a_trade_says_who_took(word: str, side: Side) -> None:
    assert mapped(frames.trade("20f43950-d8dd", "16578.50", "0.001", word)) == Trade(
        received_ns=NOW,
        venue_ns=frames.T0_NS,
        symbol="BTC-USDT-PERP",
        trade_id="20f43950-d8dd",
        price="16578.50",
        size="0.001",
        side=side,
    )


def test_trades_of_all_options_of_a_coin_come_in_one_topic() -> None:
    items = [
        frames.printed("a-1", "10", "0.1", "Buy", "BTC-25DEC26-70000-C"),
        frames.printed("a-2", "11", "0.2", "Sell", "BTC-25DEC26-80000-P-USDT"),
    ]
    told = BybitMapper().map(frames.push("publicTrade.BTC", items), NOW)
    assert [each.symbol for each in told if isinstance(each, Trade)] == [
        "BTC-20261225-70000-C",
        "BTC-USDT-20261225-80000-P",
    ]


def test_a_ticker_tells_what_changed_and_a_rate_is_completed_from_before() -> None:
    mapper = BybitMapper()
    common = {"received_ns": NOW, "venue_ns": frames.T0_NS, "symbol": "BTC-USDT-PERP"}
    first = frames.ticker(
        markPrice="17217.33",
        indexPrice="17227.36",
        openInterest="68744.761",
        fundingRate="-0.000212",
        nextFundingTime="1673280000000",
        fundingIntervalHour="8",
        lastPrice="17216.00",
    )
    rate = FundingRate(
        **common,  # type: ignore[arg-type]
        rate="-0.000212",
        next_ns=1_673_280_000 * 10**9,
        interval_ns=8 * 3600 * 10**9,
    )
    mark = MarkPrice(**common, price="17217.33")  # type: ignore[arg-type]
    index = IndexPrice(**common, price="17227.36")  # type: ignore[arg-type]
    interest = OpenInterest(**common, size="68744.761")  # type: ignore[arg-type]
    assert mapper.map(first, NOW) == (mark, index, interest, rate)
    later = mapper.map(frames.ticker("delta", nextFundingTime="1673308800000"), NOW)
    assert later == (mark, index, replace(rate, next_ns=1_673_308_800 * 10**9))
    assert mapper.map(frames.ticker("delta", bid1Price="1", bid1Size="2"), NOW) == (mark, index)


def test_a_rate_is_not_told_before_it_is_known() -> None:
    assert BybitMapper().map(frames.ticker("delta", nextFundingTime="1673308800000"), NOW) == ()


def test_an_options_ticker_is_its_valuation_and_its_quotes() -> None:
    raw = frames.ticker(
        symbol="BTC-25DEC26-70000-C",
        bidPrice="0",
        bidSize="0",
        bidIv="0",
        askPrice="10",
        askSize="5.1",
        askIv="0.514",
        markPrice="7.86976724",
        indexPrice="16823.73",
        markPriceIv="0.4896",
        underlyingPrice="16815.1",
        openInterest="49.85",
        delta="0.047831",
        gamma="0.00021453",
        vega="0.8135",
        theta="-19.91",
    )
    told = BybitMapper().map(raw, NOW)
    assert [type(each) for each in told] == [
        MarkPrice,
        IndexPrice,
        OpenInterest,
        OptionSummary,
        Quote,
    ]
    summary = told[3]
    assert isinstance(summary, OptionSummary)
    assert (summary.mark_iv, summary.bid_iv, summary.ask_iv) == (0.4896, None, 0.514)
    assert (summary.symbol, summary.underlying_price) == ("BTC-20261225-70000-C", "16815.1")


@pytest.mark.parametrize(
    ("interval", "minutes"), [("1", 1), ("720", 720), ("D", 1440), ("W", 10080), ("M", None)]
)
def test_a_candle(interval: str, minutes: int | None) -> None:
    kline = {"start": frames.T0_MS, "end": frames.T0_MS + 1, "interval": interval}
    kline |= {"open": "16649.5", "close": "16677", "high": "16677", "low": "16608"}
    kline |= {"volume": "2.081", "turnover": "34666.4", "confirm": False, "timestamp": 1}
    told = BybitMapper().map(frames.push(f"kline.{interval}.BTCUSDT", [kline]), NOW)
    assert [each.interval_ns for each in told if isinstance(each, Candle)] == (
        [minutes * 60 * 10**9] if minutes else []
    )


@pytest.mark.parametrize(
    "raw",
    [
        '{"success":true,"ret_msg":"pong","conn_id":"0970e817","op":"ping"}',
        '{"args":["1672916271846"],"op":"pong"}',
    ],
)
def test_a_pong_of_either_form_says_that_the_connection_lives(raw: str) -> None:
    assert mapped(raw) == Heartbeat(received_ns=NOW)


@pytest.mark.parametrize(
    ("words", "symbol", "request_id"),
    [
        ("error:handler not found,topic:orderbook.200.XYZUSDT", "XYZ-USDT-PERP", None),
        ("Invalid symbol :[orderbook.1000.XYZUSDT]", "XYZ-USDT-PERP", None),
        ("error:handler not found,topic:kline.1.XYZUSDT", "XYZ-USDT-PERP", None),
        ("error:handler not found,topic:tickers.XYZUSD", "XYZ-USD-PERP", None),
        ("error:handler not found,topic:publicTrade.BTC", None, None),
        ("Params Error", None, 7),
    ],
)
def test_a_refusal_is_of_the_market_that_it_names_or_of_what_was_asked(
    words: str, symbol: str | None, request_id: int | None
) -> None:
    raw = {"success": False, "ret_msg": words, "conn_id": "x", "req_id": "7", "op": "subscribe"}
    message = mapped(json.dumps(raw))
    assert isinstance(message, Refused)
    assert words in message.text
    assert (message.symbol, message.request_id) == (symbol, request_id)


def test_the_options_address_refuses_topics_one_by_one() -> None:
    topics = {"failTopics": ["orderbook.100.BTC-25DEC26-1-C", "tickers.BTC-25DEC26-2-C"]}
    answer = {"success": True, "conn_id": "aa01", "data": topics, "type": "COMMAND_RESP"}
    told = BybitMapper().map(json.dumps(answer), NOW)
    assert [each.symbol for each in told if isinstance(each, Refused)] == ["BTC-20261225-1-C", None]


def test_maintenance_is_told_once_for_each_state_of_it() -> None:
    mapper = BybitMapper()
    item = {"id": "4d95b2a0", "title": "Upgrade", "state": "scheduled", "env": 1}
    raw = json.dumps({"topic": "system.status", "ts": 1, "data": [item]})
    (told,) = mapper.map(raw, NOW)
    assert isinstance(told, Notice)
    assert mapper.map(raw, NOW) == ()


@pytest.mark.parametrize(
    "raw",
    [
        '{"success":true,"ret_msg":"subscribe","conn_id":"2324d924","op":"subscribe"}',
        '{"success":false,"ret_msg":"error:already subscribed,topic:publicTrade.BTC","op":"x"}',
        frames.push("allLiquidation.BTCUSDT", []),
        frames.push("orderbook.rpi.BTCUSDT", {}),
        frames.push("tickers.BTCUSDT", {"symbol": "BTCUSDT", "lastPrice": "1"}),
        '{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[["1","2"]]}}',
        '{"retCode":0,"retMsg":"OK","result":{"s":"BTCUSDT","b":[],"a":[],"u":1}}',
    ],
    ids=lambda raw: str(raw)[:48],
)
def test_what_is_known_and_of_no_use_is_passed_over(raw: str) -> None:
    assert BybitMapper().map(raw, NOW) == ()


def test_a_busy_server_refuses_nothing_for_good() -> None:
    with pytest.raises(UnknownMessage, match="Too many visits"):
        mapped('{"retCode":10006,"retMsg":"Too many visits!","result":{}}')
    assert isinstance(mapped('{"retCode":10001,"retMsg":"Not supported","result":{}}'), Refused)


def test_instruments_of_a_recording_are_terms() -> None:
    wrong = frames.LINEAR | {"priceFilter": {"tickSize": "0"}}
    message = mapped(frames.instruments("linear", frames.LINEAR, wrong))
    assert isinstance(message, InstrumentTerms)
    assert message.venue_symbol == "BTCUSDT"
    with pytest.raises(MalformedFrame, match=r"BTCUSDT.*above zero"):
        mapped(frames.instruments("linear", wrong))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        frames.book("update", 5),
        frames.book("delta", -1),
        frames.book("delta", 2**70),
        frames.book("delta", 5, [("1e3", "1")]),
        frames.book("delta", 5, [("0.0", "1")]),
        frames.book("delta", 5, [("1", "-1")]),
        frames.push("orderbook.50.BTCUSDT", {"s": "BTCUSDT", "b": [["1"]], "a": [], "u": 5}),
        frames.trade("1", "0", "1", "Buy"),
        frames.trade("1", "1", "1", "buy"),
        frames.ticker(markPrice="-1"),
        frames.ticker(fundingRate="1e99"),
        '{"topic":' + "[" * 200_000,
    ],
    ids=lambda raw: str(raw)[-40:],
)
def test_what_the_documentation_does_not_allow_is_malformed(raw: bytes | str) -> None:
    with pytest.raises(MalformedFrame):
        BybitMapper().map(raw, NOW)


@pytest.mark.parametrize(
    "raw",
    [
        "{}",
        frames.push("new.X", []),
        frames.push("orderbook.x.BTCUSDT", {"s": "BTCUSDT", "b": [], "a": [], "u": 5}),
        frames.snapshot(5, "X"),
    ],
)
def test_what_is_new_is_unknown_not_malformed(raw: str) -> None:
    with pytest.raises(UnknownMessage):
        BybitMapper().map(raw, NOW)


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    kinds = [
        frames.snapshot(),
        frames.trade("a-1", "100.00", "1.0", "Buy"),
        frames.ticker("delta", fundingRate="-0.0001", nextFundingTime="1673308800000"),
        frames.instruments("linear", frames.LINEAR, frames.OPTION),
        '{"success":false,"ret_msg":"Invalid symbol :[orderbook.50.BTCUSDT]","req_id":"7"}',
    ]
    raw = bytearray(data.draw(st.sampled_from(kinds)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    mapper = BybitMapper()
    with suppress(FrameError):
        mapper.map(bytes(raw), NOW)
    mapper.symbol_of(bytes(raw))

"""Recordings of Bybit from before v5. Shapes from the API v2 documentation."""

import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from engine.core.instruments import AssetClass
from feeds.bybit.mapper import BybitMapper
from feeds.errors import FrameError, MalformedFrame
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    FundingRate,
    Heartbeat,
    IndexPrice,
    InstrumentTerms,
    MarkPrice,
    OpenInterest,
    Trade,
    VenueMessage,
)
from feeds.verify import verify_file

NOW = 1_627_000_000_000_000_000
TIME_US = 1_627_000_000_123_456


def level(price: str, side: str, size: float | str | None = None) -> dict[str, Any]:
    named: dict[str, Any] = {"price": price, "symbol": "BTCUSD", "id": 1, "side": side}
    return named if size is None else named | {"size": size}


def inverse(topic: str, kind: str, data: Any) -> str:
    return json.dumps(
        {"topic": topic, "type": kind, "data": data, "cross_seq": 11, "timestamp_e6": TIME_US}
    )


def linear(topic: str, kind: str, data: Any) -> str:
    return json.dumps(
        {"topic": topic, "type": kind, "data": data, "cross_seq": "11"}
        | {"timestamp_e6": str(TIME_US)}
    )


WHOLE = [level("9999.50", "Buy", 10), level("10000.00", "Sell", 20)]
CHANGES = {
    "delete": [level("9999.50", "Buy")],
    "update": [level("10000.00", "Sell", 8)],
    "insert": [level("9999.00", "Buy", 5), level("10000.50", "Sell", 1)],
    "transactTimeE6": 0,
}


def mapped(raw: str) -> VenueMessage:
    (message,) = BybitMapper().map(raw, NOW)
    return message


def test_books_of_both_contracts_are_read_with_the_digits_of_their_numbers() -> None:
    first = mapped(inverse("orderBookL2_25.BTCUSD", "snapshot", WHOLE))
    assert isinstance(first, BookSnapshot)
    assert (first.symbol, first.depth_max) == ("BTC-USD-PERP", 25)
    assert (first.bids, first.asks) == ((("9999.50", "10"),), (("10000.00", "20"),))
    assert first.venue_ns == TIME_US * 1000
    whole = {"order_book": [level("9999.50", "Buy", 0.024), level("10000", "Sell", 1e-05)]}
    second = mapped(linear("orderBook_200.100ms.BTCUSDT", "snapshot", whole))
    assert isinstance(second, BookSnapshot)
    assert (second.symbol, second.depth_max) == ("BTC-USDT-PERP", 200)
    assert (second.bids, second.asks) == ((("9999.50", "0.024"),), (("10000", "0.00001"),))


def test_changes_delete_update_and_insert_in_this_order() -> None:
    message = mapped(inverse("orderBookL2_25.BTCUSD", "delta", CHANGES))
    assert isinstance(message, BookDelta)
    assert message.bids == (("9999.50", "0"), ("9999.00", "5"))
    assert message.asks == (("10000.00", "8"), ("10000.50", "1"))


def test_a_recording_is_one_book_without_numbers_and_without_gaps(tmp_path: Path) -> None:
    raws = (
        inverse("orderBookL2_25.BTCUSD", "snapshot", WHOLE),
        inverse("orderBook_200.100ms.BTCUSD", "snapshot", WHOLE),
        inverse("orderBookL2_25.BTCUSD", "delta", CHANGES),
        inverse("orderBook_200.100ms.BTCUSD", "delta", CHANGES),
    )
    path = tmp_path / "recording"
    path.write_text("".join(f"{NOW + n} {raw}\n" for n, raw in enumerate(raws)))
    report = verify_file(path, "bybit")["BTC-USD-PERP"]
    assert (report["gaps"], report["book_updates"], report["bad_frames"]) == (0, 1, 0)
    assert report["final"] == {
        "update_id": None,
        "bids": [["9999.00", "5"]],
        "asks": [["10000.00", "8"], ["10000.50", "1"]],
    }


@pytest.mark.parametrize(
    ("price", "size", "time_ms"),
    [(8098.5, 328, 1578848398000), ("18333.50", 0.024, "1578848398000")],
)
def test_a_trade(price: float | str, size: float, time_ms: int | str) -> None:
    item = {"symbol": "BTCUSD", "side": "Sell", "size": size, "price": price, "cross_seq": 1}
    item |= {"trade_id": "00c706e1-ba52", "trade_time_ms": time_ms, "tick_direction": "MinusTick"}
    message = mapped(json.dumps({"topic": "trade.BTCUSD", "data": [item]}))
    assert isinstance(message, Trade)
    assert (message.symbol, message.side) == ("BTC-USD-PERP", Side.SELL)
    assert (message.price, message.size) == (str(price), str(size))
    assert message.venue_ns == 1_578_848_398 * 10**9


def test_what_changed_of_an_instrument_completes_what_was_known() -> None:
    mapper = BybitMapper()
    data = {"id": 1, "symbol": "BTCUSD", "last_price_e4": 81165000, "mark_price_e4": 81178500}
    data |= {"index_price_e4": 81172800, "open_interest": 154418471, "funding_rate_e6": -100}
    data |= {"next_funding_time": "2020-01-13T00:00:00Z"}
    told = mapper.map(inverse("instrument_info.100ms.BTCUSD", "snapshot", data), NOW)
    assert [type(each) for each in told] == [MarkPrice, IndexPrice, OpenInterest, FundingRate]
    assert [getattr(each, "price", "") for each in told[:2]] == ["8117.8500", "8117.2800"]
    assert getattr(told[3], "rate", "") == "-0.000100"
    change = {"symbol": "BTCUSD", "funding_rate_e6": "125", "open_interest_e8": "250000000"}
    raw = linear("instrument_info.100ms.BTCUSD", "delta", {"update": [change]})
    held, rate = mapper.map(raw, NOW)
    assert isinstance(held, OpenInterest)
    assert held.size == "2.50000000"
    assert isinstance(rate, FundingRate)
    assert (rate.rate, rate.next_ns) == ("0.000125", 1_578_873_600 * 10**9)


@pytest.mark.parametrize("topic", ["klineV2.5.BTCUSD", "candle.5.BTCUSDT"])
def test_a_candle(topic: str) -> None:
    item = {"start": 1572425640, "open": 9200, "close": "9202.5", "high": 9203, "low": 9200}
    item |= {"volume": 81790, "confirm": True}
    message = mapped(json.dumps({"topic": topic, "data": [item], "timestamp_e6": TIME_US}))
    assert isinstance(message, Candle)
    assert (message.interval_ns, message.closed) == (300 * 10**9, True)
    assert (message.open_ns, message.close) == (1_572_425_640 * 10**9, "9202.5")


def test_answers_of_then() -> None:
    ack = '{"success":true,"ret_msg":"","conn_id":"x","request":{"op":"subscribe","args":[]}}'
    assert BybitMapper().map(ack, NOW) == ()
    pong = '{"success":true,"ret_msg":"pong","conn_id":"x","request":{"op":"ping","args":null}}'
    assert isinstance(mapped(pong), Heartbeat)
    assert BybitMapper().map('{"ret_code":0,"ret_msg":"OK","result":[]}', NOW) == ()


def test_metadata_of_then() -> None:
    item = {
        "name": "BTCUSD",
        "alias": "BTCUSD",
        "base_currency": "BTC",
        "quote_currency": "USD",
        "price_filter": {"min_price": "0.5", "max_price": "999999.5", "tick_size": "0.5"},
        "lot_size_filter": {"max_trading_qty": 1e6, "min_trading_qty": 1, "qty_step": 1},
    }
    message = mapped(json.dumps({"ret_code": 0, "ret_msg": "OK", "result": [item]}))
    assert isinstance(message, InstrumentTerms)
    instrument = message.instrument
    assert (instrument.symbol, instrument.asset_class) == ("BTC-USD-PERP", AssetClass.INVERSE)
    assert (instrument.tick_size, instrument.lots_max) == (Decimal("0.5"), 1_000_000)


@pytest.mark.parametrize(
    "raw",
    [
        inverse("orderBookL2_25.BTCUSD", "snapshot", [level("0", "Buy", 1)]),
        inverse("orderBookL2_25.BTCUSD", "snapshot", [level("1", "Buy")]),
        inverse("orderBookL2_25.BTCUSD", "snapshot", [level("1", "buy", 1)]),
        inverse("orderBookL2_25.BTCUSD", "snapshot", [level("1", "Buy", -1)]),
        inverse("orderBookL2_25.BTCUSD", "snapshot", [level("1", "Buy", "x")]),
        inverse("orderBookL2_25.BTCUSD", "delta", {"delete": []}),
        inverse("instrument_info.100ms.X", "snapshot", {"symbol": "BTCUSD", "mark_price_e4": -1}),
        inverse(
            "instrument_info.100ms.X", "snapshot", {"symbol": "BTCUSD", "next_funding_time": "now"}
        ),
        inverse("orderBookL2_25.BTCUSD", "snapshot", WHOLE).replace(str(TIME_US), "1.5"),
    ],
    ids=lambda raw: str(raw)[-60:-40],
)
def test_what_the_documentation_does_not_allow_is_malformed(raw: str) -> None:
    with pytest.raises(MalformedFrame):
        BybitMapper().map(raw, NOW)


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    kinds = [
        inverse("orderBookL2_25.BTCUSD", "snapshot", WHOLE),
        inverse("orderBookL2_25.BTCUSD", "delta", CHANGES),
        inverse(
            "instrument_info.100ms.BTCUSD",
            "snapshot",
            {"symbol": "BTCUSD", "funding_rate_e6": 1, "next_funding_time": "2020-01-13T00:00:00Z"},
        ),
    ]
    raw = bytearray(data.draw(st.sampled_from(kinds)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with suppress(FrameError):
        BybitMapper().map(bytes(raw), NOW)

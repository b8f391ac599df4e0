"""Hyperliquid's frames and what they mean. Shapes from Hyperliquid Docs, *Websocket*."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from feeds.errors import FrameError, MalformedFrame, UnknownMessage
from feeds.hyperliquid.mapper import HyperliquidMapper
from feeds.messages import (
    BookSnapshot,
    Candle,
    FundingRate,
    Heartbeat,
    IndexPrice,
    MarkPrice,
    OpenInterest,
    Quote,
    Refused,
    Trade,
)
from tests.feeds.hyperliquid.speaker import META, T0_MS, told

T0_NS = T0_MS * 10**6
NOW = T0_NS + 250_000_000
HOUR_NS = 3_600 * 10**9
BID, ASK = {"px": "97123.0", "sz": "0.41", "n": 3}, {"px": "97124.0", "sz": "1.2", "n": 7}
BOOK = told("l2Book", {"coin": "BTC", "time": T0_MS, "levels": [[BID], [ASK]], "spread": "1.0"})
PRINT = {
    "coin": "BTC",
    "side": "A",
    "px": "97123.0",
    "sz": "0.001",
    "time": T0_MS,
    "hash": "0xab",
    "tid": 118906512037719,
    "users": ["0x1", "0x2"],
}
BBO = told("bbo", {"coin": "ETH", "time": T0_MS, "bbo": [BID, None]})
CONTEXT = {
    "funding": "-0.0000125",
    "openInterest": "28123.4",
    "prevDayPx": "95000.0",
    "dayNtlVlm": "1.2",
    "premium": None,
    "oraclePx": "97120.0",
    "markPx": "97123.5",
    "midPx": None,
    "impactPxs": None,
}
BAR = {
    "t": T0_MS,
    "T": T0_MS + 59_999,
    "s": "BTC",
    "i": "1m",
    "o": "1.0",
    "c": "2.0",
    "h": "3.0",
    "l": "0.5",
    "v": "12.5",
    "n": 9,
}


def mapped(raw: bytes | str) -> object:
    (message,) = HyperliquidMapper().map(raw, NOW)
    return message


def test_a_book_is_whole_keeps_its_text_and_is_numbered_by_its_time() -> None:
    assert mapped(BOOK) == BookSnapshot(
        received_ns=NOW,
        venue_ns=T0_NS,
        symbol="BTC-USDC-PERP",
        update_id=T0_MS,
        bids=(("97123.0", "0.41"),),
        asks=(("97124.0", "1.2"),),
    )


def test_a_book_fetched_from_the_info_endpoint_is_the_same_book() -> None:
    assert mapped(json.dumps(json.loads(BOOK)["data"])) == mapped(BOOK)


@pytest.mark.parametrize(("letter", "side"), [("B", Side.BUY), ("A", Side.SELL)])
def test_the_side_of_a_trade_is_the_aggressors(letter: str, side: Side) -> None:
    assert mapped(told("trades", [PRINT | {"side": letter}])) == Trade(
        received_ns=NOW,
        venue_ns=T0_NS,
        symbol="BTC-USDC-PERP",
        trade_id="118906512037719",
        side=side,
        price="97123.0",
        size="0.001",
    )


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps({"channel": "trades", "isSnapshot": True, "data": [PRINT]}),
        told("trades", {"isSnapshot": True, "trades": [PRINT]}),
    ],
)
def test_trades_of_a_snapshot_are_history(raw: str) -> None:
    trade, live = mapped(raw), mapped(told("trades", [PRINT]))
    assert isinstance(trade, Trade)
    assert isinstance(live, Trade)
    assert (trade.history, live.history) == (True, False)
    assert (trade.trade_id, trade.price) == (live.trade_id, live.price)


def test_prints_of_an_order_are_told_apart_where_they_have_no_id() -> None:
    old = {key: value for key, value in PRINT.items() if key != "tid"}
    trades = HyperliquidMapper().map(told("trades", [old, old]), NOW)
    ids = [each.trade_id for each in trades if isinstance(each, Trade)]
    assert ids == ["0xab:0", "0xab:1"]


def test_numbers_may_be_written_as_numbers_where_the_documentation_says_so() -> None:
    ctx = {"funding": -0.5, "markPx": 97123.5, "oraclePx": 97120.0, "openInterest": 28123.4}
    texts = {key: str(value) for key, value in ctx.items()}
    as_numbers, as_texts = (
        HyperliquidMapper().map(told("activeAssetCtx", {"coin": "BTC", "ctx": each}), NOW)
        for each in (ctx, texts)
    )
    assert as_numbers == as_texts
    assert mapped(told("candle", BAR | {"o": 1.0, "v": 12.5})) == mapped(told("candle", BAR))


def test_a_quote_may_lack_a_side() -> None:
    assert mapped(BBO) == Quote(
        received_ns=NOW,
        venue_ns=T0_NS,
        symbol="ETH-USDC-PERP",
        update_id=None,
        bid="97123.0",
        bid_size="0.41",
        ask="0",
        ask_size="0",
    )


def test_a_context_states_mark_index_hourly_funding_and_open_interest() -> None:
    raw = told("activeAssetCtx", {"coin": "BTC", "ctx": CONTEXT})
    mark, index, funding, held = HyperliquidMapper().map(raw, NOW)
    assert isinstance(mark, MarkPrice)
    assert isinstance(index, IndexPrice)
    assert isinstance(held, OpenInterest)
    assert (mark.price, index.price, held.size) == ("97123.5", "97120.0", "28123.4")
    assert isinstance(funding, FundingRate)
    assert (funding.rate, funding.interval_ns) == ("-0.0000125", HOUR_NS)
    assert funding.next_ns is not None
    assert funding.next_ns % HOUR_NS == 0
    assert 0 < funding.next_ns - NOW <= HOUR_NS


def test_the_context_of_spot_states_no_more_than_a_mark() -> None:
    ctx = {"markPx": "25.1", "midPx": "25.1", "circulatingSupply": "1.0"}
    message = mapped(told("activeSpotAssetCtx", {"coin": "@107", "ctx": ctx}))
    assert isinstance(message, MarkPrice)
    assert (message.symbol, message.price) == ("HYPE-USDC", "25.1")


@pytest.mark.parametrize("data", [BAR, [BAR]])
@pytest.mark.parametrize(("received_ns", "closed"), [(NOW, False), (T0_NS + 60 * 10**9, True)])
def test_a_candle_is_closed_once_its_interval_is_over(
    data: object, received_ns: int, closed: bool
) -> None:
    (message,) = HyperliquidMapper().map(told("candle", data), received_ns)
    assert message == Candle(
        received_ns=received_ns,
        symbol="BTC-USDC-PERP",
        interval_ns=60 * 10**9,
        open_ns=T0_NS,
        open="1.0",
        high="3.0",
        low="0.5",
        close="2.0",
        volume="12.5",
        closed=closed,
    )


@pytest.mark.parametrize(
    ("stream", "symbol"), [("l2Book", "BTC-USDC-PERP"), ("candle", None), ("trades", None)]
)
def test_only_the_refusal_of_a_book_is_that_of_its_market(stream: str, symbol: str | None) -> None:
    words = f'Invalid subscription {{"type":"{stream}","coin":"BTC"}}'
    message = mapped(told("error", words))
    assert isinstance(message, Refused)
    assert message.symbol == symbol
    assert "Invalid subscription" in message.text


def test_an_error_that_repeats_the_whole_request_names_its_market_too() -> None:
    request = {"method": "subscribe", "subscription": {"type": "l2Book", "coin": "kPEPE"}}
    message = mapped(told("error", f"Error parsing JSON: {json.dumps(request)}"))
    assert isinstance(message, Refused)
    assert message.symbol == "KPEPE-USDC-PERP"


@pytest.mark.parametrize(
    "raw",
    [
        told("error", 'Already subscribed: {"type":"l2Book","coin":"BTC"}'),
        told("error", 'Already unsubscribed: {"type":"l2Book","coin":"BTC"}'),
        told("subscriptionResponse", {"method": "subscribe", "subscription": {}}),
        told("allMids", {"mids": {"BTC": "1"}}),
        told("trades", []),
        "Websocket connection established.",
        b"Websocket connection established.",
        "[]",
    ],
)
def test_what_changes_nothing_is_known_and_of_no_use(raw: bytes | str) -> None:
    assert HyperliquidMapper().map(raw, NOW) == ()


def test_a_pong_says_that_the_connection_lives() -> None:
    assert mapped('{"channel":"pong"}') == Heartbeat(received_ns=NOW)


def test_any_frame_with_a_coin_says_whose_it_is() -> None:
    mapper = HyperliquidMapper()
    assert mapper.symbol_of(told("trades", [PRINT])) == "BTC-USDC-PERP"
    assert mapper.symbol_of(told("candle", BAR)) == "BTC-USDC-PERP"
    assert mapper.symbol_of(told("new", {"coin": "@107"})) == "HYPE-USDC"
    for raw in ("", "[]", "{}", told("trades", []), told("x", {"coin": "#1"}), told("x", "y")):
        assert mapper.symbol_of(raw) is None


def _book_with(**level: object) -> str:
    return told("l2Book", {"coin": "BTC", "time": T0_MS, "levels": [[BID | level], [ASK]]})


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        b"\xff",
        "[1,",
        _book_with(px="0.0"),
        _book_with(sz="0"),
        _book_with(px="1e5"),
        _book_with(px="-1"),
        _book_with(px=97123.0),
        _book_with(sz="1" * 60),
        told("l2Book", {"coin": "BTC", "time": -1, "levels": [[], []]}),
        told("l2Book", {"coin": "BTC", "time": T0_MS, "levels": [[]]}),
        told("l2Book", None),
        told("trades", [PRINT | {"side": "X"}]),
        told("trades", [PRINT, PRINT | {"sz": "0.0"}]),
        told("trades", [PRINT | {"tid": 2**70}]),
        told("activeAssetCtx", {"coin": "BTC", "ctx": CONTEXT | {"funding": "--1"}}),
        told("candle", BAR | {"T": T0_MS - 1}),
        told("bbo", {"coin": "BTC", "time": T0_MS, "bbo": [BID | {"px": "NaN"}, None]}),
        json.dumps({"universe": [{"name": "BTC", "szDecimals": 9, "maxLeverage": 1}]}),
        '{"channel":' + "[" * 100_000,
    ],
    ids=range(21),
)
def test_what_the_documentation_does_not_allow_is_malformed(raw: bytes | str) -> None:
    with pytest.raises(MalformedFrame):
        HyperliquidMapper().map(raw, NOW)


@pytest.mark.parametrize("raw", ["{}", told("new", {}), told("trades", [PRINT | {"coin": "#12"}])])
def test_what_is_new_is_unknown_not_malformed(raw: str) -> None:
    with pytest.raises(UnknownMessage):
        HyperliquidMapper().map(raw, NOW)


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    kinds = [
        BOOK,
        BBO,
        told("trades", [PRINT]),
        told("activeAssetCtx", {"coin": "BTC", "ctx": CONTEXT}),
        told("candle", BAR),
        told("error", 'Invalid subscription {"type":"l2Book","coin":"BTC"}'),
        json.dumps(META),
    ]
    raw = bytearray(data.draw(st.sampled_from(kinds)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    mapper = HyperliquidMapper()
    with suppress(FrameError):
        mapper.map(bytes(raw), NOW)
    mapper.symbol_of(bytes(raw))

"""Binance frames and what they mean. Shapes from binance-spot-api-docs."""

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from feeds.binance.symbols import split_spot
from feeds.binance.venue import BinanceSpot
from feeds.errors import FrameError, MalformedFrame, UnknownMessage, UnknownSymbol
from feeds.messages import (
    BookDelta,
    Candle,
    InstrumentTerms,
    Quote,
    Refused,
    ServerClosing,
    Trade,
    UnassignedSnapshot,
)
from tests.feeds import frames

NOW = frames.T0_NS


def mapped(raw: bytes | str) -> object:
    (message,) = BinanceSpot().mapper().map(raw, NOW)
    return message


def test_a_depth_update_keeps_ids_and_the_exact_text() -> None:
    bids = (("0.00240000", "10.00000000"),)
    assert mapped(frames.depth(157, 160, bids, symbol="BNBBTC")) == BookDelta(
        received_ns=NOW,
        venue_ns=frames.T0_NS,
        symbol="BNB-BTC",
        first_update_id=157,
        last_update_id=160,
        previous_update_id=None,
        bids=bids,
        asks=(),
    )


def test_a_bare_frame_means_the_same_as_one_in_an_envelope() -> None:
    bare = json.dumps(frames.depth_data(1, 2, frames.BIDS, frames.ASKS))
    assert mapped(bare) == mapped(frames.depth(1, 2, frames.BIDS, frames.ASKS))


@pytest.mark.parametrize(("buyer_is_maker", "side"), [(True, Side.SELL), (False, Side.BUY)])
def test_the_side_of_a_trade_is_the_aggressors(buyer_is_maker: bool, side: Side) -> None:
    message = mapped(frames.trade(12345, "0.001", "100", buyer_is_maker))
    assert isinstance(message, Trade)
    assert (message.side, message.trade_id, message.aggregate) == (side, "12345", False)
    assert message.venue_ns == frames.T0_NS


def test_an_aggregate_trade_says_that_it_is_one() -> None:
    data = frames.trade_data(1, "0.001", "100", True)
    del data["t"]
    data |= {"e": "aggTrade", "a": 26129, "f": 27781, "l": 27781}
    message = mapped(frames.stream("btcusdt@aggTrade", data))
    assert isinstance(message, Trade)
    assert (message.trade_id, message.aggregate) == ("a26129", True)


def test_a_book_ticker_is_a_quote_with_the_id_of_its_book() -> None:
    raw = frames.quote(400900217, "25.35190000", "31.21000000", "25.36520000", "40.66000000")
    assert mapped(raw) == Quote(
        received_ns=NOW,
        symbol="BTC-USDT",
        update_id=400900217,
        bid="25.35190000",
        bid_size="31.21000000",
        ask="25.36520000",
        ask_size="40.66000000",
    )


def test_a_rest_book_does_not_name_its_symbol() -> None:
    message = mapped(frames.snapshot(1027024, frames.BIDS, frames.ASKS))
    assert message == UnassignedSnapshot(
        received_ns=NOW, update_id=1027024, bids=frames.BIDS, asks=frames.ASKS
    )


def test_terms_come_from_the_filters() -> None:
    message = mapped(frames.exchange_info())
    assert isinstance(message, InstrumentTerms)
    instrument = message.instrument
    assert (instrument.symbol, message.venue_symbol) == ("BTC-USDT", "BTCUSDT")
    assert instrument.tick_size == Decimal("0.01")
    assert instrument.lot_size == Decimal("0.00001")
    assert (instrument.lots_min, instrument.lots_max) == (10, 900_000_000)
    assert instrument.notional_min_quanta == 5 * 10**12
    assert not message.inferred


def test_terms_without_a_usable_tick_are_malformed() -> None:
    with pytest.raises(MalformedFrame, match=r"BTCUSDT.*not a step"):
        BinanceSpot().mapper().map(frames.exchange_info(tick="0.00000000"), NOW)


def test_metadata_decides_how_a_symbol_is_spelled() -> None:
    mapper = BinanceSpot().mapper()
    mapper.learn("BTCUSDT", "BTC-X-USDT")
    (message,) = mapper.map(frames.depth(1, 2), NOW)
    assert isinstance(message, BookDelta)
    assert message.symbol == "BTC-X-USDT"


def test_acknowledgements_and_tickers_are_known_and_of_no_use() -> None:
    ticker = frames.stream("btcusdt@ticker", {"e": "24hrTicker", "s": "BTCUSDT", "c": "1"})
    mapper = BinanceSpot().mapper()
    assert mapper.map('{"result":null,"id":1}', NOW) == ()
    assert mapper.map(ticker, NOW) == ()
    assert mapper.symbol_of(ticker) == "BTC-USDT"


def test_partial_depth_is_no_update_of_the_book() -> None:
    body = {"lastUpdateId": 160, "bids": [["0.0024", "10"]], "asks": [["0.0026", "100"]]}
    assert BinanceSpot().mapper().map(frames.stream("btcusdt@depth5@100ms", body), NOW) == ()


def test_stamps_in_microseconds_mean_the_same_time() -> None:
    data = frames.depth_data(1, 2, frames.BIDS) | {"E": frames.T0_MS * 1000 + 7}
    message = mapped(frames.stream("btcusdt@depth@100ms", data))
    assert isinstance(message, BookDelta)
    assert message.venue_ns == frames.T0_NS + 7_000


def candle(interval: str, closed: bool = False) -> bytes:
    body = {
        "t": frames.T0_MS,
        "T": frames.T0_MS + 59_999,
        "s": "BTCUSDT",
        "i": interval,
        "f": 100,
        "L": 200,
        "o": "100.10",
        "c": "100.20",
        "h": "100.25",
        "l": "100.15",
        "v": "1000",
        "n": 100,
        "x": closed,
        "q": "1.0000",
        "V": "500",
        "Q": "0.500",
        "B": "123456",
    }
    data = {"e": "kline", "E": frames.T0_MS + 1, "s": "BTCUSDT", "k": body}
    return frames.stream(f"btcusdt@kline_{interval}", data)


def test_a_candle_keeps_its_exact_numbers_and_says_whether_it_is_complete() -> None:
    assert mapped(candle("1m", closed=True)) == Candle(
        received_ns=NOW,
        symbol="BTC-USDT",
        interval_ns=60 * frames.SECOND_NS,
        open_ns=frames.T0_NS,
        open="100.10",
        high="100.25",
        low="100.15",
        close="100.20",
        volume="1000",
        closed=True,
    )


@pytest.mark.parametrize(
    ("interval", "seconds"), [("1s", 1), ("15m", 900), ("12h", 43_200), ("3d", 259_200)]
)
def test_candles_of_every_fixed_length_are_told(interval: str, seconds: int) -> None:
    message = mapped(candle(interval))
    assert isinstance(message, Candle)
    assert (message.interval_ns, message.closed) == (seconds * frames.SECOND_NS, False)


def test_a_month_has_no_fixed_length() -> None:
    assert BinanceSpot().mapper().map(candle("1M"), NOW) == ()


@pytest.mark.parametrize(
    ("raw", "request_id"),
    [
        ('{"error":{"code":2,"msg":"Invalid request"},"id":7}', 7),
        ('{"error":{"code":2,"msg":"Invalid request"},"id":"x"}', None),
        ('{"code":2,"msg":"Invalid request"}', None),
    ],
)
def test_refusals_of_both_kinds_keep_the_venues_words(raw: str, request_id: int | None) -> None:
    message = mapped(raw)
    assert isinstance(message, Refused)
    assert "Invalid request" in message.text
    assert message.request_id == request_id


def test_what_a_venue_writes_cannot_command_the_terminal() -> None:
    message = mapped('{"code":-1,"msg":"\\u001b[2J' + "x" * 900 + '"}')
    assert isinstance(message, Refused)
    assert message.text.isprintable()
    assert len(message.text) < 300


@pytest.mark.parametrize(
    "raw",
    [
        '{"e":"serverShutdown","E":1770123456789}',
        '{"event":{"e":"serverShutdown","E":1770123456789}}',
        '{"stream":"!x","data":{"e":"serverShutdown","E":1770123456789}}',
    ],
)
def test_a_server_that_shuts_down_says_so(raw: str) -> None:
    assert isinstance(mapped(raw), ServerClosing)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"stream":"btcusdt@depth","data":{}}',
        frames.depth(5, 4),
        frames.depth(-1, 4),
        frames.depth(1, 2**70),
        frames.depth(1, 2, [("1e3", "1")]),
        frames.depth(1, 2, [("-1", "1")]),
        frames.depth(1, 2, [("0.00", "1")]),
        frames.depth(1, 2, [("1", "NaN")]),
        frames.depth(1, 2, [("1", "1" * 60)]),
        frames.depth(1, 2, [("1", "0." + "1" * 30)]),
        frames.trade(1, "0", "1"),
        b'{"e":' + b"[" * 200_000,
    ],
    ids=lambda raw: raw[:24].decode("latin1"),
)
def test_what_the_documentation_does_not_allow_is_malformed(raw: bytes) -> None:
    with pytest.raises(MalformedFrame):
        BinanceSpot().mapper().map(raw, NOW)


@pytest.mark.parametrize(
    "raw",
    [
        '{"e":"newThing"}',
        "{}",
        '{"stream":"btcusdt@new","data":{"x":1}}',
        frames.depth(1, 2, symbol="X"),
    ],
)
def test_what_is_new_is_unknown_not_malformed(raw: bytes | str) -> None:
    with pytest.raises(UnknownMessage):
        BinanceSpot().mapper().map(raw, NOW)


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    kinds = [
        frames.depth(1, 2, frames.BIDS, frames.ASKS),
        frames.trade(1, "100.00", "1.0"),
        frames.quote(1, "100.00", "2.0", "101.00", "1.5"),
        frames.snapshot(1, frames.BIDS, frames.ASKS),
        frames.exchange_info(),
        candle("1m"),
    ]
    raw = bytearray(data.draw(st.sampled_from(kinds)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with suppress(FrameError):
        BinanceSpot().mapper().map(bytes(raw), NOW)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("BTCUSDT", "BTC-USDT"),
        ("ETHBTC", "ETH-BTC"),
        ("BTCFDUSD", "BTC-FDUSD"),
        ("USDCUSDT", "USDC-USDT"),
        ("ADAEUR", "ADA-EUR"),
        ("1000SATSUSDT", "1000SATS-USDT"),
    ],
)
def test_a_symbol_is_split_at_its_longest_known_quote(theirs: str, ours: str) -> None:
    assert split_spot(theirs) == ours


@pytest.mark.parametrize("text", ["USDT", "", "ABCXYZ"])
def test_a_symbol_without_a_known_quote_is_refused_with_advice(text: str) -> None:
    with pytest.raises(UnknownSymbol, match="BTC-USDT"):
        split_spot(text)

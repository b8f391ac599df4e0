"""`BTCUSDT` is a pair and a perpetual: which one a frame is about."""

import pytest

from feeds.bybit.mapper import BybitMapper
from feeds.messages import InstrumentTerms, Trade
from tests.feeds.bybit import frames

NOW = 1


def symbol(mapper: BybitMapper, raw: str) -> str:
    message = mapper.map(raw, NOW)[0]
    return str(getattr(message, "symbol", ""))


def spot_book(depth: int = 50) -> str:
    return frames.book("snapshot", 5, frames.BIDS, frames.ASKS, depth=depth, spot=True)


def test_a_bare_recording_is_told_by_the_order_of_its_keys() -> None:
    assert symbol(BybitMapper(), spot_book()) == "BTC-USDT"
    assert symbol(BybitMapper(), frames.snapshot()) == "BTC-USDT-PERP"


def test_a_frame_that_tells_nothing_is_the_perpetuals_unless_another_told() -> None:
    bare = spot_book().replace('{"topic"', '{ "topic"')
    mapper = BybitMapper()
    assert symbol(mapper, bare) == "BTC-USDT-PERP"
    mapper.map(frames.spot_trade("2290000000068683542", "100", "1", "Buy"), NOW)
    assert symbol(mapper, bare) == "BTC-USDT"


def test_a_trade_says_itself_what_it_is_of() -> None:
    mapper = BybitMapper()
    mapper.learn("BTCUSDT", "BTC-USDT")
    (future,) = mapper.map(frames.trade("20f43950-d8dd", "1", "1", "Buy"), NOW)
    (pair,) = mapper.map(frames.spot_trade("2290000000068683542", "1", "1", "Buy"), NOW)
    assert isinstance(future, Trade)
    assert isinstance(pair, Trade)
    assert (future.symbol, pair.symbol) == ("BTC-USDT-PERP", "BTC-USDT")


@pytest.mark.parametrize("asked", ["BTC-USDT", "BTC-USDT-PERP"])
def test_the_market_that_was_asked_for_decides(asked: str) -> None:
    mapper = BybitMapper()
    mapper.learn("BTCUSDT", asked)
    assert {symbol(mapper, raw) for raw in (spot_book(), frames.snapshot())} == {asked}


def test_when_both_were_asked_for_the_depth_decides_since_they_differ() -> None:
    mapper = BybitMapper()
    mapper.learn("BTCUSDT", "BTC-USDT")
    mapper.learn("BTCUSDT", "BTC-USDT-PERP")
    assert symbol(mapper, frames.snapshot(depth=1000)) == "BTC-USDT"
    assert symbol(mapper, frames.snapshot(depth=200)) == "BTC-USDT-PERP"
    assert symbol(mapper, spot_book(depth=1)) == "BTC-USDT"
    kline = frames.push("kline.1.BTCUSDT", [])
    assert mapper.map(kline, NOW) == ()


def test_a_list_of_all_instruments_is_no_sign_that_one_was_asked_for() -> None:
    mapper = BybitMapper()
    eth = frames.SPOT | {"symbol": "ETHUSDT", "baseCoin": "ETH"}
    for message in mapper.map(frames.instruments("spot", frames.SPOT, eth), NOW):
        assert isinstance(message, InstrumentTerms)
        mapper.learn(message.venue_symbol, message.instrument.symbol)
    assert symbol(mapper, frames.snapshot()) == "BTC-USDT-PERP"
    (alone,) = mapper.map(frames.instruments("spot", frames.SPOT), NOW)
    assert isinstance(alone, InstrumentTerms)
    mapper.learn(alone.venue_symbol, alone.instrument.symbol)
    assert symbol(mapper, frames.snapshot()) == "BTC-USDT"


@pytest.mark.parametrize(
    ("theirs", "ours"), [("BTCUSD", "BTC-USD-PERP"), ("BTCPERP", "BTC-USDC-PERP")]
)
def test_names_that_only_one_category_has_need_no_telling(theirs: str, ours: str) -> None:
    raw = frames.book("snapshot", 5, frames.BIDS, frames.ASKS, theirs, spot=True)
    assert symbol(BybitMapper(), raw) == ours


def test_tickers_of_futures_have_marks_or_come_as_changes() -> None:
    mapper = BybitMapper()
    for raw in (frames.ticker(markPrice="1"), frames.ticker("delta", openInterest="2")):
        assert symbol(mapper, raw) == "BTC-USDT-PERP"

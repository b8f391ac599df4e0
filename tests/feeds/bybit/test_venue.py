"""Where Bybit is, how it is asked, how its instruments are spelled, and their terms."""

import json
from decimal import Decimal
from typing import Any

import pytest

from engine.core.instruments import AssetClass, Instrument
from engine.core.units import Scale
from feeds.bybit.mapper import BybitMapper
from feeds.bybit.symbols import Category, named
from feeds.bybit.venue import SYMBOLS_MAX, Bybit
from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.messages import InstrumentTerms
from tests.feeds.bybit import frames

VENUE = Bybit()
SPOT, LINEAR = Category.SPOT, Category.LINEAR
INVERSE, OPTION = Category.INVERSE, Category.OPTION


@pytest.mark.parametrize(
    ("category", "theirs", "ours"),
    [
        (SPOT, "BTCUSDT", "BTC-USDT"),
        (SPOT, "BTCUSDC", "BTC-USDC"),
        (SPOT, "ETHBTC", "ETH-BTC"),
        (LINEAR, "BTCUSDT", "BTC-USDT-PERP"),
        (LINEAR, "1000PEPEUSDT", "1000PEPE-USDT-PERP"),
        (LINEAR, "BTCPERP", "BTC-USDC-PERP"),
        (LINEAR, "BTCUSDT-25DEC26", "BTC-USDT-20261225"),
        (LINEAR, "BTC-6JAN23", "BTC-USDC-20230106"),
        (INVERSE, "BTCUSD", "BTC-USD-PERP"),
        (INVERSE, "BTCUSDZ26", "BTC-USD-20261225"),
        (INVERSE, "ETHUSDH27", "ETH-USD-20270326"),
        (OPTION, "BTC-25DEC26-70000-C", "BTC-20261225-70000-C"),
        (OPTION, "BTC-27MAR26-70000-P-USDT", "BTC-USDT-20260327-70000-P"),
    ],
)
def test_each_category_has_its_spelling(category: Category, theirs: str, ours: str) -> None:
    assert named(theirs, category) == ours
    assert VENUE.venue_symbol(ours) == theirs
    for text in (ours, f" {ours.lower()} ", ours.replace("-", "/", 1)):
        assert VENUE.our_symbol(text) == ours
    assert dict(VENUE.terms_request(ours).params)["category"] == category.value
    if (category, theirs) != (SPOT, "BTCUSDT"):
        assert VENUE.our_symbol(theirs.lower()) == ours


@pytest.mark.parametrize(
    "text",
    ["BTC", "", "-USDT", "USDT", "BTC-USDT-QUARTER", "BTC-32DEC26", "BTC-25XYZ26", "PERP"],
)
def test_what_is_no_instrument_is_refused_with_advice(text: str) -> None:
    with pytest.raises(UnknownSymbol):
        VENUE.our_symbol(text)


@pytest.mark.parametrize(
    ("text", "why"), [("BTC-USD-20261325", "no date"), ("BTC-USD-20261101", "no month")]
)
def test_a_date_that_cannot_be_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnknownSymbol, match=why):
        VENUE.our_symbol(text)


def asked(*symbols: str) -> dict[str, list[str]]:
    """Topics by the end of their address."""
    topics: dict[str, list[str]] = {}
    for each in VENUE.subscriptions(symbols):
        place = (each.url or VENUE.stream_url).removeprefix("wss://stream.bybit.com/v5/public/")
        topics.setdefault(place, []).extend(json.loads(each.frame)["args"])
    return topics


def test_each_category_is_asked_at_its_address_for_what_it_has() -> None:
    topics = asked("BTC-USDT", "BTC-USDT-PERP", "BTC-USD-PERP", "BTC-20261225-70000-C")
    assert topics == {
        "misc/status": ["system.status"],
        "option": [
            "publicTrade.BTC",
            "orderbook.100.BTC-25DEC26-70000-C",
            "tickers.BTC-25DEC26-70000-C",
        ],
        "spot": [
            *("orderbook.1000.BTCUSDT", "orderbook.1.BTCUSDT", "publicTrade.BTCUSDT"),
            "kline.1.BTCUSDT",
        ],
        "linear": [
            *("orderbook.200.BTCUSDT", "orderbook.1.BTCUSDT", "publicTrade.BTCUSDT"),
            *("kline.1.BTCUSDT", "tickers.BTCUSDT"),
        ],
        "inverse": [
            *("orderbook.200.BTCUSD", "orderbook.1.BTCUSD", "publicTrade.BTCUSD"),
            *("kline.1.BTCUSD", "tickers.BTCUSD"),
        ],
    }


def test_requests_for_spot_have_at_most_ten_topics_and_ids_tell_them_apart() -> None:
    requests = VENUE.subscriptions([f"A{number}-USDT" for number in range(9)])
    assert max(len(json.loads(each.frame)["args"]) for each in requests) <= 10
    both = VENUE.subscriptions(("BTC-USDT", "BTC-USDT-PERP"))
    assert len({each.request_id for each in both}) == len(both)
    assert [each.request_id for each in both] == [
        each.request_id for each in VENUE.subscriptions(("BTC-USDT", "BTC-USDT-PERP"))
    ]


def test_giving_up_one_option_leaves_the_tape_of_the_others() -> None:
    (request,) = VENUE.unsubscriptions(("BTC-20261225-70000-C",))
    assert "publicTrade.BTC" not in json.loads(request.frame)["args"]
    assert VENUE.subscriptions(()) == ()
    with pytest.raises(UnknownSymbol, match=f"at most {SYMBOLS_MAX}"):
        VENUE.subscriptions(["BTC-USDT"] * (SYMBOLS_MAX + 1))


def test_an_address_without_a_path_means_bybits_own_paths() -> None:
    venue = Bybit(stream_url="ws://127.0.0.1:8000/")
    assert venue.stream_url == "ws://127.0.0.1:8000/v5/public/linear"
    assert venue.url_of("spot") == "ws://127.0.0.1:8000/v5/public/spot"


def terms(info: dict[str, Any]) -> Instrument:
    (message,) = BybitMapper().map(frames.instruments("", info), 1)
    assert isinstance(message, InstrumentTerms)
    Scale(message.instrument)
    return message.instrument


def test_the_terms_of_a_perpetual() -> None:
    perp = terms(frames.LINEAR)
    assert (perp.symbol, perp.asset_class) == ("BTC-USDT-PERP", AssetClass.PERPETUAL)
    assert (perp.base, perp.quote, perp.settlement) == ("BTC", "USDT", "USDT")
    assert (perp.tick_size, perp.lot_size) == (Decimal("0.1"), Decimal("0.001"))
    assert (perp.lots_min, perp.lots_max, perp.multiplier) == (1, 1_190_000, 1)
    assert perp.notional_min_quanta == 5 * 10**12
    assert (perp.initial_margin_ppm, perp.maker_fee_ppm, perp.taker_fee_ppm) == (10_000, 200, 550)


def test_the_terms_of_a_pair() -> None:
    pair = terms(frames.SPOT)
    assert (pair.symbol, pair.asset_class) == ("BTC-USDT", AssetClass.SPOT)
    assert (pair.lot_size, pair.lots_min) == (Decimal("0.000001"), 11)
    assert (pair.notional_min_quanta, pair.initial_margin_ppm) == (5 * 10**12, 1_000_000)
    assert (pair.maker_fee_ppm, pair.taker_fee_ppm) == (1000, 1000)


def test_the_terms_of_what_is_only_watched() -> None:
    inverse, option = terms(frames.INVERSE), terms(frames.OPTION)
    assert (inverse.symbol, inverse.asset_class) == ("BTC-USD-PERP", AssetClass.INVERSE)
    assert (inverse.quote, inverse.settlement, inverse.multiplier) == ("USD", "BTC", 1)
    assert (option.symbol, option.asset_class) == ("BTC-20261225-70000-C", AssetClass.OPTION)
    assert (option.quote, option.settlement) == ("USDC", "USDC")


def test_terms_that_cannot_be_used_are_malformed_and_name_the_instrument() -> None:
    for wrong in ({"contractType": "Quanto"}, {"lotSizeFilter": {"qtyStep": "0"}}):
        with pytest.raises(MalformedFrame, match="BTCUSDT"):
            terms(frames.LINEAR | wrong)

"""Hyperliquid's names, terms and subscriptions."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.instruments import AssetClass, Instrument
from engine.core.units import QUANTA_PER_UNIT, Scale
from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.hyperliquid.venue import STREAMS, SYMBOLS_MAX, Hyperliquid
from feeds.messages import InstrumentTerms
from feeds.venue import Venue

SPOT_META = {
    "tokens": [
        {"name": "USDC", "index": 0, "szDecimals": 8, "weiDecimals": 8},
        {"name": "PURR", "index": 1, "szDecimals": 0, "weiDecimals": 5},
        {"name": "stHYPE", "index": 7, "szDecimals": 2, "weiDecimals": 8},
        {"name": "no name", "index": 8, "szDecimals": 2, "weiDecimals": 8},
    ],
    "universe": [
        {"name": "PURR/USDC", "tokens": [1, 0], "index": 0, "isCanonical": True},
        {"name": "@9", "tokens": [7, 0], "index": 9, "isCanonical": False},
        {"name": "@10", "tokens": [8, 0], "index": 10},
        {"name": "@11", "tokens": [99, 0], "index": 11},
        {"name": "@12", "tokens": [7, 0], "index": 12},
    ],
}


def terms(venue: Venue, body: object) -> dict[str, Instrument]:
    found = [
        each
        for each in venue.mapper().map(json.dumps(body), 1)
        if isinstance(each, InstrumentTerms)
    ]
    return {each.venue_symbol: each.instrument for each in found}


@pytest.mark.parametrize(
    ("text", "symbol", "coin"),
    [
        ("btc", "BTC-USDC-PERP", "BTC"),
        ("BTC-USDC-PERP", "BTC-USDC-PERP", "BTC"),
        ("BTC-USD-PERP", "BTC-USDC-PERP", "BTC"),
        ("BTC-USD", "BTC-USDC-PERP", "BTC"),
        ("btc/perp", "BTC-USDC-PERP", "BTC"),
        ("kPEPE", "KPEPE-USDC-PERP", "kPEPE"),
        ("KAS", "KAS-USDC-PERP", "KAS"),
        ("xyz:NVDA", "XYZ:NVDA-USDC-PERP", "xyz:NVDA"),
        ("PURR/USDC", "PURR-USDC", "PURR/USDC"),
        ("@107", "HYPE-USDC", "@107"),
        ("hype-usdc", "HYPE-USDC", "@107"),
        ("@9", "@9-USDC", "@9"),
        ("@9-USDC", "@9-USDC", "@9"),
    ],
)
def test_a_market_is_taken_in_any_spelling(text: str, symbol: str, coin: str) -> None:
    venue = Hyperliquid()
    assert venue.our_symbol(text) == symbol
    assert venue.venue_symbol(symbol) == coin
    assert venue.mapper().symbol_of(json.dumps({"data": {"coin": coin}})) == symbol


@pytest.mark.parametrize("text", ["", "-", "BTC-USDT-PERP", "A-B-C", "BTC USDC", "@x", "#1", "é"])
def test_what_is_no_market_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UnknownSymbol, match="HYPE-USDC"):
        Hyperliquid().our_symbol(text)


def test_metadata_names_the_spot_pairs_for_whoever_shares_the_venue() -> None:
    venue = Hyperliquid()
    mapper = venue.mapper()
    mapper.learn("@9", "STHYPE-USDC")
    assert venue.venue_symbol("STHYPE-USDC") == "@9"
    assert venue.our_symbol("@9") == "STHYPE-USDC"
    assert Hyperliquid().our_symbol("@9") == "@9-USDC"


def test_metadata_goes_before_what_was_known_of_a_pair() -> None:
    venue = Hyperliquid()
    for coin in ("@207", "@208", "@207"):
        venue.mapper().learn(coin, "HYPE-USDC")
        assert venue.venue_symbol("HYPE-USDC") == coin
        assert venue.our_symbol("@107") == "@107-USDC"


@pytest.mark.parametrize(
    ("decimals", "tick", "lot"), [(5, "0.1", "0.00001"), (0, "0.000001", "1"), (6, "1", "0.000001")]
)
def test_the_steps_of_a_perpetual_follow_from_its_size_decimals(
    decimals: int, tick: str, lot: str
) -> None:
    asset = {"name": "BTC", "szDecimals": decimals, "maxLeverage": 40, "marginTableId": 56}
    instrument = terms(Hyperliquid(), {"universe": [asset], "collateralToken": 0})["BTC"]
    assert instrument.symbol == "BTC-USDC-PERP"
    assert instrument.asset_class is AssetClass.PERPETUAL
    assert (instrument.tick_size, instrument.lot_size) == (Decimal(tick), Decimal(lot))
    assert instrument.notional_min_quanta == 10 * QUANTA_PER_UNIT
    assert instrument.initial_margin_ppm == 25_000


@given(st.integers(0, 5), st.integers(10_000, 99_999), st.integers(-6, 3))
def test_every_price_of_five_figures_that_the_venue_allows_is_on_the_tick(
    decimals: int, figures: int, exponent: int
) -> None:
    asset = {"name": "X", "szDecimals": decimals, "maxLeverage": 3}
    scale = Scale(terms(Hyperliquid(), {"universe": [asset]})["X"])
    price = Decimal(figures).scaleb(exponent)
    places = max(0, -int(price.normalize().as_tuple().exponent))
    if places <= 6 - decimals:
        assert scale.ticks_exact(price) * scale.tick_size == price


def test_delisted_perpetuals_and_other_collateral_are_left_out() -> None:
    good = {"name": "BTC", "szDecimals": 5, "maxLeverage": 40, "isDelisted": None}
    gone = {"name": "MATIC", "szDecimals": 1, "maxLeverage": 20, "isDelisted": True}
    odd = {"name": "#1", "szDecimals": 1, "maxLeverage": 20}
    assert list(terms(Hyperliquid(), {"universe": [good, gone, odd]})) == ["BTC"]
    assert terms(Hyperliquid(), {"universe": [good], "collateralToken": 360}) == {}
    with pytest.raises(MalformedFrame, match="usable"):
        terms(Hyperliquid(), {"universe": [gone]})


def test_spot_pairs_are_named_by_their_tokens() -> None:
    found = terms(Hyperliquid(), SPOT_META)
    assert {coin: each.symbol for coin, each in found.items()} == {
        "PURR/USDC": "PURR-USDC",
        "@9": "STHYPE-USDC",
    }
    hype = found["@9"]
    assert (hype.tick_size, hype.lot_size) == (Decimal("0.000001"), Decimal("0.01"))
    assert hype.asset_class is AssetClass.SPOT


@pytest.mark.parametrize(
    ("symbol", "asked"),
    [
        ("BTC-USDC-PERP", {"type": "meta"}),
        ("XYZ:NVDA-USDC-PERP", {"type": "meta", "dex": "xyz"}),
        ("HYPE-USDC", {"type": "spotMeta"}),
    ],
)
def test_terms_are_asked_of_whoever_lists_the_market(symbol: str, asked: object) -> None:
    request = Hyperliquid().terms_request(symbol)
    assert (request.path, json.loads(request.body)) == ("/info", asked)


def test_every_stream_of_every_market_is_asked_for_and_given_up_alone() -> None:
    venue = Hyperliquid()
    symbols = ("BTC-USDC-PERP", "HYPE-USDC")
    asked, given_up = venue.subscriptions(symbols), venue.unsubscriptions(symbols)
    assert [each.symbols for each in asked if each.symbols] == [(symbol,) for symbol in symbols]
    wanted = [json.loads(each.frame)["subscription"] for each in asked]
    assert [(each["coin"], each["type"]) for each in wanted] == [
        (coin, stream) for coin in ("BTC", "@107") for stream in STREAMS
    ]
    assert wanted == [json.loads(each.frame)["subscription"] for each in given_up]
    ids = [each.request_id for each in (*asked, *given_up)]
    assert len(set(ids)) == len(ids)


def test_more_markets_than_an_address_may_have_are_refused() -> None:
    with pytest.raises(UnknownSymbol, match=f"at most {SYMBOLS_MAX}"):
        Hyperliquid().subscriptions(["BTC-USDC-PERP"] * (SYMBOLS_MAX + 1))

"""How Coinbase is asked, and what its products say of orders."""

import json
from decimal import Decimal

import pytest

from engine.core.instruments import Instrument
from feeds import venue_named
from feeds.coinbase.venue import CoinbaseAdvanced, CoinbaseExchange
from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.messages import InstrumentTerms, Refused
from feeds.venue import Venue
from tests.feeds.coinbase import frames

ADVANCED, EXCHANGE = CoinbaseAdvanced(), CoinbaseExchange()


@pytest.mark.parametrize("text", ["BTC-USD", "btc-usd", " btc/usd "])
def test_a_symbol_is_taken_in_any_case_and_both_spellings(text: str) -> None:
    assert ADVANCED.our_symbol(text) == EXCHANGE.our_symbol(text) == "BTC-USD"
    assert ADVANCED.venue_symbol("BTC-USD") == "BTC-USD"


@pytest.mark.parametrize("text", ["", "BTC", "BTCUSD", "BTC-PERP-INTX", "BTC-", "ВТС-USD", "a b-c"])
def test_what_is_no_spot_product_says_how_one_looks(text: str) -> None:
    with pytest.raises(UnknownSymbol, match="BTC-USD"):
        ADVANCED.our_symbol(text)


def test_advanced_trade_takes_one_channel_a_frame_and_sends_heartbeats_for_all() -> None:
    subscriptions = ADVANCED.subscriptions(["BTC-USD", "ETH-USD"])
    sent = [json.loads(each.frame) for each in subscriptions]
    assert [each["channel"] for each in sent] == [
        *("heartbeats", "level2", "market_trades", "ticker", "candles")
    ]
    assert "product_ids" not in sent[0]
    assert all(each["product_ids"] == ["BTC-USD", "ETH-USD"] for each in sent[1:])
    assert [each.symbols for each in subscriptions if each.symbols] == [("BTC-USD", "ETH-USD")]
    assert len({each.request_id for each in subscriptions}) == len(subscriptions)


def test_giving_up_one_product_leaves_the_heartbeats_of_the_others() -> None:
    sent = [json.loads(each.frame) for each in ADVANCED.unsubscriptions(["BTC-USD"])]
    assert {each["type"] for each in sent} == {"unsubscribe"}
    assert "heartbeats" not in [each["channel"] for each in sent]
    assert all(each["product_ids"] == ["BTC-USD"] for each in sent)


def test_a_product_whose_book_has_another_name_is_refused_with_that_name() -> None:
    with pytest.raises(UnknownSymbol, match="ask for that") as refused:
        ADVANCED.subscriptions(["BTC-USDC"])
    assert "BTC-USD;" in f"{refused.value}"
    assert ADVANCED.subscriptions(["USDT-USDC"])
    (told,) = ADVANCED.mapper().map(json.dumps(frames.advanced_product(alias="X-USD")), 1)
    assert isinstance(told, Refused)
    assert "X-USD" in told.text


def test_exchange_asks_for_each_product_alone() -> None:
    sent = EXCHANGE.subscriptions(["BTC-USD", "ETH-USD"])
    assert [each.symbols for each in sent] == [("BTC-USD",), ("ETH-USD",)]
    frame = json.loads(sent[0].frame)
    assert frame["product_ids"] == ["BTC-USD"]
    assert frame["channels"] == ["level2_batch", "matches", "ticker", "heartbeat"]
    (given_up,) = EXCHANGE.unsubscriptions(["BTC-USD"])
    assert json.loads(given_up.frame) == frame | {"type": "unsubscribe"}


def test_terms_of_advanced_trade() -> None:
    (terms,) = ADVANCED.mapper().map(json.dumps(frames.advanced_product()), 1)
    assert isinstance(terms, InstrumentTerms)
    instrument = terms.instrument
    assert (instrument.symbol, instrument.base, instrument.quote) == ("BTC-USD", "BTC", "USD")
    assert (instrument.tick_size, instrument.lot_size) == (Decimal("0.01"), Decimal("0.00000001"))
    assert (instrument.lots_min, instrument.lots_max) == (2, 340_000_000_000)
    assert instrument.notional_min_quanta == 10**12
    assert (instrument.maker_fee_ppm, instrument.taker_fee_ppm) == (4000, 6000)


def exchange_instrument(**changed: object) -> Instrument:
    (terms,) = EXCHANGE.mapper().map(json.dumps(frames.exchange_product(**changed)), 1)
    assert isinstance(terms, InstrumentTerms)
    return terms.instrument


def test_the_least_funds_bound_every_order_only_where_no_size_does() -> None:
    now = exchange_instrument()
    assert (now.lots_min, now.notional_min_quanta) == (1, 10**12)
    before_2022 = exchange_instrument(base_min_size="0.001", base_max_size="280")
    assert (before_2022.lots_min, before_2022.lots_max) == (100_000, 28_000_000_000)
    assert before_2022.notional_min_quanta == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"base_increment": "0"},
        {"base_increment": ""},
        {"quote_increment": "x"},
        {"min_market_funds": "-1"},
        {"base_min_size": "1e30"},
        {"id": "BTC-EUR"},
        {"product_type": "FUTURE"},
    ],
)
def test_terms_that_no_order_can_keep_are_malformed(changed: dict[str, object]) -> None:
    with pytest.raises(MalformedFrame):
        exchange_instrument(**changed)


@pytest.mark.parametrize("venue", [ADVANCED, EXCHANGE], ids=lambda venue: venue.name)
def test_books_come_in_the_stream_and_nothing_is_polled(venue: Venue) -> None:
    assert venue.snapshot_request("BTC-USD") is venue.probe_request("BTC-USD") is None
    assert venue.polls("BTC-USD") == ()
    assert venue.terms_request("BTC-USD").path.endswith("/products/BTC-USD")
    assert type(venue_named(venue.name)) is type(venue)

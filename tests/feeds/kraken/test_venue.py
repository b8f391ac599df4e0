"""How Kraken is asked, and what its metadata says of orders."""

import json
from decimal import Decimal

import pytest

from engine.core.instruments import Instrument
from feeds import venue_named
from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.kraken.venue import SYMBOLS_PER_FRAME, Kraken
from feeds.messages import InstrumentTerms
from tests.feeds.kraken import frames

VENUE = Kraken()


@pytest.mark.parametrize(
    ("text", "symbol", "pair"),
    [
        ("btc-usd", "BTC-USD", "BTC/USD"),
        ("XBT/USD", "BTC-USD", "BTC/USD"),
        ("xdg/eur", "DOGE-EUR", "DOGE/EUR"),
        ("eth/xbt", "ETH-BTC", "ETH/BTC"),
        ("AAPLx/USD", "AAPLx-USD", "AAPLx/USD"),
    ],
)
def test_kraken_names_bitcoin_and_dogecoin_as_everyone_does(
    text: str, symbol: str, pair: str
) -> None:
    assert VENUE.our_symbol(text) == symbol
    assert VENUE.venue_symbol(symbol) == pair
    assert VENUE.our_symbol(pair) == symbol


def test_rest_is_asked_by_its_own_names() -> None:
    assert VENUE.terms_request("BTC-USD").params == {"pair": "XBTUSD"}
    assert VENUE.terms_request("ETH-BTC").params == {"pair": "ETHXBT"}


@pytest.mark.parametrize("text", ["", "BTC", "BTCUSD", "BTC-USD-PERP", "BTC-", "ВТС-USD", "a b-c"])
def test_what_is_no_pair_says_how_one_looks(text: str) -> None:
    with pytest.raises(UnknownSymbol, match="BTC-USD"):
        VENUE.our_symbol(text)


def test_each_channel_is_asked_for_and_given_up_in_the_same_words() -> None:
    asked = VENUE.subscriptions(["BTC-USD", "DOGE-USD"])
    params = [json.loads(each.frame)["params"] for each in asked]
    assert [each["channel"] for each in params] == ["book", "trade", "ticker", "ohlc"]
    assert all(each["symbol"] == ["BTC/USD", "DOGE/USD"] for each in params)
    assert params[0]["depth"] == 100
    assert params[1]["snapshot"] is False
    assert [each.symbols for each in asked if each.symbols] == [("BTC-USD", "DOGE-USD")]
    given_up = [json.loads(each.frame) for each in VENUE.unsubscriptions(["BTC-USD"])]
    assert {each["method"] for each in given_up} == {"unsubscribe"}
    assert given_up[0]["params"]["depth"] == 100


def test_many_symbols_take_several_frames_with_ids_of_their_own() -> None:
    symbols = [f"C{number}-USD" for number in range(SYMBOLS_PER_FRAME + 1)]
    asked = VENUE.subscriptions(symbols)
    assert [symbol for each in asked for symbol in each.symbols] == symbols
    assert [json.loads(each.frame)["req_id"] for each in asked] == list(range(1, 9))
    assert [each.request_id for each in asked] == list(range(1, 9))


def test_an_address_without_a_path_means_version_two() -> None:
    assert Kraken(stream_url="wss://example.com/").stream_url == "wss://example.com/v2"
    assert Kraken(stream_url="wss://example.com/x").stream_url == "wss://example.com/x"
    assert type(venue_named("kraken")) is Kraken


def test_books_come_in_the_stream_and_nothing_is_polled() -> None:
    assert VENUE.snapshot_request("BTC-USD") is VENUE.probe_request("BTC-USD") is None
    assert VENUE.polls("BTC-USD") == ()


def listed(raw: str) -> Instrument:
    (terms,) = VENUE.mapper().map(raw, 1)
    assert isinstance(terms, InstrumentTerms)
    return terms.instrument


def test_terms_of_rest_carry_the_pairs_own_fees() -> None:
    instrument = listed(frames.asset_pairs())
    assert (instrument.symbol, instrument.base, instrument.quote) == ("BTC-USD", "BTC", "USD")
    assert (instrument.tick_size, instrument.lot_size) == (Decimal("0.01"), Decimal("0.00000001"))
    assert (instrument.lots_min, instrument.notional_min_quanta) == (5_000, 5 * 10**11)
    assert (instrument.maker_fee_ppm, instrument.taker_fee_ppm) == (2500, 4000)


def test_what_a_pair_does_not_state_follows_from_what_it_states() -> None:
    pair = frames.asset_pair(fees=[], fees_maker=[], tick_size="", costmin="", pair_decimals=5)
    instrument = listed(frames.asset_pairs(pair))
    assert instrument.tick_size == Decimal("0.00001")
    assert instrument.notional_min_quanta == 0
    assert (instrument.maker_fee_ppm, instrument.taker_fee_ppm) == (4000, 8000)
    same_for_both = frames.asset_pair(fees_maker=[])
    assert listed(frames.asset_pairs(same_for_both)).maker_fee_ppm == 4000


def test_terms_of_the_instrument_channel() -> None:
    instrument = listed(frames.instruments(price_increment="0.5", qty_increment="1e-8"))
    assert (instrument.tick_size, instrument.lot_size) == (Decimal("0.5"), Decimal("0.00000001"))
    assert (instrument.lots_min, instrument.notional_min_quanta) == (10_000, 5 * 10**11)


@pytest.mark.parametrize(
    "changed",
    [
        {"tick_size": "-1"},
        {"ordermin": "x"},
        {"ordermin": "-1"},
        {"ordermin": "1e30"},
        {"lot_decimals": 19},
        {"fees": [[0, "much"]]},
        {"fees": [[0, 99]]},
        {"wsname": "XBTUSD"},
    ],
)
def test_terms_that_no_order_can_keep_are_malformed(changed: dict[str, object]) -> None:
    with pytest.raises(MalformedFrame):
        listed(frames.asset_pairs(frames.asset_pair(**changed)))

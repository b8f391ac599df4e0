"""Binance's futures: what their frames, ids and metadata mean."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.instruments import AssetClass
from feeds.binance.futures import BinanceCoinm, BinanceUsdm
from feeds.binance.mapper import BinanceMapper
from feeds.binance.sequences import FuturesSequence
from feeds.binance.symbols import split_coinm, split_usdm
from feeds.binance.venue import BinanceSpot
from feeds.book_sync import BookMessage, BookSync, SyncState
from feeds.errors import ForeignFrame, MalformedFrame, UnknownSymbol
from feeds.messages import (
    BookDelta,
    BookLost,
    BookSnapshot,
    FundingRate,
    IndexPrice,
    InstrumentTerms,
    MarkPrice,
    OpenInterest,
    Quote,
    Trade,
)
from tests.feeds import frames
from tests.feeds.binance import futures_frames

NOW = frames.T0_NS
LEVEL = (("100.00", "1"),)


def usdm() -> BinanceMapper:
    return BinanceUsdm().mapper()


def coinm() -> BinanceMapper:
    return BinanceCoinm().mapper()


def test_a_depth_update_names_the_one_before() -> None:
    (message,) = usdm().map(futures_frames.depth(157, 160, 149, LEVEL), NOW)
    assert isinstance(message, BookDelta)
    assert (message.symbol, message.venue_ns) == ("BTC-USDT-PERP", frames.T0_NS)
    assert message.previous_update_id == 149
    assert (message.first_update_id, message.last_update_id) == (157, 160)


def test_partial_depth_is_called_an_update_and_is_none() -> None:
    data = futures_frames.depth_data(157, 160, 149, LEVEL, ())
    for name in ("depth5@100ms", "depth20", "rpiDepth@500ms"):
        assert usdm().map(frames.stream(f"btcusdt@{name}", data), NOW) == ()


def test_a_quote_has_the_id_of_its_book_and_the_venues_time() -> None:
    data = {"e": "bookTicker", "u": 7, "s": "BTCUSD_PERP", "ps": "BTCUSD", "b": "100.1", "B": "5"}
    data |= {"a": "100.2", "A": "9", "T": frames.T0_MS, "E": frames.T0_MS}
    for raw in (frames.stream("btcusd_perp@bookTicker", data), json.dumps(data)):
        assert coinm().map(raw, NOW) == (
            Quote(
                received_ns=NOW,
                symbol="BTC-USD-PERP",
                update_id=7,
                bid="100.1",
                bid_size="5",
                ask="100.2",
                ask_size="9",
                venue_ns=frames.T0_NS,
            ),
        )


@pytest.mark.parametrize(("kind", "count"), [("MARKET", 1), ("INSURANCE_FUND", 0), ("NA", 0)])
def test_only_trades_made_in_the_book_are_prints(kind: str, count: int) -> None:
    price = "0" if kind == "NA" else "100.00"
    assert len(usdm().map(futures_frames.trade(5, price, "1", kind), NOW)) == count


def test_an_aggregate_of_a_dated_future_is_a_print() -> None:
    (message,) = usdm().map(futures_frames.aggregate(5, "1", "2", False, "BTCUSDT_261225"), NOW)
    assert isinstance(message, Trade)
    assert (message.symbol, message.trade_id) == ("BTC-USDT-20261225", "a5")


def test_a_mark_tells_the_index_and_the_next_funding_too() -> None:
    raw = futures_frames.mark("BTCUSDT", "11794.15", "11784.62", "-0.00038167", frames.T0_MS + 1)
    stamped = {"received_ns": NOW, "venue_ns": frames.T0_NS, "symbol": "BTC-USDT-PERP"}
    assert usdm().map(raw, NOW) == (
        MarkPrice(price="11794.15", **stamped),
        IndexPrice(price="11784.62", **stamped),
        FundingRate(rate="-0.00038167", next_ns=frames.T0_NS + 10**6, **stamped),
    )


def test_a_dated_future_has_no_funding() -> None:
    raw = futures_frames.mark("BTCUSD_261225", "10934.62", "10933.62", "", 0)
    assert [type(each) for each in coinm().map(raw, NOW)] == [MarkPrice, IndexPrice]


@pytest.mark.parametrize(("price", "rate"), [("1e3", "0.1"), ("1", "x"), ("-1", "0"), ("1", "--1")])
def test_a_mark_with_a_bad_number_is_left_out_whole(price: str, rate: str) -> None:
    with pytest.raises(MalformedFrame):
        usdm().map(futures_frames.mark("BTCUSDT", price, "1", rate, 0), NOW)


def test_open_interest_is_in_the_unit_of_sizes() -> None:
    assert coinm().map(futures_frames.open_interest("BTCUSD_PERP", "15004"), NOW) == (
        OpenInterest(received_ns=NOW, venue_ns=frames.T0_NS, symbol="BTC-USD-PERP", size="15004"),
    )


def test_liquidations_and_all_market_streams_are_of_no_use_here() -> None:
    order = {"e": "forceOrder", "E": frames.T0_MS, "o": {"s": "BTCUSDT", "S": "SELL"}}
    assert usdm().map(frames.stream("btcusdt@forceOrder", order), NOW) == ()
    assert usdm().map(b'{"stream":"!ticker@arr","data":[{"e":"24hrTicker"}]}', NOW) == ()
    assert usdm().map(b'{"stream":"!markPrice@arr@1s","data":[{"e":"markPriceUpdate"}]}', NOW) == ()


def terms_of(mapper: BinanceMapper, symbol: str) -> InstrumentTerms:
    raw = futures_frames.exchange_info(futures_frames.symbol_info(symbol))
    (message,) = mapper.map(raw, NOW)
    assert isinstance(message, InstrumentTerms)
    return message


def test_linear_terms_come_from_the_filters() -> None:
    instrument = terms_of(usdm(), "BTCUSDT").instrument
    assert (instrument.symbol, instrument.venue) == ("BTC-USDT-PERP", "binance-usdm")
    assert instrument.asset_class is AssetClass.PERPETUAL
    assert (instrument.settlement, instrument.tick_size) == ("USDT", Decimal("0.1"))
    assert (instrument.lot_size, instrument.lots_min, instrument.lots_max) == (
        Decimal("0.001"),
        2,
        5000,
    )
    assert instrument.notional_min_quanta == 5 * 10**12


def test_a_dated_future_is_one() -> None:
    terms = terms_of(usdm(), "ETHUSDT_261225")
    assert (terms.instrument.symbol, terms.venue_symbol) == ("ETH-USDT-20261225", "ETHUSDT_261225")
    assert terms.instrument.asset_class is AssetClass.FUTURE


def test_inverse_terms_say_what_a_contract_is_worth_and_what_pays() -> None:
    instrument = terms_of(coinm(), "BTCUSD_PERP").instrument
    assert instrument.asset_class is AssetClass.INVERSE
    assert (instrument.settlement, instrument.multiplier) == ("BTC", Decimal(100))
    assert (instrument.lot_size, instrument.quote) == (Decimal(1), "USD")


def test_absurd_metadata_is_malformed() -> None:
    info = futures_frames.symbol_info("BTCUSDT")
    info["filters"] = [
        {"filterType": "PRICE_FILTER", "tickSize": "0.1"},
        {"filterType": "LOT_SIZE", "minQty": "1", "maxQty": "1" + "0" * 35, "stepSize": "1e-18"},
    ]
    with pytest.raises(MalformedFrame, match="BTCUSDT"):
        usdm().map(futures_frames.exchange_info(info), NOW)


def test_contracts_that_are_not_traded_are_passed_over() -> None:
    settling = futures_frames.symbol_info("OLDUSDT") | {"contractType": ""}
    foreign = futures_frames.symbol_info("BTCSTUSDT") | {"marginAsset": "BTCST"}
    good = futures_frames.symbol_info("BTCUSDT")
    (message,) = usdm().map(futures_frames.exchange_info(settling, foreign, good), NOW)
    assert isinstance(message, InstrumentTerms)
    assert message.venue_symbol == "BTCUSDT"


@pytest.mark.parametrize(
    ("mapper", "raw", "origin"),
    [
        (BinanceSpot().mapper(), futures_frames.depth(1, 2, 0), "binance-usdm"),
        (BinanceSpot().mapper(), futures_frames.depth(1, 2, 0, (), (), "A_B"), "binance-usdm"),
        (
            BinanceSpot().mapper(),
            futures_frames.depth(1, 2, 0, (), (), "BTCUSD_PERP"),
            "binance-coinm",
        ),
        (usdm(), frames.depth(1, 2), "binance"),
        (usdm(), futures_frames.depth(1, 2, 0, (), (), "BTCUSD_261225"), "binance-coinm"),
        (coinm(), frames.depth(1, 2), "binance"),
        (coinm(), futures_frames.depth(1, 2, 0), "binance-usdm"),
        (usdm(), frames.exchange_info(), "binance"),
        (
            coinm(),
            futures_frames.exchange_info(futures_frames.symbol_info("BTCUSDT")),
            "binance-usdm",
        ),
    ],
)
def test_the_frame_of_another_market_is_named_as_such(
    mapper: BinanceMapper, raw: bytes, origin: str
) -> None:
    with pytest.raises(ForeignFrame, match=f"a frame of {origin}, not of") as refusal:
        mapper.map(raw, NOW)
    assert refusal.value.venue == origin


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("BTCUSDT", "BTC-USDT-PERP"),
        ("BTCUSDC", "BTC-USDC-PERP"),
        ("ETHBTC", "ETH-BTC-PERP"),
        ("1000SHIBUSDT", "1000SHIB-USDT-PERP"),
        ("BTCUSDT_261225", "BTC-USDT-20261225"),
    ],
)
def test_linear_symbols_go_both_ways(theirs: str, ours: str) -> None:
    venue = BinanceUsdm()
    assert split_usdm(theirs) == ours
    assert venue.venue_symbol(ours) == theirs
    assert venue.our_symbol(theirs.lower()) == venue.our_symbol(ours.replace("-", "/")) == ours


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("BTCUSD_PERP", "BTC-USD-PERP"), ("ETHUSD_261225", "ETH-USD-20261225")],
)
def test_inverse_symbols_go_both_ways(theirs: str, ours: str) -> None:
    venue = BinanceCoinm()
    assert split_coinm(theirs) == ours
    assert venue.venue_symbol(ours) == theirs
    assert venue.our_symbol(theirs.lower()) == venue.our_symbol(ours.lower()) == ours


@pytest.mark.parametrize("text", ["BTC-USDT", "BTC-USDT-20261225-1", "BTCUSD_PERP", "-USDT-PERP"])
def test_what_is_no_linear_future_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnknownSymbol, match="BTC-USDT-PERP"):
        BinanceUsdm().our_symbol(text)


@pytest.mark.parametrize("text", ["BTC-USD", "BTC-USDT-PERP", "BTCUSDT", "", "BTCUSD_26"])
def test_what_is_no_inverse_future_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnknownSymbol, match="BTC-USD-PERP"):
        BinanceCoinm().our_symbol(text)


def test_books_and_everything_else_have_connections_of_their_own() -> None:
    venue = BinanceUsdm()
    books, rest = venue.subscriptions(["BTC-USDT-PERP", "ETH-USDT-20261225"])
    assert venue.stream_url == "wss://fstream.binance.com/public/stream"
    assert (books.url, books.symbols) == ("", ("BTC-USDT-PERP", "ETH-USDT-20261225"))
    assert (rest.url, rest.symbols) == ("wss://fstream.binance.com/market/stream", ())
    assert json.loads(books.frame)["params"][:2] == ["btcusdt@depth@100ms", "btcusdt@bookTicker"]
    assert "ethusdt_261225@markPrice@1s" in json.loads(rest.frame)["params"]


def test_an_address_with_a_path_carries_everything() -> None:
    venue = BinanceUsdm(stream_url="ws://127.0.0.1:8000/stream")
    assert {each.url for each in venue.subscriptions(["BTC-USDT-PERP"])} == {"", venue.stream_url}


class Synced:
    """A book under the futures' rule, fed by ids alone."""

    def __init__(self) -> None:
        self.published: list[BookMessage] = []
        self.sync = BookSync("X", FuturesSequence(), self.published.append)

    def snapshot(self, update_id: int) -> None:
        book = BookSnapshot(received_ns=0, symbol="X", update_id=update_id, bids=LEVEL, asks=())
        self.sync.snapshot(book)

    def event(self, previous: int, first: int, last: int) -> None:
        self.sync.delta(
            BookDelta(
                received_ns=0,
                venue_ns=0,
                symbol="X",
                first_update_id=first,
                last_update_id=last,
                previous_update_id=previous,
                bids=(),
                asks=(),
            )
        )


@pytest.mark.parametrize(
    ("snapshot_id", "state", "applied", "stale"),
    [
        (9, SyncState.WAITING, 0, 0),
        (10, SyncState.LIVE, 3, 0),
        (12, SyncState.LIVE, 3, 0),
        (15, SyncState.LIVE, 3, 0),
        (19, SyncState.LIVE, 3, 0),
        (20, SyncState.LIVE, 3, 0),
        (21, SyncState.LIVE, 2, 1),
        (40, SyncState.LIVE, 1, 2),
        (41, SyncState.JOINING, 0, 3),
    ],
)
def test_the_first_event_is_the_one_that_the_snapshot_lies_in(
    snapshot_id: int, state: SyncState, applied: int, stale: int
) -> None:
    synced = Synced()
    synced.event(10, 15, 20)
    synced.event(20, 25, 30)
    synced.event(30, 35, 40)
    synced.snapshot(snapshot_id)
    assert (synced.sync.state, synced.sync.counts.applied) == (state, applied)
    assert synced.sync.counts.stale == stale


def test_a_snapshot_at_an_events_last_id_takes_that_event_and_the_next() -> None:
    synced = Synced()
    synced.snapshot(20)
    synced.event(10, 15, 20)
    synced.event(20, 25, 30)
    assert (synced.sync.state, synced.sync.counts.applied) == (SyncState.LIVE, 2)


@given(st.data())
def test_an_event_that_does_not_name_the_one_before_is_a_gap(data: st.DataObject) -> None:
    synced = Synced()
    synced.snapshot(20)
    synced.event(20, 25, 30)
    previous = data.draw(st.integers(0, 60).filter(lambda number: number != 30))
    first = data.draw(st.integers(31, 60))
    synced.event(previous, first, data.draw(st.integers(first, 90)))
    assert synced.sync.counts.gaps == 1
    assert isinstance(synced.published[-1], BookLost)


def test_a_repeated_event_changes_nothing() -> None:
    synced = Synced()
    synced.snapshot(20)
    for _ in range(3):
        synced.event(20, 25, 30)
    synced.event(30, 31, 33)
    assert (synced.sync.counts.applied, synced.sync.counts.gaps) == (2, 0)
    assert synced.sync.counts.stale == 2

"""Deribit's frames and what they mean. Shapes from Deribit API v2."""

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from engine.core.instruments import AssetClass
from feeds.deribit.mapper import TEST_FRAME, DeribitMapper
from feeds.errors import FrameError, MalformedFrame, UnknownMessage
from feeds.messages import (
    Answer,
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
)
from tests.feeds.deribit.speaker import METADATA, T0_MS, notified

T0_NS = T0_MS * 10**6
NOW = T0_NS + 10**9
OPTION = "ETH-25DEC26-4000-C"
PERPETUAL = "BTC-PERPETUAL"
CHANGE = notified(
    f"book.{PERPETUAL}.100ms",
    f'{{"type":"change","timestamp":{T0_MS},"prev_change_id":5,"instrument_name":"{PERPETUAL}",'
    '"change_id":9,"bids":[["delete",97000.5,0.0],["change",96999.0,1.0e1]],'
    '"asks":[["new",97001.0,30.0]]}',
)
TICKER = (
    f'{{"timestamp":{T0_MS},"state":"open","stats":{{"high":null,"volume":1.0}},'
    '"open_interest":12685.0,"mark_price":0.001983,"instrument_name":"NAME",'
    '"index_price":2007.63,"best_bid_price":0.0015,"best_bid_amount":4737.0,'
    '"best_ask_price":null,"best_ask_amount":0.0'
)
OPTION_TICKER = notified(
    f"ticker.{OPTION}.100ms",
    TICKER.replace("NAME", OPTION)
    + ',"underlying_price":2004.48,"underlying_index":"ETH-25DEC26","mark_iv":120.73,"bid_iv":0.0,'
    '"ask_iv":125.5,"interest_rate":0.0,"greeks":{"vega":0.20164,"theta":-1.64773,"rho":1.2e-4,'
    '"gamma":0.00021,"delta":0.03143}}',
)
PERPETUAL_TICKER = notified(
    f"ticker.{PERPETUAL}.raw",
    TICKER.replace("NAME", PERPETUAL) + ',"funding_8h":0.0001,"current_funding":-8.96e-6}',
)
TRADES = notified(
    f"trades.{PERPETUAL}.raw",
    f'[{{"trade_seq":1,"trade_id":"48079573","timestamp":{T0_MS},"tick_direction":3,'
    f'"price":97000.5,"mark_price":97001.2,"instrument_name":"{PERPETUAL}","index_price":97000.0,'
    '"direction":"sell","amount":10.0,"contracts":1.0}]',
)
BAR = (
    '{"volume":0.95978896,"tick":%d,"open":87490.0,"low":1.0,"high":2.0,"cost":83970.0,"close":3.0}'
)
CANDLE = notified(f"chart.trades.{PERPETUAL}.1", BAR % T0_MS)


def all_mapped(raw: bytes | str, received_ns: int = NOW) -> tuple[object, ...]:
    return DeribitMapper().map(raw, received_ns)


def mapped(raw: bytes | str) -> object:
    (message,) = all_mapped(raw)
    return message


def test_a_change_keeps_its_chain_and_the_text_of_its_numbers() -> None:
    assert mapped(CHANGE) == BookDelta(
        received_ns=NOW,
        venue_ns=T0_NS,
        symbol="BTC-USD-PERP",
        first_update_id=9,
        last_update_id=9,
        previous_update_id=5,
        bids=(("97000.5", "0"), ("96999.0", "10")),
        asks=(("97001.0", "30.0"),),
    )


def test_a_snapshot_and_a_grouped_book_are_whole() -> None:
    head = f'{{"timestamp":{T0_MS},"instrument_name":"{PERPETUAL}","change_id":9,'
    snapshot = notified(
        f"book.{PERPETUAL}.raw", head + '"type":"snapshot","bids":[["new",1.5,10.0]],"asks":[]}'
    )
    grouped = notified(f"book.{PERPETUAL}.none.20.100ms", head + '"bids":[[1.5,10.0]],"asks":[]}')
    expected = BookSnapshot(
        received_ns=NOW,
        venue_ns=T0_NS,
        symbol="BTC-USD-PERP",
        update_id=9,
        bids=(("1.5", "10.0"),),
        asks=(),
    )
    assert mapped(snapshot) == mapped(grouped) == expected


def test_without_a_type_a_snapshot_is_what_names_nothing_before_it() -> None:
    untyped = CHANGE.replace('"type":"change",', "")
    assert mapped(untyped) == mapped(CHANGE)
    assert isinstance(mapped(untyped.replace('"prev_change_id":5,', "")), BookSnapshot)


def test_a_trade_has_the_amount_and_side_of_its_aggressor() -> None:
    assert mapped(TRADES) == Trade(
        received_ns=NOW,
        venue_ns=T0_NS,
        symbol="BTC-USD-PERP",
        trade_id="48079573",
        side=Side.SELL,
        price="97000.5",
        size="10.0",
    )


def test_block_trades_are_no_prints_of_the_book() -> None:
    assert all_mapped(TRADES.replace('"amount"', '"block_trade_id":"BLOCK-1","amount"')) == ()


def test_the_ticker_of_an_option_states_its_volatilities_as_fractions() -> None:
    quote, mark, index, held, summary = all_mapped(OPTION_TICKER)
    assert isinstance(quote, Quote)
    assert (quote.bid, quote.bid_size, quote.ask, quote.ask_size) == (
        "0.0015",
        "4737.0",
        "0",
        "0.0",
    )
    assert isinstance(mark, MarkPrice)
    assert isinstance(index, IndexPrice)
    assert isinstance(held, OpenInterest)
    assert (mark.price, index.price, held.size) == ("0.001983", "2007.63", "12685.0")
    assert summary == OptionSummary(
        received_ns=NOW,
        venue_ns=T0_NS,
        symbol="ETH-20261225-4000-C",
        underlying_price="2004.48",
        mark_iv=1.2073,
        bid_iv=0.0,
        ask_iv=1.255,
        delta=0.03143,
        gamma=0.00021,
        vega=0.20164,
        theta=-1.64773,
        rho=0.00012,
        interest_rate=0.0,
    )


def test_the_ticker_of_a_perpetual_states_its_funding_for_eight_hours() -> None:
    funding = all_mapped(PERPETUAL_TICKER)[-1]
    assert funding == FundingRate(
        received_ns=NOW,
        venue_ns=T0_NS,
        symbol="BTC-USD-PERP",
        rate="-0.00000896",
        next_ns=None,
        interval_ns=8 * 3600 * 10**9,
    )


def test_a_quote_of_an_empty_side_is_zero() -> None:
    data = {"timestamp": T0_MS, "instrument_name": OPTION, "best_bid_price": None}
    quote = mapped(notified(f"quote.{OPTION}", json.dumps(data)))
    assert isinstance(quote, Quote)
    assert (quote.bid, quote.bid_size, quote.ask, quote.update_id) == ("0", "0", "0", None)


@pytest.mark.parametrize(
    ("name", "volume"), [(PERPETUAL, "83970.0"), ("BTC_USDC-PERPETUAL", "0.95978896")]
)
def test_a_candle_counts_its_volume_as_the_trades_do(name: str, volume: str) -> None:
    candle = mapped(notified(f"chart.trades.{name}.5", BAR % T0_MS))
    assert isinstance(candle, Candle)
    assert (candle.volume, candle.open, candle.closed) == (volume, "87490.0", False)
    assert (candle.open_ns, candle.interval_ns) == (T0_NS, 300 * 10**9)
    (later,) = all_mapped(CANDLE, T0_NS + 60 * 10**9)
    assert isinstance(later, Candle)
    assert later.closed


def test_an_index_is_that_of_its_perpetual() -> None:
    data = {"timestamp": T0_MS, "price": 97000.12, "index_name": "btc_usdc"}
    index = mapped(notified("deribit_price_index.btc_usdc", json.dumps(data)))
    assert isinstance(index, IndexPrice)
    assert (index.symbol, index.price) == ("BTC-USDC-PERP", "97000.12")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"maintenance": True}, "is in maintenance"),
        ({"maintenance": False}, "has ended"),
        ({"price_index": "sol_usdc", "locked": True}, "has locked what depends on the index sol"),
        ({"price_index": "sol_usdc", "locked": False}, "has unlocked"),
    ],
)
def test_the_state_of_the_platform_is_told_in_words(data: object, words: str) -> None:
    notice = mapped(notified("platform_state", json.dumps(data)))
    assert isinstance(notice, Notice)
    assert words in notice.text


def test_a_venue_that_asks_whether_we_are_there_is_answered() -> None:
    frame = '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"%s"}}'
    beat, answer = all_mapped(frame % "test_request")
    assert mapped(frame % "heartbeat") == beat == Heartbeat(received_ns=NOW)
    assert answer == Answer(received_ns=NOW, frame=TEST_FRAME)
    assert json.loads(TEST_FRAME)["method"] == "public/test"


@pytest.mark.parametrize(
    ("raw", "request_id"),
    [
        ('{"id":7,"error":{"message":"Invalid params","code":-32602,"data":{"param":"x"}}}', 7),
        ('{"error":{"message":"instrument_not_found","code":13020}}', None),
        ('{"id":7,"result":[]}', 7),
    ],
)
def test_a_refusal_names_the_request_that_it_answers(raw: str, request_id: int | None) -> None:
    message = mapped(raw)
    assert isinstance(message, Refused)
    assert message.request_id == request_id
    assert "Deribit refused" in message.text


def test_an_error_that_will_pass_refuses_no_market() -> None:
    error = '"error":{"message":"system_maintenance","code":11051}}'
    notice = mapped('{"id":7,' + error)
    assert isinstance(notice, Notice)
    assert "cannot answer now" in notice.text
    with pytest.raises(UnknownMessage, match="system_maintenance"):
        all_mapped("{" + error)


@pytest.mark.parametrize(
    "raw",
    [
        '{"id":1,"result":"ok"}',
        '{"id":1,"result":["book.BTC-PERPETUAL.100ms"],"usIn":1}',
        '{"id":"u1","result":[]}',
        '{"result":[]}',
        '{"id":0,"result":{"version":"1.2.26"}}',
        '{"result":{"instrument_name":"BTC-PERPETUAL","bids":[],"change_id":1}}',
        notified("perpetual.BTC-PERPETUAL.100ms", '{"interest":0.1}'),
        notified("markprice.options.btc_usd", "[]"),
        notified("platform_state", "{}"),
    ],
)
def test_what_is_known_and_of_no_use_maps_to_nothing(raw: str) -> None:
    assert all_mapped(raw) == ()


def test_a_channel_says_whose_a_frame_is() -> None:
    mapper = DeribitMapper()
    assert mapper.symbol_of(notified("perpetual.BTC-PERPETUAL.100ms", "{}")) == "BTC-USD-PERP"
    assert mapper.symbol_of(notified(f"chart.trades.{OPTION}.1", "{}")) == "ETH-20261225-4000-C"
    for raw in ("", "[]", "{}", '{"id":1,"result":"ok"}', notified("platform_state", "{}")):
        assert mapper.symbol_of(raw) is None


def _terms(metadata: dict[str, object]) -> InstrumentTerms:
    message = mapped(json.dumps({"result": metadata}))
    assert isinstance(message, InstrumentTerms)
    return message


def test_a_linear_perpetual_can_be_traded_on_its_terms() -> None:
    instrument = _terms(METADATA["BTC_USDC-PERPETUAL"]).instrument
    assert instrument.asset_class is AssetClass.PERPETUAL
    assert (instrument.symbol, instrument.settlement) == ("BTC-USDC-PERP", "USDC")
    assert (instrument.tick_size, instrument.lot_size) == (Decimal("0.01"), Decimal("0.001"))
    assert (instrument.maker_fee_ppm, instrument.taker_fee_ppm) == (0, 500)
    assert instrument.initial_margin_ppm == 20_000


def test_options_are_watched_and_inverse_contracts_traded_in_their_own_units() -> None:
    option = _terms(METADATA[OPTION]).instrument
    assert (option.asset_class, option.quote) == (AssetClass.OPTION, "ETH")
    assert (option.tick_size, option.lot_size) == (Decimal("0.0001"), Decimal(1))
    inverse = _terms(
        METADATA["BTC_USDC-PERPETUAL"]
        | {"instrument_name": PERPETUAL, "quote_currency": "USD", "settlement_currency": "BTC"}
        | {"tick_size": 0.5, "contract_size": 10, "min_trade_amount": 10.0}
        | {"maker_commission": -0.0001}
    ).instrument
    assert (inverse.asset_class, inverse.settlement) == (AssetClass.INVERSE, "BTC")
    assert (inverse.tick_size, inverse.lot_size) == (Decimal("0.5"), Decimal(10))
    assert inverse.maker_fee_ppm == -100
    assert not option.asset_class.tradable
    assert inverse.asset_class.tradable


@pytest.mark.parametrize(
    ("name", "kind", "asset_class"),
    [
        ("BTC_USDC", "spot", AssetClass.SPOT),
        ("BTC_USDC-25DEC26", "future", AssetClass.FUTURE),
        ("BTC-25DEC26", "future", AssetClass.INVERSE),
        ("BTC_USDC-25DEC26-70000-P", "option", AssetClass.OPTION),
    ],
)
def test_name_and_kind_decide_the_class(name: str, kind: str, asset_class: AssetClass) -> None:
    metadata = METADATA["BTC_USDC-PERPETUAL"] | {"instrument_name": name, "kind": kind}
    assert _terms(metadata).instrument.asset_class is asset_class


def test_of_many_instruments_those_without_usable_terms_are_left_out() -> None:
    good = METADATA[OPTION]
    bad: list[object] = [
        good | {"tick_size": 0},
        good | {"tick_size": "0.1"},
        good | {"kind": "option_combo", "instrument_name": "ETH-CS-25DEC26-1_2"},
        good | {"instrument_name": "ETH-99DEC26-1-C"},
        good | {"min_trade_amount": None},
        good | {"kind": 5},
        {"currency": "BTC"},
        3,
    ]
    messages = all_mapped(json.dumps({"result": [*bad, good]}))
    assert messages == (_terms(good),)
    for each in bad[:2]:
        with pytest.raises(MalformedFrame):
            all_mapped(json.dumps({"result": each}))


@pytest.mark.parametrize(
    "raw",
    [
        *("", "[]", "{", b"\xff", '{"params":' + "[" * 100_000),
        CHANGE.replace('"prev_change_id":5,', ""),
        CHANGE.replace("97000.5", "-97000.5"),
        CHANGE.replace("97000.5", "0.0"),
        CHANGE.replace("97000.5", '"97000.5"'),
        CHANGE.replace("97000.5", "null"),
        CHANGE.replace("97000.5", "1e999999999"),
        CHANGE.replace("97000.5", "1" * 60),
        CHANGE.replace("30.0]", "NaN]"),
        CHANGE.replace("30.0]", "true]"),
        CHANGE.replace('"delete"', '"erase"'),
        CHANGE.replace('"change_id":9', '"change_id":-9'),
        CHANGE.replace('"type":"change"', '"type":"both"'),
        TRADES.replace('"amount":10.0', '"amount":0.0'),
        TRADES.replace('"direction":"sell"', '"direction":"hold"'),
        CANDLE.replace(".1", ".7", 1),
        OPTION_TICKER.replace("120.73", "1e400"),
    ],
    ids=range(21),
)
def test_what_the_documentation_does_not_allow_is_malformed(raw: bytes | str) -> None:
    with pytest.raises(MalformedFrame):
        all_mapped(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "{}",
        '{"method":"new","params":{"type":"x"}}',
        notified("new.BTC", "{}"),
        notified("chart.new.BTC", "{}"),
        CHANGE.replace(PERPETUAL, "BTC-FS-25DEC26_PERP"),
        notified("deribit_price_index.x", '{"timestamp":1,"price":1,"index_name":"x"}'),
    ],
)
def test_what_is_new_is_unknown_not_malformed(raw: str) -> None:
    with pytest.raises(UnknownMessage):
        all_mapped(raw)


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    metadata = json.dumps({"result": list(METADATA.values())})
    kinds = [CHANGE, OPTION_TICKER, PERPETUAL_TICKER, TRADES, CANDLE, metadata]
    raw = bytearray(data.draw(st.sampled_from(kinds)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    mapper = DeribitMapper()
    with suppress(FrameError):
        mapper.map(bytes(raw), NOW)
    mapper.symbol_of(bytes(raw))

"""What Alpaca's messages mean, and what its refusals do."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from engine.core.instruments import AssetClass
from feeds.alpaca.mapper import AlpacaMapper
from feeds.alpaca.venue import Alpaca
from feeds.errors import FrameError, MalformedFrame, UnknownMessage, UnknownSymbol
from feeds.messages import Candle, Heartbeat, InstrumentTerms, Notice, Quote, Refused, Trade

KEY, SECRET = "PK-0123456789", "s3cr3t/+0123456789"
T = "2026-11-20T15:30:00.123456789Z"
T_NS = 1_795_188_600_123_456_789


def quote(bid: str = "100.1", ask: str = "100.3", t: str = T, symbol: str = "AAPL") -> str:
    sides = f'"bx":"V","bp":{bid},"bs":4,"ax":"V","ap":{ask},"as":5'
    return f'{{"T":"q","S":"{symbol}",{sides},"c":["R"],"z":"C","t":"{t}"}}'


def trade(price: str, number: int = 1, size: str = "7") -> str:
    return f'{{"T":"t","S":"AAPL","i":{number},"x":"V","p":{price},"s":{size},"c":["@"],"t":"{T}"}}'


def latest(t: str = T, bid: str = "100.1") -> str:
    sides = f'"bp":{bid},"bs":4,"ap":100.3,"as":5'
    return f'{{"quotes":{{"AAPL":{{{sides},"ax":"V","bx":"V","t":"{t}"}}}}}}'


def error(code: int, text: str) -> str:
    return json.dumps([{"T": "error", "code": code, "msg": text}])


def test_a_frame_holds_messages_of_any_kind_in_order() -> None:
    frame = f"[{quote()},{trade('100.3')},{trade('100.1', 2)},{trade('100.2', 3)}]"
    told, *trades = AlpacaMapper().map(frame, 9)
    assert isinstance(told, Quote)
    assert (told.bid, told.bid_size, told.ask, told.ask_size) == ("100.1", "4", "100.3", "5")
    assert told.venue_ns == T_NS
    assert [each.side for each in trades] == [Side.BUY, Side.SELL, Side.BUY]
    assert [each.trade_id for each in trades] == ["V1", "V2", "V3"]


def test_a_side_without_a_price_is_empty() -> None:
    (told,) = AlpacaMapper().map(f"[{quote(bid='0')}]", 0)
    assert (told.bid, told.bid_size) == ("0", "0")


def test_a_bar_is_a_closed_minute_and_a_daily_bar_goes_on() -> None:
    bar = {"S": "AAPL", "o": 1.5, "h": 2, "l": 1, "c": 1.75, "v": 1200, "n": 3, "vw": 1.6}
    frame = [bar | {"T": kind, "t": "2026-11-20T15:30:00Z"} for kind in ("b", "u", "d")]
    minute, corrected, day = AlpacaMapper().map(json.dumps(frame), 0)
    assert isinstance(minute, Candle)
    assert (minute.interval_ns, minute.closed, minute.volume) == (60 * 10**9, True, "1200")
    assert corrected == minute
    assert (day.interval_ns, day.closed) == (86_400 * 10**9, False)


def test_statuses_and_price_limits_are_known_and_of_no_use() -> None:
    assert AlpacaMapper().map('[{"T":"s","S":"AAPL","sc":"H"},{"T":"l","S":"AAPL"}]', 0) == ()
    assert AlpacaMapper().symbol_of('[{"T":"s","S":"AAPL","sc":"H"}]') == "AAPL"


def test_terms_come_with_the_volume_of_the_last_whole_day() -> None:
    body = {
        "AAPL": {
            "latestTrade": {"p": 230.5},
            "dailyBar": {"c": 1, "v": 9},
            "prevDailyBar": {"v": 8},
        },
        "SNDL": {"dailyBar": {"c": 0.4321, "v": 77}, "prevDailyBar": None},
        "XX": None,
    }
    apple, penny = AlpacaMapper().map(json.dumps(body), 0)
    assert isinstance(apple, InstrumentTerms)
    assert apple.instrument.asset_class is AssetClass.STOCK
    assert (apple.day_volume, str(apple.instrument.tick_size)) == ("8", "0.01")
    assert (penny.day_volume, str(penny.instrument.tick_size)) == ("77", "0.0001")
    assert AlpacaMapper().map("{}", 0) == ()


def test_the_latest_quote_begins_a_stock_and_confirms_that_it_is_quiet() -> None:
    mapper = AlpacaMapper()
    assert isinstance(mapper.map(latest(), 0)[0], Quote)
    assert mapper.map(latest(), 5) == (Heartbeat(received_ns=5, symbol="AAPL"),)


def test_a_newer_quote_that_the_stream_did_not_bring_proves_nothing() -> None:
    mapper = AlpacaMapper()
    mapper.map(f"[{quote()}]", 0)
    newer = latest("2026-11-20T15:31:00Z", "100.2")
    assert mapper.map(newer, 0) == ()
    assert mapper.map(newer, 0) == ()
    mapper.map('[{"T":"success","msg":"connected"}]', 0)
    assert mapper.map(newer, 0)[0].bid == "100.2"


def test_a_wrong_key_refuses_every_stock_and_a_full_plan_those_that_wait() -> None:
    mapper = AlpacaMapper()
    for symbol in ("AAPL", "MSFT"):
        mapper.learn(symbol, symbol)
    refused = mapper.map(error(402, "auth failed"), 0)
    assert [each.symbol for each in refused if isinstance(each, Refused)] == ["AAPL", "MSFT"]
    assert "the key or its secret is wrong" in refused[0].text
    mapper.map('[{"T":"subscription","quotes":["AAPL"],"trades":["AAPL"]}]', 0)
    (full,) = mapper.map(error(405, "symbol limit exceeded"), 0)
    assert full.symbol == "MSFT"


def test_a_second_connection_is_told_once_and_tried_again() -> None:
    mapper = AlpacaMapper()
    (told,) = mapper.map(error(406, "connection limit exceeded"), 0)
    assert isinstance(told, Notice)
    assert "another program has it" in told.text
    assert mapper.map(error(406, "connection limit exceeded"), 0) == ()
    assert mapper.map(error(403, "already authenticated"), 0) == ()


def test_a_refused_request_says_so_until_stocks_are_listed() -> None:
    mapper = AlpacaMapper()
    (refused,) = mapper.map('{"message":"forbidden."}', 0)
    assert isinstance(refused, Refused)
    mapper.learn("AAPL", "AAPL")
    assert mapper.map('{"message":"forbidden."}', 0) == ()


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ('[{"T":"q","S":"AAPL"}]', MalformedFrame),
        (f"[{trade('0')}]", MalformedFrame),
        (f"[{trade('-5')}]", MalformedFrame),
        (f"[{trade('1', size='1e99')}]", MalformedFrame),
        (f"[{quote(t='yesterday')}]", MalformedFrame),
        ("[" * 5000, MalformedFrame),
        ('[{"T":"poem"}]', UnknownMessage),
        ('{"hello":"world"}', UnknownMessage),
        ("[1]", MalformedFrame),
    ],
)
def test_what_alpaca_cannot_mean_is_refused(frame: str, kind: type) -> None:
    with pytest.raises(kind):
        AlpacaMapper().map(frame, 0)


@given(data=st.data())
def test_a_broken_frame_is_never_more_than_a_typed_error(data: st.DataObject) -> None:
    frame = bytearray(f"[{quote()},{trade('100.3')}]".encode())
    start = data.draw(st.integers(0, len(frame)))
    frame[start : data.draw(st.integers(start, len(frame)))] = data.draw(
        st.sampled_from([b"", b"null", b"-1", b"[[", b"1e999", b'"\xff'])
    )
    try:
        messages = AlpacaMapper().map(bytes(frame), 0)
    except FrameError:
        return
    assert all(isinstance(each, Quote | Trade) for each in messages)


def test_the_login_comes_before_the_streams_and_names_the_key_nowhere_else() -> None:
    venue = Alpaca(key=KEY, secret=SECRET)
    login, streams = venue.subscriptions(["AAPL", "BRK.B"])
    assert json.loads(login.frame) == {"action": "auth", "key": KEY, "secret": SECRET}
    assert (login.symbols, streams.symbols) == ((), ("AAPL", "BRK.B"))
    assert json.loads(streams.frame)["trades"] == ["AAPL", "BRK.B"]
    assert SECRET not in repr(venue)
    assert venue.subscriptions([]) == ()


def test_tickers_are_known_by_any_spelling_and_pairs_are_not() -> None:
    venue = Alpaca()
    assert [venue.our_symbol(text) for text in (" aapl", "brk-b", "BRK/B")] == [
        *("AAPL", "BRK.B"),
        "BRK.B",
    ]
    for text in ("BTC-USD", "", "AAPL US", "é"):
        with pytest.raises(UnknownSymbol, match="is no ticker of a US stock"):
            venue.our_symbol(text)
    with pytest.raises(UnknownSymbol, match="31 stocks are too many"):
        venue.subscriptions([f"A{chr(65 + number % 26)}{number}" for number in range(31)])

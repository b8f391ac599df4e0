"""OKX frames and what they mean. Shapes from the API guide."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
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
    ServerClosing,
    Trade,
    VenueMessage,
)
from feeds.okx.mapper import OkxMapper
from tests.feeds.okx import frames

NOW = frames.T0_NS + 5


def mapped(raw: bytes | str) -> VenueMessage:
    (message,) = OkxMapper().map(raw, NOW)
    return message


def test_a_snapshot_is_a_book_of_400_levels_with_its_id() -> None:
    assert mapped(frames.snapshot(17)) == BookSnapshot(
        received_ns=NOW,
        symbol="BTC-USDT",
        update_id=17,
        bids=tuple(frames.BIDS),
        asks=tuple(frames.ASKS),
        venue_ns=frames.T0_NS,
        checksum=None,
        depth_max=400,
    )


def test_an_update_names_the_one_before_it() -> None:
    message = mapped(frames.update(17, 20, (("100.00", "0"),)))
    assert isinstance(message, BookDelta)
    assert (message.previous_update_id, message.last_update_id) == (17, 20)
    assert (message.bids, message.asks) == ((("100.00", "0"),), ())


@pytest.mark.parametrize(
    ("stated", "meant"), [(-855196043, -855196043), (2**32 - 1, -1), (0, None)]
)
def test_a_checksum_of_zero_states_nothing(stated: int, meant: int | None) -> None:
    message = mapped(frames.book("update", seqId=2, prevSeqId=1, checksum=stated))
    assert isinstance(message, BookDelta)
    assert message.checksum == meant


def test_frames_from_before_the_ids_have_a_checksum_alone() -> None:
    message = mapped(frames.book("update", frames.BIDS, checksum=-5, channel="books-l2-tbt"))
    assert isinstance(message, BookDelta)
    assert (message.previous_update_id, message.last_update_id, message.checksum) == (None, 0, -5)


def test_of_several_books_of_a_market_the_deepest_is_followed() -> None:
    mapper = OkxMapper()
    shallow = frames.book("snapshot", frames.BIDS, frames.ASKS, channel="books5", seqId=1)
    assert len(mapper.map(shallow, NOW)) == 1
    assert len(mapper.map(frames.snapshot(), NOW)) == 1
    assert mapper.map(shallow, NOW) == ()
    assert len(mapper.map(frames.update(10, 11), NOW)) == 1


def test_best_quotes_and_tickers_are_quotes_with_zeros_where_a_side_is_empty() -> None:
    best = frames.book("", frames.BIDS[:1], (), channel="bbo-tbt", seqId=4)
    ticker = {"instId": "BTC-USDT", "last": "1", "bidPx": "100.00", "bidSz": "2.0"}
    ticker |= {"askPx": "", "askSz": "", "ts": str(frames.T0_MS)}
    quote = Quote(
        received_ns=NOW,
        symbol="BTC-USDT",
        update_id=None,
        bid="100.00",
        bid_size="2.0",
        ask="0",
        ask_size="0",
        venue_ns=frames.T0_NS,
    )
    assert mapped(best) == mapped(frames.push("tickers", [ticker])) == quote


@pytest.mark.parametrize(("word", "side"), [("buy", Side.BUY), ("sell", Side.SELL)])
def test_a_trade_says_who_took_and_that_it_may_be_a_sum(word: str, side: Side) -> None:
    message = mapped(frames.trade("130639474", "42219.9", "0.12060306", word))
    assert isinstance(message, Trade)
    assert (message.side, message.trade_id, message.size) == (side, "130639474", "0.12060306")
    assert message.aggregate


def test_single_trades_and_those_of_old_recordings_are_no_sums() -> None:
    data = json.loads(frames.trade("1", "1", "1", "buy"))["data"]
    assert not getattr(mapped(frames.push("trades-all", data)), "aggregate", True)
    del data[0]["count"]
    assert not getattr(mapped(frames.push("trades", data)), "aggregate", True)


def fact(channel: str, inst: str = "BTC-USDT-SWAP", **fields: str) -> str:
    data = {"instType": "SWAP", "instId": inst, "ts": str(frames.T0_MS), **fields}
    return frames.push(channel, [data], inst)


def test_the_facts_of_a_perpetual() -> None:
    common: dict[str, Any] = {"received_ns": NOW, "venue_ns": frames.T0_NS}
    common["symbol"] = "BTC-USDT-PERP"
    assert mapped(fact("mark-price", markPx="42310.6")) == MarkPrice(**common, price="42310.6")
    assert mapped(fact("open-interest", oi="2216113.01", oiCcy="1")) == OpenInterest(
        **common, size="2216113.01"
    )
    funding = fact(
        "funding-rate",
        fundingRate="-1.5e-5",
        fundingTime="1795003200000",
        nextFundingTime="1795032000000",
    )
    assert mapped(funding) == FundingRate(
        **common,
        rate="-0.000015",
        next_ns=1_795_003_200_000_000_000,
        interval_ns=8 * 3600 * 10**9,
    )


def test_an_index_is_of_every_derivative_met_that_refers_to_it() -> None:
    mapper = OkxMapper()
    raw = fact("index-tickers", "BTC-USD", idxPx="60000.1")
    alone = mapper.map(raw, NOW)
    assert [each.symbol for each in alone if isinstance(each, IndexPrice)] == ["BTC-USD-PERP"]
    for inst in ("BTC-USD-261225", "BTC-USD-261225-70000-C", "BTC-USDT-SWAP"):
        mapper.map(frames.snapshot(1, inst), NOW)
    met = mapper.map(raw, NOW)
    assert [each.symbol for each in met if isinstance(each, IndexPrice)] == [
        "BTC-USD-20261225",
        "BTC-20261225-70000-C",
    ]
    assert mapper.symbol_of(raw) is None


def summary(strike: str) -> dict[str, str]:
    greeks = {"deltaBS": "0.43", "gammaBS": "0.00001", "vegaBS": "35.5", "thetaBS": "-40.1"}
    coins = {"delta": "0.38", "gamma": "1.2", "vega": "0.0005", "theta": "-0.0006"}
    inst = {"instType": "OPTION", "instId": f"BTC-USD-261225-{strike}-C", "uly": "BTC-USD"}
    vols = {"markVol": "0.55", "bidVol": "", "askVol": "0.6", "fwdPx": "70100.5"}
    return inst | greeks | coins | vols | {"ts": str(frames.T0_MS)}


def test_an_option_summary_states_greeks_in_dollars_and_nothing_where_there_is_nothing() -> None:
    raw = frames.push("opt-summary", [summary("70000")], "")
    assert mapped(raw) == OptionSummary(
        received_ns=NOW,
        venue_ns=frames.T0_NS,
        symbol="BTC-20261225-70000-C",
        underlying_price="70100.5",
        mark_iv=0.55,
        bid_iv=None,
        ask_iv=0.6,
        delta=0.43,
        gamma=0.00001,
        vega=35.5,
        theta=-40.1,
        rho=None,
    )


def test_once_options_of_a_family_are_met_the_others_are_passed_over() -> None:
    mapper = OkxMapper()
    raw = frames.push("opt-summary", [summary("70000"), summary("80000")], "")
    assert len(mapper.map(raw, NOW)) == 2
    mapper.learn("BTC-USD-261225-90000-C", "BTC-20261225-90000-C")
    assert len(mapper.map(raw, NOW)) == 2
    mapper.map(frames.snapshot(1, "BTC-USD-261225-80000-C"), NOW)
    (message,) = mapper.map(raw, NOW)
    assert isinstance(message, OptionSummary)
    assert message.symbol == "BTC-20261225-80000-C"


@pytest.mark.parametrize(
    ("channel", "row", "minutes", "closed"),
    [
        ("candle1m", ["5", "6", "1", "1"], 1, True),
        ("candle4H", ["5", "6", "1", "0"], 240, False),
        ("candle1Dutc", ["5"], 1440, False),
    ],
)
def test_a_candle(channel: str, row: list[str], minutes: int, closed: bool) -> None:
    values = [str(frames.T0_MS), "8533.02", "8553.74", "8527.17", "8548.26", *row]
    assert mapped(frames.push(channel, [values])) == Candle(
        received_ns=NOW,
        symbol="BTC-USDT",
        interval_ns=minutes * 60 * 10**9,
        open_ns=frames.T0_NS,
        open="8533.02",
        high="8553.74",
        low="8527.17",
        close="8548.26",
        volume="5",
        closed=closed,
    )


def test_keepalive_is_a_bare_word() -> None:
    assert mapped("pong") == Heartbeat(received_ns=NOW)
    assert mapped(b"ping\n") == Answer(received_ns=NOW, frame="pong")


def test_the_server_says_that_it_closes_and_other_notices_are_told() -> None:
    notice = {"event": "notice", "code": "64008", "msg": "closed for a service upgrade"}
    assert isinstance(mapped(json.dumps(notice)), ServerClosing)
    assert isinstance(mapped(json.dumps(notice | {"code": "1"})), Notice)


def test_maintenance_is_told_once_for_each_state_of_it() -> None:
    mapper = OkxMapper()
    item = {"title": "Spot upgrade", "state": "scheduled", "begin": "1", "end": "2"}
    raw = frames.push("status", [item], "")
    (told,) = mapper.map(raw, NOW)
    assert isinstance(told, Notice)
    assert "scheduled: Spot upgrade" in told.text
    assert mapper.map(raw, NOW) == ()
    assert len(mapper.map(frames.push("status", [item | {"state": "ongoing"}], ""), NOW)) == 1


def error(text: str, code: str = "60018", request_id: str = "7") -> str:
    return json.dumps({"event": "error", "code": code, "msg": text, "id": request_id})


def test_a_refused_book_is_a_refused_market_and_a_refused_fact_is_not() -> None:
    text = "Wrong URL or channel:{},instId:LTC-USDT-190628 doesn't exist."
    book = mapped(error(text.format("books")))
    assert isinstance(book, Refused)
    assert (book.symbol, book.request_id) == ("LTC-USDT-20190628", None)
    other = mapped(error(text.format("candle1m")))
    assert isinstance(other, Refused)
    assert (other.symbol, other.request_id) == (None, None)


def test_a_refusal_that_names_nothing_is_of_what_was_asked() -> None:
    message = mapped(error("Invalid request", "60012"))
    assert isinstance(message, Refused)
    assert message.request_id == 7
    assert "Invalid request" in message.text


def test_too_many_requests_refuse_nothing_for_good() -> None:
    assert isinstance(mapped(error("Requests too frequent", "60014")), Notice)
    with pytest.raises(UnknownMessage, match="busy"):
        mapped('{"code":"50013","msg":"Systems are busy","data":[]}')
    assert isinstance(mapped('{"code":"51001","msg":"no such instrument","data":[]}'), Refused)


@pytest.mark.parametrize(
    "raw",
    [
        '{"event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"a4d3ae55"}',
        '{"event":"channel-conn-count","channel":"orders","connCount":"2","connId":"abcd1234"}',
        frames.push("liquidation-orders", [{"details": []}], ""),
        frames.push("mark-price-candle1D", [["1", "2"]]),
        frames.push("candle1M", [["1", "2"]]),
        '{"code":"0","msg":"","data":[["1597026383085","3.721"]]}',
        '{"code":"0","msg":"","data":[{"instId":"BTC-USDT","last":"1"}]}',
    ],
    ids=lambda raw: str(raw)[:40],
)
def test_what_is_known_and_of_no_use_is_passed_over(raw: str) -> None:
    assert OkxMapper().map(raw, NOW) == ()


def test_instruments_of_a_recording_are_terms_however_they_came() -> None:
    infos = [frames.SPOT, frames.SPOT | {"instType": "MARGIN"}, frames.SWAP | {"tickSz": "0"}]
    for raw in (frames.instruments(*infos), frames.push("instruments", infos, "")):
        message = mapped(raw)
        assert isinstance(message, InstrumentTerms)
        assert message.venue_symbol == "BTC-USDT"
    with pytest.raises(MalformedFrame, match="above zero"):
        mapped(frames.instruments(infos[2]))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        frames.book("update", [("1e3", "1")]),
        frames.book("update", [("0.0", "1")]),
        frames.book("update", [("-1", "1")]),
        frames.book("update", [("1", "NaN")]),
        frames.book("update", seqId=-2),
        frames.book("update", seqId=5),
        frames.book("update", prevSeqId=5),
        frames.book("update", seqId=2**70),
        frames.book("partial"),
        frames.push("books", [{"asks": [["1"]], "bids": [], "ts": "1"}], action="update"),
        frames.push("books", [{"asks": [], "bids": [], "ts": "now"}], action="update"),
        frames.trade("1", "0", "1", "buy"),
        frames.trade("1", "1", "1", "BUY"),
        fact("mark-price", markPx="-1"),
        fact("funding-rate", fundingRate="1e99", fundingTime="1"),
        frames.push("opt-summary", [summary("1") | {"markVol": "inf"}]),
        '{"arg":' + "[" * 200_000,
    ],
    ids=lambda raw: str(raw)[-40:],
)
def test_what_the_guide_does_not_allow_is_malformed(raw: bytes | str) -> None:
    with pytest.raises(MalformedFrame):
        OkxMapper().map(raw, NOW)


@pytest.mark.parametrize(
    "raw", ["{}", '{"event":"new"}', frames.push("new", []), frames.snapshot(1, "X")]
)
def test_what_is_new_is_unknown_not_malformed(raw: str) -> None:
    with pytest.raises(UnknownMessage):
        OkxMapper().map(raw, NOW)


@given(st.data())
def test_no_change_of_bytes_makes_anything_but_messages_or_a_frame_error(
    data: st.DataObject,
) -> None:
    kinds = [
        frames.snapshot(),
        frames.trade("1", "100.00", "1.0", "buy"),
        frames.push("opt-summary", [summary("70000")], ""),
        frames.instruments(frames.SWAP, frames.OPTION),
        error("Wrong URL or channel:books,instId:BTC-USDT doesn't exist"),
    ]
    raw = bytearray(data.draw(st.sampled_from(kinds)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    mapper = OkxMapper()
    with suppress(FrameError):
        mapper.map(bytes(raw), NOW)
    mapper.symbol_of(bytes(raw))

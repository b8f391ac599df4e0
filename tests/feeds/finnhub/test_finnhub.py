"""Finnhub's prints, the quotes made of them, and where its key goes."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.server import Server, ServerConnection, serve

from engine.core.commands import Side
from engine.core.instruments import AssetClass
from feeds.errors import FrameError, MalformedFrame, UnknownMessage
from feeds.finnhub.mapper import FinnhubMapper
from feeds.finnhub.venue import LIMITS, Finnhub
from feeds.live import LiveFeed
from feeds.messages import (
    FeedState,
    Heartbeat,
    InstrumentTerms,
    Message,
    Quote,
    Refused,
    StateChanged,
    Trade,
)
from feeds.recorder import Recorder
from tests.feeds.provider_server import Answer, Asked, ProviderServer

KEY = "c0ffee-key/of+the trader"
T0_MS = 1_800_000_000_000
T0_S = T0_MS // 1000
BOUND_S = 20.0
QUICK = replace(LIMITS, backoff_max_s=0.02, rest_interval_s=0.0, subscribes_per_s=1000.0)


def prints(*stated: tuple[str, float, float, int]) -> str:
    data = [{"s": s, "p": p, "v": v, "t": t, "c": ["1", "12"]} for s, p, v, t in stated]
    return json.dumps({"type": "trade", "data": data})


def last(price: str, seconds: int) -> str:
    return f'{{"about":"AAPL","answer":{{"c":{price},"d":1,"dp":0.5,"pc":1,"t":{seconds}}}}}'


def test_prints_are_signed_by_ticks_and_end_in_a_quote_around_the_last() -> None:
    mapper = FinnhubMapper()
    frame = prints(("AAPL", 100.25, 3, T0_MS), ("AAPL", 100.2, 1, T0_MS + 1), ("F", 9, 0, T0_MS))
    *trades, apple, ford = mapper.map(frame, 7)
    assert [(each.price, each.size, each.side) for each in trades] == [
        ("100.25", "3", Side.BUY),
        ("100.2", "1", Side.SELL),
    ]
    assert (apple.bid, apple.ask, apple.bid_size) == ("100.19", "100.21", "0")
    assert (ford.symbol, ford.bid, ford.ask) == ("F", "8.99", "9.01")
    assert apple.venue_ns == (T0_MS + 1) * 10**6


def test_a_price_between_two_ticks_is_quoted_by_the_ticks_around_it() -> None:
    (_, quote) = FinnhubMapper().map(prints(("AAPL", 100.2551, 1, T0_MS)), 0)
    assert (quote.bid, quote.ask) == ("100.25", "100.26")


def test_the_same_print_twice_is_two_prints() -> None:
    mapper = FinnhubMapper()
    frame = prints(("AAPL", 100, 1, T0_MS))
    ids = {mapper.map(frame, 0)[0].trade_id for _ in range(3)}
    assert len(ids) == 3


def test_the_last_price_begins_a_quiet_stock_and_confirms_it() -> None:
    mapper = FinnhubMapper()
    assert isinstance(mapper.map(last("100.1", T0_S), 0)[0], Quote)
    assert isinstance(mapper.map(last("100.1", T0_S), 0)[0], Quote)


def test_a_print_that_the_stream_did_not_bring_is_believed_once_nothing_follows() -> None:
    mapper = FinnhubMapper()
    mapper.map(prints(("AAPL", 100, 1, T0_MS)), 0)
    assert mapper.map(last("101", T0_S + 60), 0) == ()
    assert mapper.map(last("102", T0_S + 120), 0) == ()
    (quote,) = mapper.map(last("102", T0_S + 120), 0)
    assert quote.bid == "101.99"
    assert mapper.map(last("99", T0_S), 0) == ()


def test_a_ping_is_a_heartbeat_of_the_connection() -> None:
    assert FinnhubMapper().map('{"type":"ping"}', 5) == (Heartbeat(received_ns=5),)


def test_an_error_is_about_the_stock_that_it_names_or_those_that_never_traded() -> None:
    mapper = FinnhubMapper()
    for symbol in ("AAPL", "MSFT", "F"):
        mapper.learn(symbol, symbol)
    mapper.map(prints(("AAPL", 100, 1, T0_MS)), 0)
    (named,) = mapper.map('{"type":"error","msg":"Invalid symbol: MSFT"}', 0)
    assert isinstance(named, Refused)
    assert named.symbol == "MSFT"
    waiting = mapper.map('{"type":"error","msg":"Subscribing to too many symbols"}', 0)
    assert [each.symbol for each in waiting] == ["MSFT", "F"]


def test_terms_are_those_of_the_market_with_the_average_volume() -> None:
    body = '{"metric":{"10DayAverageTradingVolume":48.91234,"beta":1.2},"symbol":"AAPL"}'
    (terms,) = FinnhubMapper().map(body, 0)
    assert isinstance(terms, InstrumentTerms)
    assert terms.day_volume == "48912340"
    assert terms.instrument.asset_class is AssetClass.STOCK
    assert (str(terms.instrument.tick_size), terms.instrument.calendar) == ("0.01", "us-equities")
    assert FinnhubMapper().map('{"metric":{},"symbol":""}', 0) == ()


@pytest.mark.parametrize(
    "frame",
    [
        '{"type":"trade","data":[{"s":"AAPL","p":0,"v":1,"t":1}]}',
        '{"type":"trade","data":[{"s":"AAPL","p":-1,"v":1,"t":1}]}',
        '{"type":"trade","data":[{"s":"AAPL","p":1,"v":1e999,"t":1}]}',
        '{"type":"trade","data":[{"s":"AAPL","p":1,"v":1,"t":1e30}]}',
        '{"type":"trade","data":{}}',
        '{"about":"AAPL","answer":{"c":0,"t":9}}',
        '{"metric":{"10DayAverageTradingVolume":-1}}',
        "[",
    ],
)
def test_what_finnhub_cannot_mean_is_malformed(frame: str) -> None:
    with pytest.raises(MalformedFrame):
        FinnhubMapper().map(frame, 0)


@given(data=st.data())
def test_a_broken_frame_is_never_more_than_a_typed_error(data: st.DataObject) -> None:
    frame = bytearray(prints(("AAPL", 100.25, 3, T0_MS), ("F", 9, 1, T0_MS)).encode())
    start = data.draw(st.integers(0, len(frame)))
    frame[start : data.draw(st.integers(start, len(frame)))] = data.draw(
        st.sampled_from([b"", b"null", b"-1", b"[[", b"1" * 40, b"1e999", b'"\xff'])
    )
    try:
        messages = FinnhubMapper().map(bytes(frame), 0)
    except FrameError:
        return
    assert all(isinstance(each, Quote | Trade) for each in messages)


def test_a_kind_that_is_not_documented_is_unknown() -> None:
    with pytest.raises(UnknownMessage):
        FinnhubMapper().map('{"type":"news","data":[]}', 0)
    with pytest.raises(UnknownMessage):
        FinnhubMapper().map('{"hello":"world"}', 0)


def test_a_key_is_in_no_text_that_describes_the_venue() -> None:
    venue = Finnhub(key=KEY)
    assert KEY not in repr(venue)
    assert KEY not in repr(venue.terms_request("AAPL"))
    assert KEY not in venue.stream_url
    (subscription,) = venue.subscriptions(["AAPL"])
    assert subscription.url == "wss://ws.finnhub.io?token=c0ffee-key%2Fof%2Bthe%20trader"


class Desk:
    """A server of both protocols, and a feed that listens to it."""

    def __init__(self) -> None:
        self.rest = ProviderServer({"api": self.answer})
        self.messages: list[Message] = []
        self.looked = asyncio.Event()
        self.addresses: list[str] = []
        self.received: list[dict[str, str]] = []
        self.open: list[ServerConnection] = []
        self.key_accepted = True
        self.clock_ns = T0_MS * 10**6
        self.server: Server
        self.feed: LiveFeed

    def answer(self, asked: Asked) -> Answer:
        if not self.key_accepted or asked.headers["x-finnhub-token"] != KEY:
            return Answer('{"error":"Invalid API key"}', 401)
        if asked.path == "/quote":
            return Answer(f'{{"c":100.5,"t":{T0_S - 9}}}')
        figures = '{"10DayAverageTradingVolume":5}'
        return Answer(f'{{"metric":{figures},"symbol":"{asked.query["symbol"]}"}}')

    async def talk(self, connection: ServerConnection) -> None:
        assert connection.request is not None
        self.addresses.append(connection.request.path)
        self.open.append(connection)
        async for raw in connection:
            self.received.append(json.loads(raw))

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.005))
        self.looked.set()

    async def until(self, condition: Callable[[], bool], step_s: float = 0.01) -> None:
        async with asyncio.timeout(BOUND_S):
            while not condition():
                self.looked.clear()
                await self.looked.wait()
                self.clock_ns += int(step_s * 10**9)

    def state(self) -> FeedState:
        return self.feed.health("AAPL").state

    def texts(self) -> str:
        return "\n".join(each.text for each in self.messages if isinstance(each, StateChanged))


@asynccontextmanager
async def listening(recorder: Recorder | None = None) -> AsyncIterator[Desk]:
    desk = Desk()
    async with desk.rest as rest, serve(desk.talk, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        venue = Finnhub(f"ws://127.0.0.1:{port}", rest.url("api"), QUICK, key=KEY)
        desk.feed = LiveFeed(
            venue,
            ["aapl"],
            desk.messages.append,
            recorder=recorder,
            rng=Random(1),
            now_ns=lambda: desk.clock_ns,
            wait=desk.wait,
        )
        running = asyncio.create_task(desk.feed.run())
        try:
            yield desk
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


async def test_prints_over_a_socket_and_the_key_nowhere_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    recorder = Recorder(tmp_path / "day.txt")
    async with listening(recorder) as desk:
        await desk.until(lambda: bool(desk.received))
        assert desk.received == [{"type": "subscribe", "symbol": "AAPL"}]
        assert desk.addresses == ["/?token=c0ffee-key%2Fof%2Bthe%20trader"]
        await desk.open[0].send(prints(("AAPL", 100.25, 3, T0_MS)))
        await desk.until(lambda: desk.state() is FeedState.LIVE)
        await desk.until(lambda: any(isinstance(each, Trade) for each in desk.messages))
        desk.open[0].transport.abort()
        await desk.until(lambda: len(desk.addresses) == 2)
    recorder.close()
    recorded = (tmp_path / "day.txt").read_text()
    assert '"about":"AAPL"' in recorded
    secrets = (KEY, "c0ffee")
    for text in (recorded, caplog.text, repr(desk.messages), desk.texts()):
        assert not any(secret in text for secret in secrets)


async def test_a_wrong_key_ends_it_with_a_sentence() -> None:
    async with listening() as desk:
        desk.key_accepted = False
        await desk.until(lambda: "Finnhub refuses (Invalid API key)" in desk.texts())
        assert desk.state() is FeedState.DOWN


async def test_a_quiet_stock_stays_live_and_a_dead_stream_does_not() -> None:
    async with listening() as desk:
        await desk.until(lambda: desk.state() is FeedState.LIVE, step_s=2.0)
        end_ns = desk.clock_ns + 2 * LIMITS.stale_after_ns
        await desk.until(lambda: desk.clock_ns > end_ns, step_s=2.0)
        assert FeedState.STALE not in [
            each.state for each in desk.messages if isinstance(each, StateChanged)
        ]
        await desk.until(lambda: bool(desk.open), step_s=0.0)
        await desk.open[-1].send(prints(("AAPL", 100.25, 3, T0_MS - 3_600_000)))

        def trading_on(asked: Asked) -> Answer:
            if asked.path == "/quote":
                return Answer(f'{{"c":101,"t":{desk.clock_ns // 10**9}}}')
            return desk.answer(asked)

        desk.rest.answering["api"] = trading_on
        await desk.until(lambda: desk.state() is FeedState.STALE, step_s=2.0)

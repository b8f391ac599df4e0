"""Several feeds as one: names, time, coming and going."""

import asyncio
from decimal import Decimal

import pytest

from engine.clock import ManualClock
from engine.core.commands import Side
from engine.core.instruments import AssetClass, Instrument
from feeds.feed import Sink
from feeds.group import FeedGroup, NotCarried
from feeds.health import Health
from feeds.messages import (
    BookLost,
    BookSnapshot,
    FeedState,
    InstrumentTerms,
    Message,
    StateChanged,
)


def terms(symbol: str, venue: str) -> InstrumentTerms:
    base, quote = symbol.split("-")
    instrument = Instrument(
        symbol=symbol,
        venue=venue,
        asset_class=AssetClass.SPOT,
        base=base,
        quote=quote,
        settlement=quote,
        tick_size=Decimal("0.01"),
        lot_size=Decimal("0.001"),
    )
    return InstrumentTerms(received_ns=1, instrument=instrument, venue_symbol=symbol)


class Quiet:
    """A feed that says what a test makes it say, and runs until it is told to end."""

    def __init__(self, name: str, sink: Sink, *symbols: str, now_ns: int = 7) -> None:
        self.name = name
        self.symbols = symbols
        self.sink = sink
        self.closed = False
        self.reactions: list[tuple[str, int]] = []
        self.started = 0
        self.end = asyncio.Event()
        self._now_ns = now_ns

    def health(self, symbol: str) -> Health:
        if symbol not in self.symbols:
            raise KeyError(symbol)
        return Health(symbol, self.name)

    def now_ns(self) -> int:
        return self._now_ns

    def add(self, text: str) -> str:
        self.symbols = (*self.symbols, text)
        return text

    def drop(self, symbol: str) -> None:
        self.symbols = tuple(each for each in self.symbols if each != symbol)

    def react(self, symbol: str, side: Side, lots: int) -> None:
        self.reactions.append((symbol, lots))

    def close(self) -> None:
        self.closed = True

    async def run(self) -> None:
        self.started += 1
        await self.end.wait()


class Desk:
    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.group = FeedGroup(self.messages.append, ManualClock(99))

    def carry(self, name: str, *symbols: str, now_ns: int = 7) -> Quiet:
        feed = self.group.add(lambda sink: Quiet(name, sink, *symbols, now_ns=now_ns))
        assert isinstance(feed, Quiet)
        return feed


def test_the_second_feed_with_a_symbol_names_it_with_its_venue() -> None:
    desk = Desk()
    first = desk.carry("binance", "BTC-USDT", "ETH-USDT")
    second = desk.carry("okx", "BTC-USDT", "SOL-USDT")
    assert desk.group.symbols == ("BTC-USDT", "ETH-USDT", "BTC-USDT.OKX", "SOL-USDT")
    for feed in (first, second):
        feed.sink(terms("BTC-USDT", feed.name))
        feed.sink(BookSnapshot(received_ns=2, symbol="BTC-USDT", update_id=1, bids=(), asks=()))
    listed = [m.instrument.symbol for m in desk.messages if isinstance(m, InstrumentTerms)]
    books = [m.symbol for m in desk.messages if isinstance(m, BookSnapshot)]
    assert listed == books == ["BTC-USDT", "BTC-USDT.OKX"]
    assert desk.group.health("BTC-USDT.OKX").venue == "okx"
    assert desk.group.owner("BTC-USDT") is first
    with pytest.raises(KeyError):
        desk.group.health("BTC-USDT.KRAKEN")


def test_a_name_stays_with_its_market_when_the_other_feed_goes() -> None:
    desk = Desk()
    first = desk.carry("binance", "BTC-USDT")
    second = desk.carry("okx", "BTC-USDT")
    desk.group.remove(first)
    assert first.closed
    assert desk.group.symbols == ("BTC-USDT.OKX",)
    assert desk.group.name_in(second, "BTC-USDT") == "BTC-USDT.OKX"


def test_a_name_that_a_venue_had_is_given_to_no_other() -> None:
    desk = Desk()
    desk.group.remove(desk.carry("binance", "BTC-USDT"))
    desk.carry("okx", "BTC-USDT")
    again = desk.carry("binance", "BTC-USDT")
    assert desk.group.symbols == ("BTC-USDT.OKX", "BTC-USDT")
    assert desk.group.owner("BTC-USDT") is again
    assert desk.group.own_symbol("BTC-USDT.OKX") == "BTC-USDT"


def test_what_is_open_from_earlier_keeps_its_name_and_its_venue() -> None:
    desk = Desk()
    held = {"BTC-USDT": "simulated", "ETH-USDT.OKX": "okx", "SOL-USDT": "okx"}
    desk.group = FeedGroup(desk.messages.append, ManualClock(99), lambda name: held.get(name, ""))
    desk.carry("okx", "BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT")
    assert desk.group.symbols == ("BTC-USDT.OKX", "ETH-USDT.OKX", "SOL-USDT", "XRP-USDT")


def test_what_a_dropped_feed_showed_is_withdrawn() -> None:
    desk = Desk()
    feed = desk.carry("binance", "BTC-USDT")
    desk.group.remove(feed)
    lost, state = desk.messages
    assert isinstance(lost, BookLost)
    assert isinstance(state, StateChanged)
    assert (lost.symbol, state.state) == ("BTC-USDT", FeedState.DOWN)
    with pytest.raises(NotCarried, match="carried: nothing"):
        desk.group.remove_symbol("BTC-USDT")


def test_the_last_market_takes_its_feed_along() -> None:
    desk = Desk()
    feed = desk.carry("binance", "BTC-USDT", "ETH-USDT")
    desk.group.remove_symbol("BTC-USDT")
    assert desk.group.symbols == ("ETH-USDT",)
    desk.group.remove_symbol("ETH-USDT")
    assert desk.group.feeds == ()
    assert feed.closed


def test_time_is_the_first_feeds_and_the_clocks_when_there_is_none() -> None:
    desk = Desk()
    assert desk.group.now_ns() == 99
    first = desk.carry("replay", "BTC-USDT", now_ns=5)
    desk.carry("okx", "SOL-USDT", now_ns=6)
    assert desk.group.now_ns() == 5
    desk.group.remove(first)
    assert desk.group.now_ns() == 6


def test_what_we_take_is_felt_by_the_feed_of_that_market_under_its_own_name() -> None:
    desk = Desk()
    first = desk.carry("one", "BTC-USDT")
    second = desk.carry("two", "BTC-USDT")
    desk.group.react("BTC-USDT.TWO", Side.BUY, 3)
    assert (first.reactions, second.reactions) == ([], [("BTC-USDT", 3)])


async def test_a_feed_that_is_added_runs_and_one_that_is_removed_stops() -> None:
    desk = Desk()
    first = desk.carry("binance", "BTC-USDT")
    running = asyncio.create_task(desk.group.run())
    while not first.started:
        await asyncio.sleep(0)
    second = desk.carry("okx", "SOL-USDT")
    while not second.started:
        await asyncio.sleep(0)
    desk.group.remove(first)
    second.end.set()
    await running
    assert (first.started, second.started) == (1, 1)


async def test_a_feed_that_has_ended_is_woken_for_another_market() -> None:
    desk = Desk()
    first, second = desk.carry("binance", "BTC-USDT"), desk.carry("okx", "SOL-USDT")
    running = asyncio.create_task(desk.group.run())
    first.end.set()
    while not second.started:
        await asyncio.sleep(0)
    for _ in range(5):
        await asyncio.sleep(0)
    desk.group.wake(first)
    desk.group.wake(second)
    while first.started == 1:
        await asyncio.sleep(0)
    second.end.set()
    await running
    assert (first.started, second.started) == (2, 1)


async def test_a_failure_of_a_feed_is_not_swallowed() -> None:
    desk = Desk()
    feed = desk.carry("binance", "BTC-USDT")

    async def fail() -> None:
        raise RuntimeError("broken")

    feed.run = fail  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="broken"):
        await desk.group.run()

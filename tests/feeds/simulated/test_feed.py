"""The simulated market as a running feed: market time follows the clock, speed, pause and steps."""

import asyncio

import pytest

from engine.clock import ManualClock
from feeds.errors import UnknownSymbol
from feeds.messages import (
    BookDelta,
    BookLost,
    BookSnapshot,
    Candle,
    FeedState,
    InstrumentTerms,
    Message,
    StateChanged,
)
from feeds.simulated import (
    LISTINGS,
    SimulatedFeed,
    SimulatedMarket,
    SpeedOutOfRange,
    UnknownScenario,
)
from feeds.simulated.past import DAY_NS, DAYS
from tests.feeds.simulated.displayed_book import DisplayedBook

SECOND_NS = 10**9
START_NS = 1_700_000_000 * SECOND_NS


def is_past(message: Message) -> bool:
    """A day before the market opened."""
    return isinstance(message, Candle) and message.interval_ns == DAY_NS


class Desk:
    """A feed on a clock that the test moves."""

    def __init__(self, symbols: tuple[str, ...] | None = None, speed: float = 1.0) -> None:
        self.clock = ManualClock(START_NS)
        self.received: list[Message] = []
        self.feed = SimulatedFeed(
            SimulatedMarket(1, START_NS),
            self.received.append,
            self.clock,
            symbols=symbols,
            speed=speed,
        )
        self.feed.open()

    def pass_ms(self, ms: int) -> None:
        for _ in range(ms // 20):
            self.clock.advance(20_000_000)
            self.feed.tick()

    def market(self) -> list[Message]:
        """What the market said since it opened."""
        apart = InstrumentTerms | StateChanged
        return [m for m in self.received if not (isinstance(m, apart) or is_past(m))]

    def states(self) -> list[FeedState]:
        return [m.state for m in self.received if isinstance(m, StateChanged)]


def test_terms_come_first_then_past_days_then_the_whole_book_then_live() -> None:
    kinds = [type(message) for message in Desk().received]
    count = len(LISTINGS)
    assert kinds == [
        *[InstrumentTerms] * count,
        *[Candle] * (count * DAYS),
        *[BookSnapshot] * count,
        *[StateChanged] * count,
    ]


def test_the_feed_delivers_what_the_market_publishes() -> None:
    desk = Desk()
    desk.pass_ms(2_000)
    assert desk.market() == SimulatedMarket(1, START_NS).advance(START_NS + 2 * SECOND_NS)
    assert desk.feed.now_ns() == START_NS + 2 * SECOND_NS


def test_a_chosen_symbol_sees_the_same_market_as_when_all_are_carried() -> None:
    alone, together = Desk(("eth-usdt",)), Desk()
    alone.pass_ms(1_000)
    together.pass_ms(1_000)
    assert alone.feed.symbols == ("ETH-USDT",)
    assert alone.market() == [
        message for message in together.market() if getattr(message, "symbol", "") == "ETH-USDT"
    ]


def test_market_time_runs_as_many_times_as_fast_as_the_speed_says() -> None:
    desk = Desk(speed=50.0)
    desk.pass_ms(100)
    assert desk.feed.now_ns() == START_NS + 5 * SECOND_NS
    desk.feed.speed = 1.0
    desk.pass_ms(100)
    assert desk.feed.now_ns() == START_NS + 5 * SECOND_NS + 100_000_000


def test_a_paused_market_stands_still_and_runs_on_from_there() -> None:
    desk = Desk(("BTC-USDT",))
    desk.pass_ms(500)
    before = len(desk.market())
    desk.feed.pause()
    desk.pass_ms(1_000)
    assert len(desk.market()) == before
    desk.feed.resume()
    desk.pass_ms(500)
    assert desk.feed.now_ns() == START_NS + SECOND_NS
    assert desk.states() == [FeedState.LIVE, FeedState.PAUSED, FeedState.LIVE]


def test_a_step_delivers_one_message_and_loses_none() -> None:
    desk = Desk(("BTC-USDT",))
    for _ in range(30):
        before = len(desk.market())
        desk.feed.step()
        assert len(desk.market()) == before + 1
        assert desk.feed.now_ns() >= desk.market()[-1].received_ns
    desk.feed.resume()
    desk.pass_ms(1_000)
    every = SimulatedMarket(1, START_NS).advance(desk.feed.now_ns())
    assert desk.market() == [m for m in every if getattr(m, "symbol", "") == "BTC-USDT"]


def test_a_machine_that_slept_does_not_get_the_hours_that_it_missed() -> None:
    desk = Desk(("BTC-USDT",))
    desk.clock.advance(3_600 * SECOND_NS)
    desk.feed.tick()
    assert desk.feed.now_ns() <= START_NS + SECOND_NS
    desk.pass_ms(100)
    assert desk.feed.now_ns() <= START_NS + SECOND_NS


def test_a_machine_that_is_too_slow_gives_way_to_others_and_runs_on() -> None:
    clock = ManualClock(START_NS)

    def slow(message: Message) -> None:
        clock.advance(1_000_000)

    feed = SimulatedFeed(SimulatedMarket(1, START_NS), slow, clock, speed=100.0)
    feed.open()
    late, longest_ns = 0, 0
    for _ in range(50):
        clock.advance(1_000_000)
        begin_ns = clock.now_ns()
        late += feed.tick()
        longest_ns = max(longest_ns, clock.now_ns() - begin_ns)
    assert late == 50
    assert longest_ns < 60_000_000
    assert START_NS < feed.now_ns() < START_NS + 100 * (clock.now_ns() - START_NS)


def test_a_clock_that_steps_back_stops_nothing() -> None:
    desk = Desk(("BTC-USDT",))
    desk.clock.advance(-3_600 * SECOND_NS)
    desk.feed.tick()
    desk.pass_ms(1_000)
    assert desk.feed.now_ns() == START_NS + SECOND_NS


def test_health_counts_messages_and_names_the_last() -> None:
    desk = Desk(("BTC-USDT",))
    desk.pass_ms(1_000)
    health = desk.feed.health("BTC-USDT")
    assert health.state is FeedState.LIVE
    assert health.messages == len(desk.market())
    assert health.last_message_ns == desk.market()[-1].received_ns


def test_symbols_and_speeds_that_do_not_exist_are_refused_with_what_does() -> None:
    with pytest.raises(UnknownSymbol, match="did you mean BTC-USDT"):
        Desk(("BTC-USD",))
    with pytest.raises(UnknownSymbol, match="listed: BTC-USDT"):
        Desk(("AAPL",))
    with pytest.raises(SpeedOutOfRange, match="1x to 100x"):
        Desk(speed=0.0)


def test_an_added_symbol_comes_with_terms_and_book_and_goes_on_without_a_gap() -> None:
    desk = Desk(("BTC-USDT",))
    desk.pass_ms(1_000)
    before = len(desk.received)
    assert desk.feed.add("tx50-usd") == "TX50-USD"
    kinds = [type(message) for message in desk.received[before:]]
    assert kinds == [InstrumentTerms, BookSnapshot, StateChanged]
    snapshot = desk.received[before + 1]
    assert isinstance(snapshot, BookSnapshot)
    book = DisplayedBook(snapshot)
    desk.pass_ms(2_000)
    for message in desk.received[before + 3 :]:
        if isinstance(message, BookDelta) and message.symbol == "TX50-USD":
            book.change(message)
    assert desk.feed.symbols == ("BTC-USDT", "TX50-USD")
    with pytest.raises(UnknownSymbol, match="listed: BTC-USDT"):
        desk.feed.add("AAPL")


def test_a_dropped_symbol_is_withdrawn_and_silent() -> None:
    desk = Desk(("BTC-USDT", "ETH-USDT"))
    desk.pass_ms(1_000)
    before = len(desk.received)
    desk.feed.drop("ETH-USDT")
    assert [type(message) for message in desk.received[before:]] == [BookLost, StateChanged]
    desk.pass_ms(1_000)
    later = {getattr(message, "symbol", "") for message in desk.received[before + 2 :]}
    assert later == {"BTC-USDT"}
    with pytest.raises(KeyError):
        desk.feed.drop("ETH-USDT")


def test_another_scenario_begins_its_course_when_it_is_chosen() -> None:
    desk = Desk(("BTC-USDT",))
    desk.pass_ms(1_000)
    desk.feed.scenario = "crash"
    assert desk.feed.scenario == "crash"
    with pytest.raises(UnknownScenario, match="choose one of calm"):
        desk.feed.scenario = "storm"
    assert desk.feed.scenario == "crash"


async def test_run_delivers_until_it_is_cancelled() -> None:
    clock = ManualClock(START_NS)
    received: list[Message] = []
    enough = asyncio.Event()

    def sink(message: Message) -> None:
        received.append(message)
        if len(received) > 100:
            enough.set()

    async def wait(seconds: float) -> None:
        clock.advance(int(seconds * SECOND_NS))
        await asyncio.sleep(0)

    feed = SimulatedFeed(SimulatedMarket(1, START_NS), sink, clock, wait=wait)
    running = asyncio.create_task(feed.run())
    await enough.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

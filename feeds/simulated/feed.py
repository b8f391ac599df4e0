"""The simulated market as a running feed: on the wall clock, faster, paused or step by step.

Market time runs `speed` times as fast as the clock. Where this machine cannot keep up, the market
runs as fast as it can and gives way to other tasks after each short piece of work; what it could
not do in time, like the hours in which a laptop slept, is not made up for later.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Protocol

from engine.core.commands import Side
from feeds.errors import FeedError, UnknownSymbol
from feeds.feed import Sink
from feeds.health import Health
from feeds.messages import BookLost, FeedState, StateChanged
from feeds.simulated.listing import VENUE
from feeds.simulated.market import SimulatedMarket
from feeds.simulated.publisher import Published

TICK_S = 0.02
SPEED_MIN = 1.0
SPEED_MAX = 100.0
YIELD_S = 0.001
"""Between two pieces of work while the market is late."""
WORK_MAX_NS = 12_000_000
"""After so much clock time a piece of work ends, so that the screen and the keys get their turn."""
LATE_MAX_NS = 250_000_000
"""The most clock time that is made up for."""
_SLICE_NS = 50_000_000
_STEP_NS = 10_000_000
_DROPPED = "dropped at your request"


class SpeedOutOfRange(FeedError):
    """The simulated market does not run at this speed."""

    def __init__(self, speed: float) -> None:
        super().__init__(
            f"{speed:g}x is out of range: the simulated market runs at {SPEED_MIN:g}x"
            f" to {SPEED_MAX:g}x"
        )


class WallClock(Protocol):
    """Says what time it is, in Unix nanoseconds."""

    def now_ns(self) -> int:
        """The time now."""
        ...


class SimulatedFeed:
    """Delivers a simulated market to a sink, as a live venue's feed would.

    Args:
        market: Not advanced yet.
        sink: Receives each message, in order.
        clock: What market time is measured against.
        symbols: What to carry, in any case; None for everything that is listed.
        speed: Market time per clock time, 1 to 100.
        wait: Passes some seconds; a test passes one that moves its clock.

    Raises:
        UnknownSymbol: The market does not list one of the symbols.
        SpeedOutOfRange: Not 1 to 100.
    """

    def __init__(
        self,
        market: SimulatedMarket,
        sink: Sink,
        clock: WallClock,
        *,
        symbols: Sequence[str] | None = None,
        speed: float = 1.0,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        listed = [terms.instrument.symbol for terms in market.terms()]
        chosen = listed if symbols is None else _chosen(symbols, listed)
        self._market = market
        self._sink = sink
        self._clock = clock
        self._wait = wait
        self._speed = _checked_speed(speed)
        self._paused = False
        self._opened = False
        self._clock_ns = clock.now_ns()
        self._due_ns = market.now_ns
        self._pending: deque[Published] = deque()
        self._delivered_ns = market.now_ns
        self._health = {symbol: _health(symbol) for symbol in chosen}

    @property
    def name(self) -> str:
        """The venue, as the status line shows it."""
        return VENUE

    @property
    def symbols(self) -> tuple[str, ...]:
        """What it carries now: in listing order, then what was added."""
        return tuple(self._health)

    @property
    def speed(self) -> float:
        """Market time per clock time."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._speed = _checked_speed(speed)

    @property
    def scenario(self) -> str:
        """The name of the scenario whose course runs."""
        return self._market.scenario

    @scenario.setter
    def scenario(self, name: str) -> None:
        """Another course begins now; UnknownScenario for a name that does not exist."""
        self._market.scenario = name

    @property
    def paused(self) -> bool:
        """Whether the market stands still."""
        return self._paused

    def health(self, symbol: str) -> Health:
        """How one subscription stands; KeyError for a symbol it does not carry."""
        return self._health[symbol]

    def now_ns(self) -> int:
        """Market time: of the last message, while it is stepped; else up to now."""
        return self._delivered_ns if self._pending else self._market.now_ns

    async def run(self) -> None:
        """Deliver until cancelled."""
        self.open()
        while True:
            await self._wait(YIELD_S if self.tick() else TICK_S)

    def open(self) -> None:
        """Deliver terms, past days and opening books; market time begins to run. Once is enough."""
        if self._opened:
            return
        self._opened = True
        self._clock_ns = self._clock.now_ns()
        for terms in self._market.terms():
            if terms.instrument.symbol in self._health:
                self._sink(terms)
        for candle in self._market.past():
            if candle.symbol in self._health:
                self._sink(candle)
        self._fetch(self._market.now_ns)
        self._deliver_all()
        self._enter(self._state(), self._health)

    def add(self, text: str) -> str:
        """Carry one instrument more from now on; gives its symbol.

        Raises:
            UnknownSymbol: The market does not list it.
        """
        terms = {each.instrument.symbol: each for each in self._market.terms()}
        (symbol,) = _chosen((text,), list(terms))
        if symbol not in self._health:
            self._health[symbol] = _health(symbol)
            if self._opened:
                self._sink(terms[symbol])
                self._deliver(self._market.snapshot(symbol))
                self._enter(self._state(), (symbol,))
        return symbol

    def drop(self, symbol: str) -> None:
        """Carry an instrument no more; KeyError for one that is not carried."""
        del self._health[symbol]
        self._pending = deque(each for each in self._pending if each.symbol != symbol)
        now_ns = self.now_ns()
        self._sink(BookLost(received_ns=now_ns, symbol=symbol, text=_DROPPED))
        self._sink(
            StateChanged(received_ns=now_ns, symbol=symbol, state=FeedState.DOWN, text=_DROPPED)
        )

    def tick(self) -> bool:
        """Deliver what the clock says is due; nothing while paused.

        Returns:
            True when the market is late: not all that is due could be delivered in time.
        """
        now_ns = self._clock.now_ns()
        passed_ns = max(0, now_ns - self._clock_ns)
        self._clock_ns = now_ns
        if self._paused:
            return False
        late_max_ns = int(LATE_MAX_NS * self._speed)
        market = self._market
        self._due_ns += int(passed_ns * self._speed)
        self._due_ns = min(self._due_ns, market.now_ns + late_max_ns)
        self._deliver_all()
        while market.now_ns < self._due_ns:
            self._fetch(min(self._due_ns, market.now_ns + _SLICE_NS))
            self._deliver_all()
            if self._clock.now_ns() - now_ns > WORK_MAX_NS:
                break
        return market.now_ns < self._due_ns

    def pause(self) -> None:
        """The market stands still until it is resumed."""
        if not self._paused:
            self._paused = True
            self._enter(FeedState.PAUSED, self._health)

    def resume(self) -> None:
        """The market runs on from where it stands."""
        if self._paused:
            self._paused = False
            self._clock_ns = self._clock.now_ns()
            self._due_ns = self._market.now_ns
            self._enter(FeedState.LIVE, self._health)

    def step(self) -> None:
        """Pause, and deliver the next message alone, however long the market takes to make it."""
        self.pause()
        while not self._pending and self._health:
            self._fetch(self._market.now_ns + _STEP_NS)
        if self._pending:
            self._deliver(self._pending.popleft())

    def react(self, symbol: str, side: Side, lots: int) -> None:
        """We took liquidity: the market gives way as it does to any taker."""
        self._market.react(symbol, side, lots)

    def rest(self, symbol: str, side: Side, price_ticks: int, lots: int) -> None:
        """We show so much at a price from now on; 0 lots: nothing any more."""
        self._market.rest(symbol, side, price_ticks, lots)

    def _fetch(self, to_ns: int) -> None:
        carried = self._health
        self._pending.extend(
            message for message in self._market.advance(to_ns) if message.symbol in carried
        )

    def _deliver_all(self) -> None:
        pending = self._pending
        while pending:
            self._deliver(pending.popleft())

    def _deliver(self, message: Published) -> None:
        health = self._health[message.symbol]
        health.messages += 1
        health.last_message_ns = self._delivered_ns = message.received_ns
        self._sink(message)

    def _state(self) -> FeedState:
        return FeedState.PAUSED if self._paused else FeedState.LIVE

    def _enter(self, state: FeedState, symbols: Iterable[str]) -> None:
        text = "the simulated market stands still" if state is FeedState.PAUSED else ""
        for symbol in symbols:
            health = self._health[symbol]
            health.state, health.text = state, text
            changed = StateChanged(received_ns=self.now_ns(), symbol=symbol, state=state, text=text)
            self._sink(changed)


def _health(symbol: str) -> Health:
    return Health(symbol=symbol, venue=VENUE, text="not started yet")


def _checked_speed(speed: float) -> float:
    if not SPEED_MIN <= speed <= SPEED_MAX:
        raise SpeedOutOfRange(speed)
    return speed


def _chosen(symbols: Sequence[str], listed: Sequence[str]) -> tuple[str, ...]:
    wanted = [symbol.strip().upper() for symbol in symbols]
    for symbol in wanted:
        if symbol not in listed:
            close = get_close_matches(symbol, listed, n=1)
            hint = f"did you mean {close[0]}?" if close else f"listed: {', '.join(listed)}"
            raise UnknownSymbol(f"the simulated market does not list {symbol[:24]!r}; {hint}")
    return tuple(symbol for symbol in listed if symbol in wanted)

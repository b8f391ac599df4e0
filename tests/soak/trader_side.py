"""The trader's side of a soak: a session on every venue at once, its screen, and busy hands."""

from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

from textual import events

from engine.core.commands import AdvanceTime
from engine.core.exchange import Exchange
from feeds.feed import Feed, Sink
from feeds.group import FeedGroup
from feeds.live import LiveFeed
from feeds.market import Market
from feeds.messages import FeedState
from tests.feeds.protocol.desk import quick
from tests.feeds.protocol.speaker import Speaker
from tests.soak.checking import difference
from tests.soak.pace import Pace
from tests.soak.probes import Waits
from tests.soak.venue_side import Address, Truth
from tui_exchange.app import TradingApp
from tui_exchange.markets import MarketChoice
from tui_exchange.session import Session
from tui_exchange.settings import Settings, Terminal

LINES = (
    *("b 1 at bid po", "s 1 at ask po", "b 1", "s 1", "b 2 at -1 po", "cancel all", "cancel all"),
    *("flat", "b 1 at bid; s 1 at ask", "cancel bids", "nonsense", "feed", "b 1 stop ask"),
)
KEYS = (
    *("up", "down", "up", "down", "pageup", "pagedown", "tab", "shift+tab", "home", "end"),
    *("left", "right", "question_mark", "escape", "escape", "escape"),
)
SIZE = (160, 45)


class Standing:
    """One venue as the trader has it: the market whose truth is known, and another one."""

    def __init__(self, speaker: Speaker, feed: LiveFeed) -> None:
        self.symbol = speaker.symbol
        self.other = speaker.other
        self.feed = feed
        self.quoted = feed.pipeline.venue.sequence is None

    @property
    def market(self) -> Market:
        """What the feed knows of the market."""
        return self.feed.pipeline.markets[self.symbol]

    @property
    def live(self) -> bool:
        """The trader is told that this book can be believed."""
        return self.market.health.state is FeedState.LIVE


class TraderSide:
    """A session that carries all venues.

    Args:
        speakers: By the name of each venue.
        addresses: Where they are.
        pace: The market's time.
        dice: What the trader does next.
    """

    def __init__(
        self,
        speakers: Mapping[str, Callable[[], Speaker]],
        addresses: Mapping[str, Address],
        pace: Pace,
        dice: Random,
    ) -> None:
        self.venues: dict[str, Standing] = {}
        self.said: Counter[str] = Counter()
        self.watched: set[str] = set()
        """Venues whose books are being compared: what we took there would not be displayed."""
        self._speakers = {name: make() for name, make in speakers.items()}
        self._addresses = addresses
        self._pace = pace
        self._dice = dice
        self.session = Session(Settings(), MarketChoice(self._made, "PAPER, soak"))
        self._group = self.session.feed.feeds[0]

    def wrong(self, name: str, truth: Truth) -> str:
        """Where the exchange's book is not a venue's, in words; empty when it is."""
        standing, exchange = self.venues[name], self.session.exchange
        symbol = self.shown_as(name, standing.symbol)
        if symbol not in exchange.symbols():
            return "not listed yet"
        return difference(exchange, symbol, truth, quoted=standing.quoted)

    def shown_as(self, name: str, symbol: str) -> str:
        """The session's name for a venue's market."""
        assert isinstance(self._group, FeedGroup)
        return self._group.name_in(self.venues[name].feed, symbol)

    def let_time_pass(self) -> None:
        """What we took is displayed again when its time has passed, which a quiet market hears of
        by this."""
        self.session.submit(AdvanceTime())

    async def trade(self) -> None:
        """Enter lines, come and go, ask again for what was refused; until cancelled."""
        while True:
            await self._pace.wait(self._dice.expovariate(1))
            name = self._dice.choice(tuple(self.venues))
            if name not in self.watched:
                self._enter(self._dice.choice(LINES), name)
            self._come_and_go(name)
            self._ask_again()

    def _enter(self, line: str, name: str) -> None:
        symbol = self.shown_as(name, self.venues[name].symbol)
        outcome = self.session.run_line(line, symbol)
        self.said["lines done" if outcome.ok else "lines refused"] += 1

    def _come_and_go(self, name: str) -> None:
        """Now and then the other market is dropped, and taken in again later."""
        if self._dice.random() < 0.1:
            standing = self.venues[name]
            carried = standing.other in standing.feed.symbols
            (standing.feed.drop if carried else standing.feed.add)(standing.other)
            self.said["markets dropped or added"] += 1

    def _ask_again(self) -> None:
        for standing in self.venues.values():
            markets = standing.feed.pipeline.markets
            for symbol in [symbol for symbol, market in markets.items() if market.refused]:
                standing.feed.drop(symbol)
                standing.feed.add(symbol)
                self.said["refused markets asked for again"] += 1

    def _made(self, sink: Sink, exchange: Exchange) -> Feed:
        del exchange
        group = FeedGroup(sink, _PacedClock(self._pace))
        for name, speaker in self._speakers.items():
            group.add(lambda inner, name=name, speaker=speaker: self._feed(name, speaker, inner))
        return group

    def _feed(self, name: str, speaker: Speaker, sink: Sink) -> LiveFeed:
        address = self._addresses[name]
        venue = speaker.venue(address.ws_url, address.rest_url, quick(speaker.limits))
        feed = LiveFeed(
            venue,
            (speaker.symbol, speaker.other),
            sink,
            rng=Random(self._dice.random()),
            now_ns=self._pace.now_ns,
            wait=self._pace.wait,
        )
        self.venues[name] = Standing(speaker, feed)
        return feed


class _PacedClock:
    """The market's time as a clock."""

    def __init__(self, pace: Pace) -> None:
        self.now_ns = pace.now_ns


class WatchedApp(TradingApp):
    """The workstation, which notes how long each key waited for its turn."""

    def __init__(self, session: Session, clock_ns: Callable[[], int], work_ns: Callable[[], int]):
        super().__init__(session, Terminal())
        self.waits = Waits()
        self._clock_ns = clock_ns
        self._work_ns = work_ns
        self._pressed: dict[int, tuple[int, int]] = {}

    def press(self, key: str) -> None:
        """A key arrives from the terminal."""
        event = events.Key(key, None)
        self._pressed[id(event)] = (self._clock_ns(), self._work_ns())
        self.post_message(event)

    async def on_event(self, event: events.Event) -> None:
        """Its turn has come."""
        pressed = self._pressed.pop(id(event), None)
        if pressed is not None:
            waited_ns = self._clock_ns() - pressed[0]
            self.waits.add(waited_ns, self._work_ns() - pressed[1])
        await super().on_event(event)

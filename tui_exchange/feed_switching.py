"""Feeds and symbols that come and go while the session runs, by words of the command line.

feed                          what is carried
feed add okx BTC-USDT         one venue more, beside the others
feed use okx BTC-USDT         this venue in place of all others
feed drop okx                 a venue, or one market of it, is given up
watch SOL-USDT                one market more of a venue that is carried
unwatch SOL-USDT
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from engine.clock import Clock
from engine.core.exchange import Exchange
from feeds import FEEDS
from feeds.errors import FeedError, UnknownSymbol
from feeds.feed import Feed, Sink
from feeds.group import FeedGroup, Growing
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.failures import Failure
from tui_exchange.market_time import Steerable
from tui_exchange.markets import MarketChoice, live, simulated
from tui_exchange.settings import Settings
from tui_exchange.sources import FX, REFERENCES

SIMULATED = "simulated"
PAPER = "PAPER, "
OTHERS = (SIMULATED, FX, *REFERENCES)
"""What can be carried besides the venues of the registry."""


class FeedSwitching:
    """The session's feeds, and the words that change them.

    Args:
        settings: Where venues are reached, and how the simulated market begins.
        clock: What the simulated market is measured against.
        exchange: As it was recovered.
        first: The market that the session begins with.
        sink: Receives the messages of every feed.
        rerun: Lets feeds run again after all had come to their end.

    Attributes:
        feeds: All of them as one.
    """

    words = (
        application_word(
            "feed",
            "[add|use|drop] [venue] [symbol …]",
            "Add or drop a venue's markets, or trade on another venue.",
            ("feed add okx BTC-USDT", "feed use kraken BTC-USD", "feed drop okx", "feed"),
        ),
        application_word(
            "watch",
            "<symbol> …",
            "Carry more markets of a venue that is there.",
            ("watch SOL-USDT",),
        ),
        application_word(
            "unwatch",
            "<symbol> …",
            "Give up markets.",
            ("unwatch SOL-USDT", "unwatch BTC-USDT.OKX"),
        ),
    )

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        exchange: Exchange,
        first: MarketChoice,
        sink: Sink,
        rerun: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._exchange = exchange
        self._rerun = rerun
        self.feeds = FeedGroup(sink, clock, self._held)
        self._choices: dict[Feed, MarketChoice] = {}
        self._doers: dict[str, Callable[[tuple[str, ...]], tuple[str, ...]]] = {
            "feed": self._feed,
            "watch": self._watch,
            "unwatch": self._unwatch,
        }
        self._open(first)

    @property
    def headline(self) -> str:
        """What is traded on: `PAPER, simulated market; live okx prices: BTC-USDT`."""
        parts = [self._choices[feed].headline.removeprefix(PAPER) for feed in self.feeds.feeds]
        return PAPER + ("; ".join(parts) or "no market")

    def fees(self, symbol: str) -> str:
        """The fee preset that an instrument begins with; empty for what its terms state."""
        owner = self.feeds.owner(symbol)
        return "" if owner is None else self._choices[owner].fees(self.feeds.own_symbol(symbol))

    def is_live(self, symbol: str) -> bool:
        """Whether a symbol is a venue's market of now: no replay, and not the simulated one."""
        owner = self.feeds.owner(symbol)
        return owner is not None and not isinstance(owner, Steerable)

    def knows(self, word: str) -> bool:
        """Whether this word is one of these."""
        return word in self._doers

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Do what a word says; sentences that say what was done.

        Raises:
            ResolutionRefusal: No such venue or symbol, or words that mean nothing.
        """
        try:
            told = self._doers[word](arguments)
        except (FeedError, Failure) as error:
            raise ResolutionRefusal(str(error)) from error
        self._rerun()
        return told

    def _feed(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        if not arguments:
            return self._listed()
        what, *rest = arguments
        if what.lower() in ("add", "use") and rest:
            venue, *symbols = rest
            return self._carry(venue.lower(), symbols, alone=what.lower() == "use")
        if what.lower() == "drop" and rest:
            return self._dropped(rest)
        raise ResolutionRefusal(
            "feed takes add, use or drop: `feed add okx BTC-USDT`, `feed use simulated`,"
            " `feed drop okx`; alone it lists what is carried"
        )

    def _listed(self) -> tuple[str, ...]:
        lines = []
        for feed in self.feeds.feeds:
            names = [self.feeds.name_in(feed, symbol) for symbol in feed.symbols]
            lines.append(f"{feed.name}: {', '.join(names) or 'reference prices'}")
        venues = ", ".join((*FEEDS, *OTHERS))
        return (*(lines or ["no feed is carried"]), f"venues: {venues}")

    def _carry(self, venue: str, symbols: list[str], *, alone: bool) -> tuple[str, ...]:
        """Carry a venue's markets; `alone`, every other feed is dropped once this one is made."""
        if venue in REFERENCES:
            return self._refer(venue)
        feed = self.feeds.named(venue)
        before = self.feeds.feeds
        if feed is not None and not alone:
            return self._grown(feed, symbols)
        made = self._open(self._choice(venue, symbols))
        if alone:
            for other in before:
                self._close(other)
        names = ", ".join(self.feeds.name_in(made, symbol) for symbol in made.symbols)
        left = f"; {', '.join(each.name for each in before)} is dropped" if alone and before else ""
        return (f"{made.name} is carried: {names}{left}",)

    def _refer(self, name: str) -> tuple[str, ...]:
        """Take in reference prices beside the markets."""
        if self.feeds.named(name) is not None:
            raise ResolutionRefusal(f"{name} is asked already")
        from tui_exchange.reference_feed import ReferenceFeed

        feed = self.feeds.add_beside(
            lambda sink: ReferenceFeed(name, sink, self._real_symbols, self._clock.now_ns)
        )
        self._choices[feed] = MarketChoice(lambda *_: feed, f"{PAPER}{name} reference prices")
        return (f"{name} is asked for the index of the coins that are carried",)

    def _real_symbols(self) -> list[str]:
        """What venues carry; the simulated market's coins have prices of their own."""
        carried = self.feeds.symbols
        return [s for s in carried if (o := self.feeds.owner(s)) and o.name != SIMULATED]

    def _choice(self, venue: str, symbols: list[str]) -> MarketChoice:
        if venue == SIMULATED:
            return simulated(self._settings, self._clock, symbols)
        if venue not in FEEDS and venue != FX:
            known = (*FEEDS, *OTHERS)
            hint = did_you_mean(nearest(venue, known)) or f"; known: {', '.join(known)}"
            raise ResolutionRefusal(f"no venue is named {venue[:24]!r}{hint}")
        if not symbols:
            raise ResolutionRefusal(f"name the markets, as in `feed add {venue} BTC-USDT`")
        return live(self._settings, venue, symbols)

    def _grown(self, feed: Feed, symbols: list[str]) -> tuple[str, ...]:
        if not isinstance(feed, Growing):
            raise ResolutionRefusal(f"{feed.name} is carried already, with all its markets")
        if not symbols:
            raise ResolutionRefusal(
                f"{feed.name} is carried; name markets to add: `feed add {feed.name} SOL-USDT`"
            )
        return tuple(self._asked(feed, symbol) for symbol in symbols)

    def _watch(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        growing = [feed for feed in self.feeds.feeds if isinstance(feed, Growing)]
        if not arguments:
            raise ResolutionRefusal("watch takes symbols, as in `watch SOL-USDT`")
        if not growing:
            raise ResolutionRefusal(
                "no live venue is carried that could show more markets; `feed add binance"
                f" {arguments[0].upper()}` takes one in"
            )
        return tuple(self._watched(growing, symbol) for symbol in arguments)

    def _watched(self, growing: Sequence[Growing], name: str) -> str:
        """Ask the feed that the name ends with, else the first that can have it; the last one's
        refusal is told."""
        symbol, _, venue = name.rpartition(".")
        if symbol and venue.lower() in (*FEEDS, *OTHERS):
            growing = [feed for feed in growing if feed.name == venue.lower()]
            if not growing:
                raise ResolutionRefusal(
                    f"{venue.lower()} is not carried; `feed add {venue.lower()} {symbol.upper()}`"
                    " takes it in"
                )
        else:
            symbol = name
        for feed in growing[:-1]:
            with suppress(UnknownSymbol):
                return self._asked(feed, symbol)
        return self._asked(growing[-1], symbol)

    def _asked(self, feed: Growing, symbol: str) -> str:
        name = self.feeds.name_in(feed, feed.add(symbol))
        self.feeds.wake(feed)
        return f"{name} of {feed.name}: asked for"

    def _unwatch(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        if not arguments:
            raise ResolutionRefusal("unwatch takes symbols, as in `unwatch SOL-USDT`")
        return self._dropped(list(arguments))

    def _dropped(self, names: list[str]) -> tuple[str, ...]:
        for name in names:
            feed = self.feeds.named(name.lower())
            if feed is not None:
                self._close(feed)
            else:
                self.feeds.remove_symbol(name.upper())
        self._forget_gone()
        return (f"dropped: {', '.join(names)}", *self._still_held())

    def _still_held(self) -> tuple[str, ...]:
        """A word on what is still open where no prices come any more."""
        carried = self.feeds.symbols
        blind = [symbol for symbol in sorted(self._busy()) if symbol not in carried]
        if not blind:
            return ()
        return (f"orders or positions remain in {', '.join(blind)}, where no prices come now",)

    def _busy(self) -> set[str]:
        """Where any portfolio has orders or positions."""
        busy: set[str] = set()
        for account in self._exchange.accounts():
            busy.update(order.symbol for order in self._exchange.open_orders(account))
            held = self._exchange.positions(account)
            busy.update(symbol for symbol, position in held.items() if position.lots)
        return busy

    def _held(self, symbol: str) -> str:
        """Whose market something is open in; empty where nothing is."""
        return self._exchange.instrument(symbol).venue if symbol in self._busy() else ""

    def _open(self, choice: MarketChoice) -> Feed:
        feed = self.feeds.add(lambda sink: choice.make_feed(sink, self._exchange))
        self._choices[feed] = choice
        return feed

    def _close(self, feed: Feed) -> None:
        self.feeds.remove(feed)
        self._forget_gone()

    def _forget_gone(self) -> None:
        for feed in [feed for feed in self._choices if feed not in self.feeds.feeds]:
            del self._choices[feed]

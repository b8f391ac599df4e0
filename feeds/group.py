"""Several feeds as one, whose members come and go while it runs.

A symbol belongs to the first venue that carries it, and stays that venue's; the same symbol of
another is named with its venue: `BTC-USDT.OKX`. The first member's time is the group's.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, runtime_checkable

from msgspec.structs import replace as with_fields

from engine.clock import Clock
from engine.core.commands import Side
from feeds.errors import FeedError
from feeds.feed import Feed, Sink
from feeds.health import Health
from feeds.messages import BookLost, FeedState, InstrumentTerms, Message, StateChanged

MakeFeed = Callable[[Sink], Feed]
DROPPED = "dropped at your request"


class NotCarried(FeedError):
    """No feed of this name, or no feed carries this symbol."""


@runtime_checkable
class Growing(Feed, Protocol):
    """A feed whose markets can be added and dropped while it runs."""

    def add(self, text: str) -> str:
        """Carry one market more; its symbol."""

    def drop(self, symbol: str) -> None:
        """Carry a market no more."""


@runtime_checkable
class Reacting(Protocol):
    """A feed whose prices give way to takers."""

    def react(self, symbol: str, side: Side, lots: int) -> None:
        """We took this much from the side opposite to `side`."""


@runtime_checkable
class Closable(Protocol):
    """A feed that holds a file."""

    def close(self) -> None:
        """Let it go."""


class Member:
    """One feed of the group.

    Attributes:
        names: What each of its symbols is called in the group.
    """

    def __init__(self, group: "FeedGroup", make: MakeFeed, *, beside: bool = False) -> None:
        self._group = group
        self.names: dict[str, str] = {}
        self.task: asyncio.Task[None] | None = None
        self.feed = make(group.pass_on if beside else self._take)
        for symbol in self.feed.symbols:
            self.name_of(symbol)

    def name_of(self, symbol: str) -> str:
        """The group's name for a symbol of this feed."""
        name = self.names.get(symbol)
        if name is None:
            name = self.names[symbol] = self._group.free_name(symbol, self.feed.name)
        return name

    def symbol_of(self, name: str) -> str | None:
        """This feed's symbol of a name, if it carries it."""
        return next((own for own in self.feed.symbols if self.names.get(own) == name), None)

    def _take(self, message: Message) -> None:
        symbol = getattr(message, "symbol", None)
        if isinstance(message, InstrumentTerms):
            instrument = message.instrument
            name = self.name_of(instrument.symbol)
            if name != instrument.symbol:
                message = with_fields(message, instrument=with_fields(instrument, symbol=name))
        elif symbol is not None:
            name = self.names.get(symbol) or self.name_of(symbol)
            if name != symbol:
                message = with_fields(message, symbol=name)
        self._group.pass_on(message)


class FeedGroup:
    """A feed made of feeds.

    Args:
        sink: Receives the messages of all.
        clock: The group's time while it has no member.
        held: The venue whose instrument a name stands for while something in it is open, as from
            an earlier session; empty for a name that is free.
    """

    def __init__(
        self, sink: Sink, clock: Clock, held: Callable[[str], str] = lambda name: ""
    ) -> None:
        self.pass_on = sink
        self._clock = clock
        self._held = held
        self._given: dict[str, str] = {}
        self._members: list[Member] = []
        self._changed = asyncio.Event()

    @property
    def name(self) -> str:
        """Its feeds' names."""
        return " + ".join(member.feed.name for member in self._members) or "no feed"

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Its members, the first first."""
        return tuple(member.feed for member in self._members)

    @property
    def symbols(self) -> tuple[str, ...]:
        """What it carries now, member by member."""
        return tuple(name for _, _, name in self._carried())

    def health(self, symbol: str) -> Health:
        """How one subscription stands; KeyError for a symbol that no member carries."""
        for member, own, name in self._carried():
            if name == symbol:
                return member.feed.health(own)
        raise KeyError(symbol)

    def now_ns(self) -> int:
        """The first member's own time."""
        return self._members[0].feed.now_ns() if self._members else self._clock.now_ns()

    def add(self, make: MakeFeed) -> Feed:
        """Take in one feed more; it runs at once if the group does."""
        member = Member(self, make)
        self._members.append(member)
        self._changed.set()
        return member.feed

    def add_beside(self, make: MakeFeed) -> Feed:
        """Take in a feed that carries no market: it speaks of the others' by the group's names."""
        member = Member(self, make, beside=True)
        self._members.append(member)
        self._changed.set()
        return member.feed

    def wake(self, feed: Feed) -> None:
        """Let a feed run again that had come to its end, since it has a market more."""
        member = self._member(lambda each: each.feed is feed, feed.name)
        if member.task is not None and member.task.done():
            member.task = None
            self._changed.set()

    def remove(self, feed: Feed) -> None:
        """Give one feed up: what it showed is withdrawn.

        Raises:
            NotCarried: It is none of the group's.
        """
        member = self._member(lambda each: each.feed is feed, feed.name)
        self._members.remove(member)
        if member.task is not None:
            member.task.cancel()
        if isinstance(feed, Closable):
            feed.close()
        for symbol in feed.symbols:
            self._withdraw(member.name_of(symbol))
        self._changed.set()

    def remove_symbol(self, name: str) -> None:
        """Give up one market of a feed that goes on with the others; the last takes it along.

        Raises:
            NotCarried: No member carries it, or its feed cannot go on without it.
        """
        member = self._member(lambda each: each.symbol_of(name) is not None, name)
        symbol = member.symbol_of(name)
        assert symbol is not None
        if len(member.feed.symbols) == 1:
            self.remove(member.feed)
        elif isinstance(member.feed, Growing):
            member.feed.drop(symbol)
            member.names.pop(symbol)
        else:
            raise NotCarried(f"{member.feed.name} carries all its markets or none; drop all of it")

    def named(self, name: str) -> Feed | None:
        """The member of a venue's name."""
        return next((feed for feed in self.feeds if feed.name == name), None)

    def owner(self, symbol: str) -> Feed | None:
        """The member that carries a symbol."""
        return next((m.feed for m, _, name in self._carried() if name == symbol), None)

    def name_in(self, feed: Feed, symbol: str) -> str:
        """What the group calls a symbol of a member."""
        return self._member(lambda each: each.feed is feed, feed.name).name_of(symbol)

    def own_symbol(self, name: str) -> str:
        """What the member that carries a market calls it; the name itself when none does."""
        return next((own for _, own, each in self._carried() if each == name), name)

    def free_name(self, symbol: str, venue: str) -> str:
        """The symbol, or the symbol with its venue where it was given to another, or where this
        venue's market has that name already."""
        named = f"{symbol}.{venue.upper()}"
        owner = self._given.get(symbol) or self._held(symbol) or venue
        name = symbol if owner == venue and self._held(named) != venue else named
        self._given[name] = venue
        return name

    def react(self, symbol: str, side: Side, lots: int) -> None:
        """We took liquidity: a feed that only exists here gives way."""
        for member, own, name in self._carried():
            if name == symbol and isinstance(member.feed, Reacting):
                member.feed.react(own, side, lots)

    def close(self) -> None:
        """Let every file go."""
        for feed in self.feeds:
            if isinstance(feed, Closable):
                feed.close()

    async def run(self) -> None:
        """Deliver until cancelled, or until every member has come to its end."""
        try:
            while True:
                self._changed.clear()
                running = self._running()
                if self._members and not running:
                    return
                await self._wait_for_change(running)
        finally:
            tasks = [member.task for member in self._members if member.task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for member in self._members:
                member.task = None

    def _running(self) -> list[asyncio.Task[None]]:
        """The tasks that go on; a member that has none begins, and a failure is raised."""
        running = []
        for member in self._members:
            if member.task is None:
                member.task = asyncio.create_task(member.feed.run(), name="feed")
            if member.task.done():
                member.task.result()
            else:
                running.append(member.task)
        return running

    async def _wait_for_change(self, running: Iterable[asyncio.Task[None]]) -> None:
        """Wait until a member comes, goes or ends."""
        change = asyncio.create_task(self._changed.wait())
        try:
            await asyncio.wait([change, *running], return_when=asyncio.FIRST_COMPLETED)
        finally:
            change.cancel()

    def _carried(self) -> Iterator[tuple[Member, str, str]]:
        """(member, its symbol, the group's name) of each market."""
        for member in self._members:
            for symbol in member.feed.symbols:
                yield member, symbol, member.name_of(symbol)

    def _member(self, fits: Callable[[Member], bool], asked: str) -> Member:
        found = next((member for member in self._members if fits(member)), None)
        if found is None:
            carried = ", ".join(self.symbols) or "nothing"
            raise NotCarried(f"no feed carries {asked[:40]!r} now; carried: {carried}")
        return found

    def _withdraw(self, name: str) -> None:
        now_ns = self.now_ns()
        self.pass_on(BookLost(received_ns=now_ns, symbol=name, text=DROPPED))
        self.pass_on(
            StateChanged(received_ns=now_ns, symbol=name, state=FeedState.DOWN, text=DROPPED)
        )

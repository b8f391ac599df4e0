"""How one-sided the books that somebody watches are: depth, order flow, and toxicity of trading.

A market is measured on each change of its best levels from the first time that its view is read
until nobody reads it any more, so that what is not looked at costs nothing.
"""

from collections import deque
from collections.abc import Callable

from engine.core.commands import Command, MirrorDepth, MirrorDown, MirrorTrade, Side
from engine.core.events import Event, MarketTraded, Traded
from engine.core.exchange import Exchange
from engine.indicators import LEVELS, OrderFlow, Touch, Vpin, imbalance_of
from engine.indicators.imbalance import Level
from tui_exchange.read_models.tape import Tape
from tui_exchange.views import FeedState, ImbalanceSample, ImbalanceView

FLOW_WINDOW_NS = 60 * 10**9
SAMPLES_KEPT = 2_000
UNREAD_MAX = 10_000
"""After so many changes that nobody read, a market is not measured any more."""
BUCKET_TRADES = 20
"""Volume of a toxicity bucket, in trades of average size: the paper's fiftieth of a day's volume
is not known to a session that has just begun."""
SIZING_TRADES = 50
"""How many trades are seen before their average counts."""


class BookImbalance:
    """One market, measured on each change of its best levels."""

    def __init__(self, exchange: Exchange, symbol: str, tape: Tape) -> None:
        self._exchange = exchange
        self._symbol = symbol
        self._flow = OrderFlow(FLOW_WINDOW_NS)
        self._toxicity = Toxicity()
        for seen in tape.prints:
            self._toxicity.take(seen.lots, seen.side is Side.BUY)
        self._depth: tuple[list[Level], list[Level]] = ([], [])
        self._history: deque[ImbalanceSample] = deque(maxlen=SAMPLES_KEPT)
        self._changes = 0
        self.unread = 0
        """Changes since somebody looked."""
        self.book_changed(exchange.now_ns)

    def book_changed(self, ts_ns: int) -> None:
        """Look at the best levels, and take a sample if they are not as they were."""
        depth = self._exchange.depth
        bids = depth(self._symbol, Side.BUY, LEVELS)
        asks = depth(self._symbol, Side.SELL, LEVELS)
        if (bids, asks) == self._depth:
            return
        self._depth = (bids, asks)
        self._changes += 1
        self.unread += 1
        self._flow.take(ts_ns, _touch(bids, asks))
        found = imbalance_of(bids, asks)
        self._history.append(
            ImbalanceSample(ts_ns, found.balance, found.weighted_balance, self._flow.total)
        )

    def traded(self, lots: int, side: Side) -> None:
        """One trade; `side` is the aggressor's."""
        self._toxicity.take(lots, side is Side.BUY)

    def lost(self, ts_ns: int) -> None:
        """The venue's depth is gone: neither did it flow away, nor what it shows when it is back
        flow there."""
        self._flow.restart()
        self.book_changed(ts_ns)
        self._flow.restart()

    def view(self, feed: FeedState) -> ImbalanceView:
        """As it is now."""
        self._flow.advance(self._exchange.now_ns)
        found = imbalance_of(*self._depth)
        toxicity = self._toxicity
        return ImbalanceView(
            symbol=self._symbol,
            levels=LEVELS,
            bid_lots=found.bid_quantity,
            ask_lots=found.ask_quantity,
            bid_orders=found.bid_orders,
            ask_orders=found.ask_orders,
            balance=found.balance,
            ratio=found.ratio,
            weighted_balance=found.weighted_balance,
            weighted_ratio=found.weighted_ratio,
            flow_lots=self._flow.total,
            flow_window_ns=FLOW_WINDOW_NS,
            toxicity=toxicity.value,
            toxicity_buckets=toxicity.full,
            bucket_lots=toxicity.bucket_lots,
            changes=self._changes,
            history=tuple(self._history),
            feed=feed,
        )


class Toxicity:
    """VPIN whose bucket is sized by the first trades that are seen."""

    def __init__(self) -> None:
        self._first: list[tuple[int, bool]] = []
        self._vpin: Vpin | None = None

    @property
    def value(self) -> float | None:
        """From 0 to 1; None until a bucket is full."""
        return None if self._vpin is None else self._vpin.value

    @property
    def full(self) -> int:
        """How many full buckets the value rests on."""
        return 0 if self._vpin is None else self._vpin.full

    @property
    def bucket_lots(self) -> int | None:
        """Volume of a bucket; None while it is not known."""
        return None if self._vpin is None else self._vpin.bucket

    def take(self, lots: int, bought: bool) -> None:
        """One trade."""
        if self._vpin is not None:
            self._vpin.take(lots, bought)
            return
        self._first.append((lots, bought))
        if len(self._first) == SIZING_TRADES:
            volume = sum(size for size, _ in self._first)
            self._vpin = Vpin(max(1, volume * BUCKET_TRADES // SIZING_TRADES))
            for seen in self._first:
                self._vpin.take(*seen)
            self._first.clear()


class Imbalances:
    """A reader of the sequencer that measures the markets whose views are read.

    Args:
        tape_of: The trades of a market so far, by which its toxicity begins.
    """

    def __init__(self, exchange: Exchange, tape_of: Callable[[str], Tape]) -> None:
        self._exchange = exchange
        self._tape_of = tape_of
        self._watched: dict[str, BookImbalance] = {}

    @property
    def watched(self) -> tuple[str, ...]:
        """What is measured."""
        return tuple(self._watched)

    def watch(self, symbol: str) -> BookImbalance:
        """Measure a market from now on, or go on to; KeyError when unknown."""
        market = self._watched.get(symbol)
        if market is None:
            market = BookImbalance(self._exchange, symbol, self._tape_of(symbol))
            self._watched[symbol] = market
        market.unread = 0
        return market

    def view(self, symbol: str, feed: FeedState) -> ImbalanceView:
        """A market's imbalance, and watch it; KeyError when unknown."""
        return self.watch(symbol).view(feed)

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        if not self._watched:
            return
        if isinstance(command, MirrorDown) and command.symbol in self._watched:
            self._watched[command.symbol].lost(ts_ns)
        printed = isinstance(command, MirrorTrade)
        for event in events:
            if isinstance(event, MarketTraded):
                self._traded(event.symbol, event.lots, event.side)
            elif isinstance(event, Traded) and not printed:
                self._traded(event.symbol, event.lots, event.aggressor)
        for symbol in self._touched(command, events):
            self._changed(symbol, ts_ns)

    def _touched(self, command: Command, events: tuple[Event, ...]) -> tuple[str, ...]:
        """The watched markets whose book this may have changed."""
        if isinstance(command, MirrorDepth) and not events:
            return (command.symbol,) if command.symbol in self._watched else ()
        named = {getattr(message, "symbol", None) for message in (command, *events)}
        return tuple(symbol for symbol in self._watched if symbol in named)

    def _traded(self, symbol: str, lots: int, side: Side) -> None:
        market = self._watched.get(symbol)
        if market is not None:
            market.traded(lots, side)

    def _changed(self, symbol: str, ts_ns: int) -> None:
        market = self._watched[symbol]
        market.book_changed(ts_ns)
        if market.unread > UNREAD_MAX:
            del self._watched[symbol]


def _touch(bids: list[Level], asks: list[Level]) -> Touch:
    bid_price, bid_lots = bids[0][:2] if bids else (None, 0)
    ask_price, ask_lots = asks[0][:2] if asks else (None, 0)
    return Touch(bid_price, bid_lots, ask_price, ask_lots)

"""Other order books from the package index, behind one small interface.

Each is driven as its own documentation does, and is told of fills by its own means: that is part of
its work, as it is of ours. None is a dependency; what is not installed is not measured.

A market order never rests here. `liquibook` and `matching-engine` are told so; `order-matching`
would keep the rest of one, so the commands leave none: the book always holds enough.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple, Protocol

from engine.core.book import BookOrder, OrderBook
from engine.core.book import Fill as BookFill
from engine.core.commands import BUY, Side
from tui_exchange.bench.book_commands import CANCEL, MARKET, BookCommand, play


class Fill(NamedTuple):
    """A resting order was filled."""

    order_id: int
    price_ticks: int
    lots: int


class Peer(Protocol):
    """A book that plays the commands of the benchmark."""

    def play(self, commands: Sequence[BookCommand]) -> None:
        """Do them one after another."""
        ...

    def fills(self) -> list[Fill]:
        """Every fill so far, in order."""
        ...


@dataclass(frozen=True, slots=True)
class InstalledPeer:
    """A book that is here."""

    label: str
    """Its name and version."""
    commands: int
    """How many it plays: fewer for a slow one."""
    make: Callable[[], Peer]
    """A new one, empty."""


class _Told(OrderBook):
    """Our book, keeping what it fills."""

    __slots__ = ("told",)

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[BookOrder, int]] = []

    def match(self, side: Side, lots: int, limit_ticks: int | None, *more: Any) -> list[BookFill]:
        """Match, and keep the fills."""
        fills = super().match(side, lots, limit_ticks, *more)
        self.told.extend(fills)
        return fills


class Ours:
    """Our own book, told of fills as the others are."""

    def __init__(self) -> None:
        self._book = _Told()
        self._orders: dict[int, BookOrder] = {}

    def play(self, commands: Sequence[BookCommand]) -> None:
        """Do them one after another."""
        play(self._book, self._orders, commands)

    def fills(self) -> list[Fill]:
        """Every fill so far, in order."""
        return [Fill(order.order_id, order.price_ticks, lots) for order, lots in self._book.told]


class Liquibook:
    """liquibook, C++ behind SWIG: https://pypi.org/project/liquibook/.

    It numbers its orders itself, and tells a listener of each fill. Without a listener it is twice
    as fast, and nobody knows what was filled.
    """

    def __init__(self) -> None:
        self._module: Any = import_module("liquibook")
        self._book = self._module.DepthOrderBook()
        self._listener = _liquibook_listener(self._module)
        self._book.set_order_listener(self._listener)
        self._orders: dict[int, Any] = {}
        self._ours: dict[int, int] = {}
        """Our order id by liquibook's."""

    def play(self, commands: Sequence[BookCommand]) -> None:
        """Do them one after another; a market order is one at price 0 that does not wait."""
        book, orders, ours = self._book, self._orders, self._ours
        make, at_once = self._module.SimpleOrder, self._module.oc_immediate_or_cancel
        for kind, order_id, side, price_ticks, lots in commands:
            if kind is CANCEL:
                book.cancel(orders.pop(order_id))
                continue
            order = make(side is BUY, 0 if kind is MARKET else price_ticks, lots)
            ours[order.order_id_] = order_id
            if kind is MARKET:
                book.add(order, at_once)
            else:
                orders[order_id] = order
                book.add(order)

    def fills(self) -> list[Fill]:
        """Every fill so far, in order."""
        return [Fill(self._ours[number], *rest) for number, *rest in self._listener.told]


def _liquibook_listener(module: Any) -> Any:
    class Listener(module.OrderListener):  # type: ignore[misc]
        """Keeps fills, and hears of the rest because it must."""

        def __init__(self) -> None:
            super().__init__()
            self.told: list[tuple[int, int, int]] = []

        def on_fill(self, order: Any, matched: Any, lots: int, price: int) -> None:
            del order
            self.told.append((matched.order_id_, price, lots))

        def on_accept(self, order: Any) -> None:
            del order

        def on_cancel(self, order: Any) -> None:
            del order

    return Listener()


class MatchingEngine:
    """matching-engine, pure Python from 3.12 on: https://pypi.org/project/matching-engine/.

    It takes commands that a sequencer has stamped, and returns events.
    """

    def __init__(self) -> None:
        self._domain: Any = import_module("matching_engine.domain")
        self._trade: Any = import_module("matching_engine.events").Trade
        self._engine: Any = import_module("matching_engine.engine").MatchingEngine()
        self._seq = 0
        self._told: list[Any] = []

    def play(self, commands: Sequence[BookCommand]) -> None:
        """Do them one after another; all orders are of one account, which may trade with itself."""
        domain, process, trade, told = self._domain, self._engine.process, self._trade, self._told
        stamped, place, cancel = domain.SequencedCommand, domain.NewOrder, domain.CancelOrder
        buy, sell = domain.Side.BUY, domain.Side.SELL
        limit, market = domain.OrderType.LIMIT, domain.OrderType.MARKET
        rests, at_once = domain.TimeInForce.GTC, domain.TimeInForce.IOC
        alone = domain.SelfTradePrevention.NONE
        for seq, (kind, order_id, side, price, lots) in enumerate(commands, self._seq + 1):
            command: Any
            if kind is CANCEL:
                command = cancel(order_id, 1)
            else:
                which, until = (market, at_once) if kind is MARKET else (limit, rests)
                side_there = buy if side is BUY else sell
                command = place(order_id, 1, side_there, price, lots, which, until, False, alone)
            events = process(stamped(seq, seq, command))
            if len(events) > 1:
                told.extend(event for event in events if type(event) is trade)
        self._seq += len(commands)

    def fills(self) -> list[Fill]:
        """Every fill so far, in order."""
        return [Fill(trade.maker_order_id, trade.price, trade.qty) for trade in self._told]


class OrderMatching:
    """order-matching, pure Python: https://pypi.org/project/order-matching/.

    Orders are placed, and then matched at a time of which the oldest goes first.
    """

    def __init__(self) -> None:
        self._order: Any = import_module("order_matching.order")
        self._orders: Any = import_module("order_matching.orders").Orders
        self._side: Any = import_module("order_matching.enums").Side
        # Each order is a line of debug output otherwise.
        import_module("loguru").logger.disable("order_matching")
        self._engine: Any = import_module("order_matching.matching_engine").MatchingEngine(seed=1)
        self._now = datetime(2026, 1, 1)
        self._told: list[Any] = []

    def play(self, commands: Sequence[BookCommand]) -> None:
        """Do them one after another."""
        engine, orders, step = self._engine, self._orders, timedelta(microseconds=1)
        limit, market = self._order.LimitOrder, self._order.MarketOrder
        buy, sell = self._side.BUY, self._side.SELL
        for kind, order_id, side, price_ticks, lots in commands:
            self._now = now = self._now + step
            if kind is CANCEL:
                engine.cancel_order(str(order_id))
                continue
            terms: dict[str, Any] = {
                "side": buy if side is BUY else sell,
                "size": float(lots),
                "timestamp": now,
                "order_id": str(order_id),
                "trader_id": "bench",
            }
            order = market(**terms) if kind is MARKET else limit(price=float(price_ticks), **terms)
            engine.place(orders([order]))
            self._told.extend(engine.match(timestamp=now).trades)

    def fills(self) -> list[Fill]:
        """Every fill so far, in order."""
        return [
            Fill(int(trade.book_order_id), int(trade.price), int(trade.size))
            for trade in self._told
        ]


PEERS: tuple[tuple[str, int, Callable[[], Peer]], ...] = (
    ("liquibook", 200_000, Liquibook),
    ("matching-engine", 200_000, MatchingEngine),
    ("order-matching", 1_000, OrderMatching),
)
"""(package, how many commands it plays, what makes one). The last one looks at every resting order
for each command."""


def installed_peers() -> Iterator[InstalledPeer]:
    """Those that are installed; one that cannot be loaded is told on the error stream."""
    for name, commands, make in PEERS:
        try:
            label = f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
        try:
            make()
        except ImportError as error:
            print(
                f"book: {label} cannot be loaded ({error}); `pip install 'tui-exchange[bench]'`"
                " installs all that it needs",
                file=sys.stderr,
            )
            continue
        yield InstalledPeer(label, commands, make)

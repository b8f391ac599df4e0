"""The mirrored venue as one participant: what its depth and its tape do to the book."""

from collections.abc import Callable

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import MARKET, OrderType, PlaceOrder, Side
from engine.core.instruments import Instrument
from tests.reference.naive_book import NaiveBook, NaiveOrder
from tests.reference.naive_mirror import NaiveMirror, losses

PRINT = PlaceOrder(account=MARKET, symbol="", side=Side.BUY, order_type=OrderType.MARKET, lots=0)
"""Marks the order that stands for a printed trade: what it takes was seen by the venue."""


class NaiveVenue:
    """The commands of the market participant; the exchange provides the rest."""

    now_ns: int
    instruments: dict[str, Instrument]
    mirrors: dict[str, NaiveMirror]
    last: dict[str, tuple[int, Side]]
    book: NaiveBook
    new_id: Callable[[], int]
    say: Callable[..., None]
    trade: Callable[[NaiveOrder, NaiveOrder, int], None]

    def _depth(self, command: c.MirrorDepth) -> None:
        mirror = self.mirrors[command.symbol]
        mirror.state = "live"
        sides = ((Side.BUY, command.bids), (Side.SELL, command.asks))
        for side, levels in sides:
            named = [price for price, _ in levels]
            for shown_side, price in list(mirror.displayed):
                if command.snapshot and shown_side is side and price not in named:
                    self._show(command.symbol, side, price, 0)
            for price, lots in levels:
                if lots == 0:
                    self._show(command.symbol, side, price, 0)
        self.release(command.symbol)
        for side, levels in sides:
            for price, lots in levels:
                if lots:
                    self._show(command.symbol, side, price, lots)

    def _show(self, symbol: str, side: Side, price: int, lots: int) -> None:
        """The venue displays `lots` here now."""
        target = self.mirrors[symbol].display((side, price), lots)
        runs = [o for o in self.book.queue(symbol, side, price) if o.displayed]
        shown = sum(run.open for run in runs)
        if target > shown:
            self._add(symbol, side, price, target - shown)
        elif target < shown:
            model = self.mirrors[symbol].model
            lost = losses(model, [run.open for run in runs], shown - target)
            for run, part in zip(runs, lost, strict=True):
                if part:
                    self.book.take(run, part)

    def _add(self, symbol: str, side: Side, price: int, lots: int) -> None:
        """Display more, after trading with our orders that it reaches."""
        shown = NaiveOrder(self.new_id(), MARKET, symbol, side, price, lots, lots)
        while shown.open and (facing := self.book.facing(symbol, side, price)):
            if facing[0].displayed:
                self._stale(facing[0])
            else:
                self.trade(facing[0], shown, min(facing[0].open, shown.open))
        queue = self.book.queue(symbol, side, price)
        if shown.open and queue and queue[-1].displayed:
            queue[-1].open += shown.open
        elif shown.open:
            self.book.resting.append(shown)

    def _stale(self, run: NaiveOrder) -> None:
        """A display that a newer one crosses is out of date."""
        self.book.resting.remove(run)
        mirror = self.mirrors[run.symbol]
        mirror.displayed[run.side, run.price] -= run.open

    def release(self, symbol: str) -> None:
        """Show again what was taken long enough ago."""
        mirror = self.mirrors[symbol]
        for place in mirror.due(self.now_ns):
            lots, _ = mirror.taken.pop(place)
            self._add(symbol, *place, lots)

    def _print(self, command: c.MirrorTrade) -> None:
        if self.mirrors[command.symbol].state != "down":
            self._sweep(command)
        self.last[command.symbol] = (command.price_ticks, command.side)
        copied = ("symbol", "side", "price_ticks", "lots")
        self.say(e.MarketTraded, **{name: getattr(command, name) for name in copied})

    def _sweep(self, command: c.MirrorTrade) -> None:
        symbol, side, price = command.symbol, command.side, command.price_ticks
        incoming = NaiveOrder(
            self.new_id(), MARKET, symbol, side, price, command.lots, command.lots, PRINT
        )
        for resting in self.book.facing(symbol, side, price):
            part = min(resting.open, incoming.open)
            if part and not resting.displayed:
                self.trade(resting, incoming, part)
            elif part and resting.price == price:
                self.book.take(resting, part)
                self.mirrors[symbol].displayed[resting.side, price] -= part
                incoming.open -= part

    def _down(self, command: c.MirrorDown) -> None:
        mirror = self.mirrors[command.symbol]
        mirror.state = "down"
        mirror.taken.clear()
        mirror.displayed.clear()
        shown = [o for o in self.book.resting if o.displayed and o.symbol == command.symbol]
        for run in shown:
            self.book.resting.remove(run)

    def _configure(self, command: c.ConfigureMirror) -> None:
        mirror = self.mirrors[command.symbol]
        mirror.model = command.queue_model
        mirror.hold_ns = command.taken_hold_ns
        self.say(
            e.MirrorConfigured,
            symbol=command.symbol,
            queue_model=command.queue_model,
            taken_hold_ns=command.taken_hold_ns,
        )

    def _advance(self, _command: c.AdvanceTime) -> None:
        for symbol in self.instruments:
            self.release(symbol)

"""The mirrored venue as one participant: what its depth and its tape do to the book."""

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import MARKET, OrderType, PlaceOrder, Side
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_matching import note_last, trade
from tests.reference.naive_mirror import losses
from tests.reference.naive_state import NaiveState

PRINT = PlaceOrder(account=MARKET, symbol="", side=Side.BUY, order_type=OrderType.MARKET, lots=0)
"""Marks the order that stands for a printed trade: what it takes was seen by the venue."""


def apply_depth(x: NaiveState, command: c.MirrorDepth) -> None:
    mirror = x.mirrors[command.symbol]
    mirror.state = "live"
    sides = ((Side.BUY, command.bids), (Side.SELL, command.asks))
    for side, levels in sides:
        named = [price for price, _ in levels]
        for shown_side, price in list(mirror.displayed):
            if command.snapshot and shown_side is side and price not in named:
                _show(x, command.symbol, side, price, 0)
        for price, lots in levels:
            if lots == 0:
                _show(x, command.symbol, side, price, 0)
    release(x, command.symbol)
    for side, levels in sides:
        for price, lots in levels:
            if lots:
                _show(x, command.symbol, side, price, lots)


def _show(x: NaiveState, symbol: str, side: Side, price: int, lots: int) -> None:
    """The venue displays `lots` here now."""
    target = x.mirrors[symbol].display((side, price), lots)
    runs = [o for o in x.book.queue(symbol, side, price) if o.displayed]
    shown = sum(run.open for run in runs)
    if target > shown:
        _add(x, symbol, side, price, target - shown)
    elif target < shown:
        model = x.mirrors[symbol].model
        lost = losses(model, [run.open for run in runs], shown - target)
        for run, part in zip(runs, lost, strict=True):
            if part:
                x.book.take(run, part)


def _add(x: NaiveState, symbol: str, side: Side, price: int, lots: int) -> None:
    """Display more, after trading with our orders that it reaches while the market trades."""
    shown = NaiveOrder(x.new_shown_id(), MARKET, symbol, side, price, lots, lots)
    while shown.open and (facing := x.book.facing(symbol, side, price)):
        if facing[0].displayed:
            _stale(x, facing[0])
        elif x.trades(symbol):
            trade(x, facing[0], shown, min(facing[0].shown, shown.open))
        else:
            return
    queue = x.book.queue(symbol, side, price)
    if shown.open and queue and queue[-1].displayed:
        queue[-1].open += shown.open
    elif shown.open:
        x.book.resting.append(shown)


def _stale(x: NaiveState, run: NaiveOrder) -> None:
    """A display that a newer one crosses is out of date."""
    x.book.resting.remove(run)
    x.mirrors[run.symbol].displayed[run.side, run.price] -= run.open


def release(x: NaiveState, symbol: str) -> None:
    """Show again what was taken long enough ago."""
    mirror = x.mirrors[symbol]
    for place in mirror.due(x.now_ns):
        lots, _ = mirror.taken.pop(place)
        _add(x, symbol, *place, lots)


def apply_print(x: NaiveState, command: c.MirrorTrade) -> None:
    if x.mirrors[command.symbol].state != "down" and x.trades(command.symbol):
        _sweep(x, command)
    note_last(x, command.symbol, command.price_ticks, command.side)
    copied = ("symbol", "side", "price_ticks", "lots")
    x.say(e.MarketTraded, **{name: getattr(command, name) for name in copied})


def _sweep(x: NaiveState, command: c.MirrorTrade) -> None:
    symbol, side, price = command.symbol, command.side, command.price_ticks
    incoming = NaiveOrder(
        x.new_shown_id(), MARKET, symbol, side, price, command.lots, command.lots, PRINT
    )
    while incoming.open:
        reached = [
            order
            for order in x.book.facing(symbol, side, price)
            if not order.displayed or order.price == price
        ]
        if not reached:
            return
        part = min(reached[0].shown, incoming.open)
        if reached[0].displayed:
            x.book.take(reached[0], part)
            x.mirrors[symbol].displayed[reached[0].side, price] -= part
            incoming.open -= part
        else:
            trade(x, reached[0], incoming, part)


def apply_down(x: NaiveState, command: c.MirrorDown) -> None:
    mirror = x.mirrors[command.symbol]
    mirror.state = "down"
    mirror.taken.clear()
    mirror.displayed.clear()
    shown = [o for o in x.book.resting if o.displayed and o.symbol == command.symbol]
    for run in shown:
        x.book.resting.remove(run)


def configure(x: NaiveState, command: c.ConfigureMirror) -> None:
    mirror = x.mirrors[command.symbol]
    mirror.model = command.queue_model
    mirror.hold_ns = command.taken_hold_ns
    x.say(
        e.MirrorConfigured,
        symbol=command.symbol,
        queue_model=command.queue_model,
        taken_hold_ns=command.taken_hold_ns,
    )


def advance(x: NaiveState, _command: c.AdvanceTime) -> None:
    for symbol in x.instruments:
        release(x, symbol)

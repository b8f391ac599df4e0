"""What a print does to the book, and what the depth that reports it must not do again."""

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import MARKET, OrderType, PlaceOrder, Side
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_falls import clear_the_way, explain
from tests.reference.naive_matching import note_last, trade
from tests.reference.naive_mirror import SeenPrint
from tests.reference.naive_queue import note_printed, note_traded
from tests.reference.naive_state import NaiveState
from tests.reference.naive_venue import put_back

PRINT = PlaceOrder(account=MARKET, symbol="", side=Side.BUY, order_type=OrderType.MARKET, lots=0)
"""Marks the order that stands for a printed trade: what it takes was seen by the venue."""


def apply_print(x: NaiveState, command: c.MirrorTrade) -> None:
    note_printed(x, command.symbol, command.price_ticks, command.lots)
    if x.mirrors[command.symbol].state != "down" and x.trades(command.symbol):
        _sweep(x, command)
    note_last(x, command.symbol, command.price_ticks, command.side)
    copied = ("symbol", "side", "price_ticks", "lots")
    x.say(e.MarketTraded, **{name: getattr(command, name) for name in copied})


def _sweep(x: NaiveState, command: c.MirrorTrade) -> None:
    symbol, side, price, lots = command.symbol, command.side, command.price_ticks, command.lots
    mirror, at_ns, place = x.mirrors[symbol], command.venue_ns, (side.opposite, price)
    incoming = NaiveOrder(x.new_shown_id(), MARKET, symbol, side, price, lots, lots, PRINT)
    displayed = x.book.displayed_lots(symbol, *place)
    _take_better(x, incoming)
    if at_ns is not None and mirror.reports(at_ns):
        explain(x, symbol, place, lots, at_ns)
    _take_queue(x, incoming)
    clear_the_way(x)
    used = displayed - x.book.displayed_lots(symbol, *place)
    if not used or at_ns is None or mirror.depth_ns is None:
        return
    if mirror.reports(at_ns):
        put_back(x, NaiveOrder(x.new_shown_id(), MARKET, symbol, *place, used, used))
    else:
        mirror.prints.append(SeenPrint(at_ns, place, used))


def _take_better(x: NaiveState, incoming: NaiveOrder) -> None:
    """Our orders at better prices; what a venue displays there is out of date."""
    while incoming.open:
        facing = x.book.facing(incoming.symbol, incoming.side, incoming.price)
        better = [o for o in facing if not o.displayed and o.price != incoming.price]
        if not better:
            return
        trade(x, better[0], incoming, min(better[0].shown, incoming.open))


def _take_queue(x: NaiveState, incoming: NaiveOrder) -> None:
    """The queue at its own price, whatever stands there."""
    while incoming.open:
        queue = x.book.queue(incoming.symbol, incoming.side.opposite, incoming.price)
        if not queue:
            return
        if not queue[0].displayed:
            trade(x, queue[0], incoming, min(queue[0].shown, incoming.open))
            continue
        part = min(queue[0].open, incoming.open)
        if not queue[0].virtual:
            note_traded(x, queue[0], part)
        x.book.take(queue[0], part)
        incoming.open -= part

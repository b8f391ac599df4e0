"""The mirrored venue as one participant: what its depth does to the book."""

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import MARKET, Side
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_falls import fall
from tests.reference.naive_kept import keep, rebuild
from tests.reference.naive_matching import trade
from tests.reference.naive_mirror import SeenPrint
from tests.reference.naive_queue import note_traded
from tests.reference.naive_state import NaiveState
from tests.reference.naive_synthetic import synthetic_levels

Levels = tuple[tuple[int, int], ...]


def apply_depth(x: NaiveState, command: c.MirrorDepth) -> None:
    symbol, venue_ns = command.symbol, command.venue_ns
    mirror = x.mirrors[symbol]
    mirror.state = "live"
    reported = mirror.learn(venue_ns)
    sides = ((Side.BUY, command.bids), (Side.SELL, command.asks))
    for side, levels in sides:
        named = [price for price, _ in levels]
        for stated_side, price in list(mirror.stated):
            if command.snapshot and stated_side is side and price not in named:
                _show(x, symbol, side, price, 0, venue_ns)
        for price, lots in levels:
            if _known(x, symbol, side, price, lots) == 0:
                _show(x, symbol, side, price, lots, venue_ns)
    release(x, symbol)
    for side, levels in sides:
        for price, lots in levels:
            if _known(x, symbol, side, price, lots):
                _show(x, symbol, side, price, lots, venue_ns)
    mirror.kept.clear()
    places = [(side, price) for side, levels in sides for price, _ in levels]
    for seen in reported:
        if seen.place not in places:
            _show_again(x, symbol, seen)


def _known(x: NaiveState, symbol: str, side: Side, price: int, lots: int) -> int:
    """What a level holds where the venue does not know yet what some prints took from it."""
    return max(0, lots - x.mirrors[symbol].unreported((side, price)))


def _show(
    x: NaiveState, symbol: str, side: Side, price: int, lots: int, venue_ns: int | None
) -> None:
    """The venue displays `lots` here now."""
    mirror, place = x.mirrors[symbol], (side, price)
    mirror.stated[place] = lots
    if lots == 0:
        del mirror.stated[place]
    target = mirror.target(place, _known(x, symbol, side, price, lots))
    shown = x.book.displayed_lots(symbol, side, price)
    if target > shown:
        _add(x, symbol, side, price, target - shown)
    elif target < shown:
        fall(x, symbol, side, price, shown - target, venue_ns)


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
    rebuild(x, shown)
    put_back(x, shown)


def put_back(x: NaiveState, shown: NaiveOrder) -> None:
    """Displayed quantity stands at the back of its queue."""
    queue = x.book.queue(shown.symbol, shown.side, shown.price)
    if shown.open and queue and queue[-1].displayed:
        queue[-1].open += shown.open
    elif shown.open:
        x.book.resting.append(shown)


def _stale(x: NaiveState, run: NaiveOrder) -> None:
    """A display that a newer one crosses is out of date: the market went through it."""
    note_traded(x, run, run.open)
    x.book.remove(run)


def _show_again(x: NaiveState, symbol: str, seen: SeenPrint) -> None:
    """What a print took stands there still, for the depth that reports the print does not move."""
    mirror, (side, price) = x.mirrors[symbol], seen.place
    if x.book.facing(symbol, side, price):
        return
    there = mirror.taken_lots(seen.place) + x.book.displayed_lots(symbol, side, price)
    lots = min(seen.used, mirror.stated.get(seen.place, 0) - there)
    if lots > 0:
        put_back(x, NaiveOrder(x.new_shown_id(), MARKET, symbol, side, price, lots, lots))


def release(x: NaiveState, symbol: str) -> None:
    """Show again what was taken long enough ago."""
    mirror = x.mirrors[symbol]
    for place in mirror.due(x.now_ns):
        lots, _ = mirror.taken.pop(place)
        _add(x, symbol, *place, lots)


def apply_quote(x: NaiveState, command: c.MirrorQuote) -> None:
    """A depth is made of it."""
    terms = (command.liquidity_lots, command.base_ppm, command.impact_ppm)
    bids = synthetic_levels(command.bid_ticks, command.bid_lots, *terms, Side.BUY)
    asks = synthetic_levels(command.ask_ticks, command.ask_lots, *terms, Side.SELL)
    apply_depth(x, c.MirrorDepth(symbol=command.symbol, bids=bids, asks=asks, snapshot=True))


def apply_down(x: NaiveState, command: c.MirrorDown) -> None:
    mirror, symbol = x.mirrors[command.symbol], command.symbol
    if mirror.state != "down":
        keep(x, symbol)
    mirror.state = "down"
    mirror.taken.clear()
    mirror.stated.clear()
    mirror.prints.clear()
    mirror.depth_ns = None
    x.book.falls = [fall for fall in x.book.falls if fall.symbol != symbol]
    for run in [o for o in x.book.resting if o.displayed and o.symbol == symbol]:
        x.book.remove(run)


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

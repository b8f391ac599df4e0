"""A venue's depth update becomes changes to the orders of the market participant.

While the instrument does not trade, displayed quantity that would trade with our orders is left out
until the venue states that level again.

The order of work keeps the book honest: first every level that is gone is withdrawn, on both sides,
then the others are set. New displayed quantity that reaches one of our orders trades with it, as an
incoming order would. Displayed quantity never trades with displayed quantity: where two such levels
would cross, the older display is stale and is withdrawn.
"""

from engine.core.book import BookOrder, BookSide, DisplayedOrder, Level
from engine.core.commands import ConfigureMirror, MirrorDepth, MirrorDown, Side
from engine.core.events import MirrorConfigured
from engine.core.execution import execute
from engine.core.market import Market
from engine.core.mirror.mirror import MirrorState
from engine.core.mirror.queue_models import LOSSES
from engine.core.mirror.queue_position import note_printed, ours
from engine.core.mirror.regained import rebuild, remember
from engine.core.mirror.reported import Again, Changes, reconcile
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import LOTS_MAX, PRICE_TICKS_MAX

FEW = 32
"""So many changed levels are put in and taken out one by one; of more the order is made once."""


def apply_depth(state: State, market: Market, command: MirrorDepth) -> None:
    """Set the quantity displayed at each named price.

    Raises:
        Refusal: A price or quantity out of range, or a change without the snapshot it builds on.
    """
    mirror = market.mirror
    bids, asks = command.bids, command.asks
    venue_ns = command.venue_ns
    if not (_in_range(bids) and _in_range(asks)):
        raise Refusal(
            Reason.PRICE_OUT_OF_RANGE,
            f"displayed prices lie between {market.scale.price_decimal(1)} and"
            f" {market.scale.price_decimal(PRICE_TICKS_MAX)}, sizes between 0 and"
            f" {market.scale.size_decimal(LOTS_MAX)}",
        )
    if mirror.state is MirrorState.DOWN and not command.snapshot:
        raise Refusal(
            Reason.MARKET_STALE, f"{command.symbol} is down: its depth starts with a snapshot"
        )
    again: list[Again] = []
    if mirror.unreported:
        bids, asks, again = reconcile(mirror.unreported, command)
    if command.snapshot:
        bids = _with_removals(market, market.book.bids, bids)
        asks = _with_removals(market, market.book.asks, asks)
    mirror.state = MirrorState.LIVE
    _withdraw_gone(market, market.book.bids, bids, venue_ns)
    _withdraw_gone(market, market.book.asks, asks, venue_ns)
    release_due(state, market)
    _show_all(state, market, market.book.bids, bids, venue_ns)
    _show_all(state, market, market.book.asks, asks, venue_ns)
    for unmentioned in again:
        _show_again(state, market, unmentioned)
    if mirror.kept:
        mirror.kept.clear()
    if venue_ns is not None:
        mirror.heard(venue_ns)


def apply_down(state: State, market: Market, command: MirrorDown) -> None:
    """Withdraw all that the venue displayed; our orders keep their places in its queues."""
    del state, command
    mirror = market.mirror
    for side in (market.book.bids, market.book.asks):
        if mirror.state is not MirrorState.DOWN:
            mirror.kept |= remember(side)
        for level in list(side.best_first()):
            _withdraw(market, side, level, None)
    mirror.forget()
    mirror.state = MirrorState.DOWN


def configure(state: State, market: Market, command: ConfigureMirror) -> None:
    """Choose the queue model and how long taken liquidity stays taken."""
    if command.taken_hold_ns < 0:
        raise Refusal(Reason.AMOUNT_NOT_POSITIVE, "a hold time cannot be negative")
    market.mirror.queue_model = command.queue_model
    market.mirror.taken_hold_ns = command.taken_hold_ns
    state.events.append(
        MirrorConfigured(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=command.symbol,
            queue_model=command.queue_model,
            taken_hold_ns=command.taken_hold_ns,
        )
    )


def release_due(state: State, market: Market) -> None:
    """Show again what we took long enough ago and the venue still displays."""
    if market.mirror.due_ns > state.now_ns:
        return
    for side, price_ticks, lots in market.mirror.pop_due(state.now_ns):
        _add(state, market, side, price_ticks, lots)


def displayed_lots(level: Level) -> int:
    """How much of a level a venue displays."""
    return sum(order.open_lots for order in level if order.displayed)


def _many(side: BookSide, changes: Changes) -> bool:
    """Whether it is quicker to sort a side once than to find the place of each change in it."""
    return len(changes) > FEW and len(changes) * 8 > len(side.ranks)


def _in_range(changes: Changes) -> bool:
    """Whether every price and every quantity may be displayed; a loop, since it is run for every
    level of every depth, and `all` takes twice as long."""
    price_max, lots_max = PRICE_TICKS_MAX, LOTS_MAX
    for price_ticks, lots in changes:
        if not (0 < price_ticks <= price_max and 0 <= lots <= lots_max):
            return False
    return True


def _with_removals(market: Market, side: BookSide, changes: Changes) -> Changes:
    """A snapshot as changes: levels that it does not name are gone, those we emptied included."""
    named = {price_ticks for price_ticks, _ in changes}
    prices = [rank * side.sign for rank in side.ranks]
    prices += [price for taken_side, price in market.mirror.taken if taken_side is side.side]
    return (*((price, 0) for price in prices if price not in named), *changes)


def _withdraw_gone(market: Market, side: BookSide, changes: Changes, venue_ns: int | None) -> None:
    levels = side.levels
    sign = side.sign
    mirror = market.mirror
    if _many(side, changes):
        changes = _withdraw_at_once(market, side, changes)
    for price_ticks, lots in changes:
        if lots:
            continue
        rank = price_ticks * sign
        level = levels.get(rank)
        if level is not None:
            head = level.head
            if head is level.tail and head is not None and head.displayed:
                side.drop(rank)
            else:
                _withdraw(market, side, level, venue_ns)
        if mirror.taken:
            mirror.still_taken(side.side, price_ticks, 0)


def _withdraw_at_once(market: Market, side: BookSide, changes: Changes) -> Changes:
    """Withdraw the levels of which nothing else is to be known; returns the other changes."""
    levels = side.levels
    sign = side.sign
    taken = market.mirror.taken
    before = len(levels)
    others = []
    for change in changes:
        price_ticks, lots = change
        if lots:
            continue
        level = levels.get(price_ticks * sign)
        if level is not None and level.head is level.tail and displayed_lots(level):
            del levels[level.rank]
            level = None
        if level is not None or taken:
            others.append(change)
    if len(levels) < before:
        side.sort()
    return tuple(others)


def _withdraw(market: Market, side: BookSide, level: Level, venue_ns: int | None) -> None:
    head = level.head
    if head is level.tail and head is not None and head.displayed:
        side.drop(level.rank)
        return
    runs = [order for order in level if order.displayed]
    if venue_ns is not None and runs:
        losses = [run.open_lots for run in runs]
        market.mirror.falls.note((side.side, level.rank * side.sign), level, losses, venue_ns)
    for run in runs:
        market.book.remove(run)


def _show_all(
    state: State, market: Market, side: BookSide, changes: Changes, venue_ns: int | None
) -> None:
    levels = side.levels
    sign = side.sign
    facing = market.book.facing(side.side).ranks
    mirror = market.mirror
    if _many(side, changes):
        changes = _show_at_once(state, market, side, changes)
    nothing_taken = not mirror.taken
    for price_ticks, lots in changes:
        if not lots:
            continue
        rank = price_ticks * sign
        level = levels.get(rank)
        if nothing_taken and level is not None:
            head = level.head
            if head is level.tail and head is not None and head.displayed:
                head.open_lots = level.lots = lots
                continue
        elif nothing_taken and not (facing and facing[-1] >= -rank):
            side.begin(rank, DisplayedOrder(state.new_shown_id(), side.side, price_ticks, lots))
            continue
        _show(state, market, side, price_ticks, lots, venue_ns)
        nothing_taken = not mirror.taken


def _show_at_once(state: State, market: Market, side: BookSide, changes: Changes) -> Changes:
    """Show the levels that reach no order and hold none of ours; returns the other changes.

    What they show changes nothing for the others: those may only trade with what faces them.
    """
    levels = side.levels
    sign = side.sign
    facing = market.book.facing(side.side).ranks
    touch = -facing[-1] if facing else PRICE_TICKS_MAX + 1
    taken = {price for taken_side, price in market.mirror.taken if taken_side is side.side}
    before = len(levels)
    others = []
    for change in changes:
        price_ticks, lots = change
        rank = price_ticks * sign
        level = levels.get(rank)
        if not lots:
            continue
        if price_ticks in taken or (level is None and rank >= touch):
            others.append(change)
        elif level is None:
            level = levels[rank] = Level(rank)
            level.append(DisplayedOrder(state.new_shown_id(), side.side, price_ticks, lots))
        elif level.head is level.tail and level.head is not None and level.head.displayed:
            level.head.open_lots = level.lots = lots
        else:
            others.append(change)
    if len(levels) > before:
        side.sort()
    return tuple(others)


def _show(
    state: State,
    market: Market,
    side: BookSide,
    price_ticks: int,
    lots: int,
    venue_ns: int | None,
) -> None:
    """Make a level display `lots`, less what we have taken of it."""
    mirror = market.mirror
    target = lots - mirror.still_taken(side.side, price_ticks, lots)
    level = side.levels.get(price_ticks * side.sign)
    if mirror.kept and level is not None:
        queue = mirror.kept.get((side.side, price_ticks))
        if queue is not None and queue.ahead:
            rebuild(state.new_shown_id, side, level, queue, target)
            return
    shown = displayed_lots(level) if level is not None else 0
    if target > shown:
        _add(state, market, side.side, price_ticks, target - shown)
    elif level is not None and target < shown:
        _vanish(market, side, level, shown - target, venue_ns)


def _show_again(state: State, market: Market, again: Again) -> None:
    """Show what a print took and the venue still displays; it never trades."""
    side, price_ticks = again.place
    book = market.book
    if book.crosses(side, price_ticks):
        return
    level = book.side(side).levels.get(price_ticks * book.side(side).sign)
    shown = displayed_lots(level) if level is not None else 0
    taken = market.mirror.taken.get(again.place)
    if taken is not None:
        shown += taken.lots
    lots = min(again.lots, again.stated_lots - shown)
    if lots > 0:
        show_behind(state, market, side, price_ticks, lots)


def _vanish(market: Market, side: BookSide, level: Level, lots: int, venue_ns: int | None) -> None:
    """Take displayed quantity from the runs that the queue model says."""
    mirror = market.mirror
    runs: list[BookOrder] = [order for order in level if order.displayed]
    losses = LOSSES[mirror.queue_model]([run.open_lots for run in runs], lots)
    if venue_ns is not None:
        mirror.falls.note((side.side, level.rank * side.sign), level, losses, venue_ns)
    for run, loss in zip(runs, losses, strict=True):
        if loss:
            market.book.reduce(run, loss)


def _add(state: State, market: Market, side: Side, price_ticks: int, lots: int) -> None:
    """Display more at the back of a queue, after trading with our orders that it reaches."""
    book = market.book
    shown = DisplayedOrder(state.new_shown_id(), side, price_ticks, lots)
    while shown.open_lots and (order := book.front(side, price_ticks)) is not None:
        if order.displayed:
            _drop_stale(market, order)
            continue
        if not market.trades(state.now_ns):
            return
        part = min(order.open_lots, shown.open_lots)
        book.take(order, part)
        execute(state, market, shown, [(order, part)])
        market.mirror.note_taken(shown, part, state.now_ns)
    if shown.open_lots:
        _append(market, shown)


def show_behind(state: State, market: Market, side: Side, price_ticks: int, lots: int) -> None:
    """Display more at the back of a queue; it must not cross."""
    _append(market, DisplayedOrder(state.new_shown_id(), side, price_ticks, lots))


def _append(market: Market, shown: DisplayedOrder) -> None:
    side = market.book.side(shown.side)
    level = side.levels.get(shown.price_ticks * side.sign)
    tail = level.tail if level is not None else None
    if level is not None and tail is not None and tail.displayed:
        tail.open_lots += shown.open_lots
        level.lots += shown.open_lots
    else:
        market.book.add(shown)


def _drop_stale(market: Market, order: BookOrder) -> None:
    """Withdraw displayed quantity that newer display crosses: it has traded, as far as we know."""
    level = order.level
    assert level is not None, "a front of the book rests"
    if level.head is not level.tail:
        level.traded += order.open_lots
        note_printed(ours(level), -order.open_lots)
    market.book.remove(order)

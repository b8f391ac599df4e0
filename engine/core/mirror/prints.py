"""A trade that a venue printed becomes an aggressor order of the market participant.

It fills our orders at better prices first, as it would have had they been at the venue, then works
through the queue at its price: displayed quantity in front of us is used up before we are filled.
Displayed levels at better prices are out of date by the print's own evidence; they are left for the
depth update that will withdraw them and never stand in its way.

The depth tells the same trade. Where it has not yet, what the print used stays used until it does.
Where it has, the queue is displayed again as it was, and what the depth took from ahead of us for
this trade is given back to be used up first.
"""

from bisect import bisect_right

from engine.core.book import BookOrder, BookSide, DisplayedOrder, Level
from engine.core.commands import MirrorTrade
from engine.core.events import MarketTraded
from engine.core.execution import execute
from engine.core.market import LAST, Market
from engine.core.mirror.depth import displayed_lots, show_behind
from engine.core.mirror.mirror import MirrorState
from engine.core.mirror.queue_position import note_printed, note_traded, ours
from engine.core.mirror.reported import note_used
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import LOTS_MAX, PRICE_TICKS_MAX


class GivenBack(BookOrder):
    """Lots that depth took from ahead of one of our orders, in their place while a print works."""

    __slots__ = ()

    displayed = True


def apply_print(state: State, market: Market, command: MirrorTrade) -> None:
    """Fill what the print reaches; while the depth is down it reaches nothing.

    Raises:
        Refusal: A price or quantity that is not positive.
    """
    if not (0 < command.price_ticks <= PRICE_TICKS_MAX and 0 < command.lots <= LOTS_MAX):
        raise Refusal(
            Reason.PRICE_OUT_OF_RANGE,
            f"a printed trade has a price from {market.scale.price_decimal(1)} to"
            f" {market.scale.price_decimal(PRICE_TICKS_MAX)} and a size from"
            f" {market.scale.size_decimal(1)} to {market.scale.size_decimal(LOTS_MAX)}",
        )
    _count_printed(market, command)
    if market.mirror.state is not MirrorState.DOWN and market.trades(state.now_ns):
        _sweep(state, market, command)
    market.last_ticks = command.price_ticks
    market.last_side = command.side
    if market.watched or market.triggers.orders:
        state.note_move(market, LAST, command.price_ticks)
    state.events.append(
        MarketTraded(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=command.symbol,
            side=command.side,
            price_ticks=command.price_ticks,
            lots=command.lots,
        )
    )


def _count_printed(market: Market, command: MirrorTrade) -> None:
    """A print counts for every order of ours at its price, whether or not it can trade there."""
    for side in (market.book.bids, market.book.asks):
        level = side.levels.get(command.price_ticks * side.sign)
        if level is not None and not _only_displayed(level):
            note_printed(ours(level), command.lots)


def _only_displayed(level: Level) -> bool:
    """Whether one run of displayed quantity is all that stands at a level."""
    head = level.head
    return head is level.tail and head is not None and head.displayed


def _sweep(state: State, market: Market, command: MirrorTrade) -> None:
    facing = market.book.facing(command.side)
    limit = command.price_ticks * facing.sign
    if not facing.ranks or facing.ranks[-1] < limit:
        return
    incoming = DisplayedOrder(state.new_shown_id(), command.side, command.price_ticks, command.lots)
    for rank in reversed(facing.ranks[bisect_right(facing.ranks, limit) :]):
        while incoming.open_lots:
            order = _first_of_ours(facing.levels.get(rank))
            if order is None:
                break
            _fill(state, market, incoming, order)
    level = facing.levels.get(limit)
    if level is not None:
        _reach(state, market, command, incoming, level)


def _reach(
    state: State, market: Market, command: MirrorTrade, incoming: DisplayedOrder, level: Level
) -> None:
    """The print has come to its own price."""
    mirror = market.mirror
    venue_ns, depth_ns = command.venue_ns, mirror.depth_ns
    facing = market.book.facing(command.side)
    place = (facing.side, command.price_ticks)
    if venue_ns is None or depth_ns is None:
        _work(state, market, incoming, facing, level)
        return
    shown = displayed_lots(level)
    if venue_ns > depth_ns:
        used = shown - _work(state, market, incoming, facing, level)
        if used:
            taken = mirror.taken.get(place)
            stated = shown if taken is None else shown + taken.lots
            note_used(mirror.unreported, place, venue_ns, used, stated)
        return
    back = _give_back(market, command, level) if place in mirror.falls else []
    used = shown - _work(state, market, incoming, facing, level)
    for lots in back:
        if lots.level is not None:
            _take_away(market, lots)
    if used:
        show_behind(state, market, *place, used)


def _work(
    state: State, market: Market, incoming: DisplayedOrder, facing: BookSide, level: Level
) -> int:
    """Use up the queue at the print's own price from the front; returns what is displayed then."""
    rank, before = level.rank, level.traded
    while incoming.open_lots and (now := facing.levels.get(rank)) is not None:
        order = now.head
        assert order is not None, "a level without orders is dropped"
        if isinstance(order, GivenBack):
            _use_up(market, incoming, order)
        elif order.displayed:
            lots = min(incoming.open_lots, order.open_lots)
            incoming.open_lots -= lots
            market.book.take(order, lots)
        else:
            _fill(state, market, incoming, order)
    left = facing.levels.get(rank)
    if left is None:
        return 0
    if _only_displayed(left):
        return left.lots
    _count_once(left, before if left is level else 0)
    return sum(
        order.open_lots for order in left if order.displayed and not isinstance(order, GivenBack)
    )


def _count_once(level: Level, before: int) -> None:
    """What the print traded at its price is part of what it printed there."""
    for order in ours(level):
        note_printed([order], max(before, order.standing[2]) - level.traded)


def _first_of_ours(level: Level | None) -> BookOrder | None:
    """The first order of a queue that no venue displays."""
    for order in level or ():
        if not order.displayed:
            return order
    return None


def _fill(state: State, market: Market, incoming: DisplayedOrder, order: BookOrder) -> None:
    lots = min(incoming.open_lots, order.open_lots)
    market.book.take(order, lots)
    execute(state, market, incoming, [(order, lots)])


def _give_back(market: Market, command: MirrorTrade, level: Level) -> list[GivenBack]:
    """Put what falls took from ahead of our orders, and this print explains, back before them.

    Each stands behind the order of ours before it, in front of what is displayed there; no level
    counts it.
    """
    mirror = market.mirror
    assert command.venue_ns is not None, "only a print whose time is known explains a fall"
    assert mirror.depth_ns is not None, "only depth whose time is known remembers one"
    place = (command.side.opposite, command.price_ticks)
    given, traded = mirror.falls.explain(place, command.venue_ns, command.lots, mirror.depth_ns)
    back: list[GivenBack] = []
    section: BookOrder | None = level.head
    for order in ours(level):
        if returned := given.get(order.order_id):
            entry = GivenBack(0, *place, 0)
            level.insert_before(entry, section)
            entry.open_lots = returned
            back.append(entry)
        if ahead := traded.get(order.order_id):
            note_traded(order, ahead)
        section = order.after
    return back


def _use_up(market: Market, incoming: DisplayedOrder, entry: GivenBack) -> None:
    lots = min(incoming.open_lots, entry.open_lots)
    incoming.open_lots -= lots
    entry.open_lots -= lots
    if not entry.open_lots:
        market.book.remove(entry)


def _take_away(market: Market, entry: GivenBack) -> None:
    """What the print has not used up was never there."""
    entry.open_lots = 0
    market.book.remove(entry)

"""A trade that a venue printed becomes an aggressor order of the market participant.

It fills our orders at better prices first, as it would have had they been at the venue, then works
through the queue at its price: displayed quantity in front of us is used up before we are filled.
Displayed levels at better prices are out of date by the print's own evidence; they are left for the
depth update that will withdraw them and never stand in its way.
"""

from bisect import bisect_left

from engine.core.book import BookOrder, DisplayedOrder, Level
from engine.core.commands import MirrorTrade
from engine.core.events import MarketTraded
from engine.core.execution import execute
from engine.core.market import LAST, Market
from engine.core.mirror.mirror import MirrorState
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import LOTS_MAX, PRICE_TICKS_MAX


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


def _sweep(state: State, market: Market, command: MirrorTrade) -> None:
    facing = market.book.facing(command.side)
    limit = command.price_ticks * facing.sign
    if not facing.ranks or facing.ranks[-1] < limit:
        return
    incoming = DisplayedOrder(state.new_shown_id(), command.side, command.price_ticks, command.lots)
    for rank in reversed(facing.ranks[bisect_left(facing.ranks, limit) :]):
        while incoming.open_lots:
            order = _next(facing.levels.get(rank), displayed=rank == limit)
            if order is None:
                break
            _hit(state, market, incoming, order)


def _next(level: Level | None, *, displayed: bool) -> BookOrder | None:
    """The first order of a queue that a print reaches; displayed ones only at its own price."""
    for order in level or ():
        if displayed or not order.displayed:
            return order
    return None


def _hit(state: State, market: Market, incoming: DisplayedOrder, order: BookOrder) -> None:
    lots = min(incoming.open_lots, order.open_lots)
    market.book.reduce(order, lots)
    if order.displayed:
        incoming.open_lots -= lots
    else:
        execute(state, market, incoming, [(order, lots)])

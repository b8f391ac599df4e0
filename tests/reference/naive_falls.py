"""Displayed quantity that vanishes: where it goes from, and which prints explain it later."""

from engine.core.commands import MARKET, Side
from tests.reference.naive_book import Fall, Loss, NaiveOrder
from tests.reference.naive_mirror import Place, losses
from tests.reference.naive_state import NaiveState

REMEMBERED_NS = 1_000_000_000
"""By how much the depth may go on until a fall is forgotten."""


def fall(
    x: NaiveState, symbol: str, side: Side, price: int, lots: int, venue_ns: int | None
) -> None:
    """So many displayed lots are gone without a trade that we saw."""
    queue = x.book.queue(symbol, side, price)
    runs = [o for o in queue if o.displayed]
    lost = losses(x.mirrors[symbol].model, [run.open for run in runs], lots)
    gone = dict(zip(map(id, runs), lost, strict=True))
    ours = [o for o in queue if not o.displayed]
    if venue_ns is not None and ours:
        found, ahead = [], 0
        for order in queue:
            if order.displayed:
                ahead += gone[id(order)]
            else:
                found.append(Loss(order, ahead))
                ahead = 0
        stays = [order.stay for order in ours if order.stay is not None]
        x.book.falls.append(Fall(symbol, side, price, venue_ns, lots, found, stays))
    for run, part in zip(runs, lost, strict=True):
        if part:
            x.book.take(run, part)


def explain(x: NaiveState, symbol: str, place: Place, lots: int, at_ns: int) -> None:
    """A print was the cause of falls: what they took from ahead of us stands in its way."""
    depth_ns = x.mirrors[symbol].depth_ns
    assert depth_ns is not None, "a depth reported the print"
    for one in x.book.falls_at(symbol, *place):
        if one.at_ns < at_ns or depth_ns - one.at_ns > REMEMBERED_NS:
            continue
        explained = min(lots, one.lots)
        for loss in one.losses:
            given = loss.lots * explained // one.lots
            loss.lots -= given
            if loss.order is not None and given:
                _stand_in_the_way(x, loss.order, given)
                _note_given_back(x, one, loss.order, given)
        one.lots -= explained
        lots -= explained
        if one.lots == 0:
            x.book.falls.remove(one)


def _stand_in_the_way(x: NaiveState, order: NaiveOrder, lots: int) -> None:
    """Directly behind the order of ours that stands before this one, or at the very front."""
    queue = x.book.queue(order.symbol, order.side, order.price)
    first = queue.index(order)
    while first and queue[first - 1].displayed:
        first -= 1
    place = (order.symbol, order.side, order.price)
    virtual = NaiveOrder(0, MARKET, *place, lots, lots, virtual=True)
    x.book.resting.insert(x.book.resting.index(queue[first]), virtual)


def _note_given_back(x: NaiveState, one: Fall, order: NaiveOrder, lots: int) -> None:
    """It was traded after all, for all who saw it fall ahead of them."""
    queue = x.book.queue(order.symbol, order.side, order.price)
    for behind in queue[queue.index(order) :]:
        if behind.stay in one.seen_by:
            behind.stay.traded += lots


def clear_the_way(x: NaiveState) -> None:
    """The print has passed."""
    x.book.resting = [o for o in x.book.resting if not o.virtual]

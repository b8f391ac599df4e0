"""Where an order stands in its queue, and how it got there."""

from dataclasses import dataclass

from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_state import NaiveState


@dataclass(frozen=True)
class NaivePosition:
    rested_ns: int
    ahead_at_rest_lots: int
    ahead_lots: int
    cancelled_ahead_lots: int
    traded_ahead_lots: int
    behind_lots: int
    printed_lots: int


def position_of(x: NaiveState, order: NaiveOrder) -> NaivePosition | None:
    """None where it does not rest. What is not ahead any more and was not traded has left."""
    if not x.rests(order):
        return None
    queue = x.book.queue(order.symbol, order.side, order.price)
    place, stay = queue.index(order), order.stay
    assert stay is not None, "an order that rests has a stay"
    ahead = sum(other.shown for other in queue[:place])
    return NaivePosition(
        rested_ns=stay.rested_ns,
        ahead_at_rest_lots=stay.at_rest,
        ahead_lots=ahead,
        cancelled_ahead_lots=stay.at_rest - ahead - stay.traded,
        traded_ahead_lots=stay.traded,
        behind_lots=sum(other.shown for other in queue[place + 1 :]),
        printed_lots=stay.printed,
    )


def note_traded(x: NaiveState, gone: NaiveOrder, lots: int) -> None:
    """So much of a resting order or a run is traded away from ahead of those behind it."""
    queue = x.book.queue(gone.symbol, gone.side, gone.price)
    for order in queue[queue.index(gone) + 1 :]:
        if order.stay is not None:
            order.stay.traded += lots


def note_printed(x: NaiveState, symbol: str, price: int, lots: int) -> None:
    """So many lots changed hands at a price."""
    for order in x.book.resting:
        if order.stay is not None and (order.symbol, order.price) == (symbol, price):
            order.stay.printed += lots

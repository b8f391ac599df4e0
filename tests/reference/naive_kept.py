"""What is known of the queues of our orders while the depth is lost."""

from engine.core.commands import MARKET
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_mirror import KeptOrder, KeptQueue, KeptRun
from tests.reference.naive_state import NaiveState


def keep(x: NaiveState, symbol: str) -> None:
    """The depth is lost: the queues in which orders of ours stand are remembered."""
    for order in x.book.resting:
        if order.symbol != symbol or order.displayed:
            continue
        queue = x.book.queue(symbol, order.side, order.price)
        x.mirrors[symbol].kept[order.side, order.price] = [_kept(one) for one in queue]


def _kept(one: NaiveOrder) -> KeptRun | KeptOrder:
    if one.displayed:
        return KeptRun(one.open)
    assert one.stay is not None, "an order that rests has a stay"
    return KeptOrder(one, one.stay)


def rebuild(x: NaiveState, shown: NaiveOrder) -> None:
    """Displayed quantity takes the places again that it had when the depth was lost."""
    symbol, side, price = shown.symbol, shown.side, shown.price
    kept = x.mirrors[symbol].kept.pop((side, price), [])
    if not any(isinstance(one, KeptOrder) and one.stands for one in kept):
        return
    present = x.book.queue(symbol, side, price)
    queue = _rebuilt(x, kept, shown)
    queue += [order for order in present if order not in queue]
    x.book.resting = [order for order in x.book.resting if order not in present] + queue


def _rebuilt(x: NaiveState, kept: KeptQueue, shown: NaiveOrder) -> list[NaiveOrder]:
    """The remembered queue as far as its orders still stand in it and what is shown goes."""
    queue: list[NaiveOrder] = []
    former = 0
    for one in [*kept, None]:
        if isinstance(one, KeptRun):
            former += one.lots
            continue
        if one is not None and not one.stands:
            continue
        part = min(former, shown.open)
        if part:
            place = (shown.symbol, shown.side, shown.price)
            queue.append(NaiveOrder(x.new_shown_id(), MARKET, *place, part, part))
        shown.open -= part
        former = 0
        if one is not None:
            queue.append(one.order)
    return queue

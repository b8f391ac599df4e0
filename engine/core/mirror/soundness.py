"""What must hold of the queues that a mirror remembers, and of where our orders stand in them."""

from collections.abc import Iterable

from engine.core.book import BookSide, DisplayedOrder
from engine.core.market import Market
from engine.core.mirror.mirror import MirrorState
from engine.core.mirror.place import Place
from engine.core.mirror.prints import GivenBack
from engine.core.mirror.queue_position import ours, position


def problems(market: Market) -> list[str]:
    """What does not hold, as sentences; nothing when all is well."""
    return [*_standings(market), *_memory(market)]


def _standings(market: Market) -> list[str]:
    """Of what stood ahead of an order nothing is counted twice; no print leaves anything behind."""
    found = []
    for side in (market.book.bids, market.book.asks):
        for level in side.levels.values():
            if level.head is level.tail and type(level.head) is DisplayedOrder:
                continue
            if any(isinstance(order, GivenBack) for order in level):
                found.append(f"level {level.rank} holds what was given back for a print")
            for order in ours(level):
                place = position(order)
                if place is None or min(place.traded_ahead_lots, place.cancelled_ahead_lots) < 0:
                    found.append(f"order {order.order_id} has gained more than stood ahead of it")
                elif place.behind_lots < 0 or place.printed_lots < 0:
                    found.append(f"order {order.order_id} has less than nothing behind it")
    return found


def _memory(market: Market) -> list[str]:
    """What is remembered of a queue names orders that stand in it, in their order."""
    mirror = market.mirror
    found = []
    for place, falls in mirror.falls.items():
        for fall in falls:
            if not _in_order(fall.losses, _queue(market, place)):
                found.append(f"a fall at {place[1]} names orders that do not stand there")
            if fall.lots <= 0 or min(fall.losses.values(), default=0) < 0:
                found.append(f"a fall at {place[1]} is explained by more than it was")
    for place, queue in mirror.kept.items():
        if not _in_order(queue.ahead, _queue(market, place)):
            found.append(f"the queue kept at {place[1]} names orders that do not stand there")
    if mirror.kept and mirror.state is not MirrorState.DOWN:
        found.append("queues are kept although the depth is known")
    if mirror.state is MirrorState.DOWN and (mirror.falls or mirror.unreported):
        found.append("prints and falls are remembered although the depth is not known")
    return found


def _queue(market: Market, place: Place) -> list[int]:
    side: BookSide = market.book.side(place[0])
    return [order.order_id for order in ours(side.levels.get(place[1] * side.sign))]


def _in_order(named: Iterable[int], queue: list[int]) -> bool:
    """Whether some of a queue are named, in the order in which they stand."""
    rest = iter(queue)
    return all(order_id in rest for order_id in named)

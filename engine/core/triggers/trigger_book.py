"""Every order of one instrument that waits for a price.

An order to buy on a rise or to sell a gain waits above the price and is reached from below; the
others wait below it. A trailing stop sleeps until its activation, then follows: it is listed once
by its trigger and once by the best price so far, so that a price which makes nothing better for it
does not touch it.

Theory of the ranks: on the upper side a lower price is nearer, so its rank is the negative price;
on the lower side the price itself. A trailing sell follows when the price rises above its best,
hence stands on the upper side of that list although its trigger stands on the lower side.
"""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from engine.core.commands import BUY, OrderType, Side, TriggerSource
from engine.core.orders.order import Order
from engine.core.triggers.ranked import RankedIds
from engine.core.units import PPM

GAINS = (OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT)
ANY_PRICE_RANK = 1 << 62
"""A rank that whatever price comes first reaches."""


class _Watch:
    """The orders that watch one price of the instrument, by side of it."""

    __slots__ = ("asleep", "best", "high_ticks", "low_ticks", "triggers")

    def __init__(self) -> None:
        self.low_ticks: int | None = None
        """No price above this, and below `high_ticks`, touches any of the orders; None: not known
        since an order came or went."""
        self.high_ticks = 0
        self.triggers = {True: RankedIds(), False: RankedIds()}
        """By whether the order is reached from below."""
        self.asleep = {True: RankedIds(), False: RankedIds()}
        """Trailing stops by the price that wakes them."""
        self.best = {True: RankedIds(), False: RankedIds()}
        """Trailing stops by the price that they follow."""

    def is_quiet(self, price_ticks: int) -> bool:
        """Whether a price touches none of the orders."""
        if self.low_ticks is None:
            self.low_ticks = self._nearest(above=False)
            self.high_ticks = -self._nearest(above=True)
        return self.low_ticks < price_ticks < self.high_ticks

    def _nearest(self, *, above: bool) -> int:
        """The highest rank that touches an order on one side; a best price is touched beyond it."""
        return max(
            self.triggers[above].first_rank(),
            self.asleep[above].first_rank(),
            self.best[above].first_rank() - 1,
        )


class TriggerBook:
    """The waiting orders of an instrument.

    Attributes:
        orders: By number.
    """

    __slots__ = ("_watches", "orders")

    def __init__(self) -> None:
        self.orders: dict[int, Order] = {}
        self._watches = {source: _Watch() for source in TriggerSource}

    def __iter__(self) -> Iterator[Order]:
        """The waiting orders, in the order in which they came."""
        return iter(self.orders.values())

    def add(self, order: Order) -> None:
        """Let an order wait; one that trails follows from its best price, or sleeps without one."""
        assert order.source is not None, "an order that waits watches a price"
        self.orders[order.order_id] = order
        watch = self._watches[order.source]
        watch.low_ticks = None
        above = is_above(order)
        if order.trigger_ticks is None:
            watch.asleep[not above].add(_waking_rank(order), order.order_id)
            return
        watch.triggers[above].add(_rank(above, order.trigger_ticks), order.order_id)
        if order.best_ticks is not None:
            watch.best[not above].add(_rank(not above, order.best_ticks), order.order_id)

    def remove(self, order: Order) -> None:
        """Take an order out, before its terms change or because it ends."""
        assert order.source is not None, "an order that waits watches a price"
        del self.orders[order.order_id]
        watch = self._watches[order.source]
        watch.low_ticks = None
        above = is_above(order)
        if order.trigger_ticks is None:
            watch.asleep[not above].remove(_waking_rank(order), order.order_id)
            return
        watch.triggers[above].remove(_rank(above, order.trigger_ticks), order.order_id)
        if order.best_ticks is not None:
            watch.best[not above].remove(_rank(not above, order.best_ticks), order.order_id)

    def is_quiet(self, sources: Sequence[TriggerSource], price_ticks: int) -> bool:
        """Whether a price that counts for these sources touches none of the orders."""
        for source in sources:
            watch = self._watches[source]
            low_ticks = watch.low_ticks
            if low_ticks is None:
                if not watch.is_quiet(price_ticks):
                    return False
            elif not low_ticks < price_ticks < watch.high_ticks:
                return False
        return True

    def follow(
        self, sources: Sequence[TriggerSource], price_ticks: int, before_id: int
    ) -> list[Order]:
        """Let trailing stops follow a price; those whose trigger moved or that woke, oldest first.

        A price that is only as good as the best one changes nothing, and so does a price that came
        before an order: those from `before_id` on.
        """
        touched: list[tuple[int, _Watch]] = []
        for watch in self._disturbed(sources, price_ticks):
            watch.low_ticks = None
            for above in (True, False):
                rank = _rank(above, price_ticks)
                ids = watch.asleep[above].pop_down_to(rank, before_id)
                ids += watch.best[above].pop_down_to(rank + 1, before_id)
                touched += ((order_id, watch) for order_id in ids)
        touched.sort(key=itemgetter(0))
        return [self.orders[id_] for id_, watch in touched if self._moved(watch, id_, price_ticks)]

    def pop_reached(
        self, sources: Sequence[TriggerSource], price_ticks: int, before_id: int
    ) -> list[tuple[Order, TriggerSource]]:
        """Take out the orders whose trigger a price reaches, in the order in which they fire.

        Those from `before_id` on came after the price.

        Args:
            sources: For which the price counts.

        Returns:
            Each order with the source that it watched.
        """
        reached: list[tuple[Order, TriggerSource]] = []
        if self.is_quiet(sources, price_ticks):
            return reached
        for above in (True, False):
            rank = _rank(above, price_ticks)
            found = [
                (self._pop(self._watches[source], order_id, above), source)
                for source in sources
                for order_id in self._watches[source].triggers[above].pop_down_to(rank, before_id)
            ]
            if len(sources) > 1:
                found.sort(key=lambda entry: _firing_rank(entry[0], above))
            reached += found
        return reached

    def _disturbed(self, sources: Sequence[TriggerSource], price_ticks: int) -> list[_Watch]:
        watches = (self._watches[source] for source in sources)
        return [watch for watch in watches if not watch.is_quiet(price_ticks)]

    def _pop(self, watch: _Watch, order_id: int, above: bool) -> Order:
        """Forget an order whose trigger is out of its list."""
        order = self.orders.pop(order_id)
        watch.low_ticks = None
        if order.best_ticks is not None:
            watch.best[not above].remove(_rank(not above, order.best_ticks), order_id)
        return order

    def _moved(self, watch: _Watch, order_id: int, price_ticks: int) -> bool:
        """Set a trailing stop's trigger behind a new best price; whether it changed."""
        order = self.orders[order_id]
        above = is_above(order)
        before = order.trigger_ticks
        order.best_ticks = price_ticks
        watch.best[not above].add(_rank(not above, price_ticks), order_id)
        after = trailing_ticks(order, price_ticks)
        if after == before:
            return False
        if before is not None:
            watch.triggers[above].remove(_rank(above, before), order_id)
        order.trigger_ticks = after
        watch.triggers[above].add(_rank(above, after), order_id)
        return True


def is_above(order: Order) -> bool:
    """Whether an order waits above the price: stops that buy, and sellers who take a profit."""
    return (order.side is BUY) is not (order.command.order_type in GAINS)


def reaches(order: Order, price_ticks: int) -> bool:
    """Whether a price is at an order's trigger or beyond."""
    assert order.trigger_ticks is not None, "an order without a trigger is not reached"
    if is_above(order):
        return price_ticks >= order.trigger_ticks
    return price_ticks <= order.trigger_ticks


def trailing_ticks(order: Order, best_ticks: int) -> int:
    """The trigger of a trailing stop that follows this price."""
    command = order.command
    if command.trail_ticks is not None:
        distance = command.trail_ticks
    else:
        assert command.trail_ppm is not None, "a trailing stop has a distance"
        distance = -(-best_ticks * command.trail_ppm // PPM)
    return best_ticks + distance if order.side is BUY else max(1, best_ticks - distance)


def wakes(side: Side, activation_ticks: int, price_ticks: int) -> bool:
    """Whether a price begins what a trailing stop with this activation does."""
    return price_ticks <= activation_ticks if side is BUY else price_ticks >= activation_ticks


def _firing_rank(order: Order, above: bool) -> tuple[int, int]:
    """What sorts the orders that one price reaches: the nearest trigger, then the oldest."""
    assert order.trigger_ticks is not None, "an order that is reached has a trigger"
    return -_rank(above, order.trigger_ticks), order.order_id


def _rank(above: bool, price_ticks: int) -> int:
    return -price_ticks if above else price_ticks


def _waking_rank(order: Order) -> int:
    activation_ticks = order.command.activation_ticks
    if activation_ticks is None:
        return ANY_PRICE_RANK
    return _rank(not is_above(order), activation_ticks)

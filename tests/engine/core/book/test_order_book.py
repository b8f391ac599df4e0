"""What a book can do, against the plainest list that does the same."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.book import BookOrder, OrderBook
from engine.core.commands import Side

orders = st.lists(
    st.tuples(st.sampled_from(Side), st.integers(90, 110), st.integers(1, 9)), max_size=40
)


def better_first(side: Side, resting: list[BookOrder]) -> list[BookOrder]:
    """Price, then age: ids grow with age."""
    sign = -1 if side is Side.BUY else 1
    return sorted(resting, key=lambda order: (sign * order.price_ticks, order.order_id))


@given(orders, st.sampled_from(Side), st.integers(1, 60), st.none() | st.integers(90, 110))
def test_matching_takes_the_best_price_and_the_oldest_order(
    placed: list[tuple[Side, int, int]], side: Side, lots: int, limit: int | None
) -> None:
    book = OrderBook()
    resting = [
        BookOrder(order_id, order_side, price, size)
        for order_id, (order_side, price, size) in enumerate(placed)
        if order_side is side.opposite
    ]
    for order in resting:
        book.add(order)
    sizes = {order.order_id: order.open_lots for order in resting}
    expected = []
    wanted = lots
    for order in better_first(side.opposite, resting):
        worse = limit is not None and (
            order.price_ticks > limit if side is Side.BUY else order.price_ticks < limit
        )
        if worse or not wanted:
            break
        part = min(wanted, order.open_lots)
        expected.append((order.order_id, part))
        wanted -= part

    fills = book.match(side, lots, limit)

    assert [(order.order_id, part) for order, part in fills] == expected
    taken = dict(expected)
    for order in resting:
        assert order.open_lots == sizes[order.order_id] - taken.get(order.order_id, 0)
        assert (order.level is None) == (order.open_lots == 0)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20), st.data())
def test_removing_from_a_queue_keeps_the_order_of_the_others(
    sizes: list[int], data: st.DataObject
) -> None:
    book = OrderBook()
    queue = [BookOrder(order_id, Side.SELL, 100, size) for order_id, size in enumerate(sizes)]
    for order in queue:
        book.add(order)
    while queue:
        gone = queue.pop(data.draw(st.integers(0, len(queue) - 1)))
        book.remove(gone)
        level = book.asks.levels.get(-100)
        assert [o.order_id for o in (level or ())] == [o.order_id for o in queue]
        if level is not None:
            assert level.lots == sum(order.open_lots for order in queue)
            assert level.ahead_of(queue[-1]) == level.lots - queue[-1].open_lots
    assert book.asks.best_ticks() is None

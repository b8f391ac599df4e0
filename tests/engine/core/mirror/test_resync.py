"""A lost line changes no place in a queue and fills nobody."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import QueueModel
from tests.engine.core.mirror.venue import Venue

queues = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=4)
"""(displayed lots that come, lots of ours behind them), front first."""


def queued(parts: list[tuple[int, int]], behind: int) -> tuple[Venue, int]:
    venue = Venue(QueueModel.PROPORTIONAL)
    venue.displays(0, snapshot=True)
    total = 0
    for shown, ours in parts:
        total += shown
        venue.displays(total)
        venue.buys(ours)
    venue.displays(total + behind)
    return venue, total + behind


@given(queues, st.integers(0, 30), st.integers(1, 3))
def test_when_nothing_moved_everybody_stands_where_he_stood(
    parts: list[tuple[int, int]], behind: int, losses: int
) -> None:
    venue, total = queued(parts, behind)
    before = venue.queue()
    for _ in range(losses):
        venue.goes_down()
        assert venue.displayed_lots() == 0
    venue.displays(total, snapshot=True)
    assert venue.queue() == before


@given(queues, st.integers(0, 30), st.integers(0, 150))
def test_nobody_gains_more_than_what_is_gone_and_nobody_loses(
    parts: list[tuple[int, int]], behind: int, shown: int
) -> None:
    venue, total = queued(parts, behind)
    orders = venue.exchange.open_orders("ann")
    before = [venue.exchange.queue_ahead(order.order_id) for order in orders]
    venue.goes_down()
    venue.displays(shown, snapshot=True)
    after = [venue.exchange.queue_ahead(order.order_id) for order in orders]
    assert venue.displayed_lots() == shown
    for ahead, was in zip(after, before, strict=True):
        assert was - max(0, total - shown) <= ahead <= was

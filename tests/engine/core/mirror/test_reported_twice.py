"""A venue tells a trade as a print and as depth; whatever comes first, it counts once."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import QueueModel
from tests.engine.core.mirror.venue import Venue

lots = st.integers(0, 40)
models = st.sampled_from(QueueModel)


def standing(venue: Venue) -> tuple[int, int, int]:
    """(filled, still ahead, displayed) once all is told."""
    orders = venue.exchange.open_orders("ann")
    filled = venue.exchange.position("ann", "BTC-USDT")
    got = 0 if filled is None else filled.lots
    ahead = sum(venue.exchange.queue_ahead(order.order_id) for order in orders)
    return got, ahead, venue.displayed_lots()


def queued(model: QueueModel, ahead: int, ours: int, behind: int) -> Venue:
    venue = Venue(model)
    venue.displays(ahead, snapshot=True)
    venue.buys(ours)
    venue.displays(ahead + behind)
    return venue


@given(models, lots, st.integers(1, 40), lots, st.data())
def test_print_and_depth_come_in_any_order(
    model: QueueModel, ahead: int, ours: int, behind: int, data: st.DataObject
) -> None:
    traded = data.draw(st.integers(1, max(1, ahead + behind)), "traded")
    left = max(0, ahead + behind - traded)
    print_first, depth_first = (queued(model, ahead, ours, behind) for _ in range(2))
    print_first.prints(traded, venue_ns=2)
    print_first.displays(left, venue_ns=2)
    depth_first.displays(left, venue_ns=2)
    depth_first.prints(traded, venue_ns=2)
    expected = (min(ours, max(0, traded - ahead)), max(0, ahead - traded), left)
    assert standing(print_first) == expected
    assert standing(depth_first) == expected


@given(models, lots, st.integers(1, 40), lots, lots, lots)
def test_depth_between_the_trade_and_its_print_takes_no_place_from_us(
    model: QueueModel, ahead: int, ours: int, behind: int, first: int, second: int
) -> None:
    """Two trades, told by one depth, then by two prints."""
    venue = queued(model, ahead, ours, behind)
    traded = min(first + second, ahead + behind)
    venue.displays(ahead + behind - traded, venue_ns=3)
    for part, venue_ns in ((first, 2), (traded - min(first, traded), 3)):
        if part:
            venue.prints(min(part, traded), venue_ns)
    got, _, displayed = standing(venue)
    assert got <= max(0, traded - ahead)
    assert displayed == ahead + behind - traded


@given(models, lots, st.integers(1, 40), lots, st.integers(1, 90))
def test_older_depth_counts_what_a_print_took_and_later_depth_that_is_silent_shows_it_again(
    model: QueueModel, ahead: int, ours: int, behind: int, traded: int
) -> None:
    venue = queued(model, ahead, ours, behind)
    venue.prints(traded, venue_ns=2)
    left = venue.displayed_lots()
    got, still_ahead, _ = standing(venue)
    assert left == ahead + behind - min(traded - got, ahead + behind)
    venue.displays(ahead + behind, venue_ns=1)
    assert standing(venue) == (got, still_ahead, left)
    venue.says_nothing(venue_ns=2)
    assert standing(venue) == (got, still_ahead, ahead + behind)

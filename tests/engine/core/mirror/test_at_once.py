"""A depth of many levels is shown at once, and means what it means level by level."""

import pytest

from engine.core.commands import MirrorDepth, Side
from engine.core.exchange import Exchange
from engine.core.mirror import depth
from tests.engine.core.mirror.venue import PRICE, SYMBOL, Venue
from tests.reference.agreement import run_both
from tests.reference.sequences import seeded

MANY = 4 * depth.FEW


@pytest.mark.parametrize("seed", range(700, 712))
def test_shown_at_once_or_one_by_one_is_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(depth, "FEW", 0)
    run_both(*seeded(seed, 100))


def levels(exchange: Exchange, side: Side) -> list[tuple[int, int]]:
    return [(price, lots) for price, lots, _ in exchange.depth(SYMBOL, side)]


def test_a_large_snapshot_takes_the_place_of_another_around_our_orders(venue: Venue) -> None:
    venue.displays(5, snapshot=True)
    venue.buys(2)
    for step in (1, 3, 2):
        bids = tuple((PRICE - step * n, 10 + n) for n in range(MANY // step) if step * n < PRICE)
        asks = tuple((PRICE + 1 + step * n, 20 + n) for n in range(MANY))
        venue.apply(MirrorDepth(symbol=SYMBOL, bids=bids, asks=asks, snapshot=True, venue_ns=2))
        assert levels(venue.exchange, Side.SELL) == list(asks)
        assert levels(venue.exchange, Side.BUY) == [(PRICE, 12), *bids[1:]]
    assert venue.exchange.queue_ahead(1) == 5
    venue.displays(5, venue_ns=3, snapshot=True)
    assert levels(venue.exchange, Side.SELL) == []
    assert levels(venue.exchange, Side.BUY) == [(PRICE, 7)]


def test_a_large_snapshot_that_crosses_us_trades(venue: Venue) -> None:
    venue.displays(5, snapshot=True)
    venue.buys(2)
    asks = tuple((PRICE + n, 1) for n in range(MANY))
    venue.apply(MirrorDepth(symbol=SYMBOL, bids=(), asks=asks, snapshot=True))
    assert levels(venue.exchange, Side.BUY) == [(PRICE, 1)]
    assert levels(venue.exchange, Side.SELL) == list(asks[1:])

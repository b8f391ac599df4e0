"""What must hold is looked at everywhere, also where a venue's book is plain."""

from collections.abc import Callable

import pytest

from engine.core.book import Level
from engine.core.commands import QueueModel, Side
from engine.core.invariants import InvariantError, check
from tests.engine.core.mirror.venue import PRICE, SYMBOL, Venue


def _lots(level: Level) -> None:
    level.lots += 1


def _orders(level: Level) -> None:
    level.orders += 1


def _tail(level: Level) -> None:
    level.tail = None


def _price(level: Level) -> None:
    assert level.head is not None
    level.head.price_ticks += 1


def _side(level: Level) -> None:
    assert level.head is not None
    level.head.side = Side.SELL


def _home(level: Level) -> None:
    assert level.head is not None
    level.head.level = None


@pytest.mark.parametrize("breaks", [_lots, _orders, _tail, _price, _side, _home])
def test_a_broken_level_of_a_venue_is_found(breaks: Callable[[Level], None]) -> None:
    venue = Venue(QueueModel.BEHIND)
    venue.displays(5)
    breaks(venue.exchange.state.markets[SYMBOL].book.bids.levels[PRICE])
    check(venue.exchange, ("ELSE",))
    with pytest.raises(InvariantError):
        check(venue.exchange, (SYMBOL,))
    with pytest.raises(InvariantError):
        check(venue.exchange)

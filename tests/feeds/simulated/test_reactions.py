"""The market answers to what we take and to what we show, and the same answer to the same."""

import msgspec

from engine.core.commands import Side
from feeds.messages import BookDelta, BookSnapshot, Trade
from feeds.simulated import LISTINGS, Published, SimulatedMarket
from tests.feeds.simulated.displayed_book import DisplayedBook

SECOND_NS = 10**9
START_NS = 1_767_225_600 * SECOND_NS
SPOT = LISTINGS[:1]
WALL_LOTS = 60_000
TICK = 5
"""Of BTC-USDT, in units of its last decimal place."""


def test_the_same_seed_and_the_same_reactions_give_the_same_bytes() -> None:
    def played() -> bytes:
        market = SimulatedMarket(3, START_NS, listings=SPOT)
        messages = market.advance(START_NS + SECOND_NS)
        market.rest("BTC-USDT", Side.BUY, 123_990, 5_000)
        messages += market.advance(START_NS + 2 * SECOND_NS)
        market.react("BTC-USDT", Side.SELL, 900)
        market.rest("BTC-USDT", Side.BUY, 123_990, 0)
        market.scenario = "thin"
        messages += market.advance(START_NS + 5 * SECOND_NS)
        return msgspec.msgpack.encode([(type(message).__name__, message) for message in messages])

    assert played() == played()


def test_a_wall_of_bids_brings_buyers_and_a_wall_of_offers_sellers() -> None:
    seeds = range(6)
    by_bids = [bought_less_sold(behind_a_wall(seed, Side.BUY)) for seed in seeds]
    by_offers = [bought_less_sold(behind_a_wall(seed, Side.SELL)) for seed in seeds]
    assert sum(by_bids) > sum(by_offers) + 50


def behind_a_wall(seed: int, side: Side) -> list[Published]:
    """What is published in fifteen seconds while somebody outside keeps a wall at the touch."""
    market = SimulatedMarket(seed, START_NS, listings=SPOT)
    opening, *_ = market.advance(START_NS)
    assert isinstance(opening, BookSnapshot)
    book = DisplayedBook(opening)
    found: list[Published] = []
    for step in range(1, 31):
        touch = max(book.bids) if side is Side.BUY else min(book.asks)
        market.rest("BTC-USDT", side, touch // TICK, WALL_LOTS)
        for message in market.advance(START_NS + step * SECOND_NS // 2):
            found.append(message)
            if isinstance(message, BookDelta):
                book.change(message)
        market.rest("BTC-USDT", side, touch // TICK, 0)
    return found


def test_our_taking_excites_others() -> None:
    traded = {True: 0, False: 0}
    for seed in range(6):
        for shaken in traded:
            market = SimulatedMarket(seed, START_NS, listings=SPOT)
            for _ in range(20 if shaken else 0):
                market.react("BTC-USDT", Side.BUY, 100)
            messages = market.advance(START_NS + 5 * SECOND_NS)
            traded[shaken] += sum(isinstance(message, Trade) for message in messages)
    assert traded[True] > 1.1 * traded[False]


def test_what_was_withdrawn_is_forgotten() -> None:
    untouched = SimulatedMarket(2, START_NS, listings=SPOT)
    touched = SimulatedMarket(2, START_NS, listings=SPOT)
    touched.rest("BTC-USDT", Side.BUY, 123_999, WALL_LOTS)
    touched.rest("BTC-USDT", Side.BUY, 123_999, 0)
    until_ns = START_NS + 2 * SECOND_NS
    assert touched.advance(until_ns) == untouched.advance(until_ns)


def bought_less_sold(messages: list[Published]) -> int:
    return sum(
        1 if message.side is Side.BUY else -1 for message in messages if isinstance(message, Trade)
    )

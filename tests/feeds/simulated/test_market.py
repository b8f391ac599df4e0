"""The simulated venue keeps a venue's promises: repeatable bytes, sound books, honest prints."""

import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.commands import Side
from engine.core.instruments import AssetClass
from engine.core.units import Scale
from feeds.messages import BookDelta, BookSnapshot, Trade
from feeds.simulated import (
    LISTINGS,
    SCENARIOS,
    Listing,
    Published,
    SimulatedMarket,
    UnknownScenario,
)
from tests.feeds.simulated.displayed_book import DisplayedBook

SECOND_NS = 10**9
START_NS = 1_700_000_000 * SECOND_NS
DIGEST_PROGRAM = """
import hashlib, msgspec
from feeds.simulated import SimulatedMarket
messages = SimulatedMarket(7, 0).advance(8 * 10**9)
print(hashlib.sha256(msgspec.msgpack.encode([(type(m).__name__, m) for m in messages])).hexdigest())
"""


def encoded(messages: list[Published]) -> bytes:
    return msgspec.msgpack.encode([(type(message).__name__, message) for message in messages])


def run(seed: int, seconds: int, scenario: str = "calm") -> list[Published]:
    return SimulatedMarket(seed, START_NS, scenario).advance(START_NS + seconds * SECOND_NS)


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    cuts_ms=st.lists(st.integers(0, 6_000), max_size=12).map(sorted),
)
def test_the_same_seed_gives_the_same_bytes_however_time_is_sliced(
    seed: int, cuts_ms: list[int]
) -> None:
    market = SimulatedMarket(seed, START_NS)
    sliced: list[Published] = []
    for cut_ms in [*cuts_ms, 6_000]:
        sliced.extend(market.advance(START_NS + cut_ms * 10**6))
    assert encoded(sliced) == encoded(run(seed, 6))


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST_PROGRAM],
            env={
                **os.environ,
                "PYTHONHASHSEED": hash_seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_seed_gives_another_market() -> None:
    assert encoded(run(1, 2)) != encoded(run(2, 2))


@pytest.mark.parametrize(
    ("scenario", "seconds", "listings"),
    [*((name, 10, LISTINGS) for name in SCENARIOS), ("crash", 160, LISTINGS[:3:2])],
)
def test_books_are_never_crossed_and_prints_take_only_what_is_on_display(
    scenario: str, seconds: int, listings: tuple[Listing, ...]
) -> None:
    market = SimulatedMarket(11, START_NS, scenario, listings=listings)
    books: dict[str, DisplayedBook] = {}
    for message in market.advance(START_NS + seconds * SECOND_NS):
        if isinstance(message, BookSnapshot):
            books[message.symbol] = DisplayedBook(message)
        elif isinstance(message, BookDelta):
            books[message.symbol].change(message)
        elif isinstance(message, Trade):
            books[message.symbol].print_trade(message)
    assert set(books) == {listing.instrument.symbol for listing in listings}
    assert sum(book.trades for book in books.values()) > seconds
    for book in books.values():
        assert book.levels_min >= 40


def test_books_start_with_at_least_sixty_levels_a_side() -> None:
    snapshots = [message for message in run(3, 0) if isinstance(message, BookSnapshot)]
    assert len(snapshots) == len(LISTINGS)
    for snapshot in snapshots:
        assert len(snapshot.bids) >= 60
        assert len(snapshot.asks) >= 60


def test_every_price_and_size_is_an_exact_multiple_of_tick_and_lot() -> None:
    scales = {
        terms.instrument.symbol: Scale(terms.instrument)
        for terms in SimulatedMarket(5, START_NS).terms()
    }
    for message in run(5, 10):
        if isinstance(message, Trade):
            scale = scales[message.symbol]
            assert scale.ticks_exact(Decimal(message.price)) > 0
            assert scale.lots_exact(Decimal(message.size)) > 0
        elif isinstance(message, BookDelta | BookSnapshot):
            scale = scales[message.symbol]
            for price, size in (*message.bids, *message.asks):
                assert scale.ticks_exact(Decimal(price)) > 0
                assert scale.lots_exact(Decimal(size)) >= 0


def test_messages_come_in_the_order_of_time_and_within_what_was_asked_for() -> None:
    market = SimulatedMarket(9, START_NS)
    first = market.advance(START_NS + SECOND_NS)
    second = market.advance(START_NS + 2 * SECOND_NS)
    times_ns = [message.received_ns for message in first + second]
    assert times_ns == sorted(times_ns)
    assert first[-1].received_ns <= START_NS + SECOND_NS < second[0].received_ns
    assert market.advance(START_NS) == []


def test_the_rate_stays_below_forty_messages_a_second_per_instrument() -> None:
    seconds = 20
    for scenario in ("calm", "volatile"):
        counts = Counter(message.symbol for message in run(21, seconds, scenario))
        for listing in LISTINGS:
            assert 5 <= counts[listing.instrument.symbol] / seconds <= 40


def test_perpetuals_are_margined_at_a_tenth() -> None:
    for terms in SimulatedMarket(1, START_NS).terms():
        perpetual = terms.instrument.asset_class is AssetClass.PERPETUAL
        assert perpetual == terms.instrument.symbol.endswith("-PERP")
        assert terms.instrument.initial_margin_ppm == (100_000 if perpetual else 1_000_000)


def test_a_market_can_open_where_an_earlier_one_stopped() -> None:
    market = SimulatedMarket(1, START_NS, opening_ticks={"BTC-USDT": 200_000})
    snapshot = market.advance(START_NS)[0]
    assert isinstance(snapshot, BookSnapshot)
    assert abs(Decimal(snapshot.bids[0][0]) - 100_000) < 10


def test_no_price_is_ever_below_one_tick() -> None:
    market = SimulatedMarket(
        1, START_NS, "slide", listings=LISTINGS[4:5], opening_ticks={"TUIX-USD": 12}
    )
    books: list[DisplayedBook] = []
    for message in market.advance(START_NS + 30 * SECOND_NS):
        if isinstance(message, BookSnapshot):
            books.append(DisplayedBook(message))
        elif isinstance(message, BookDelta):
            books[0].change(message)
    assert min(books[0].bids) > 0


def test_buying_from_the_market_moves_its_price_up() -> None:
    listings = LISTINGS[:1]
    alone = SimulatedMarket(4, START_NS, listings=listings)
    pushed = SimulatedMarket(4, START_NS, listings=listings)
    opening = [alone.advance(START_NS), pushed.advance(START_NS)]
    for _ in range(40):
        pushed.react("BTC-USDT", Side.BUY, 5_000)
    until_ns = START_NS + 3 * SECOND_NS
    assert best_bid(opening[1] + pushed.advance(until_ns)) > best_bid(
        opening[0] + alone.advance(until_ns)
    )


def test_an_unknown_scenario_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownScenario, match=r"'storm': choose one of calm, volatile"):
        SimulatedMarket(1, START_NS, "storm")


def best_bid(messages: list[Published]) -> int:
    snapshot, *rest = messages
    assert isinstance(snapshot, BookSnapshot)
    book = DisplayedBook(snapshot)
    for message in rest:
        if isinstance(message, BookDelta):
            book.change(message)
    return max(book.bids)

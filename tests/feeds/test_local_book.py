"""The displayed book: exact text, best first, removals."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from feeds.local_book import NEAR, LocalBook
from feeds.messages import BookDelta, BookSnapshot
from tests.feeds import frames

prices = st.sampled_from(["9.5", "9.50", "10", "10.0", "10.25", "11.00", "0.5", "100"])
sizes = st.sampled_from(["0", "0.000", "1", "1.0", "2.50"])
levels = st.lists(st.tuples(prices, sizes), max_size=8).map(tuple)


def snapshot(bids: tuple, asks: tuple) -> BookSnapshot:
    return BookSnapshot(received_ns=0, symbol="BTC-USDT", update_id=1, bids=bids, asks=asks)


def delta(bids: tuple, asks: tuple) -> BookDelta:
    return BookDelta(
        received_ns=0,
        venue_ns=0,
        symbol="BTC-USDT",
        first_update_id=2,
        last_update_id=2,
        previous_update_id=None,
        bids=bids,
        asks=asks,
    )


def naive(changes: list[tuple], reverse: bool) -> list[tuple[str, str]]:
    shown: dict[Decimal, tuple[str, str]] = {}
    for change in changes:
        for price, size in change:
            shown.pop(Decimal(price), None)
            if Decimal(size):
                shown[Decimal(price)] = (price, size)
    return [shown[price] for price in sorted(shown, reverse=reverse)]


@given(levels, levels, st.lists(st.tuples(levels, levels), max_size=6))
def test_the_book_equals_a_plain_dictionary_of_decimals(bids, asks, changes) -> None:
    book = LocalBook()
    book.load(snapshot(bids, asks))
    for change in changes:
        book.apply(delta(*change))
    all_bids = [bids, *(change[0] for change in changes)]
    all_asks = [asks, *(change[1] for change in changes)]
    assert book.bids.top() == naive(all_bids, reverse=True)
    assert book.asks.top() == naive(all_asks, reverse=False)
    assert book.touch() == (
        next(iter(book.bids.top()), None),
        next(iter(book.asks.top()), None),
    )


def test_a_cut_book_shows_the_best_levels_best_first() -> None:
    book = LocalBook()
    book.load(snapshot(frames.BIDS, frames.ASKS))
    assert book.bids.top(1) == [("100.00", "2.0")]
    assert book.asks.top(1) == [("101.00", "1.5")]
    assert book.asks.top(9) == list(frames.ASKS)


def test_a_book_is_crossed_from_the_price_at_which_both_sides_meet() -> None:
    book = LocalBook()
    book.load(snapshot(frames.BIDS, frames.ASKS))
    assert not book.crossed()
    book.apply(delta((("101.0", "1"),), ()))
    assert book.crossed()


steps = st.lists(st.tuples(st.integers(1, 20 * NEAR), st.integers(0, 2)), max_size=3 * NEAR)


@given(st.integers(1, 20 * NEAR), st.lists(steps, max_size=8), st.integers(1, 8 * NEAR))
def test_a_deep_book_is_the_same_near_the_touch_and_far_from_it(size, changes, count) -> None:
    book = LocalBook()
    shown = dict.fromkeys(range(1, size + 1), "1")
    levels = tuple((f"{price}", "1") for price in shown)
    book.load(snapshot(levels, ()))
    for change in changes:
        for price, lots in change:
            shown[price] = f"{lots}"
        shown = {price: lots for price, lots in shown.items() if lots != "0"}
        book.apply(delta(tuple((f"{price}", f"{lots}") for price, lots in change), ()))
        expected = [(f"{price}", shown[price]) for price in sorted(shown, reverse=True)]
        assert book.touch()[0] == next(iter(expected), None)
    expected = [(f"{price}", shown[price]) for price in sorted(shown, reverse=True)]
    assert list(book.bids.best_first()) == book.bids.top() == expected
    assert book.bids.top(count) == expected[:count]
    assert book.bids.trim(count) == [(price, "0") for price, _ in expected[count:][::-1]]
    assert book.bids.top() == expected[:count]

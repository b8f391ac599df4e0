"""Which of several books of a market is followed."""

from feeds.deepest_book import ENDED_AFTER_NS, DeepestBook


def test_the_first_is_followed_until_a_deeper_one_comes() -> None:
    books = DeepestBook()
    assert books.takes("X", 50, True, 0)
    assert books.takes("X", 50, False, 1)
    assert not books.takes("X", 500, False, 2)
    assert books.takes("X", 500, True, 3)
    assert not books.takes("X", 50, False, 4)
    assert not books.takes("X", 50, True, 5)
    assert books.takes("X", 500, False, 6)


def test_markets_do_not_disturb_one_another() -> None:
    books = DeepestBook()
    assert books.takes("X", 500, True, 0)
    assert books.takes("Y", 50, True, 0)


def test_one_that_has_ended_gives_way_to_the_next_snapshot() -> None:
    books = DeepestBook()
    assert books.takes("X", 500, True, 0)
    late_ns = ENDED_AFTER_NS + 1
    assert not books.takes("X", 50, False, late_ns)
    assert books.takes("X", 50, True, late_ns)
    assert books.takes("X", 500, True, late_ns + 1)


def test_before_any_snapshot_nothing_is_chosen() -> None:
    books = DeepestBook()
    assert books.takes("X", 50, False, 0)
    assert books.takes("X", 500, False, 0)

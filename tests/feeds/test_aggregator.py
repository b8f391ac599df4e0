"""One pair on several venues, against a slow and obvious twin."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from feeds.aggregator import (
    Contribution,
    Excluded,
    Index,
    VenueBook,
    best,
    consolidated,
    cross_venue_spread,
    index_price,
    offers,
    text_of,
    weighted_median,
)
from feeds.local_book import LocalBook
from feeds.messages import BookSnapshot
from tests.reference.naive_consolidated import (
    NaiveVenue,
    buyable,
    median_by_counting,
    narrowest,
    sellable,
)

E24 = 10**24
SECOND_NS = 10**9


def book(bids: dict[str, str], asks: dict[str, str]) -> LocalBook:
    shown = LocalBook()
    levels = {"bids": tuple(bids.items()), "asks": tuple(asks.items())}
    shown.load(BookSnapshot(received_ns=0, symbol="BTC-USDT", update_id=1, **levels))
    return shown


prices = st.integers(1, 400).map(lambda cents: f"{cents / 100:.2f}")
sides = st.dictionaries(prices, st.integers(1, 9).map(str), max_size=4)
fees = st.integers(-300, 9000)
venues = st.lists(st.tuples(sides, sides, fees), max_size=3)


def both(
    stated: list[tuple[dict[str, str], dict[str, str], int]],
) -> tuple[dict[str, VenueBook], list[NaiveVenue]]:
    books, naive = {}, []
    for number, (bids, asks, fee_ppm) in enumerate(stated):
        name = f"v{number}"
        books[name] = VenueBook(book(bids, asks), fee_ppm)
        fee = Fraction(fee_ppm, 1_000_000)
        naive.append(NaiveVenue(name, list(bids.items()), list(asks.items()), fee))
    return books, naive


@given(stated=venues, after_fees=st.booleans())
def test_the_consolidated_book_is_every_level_in_order(
    stated: list[tuple[dict[str, str], dict[str, str], int]], after_fees: bool
) -> None:
    books, naive = both(stated)
    shown = consolidated(books, after_fees=after_fees)
    for levels, expected in (
        (shown.asks, buyable(naive, after_fees)),
        (shown.bids, sellable(naive, after_fees)),
    ):
        net = [Fraction(each.net_e24, E24) for each in levels]
        ordered_by = net if after_fees else [Fraction(each.price) for each in levels]
        assert ordered_by == [each[0] for each in expected]
        told = [(each.venue, each.price, each.size) for each in levels]
        assert sorted(told) == sorted(each[1:] for each in expected)


@given(stated=venues)
def test_the_best_price_after_fees_is_the_twins_first(
    stated: list[tuple[dict[str, str], dict[str, str], int]],
) -> None:
    books, naive = both(stated)
    for side, expected in ((Side.BUY, buyable(naive, True)), (Side.SELL, sellable(naive, True))):
        offer = best(books, side)
        if offer is None:
            assert not expected
        else:
            assert Fraction(offer.net_e24, E24) == expected[0][0]


@given(stated=venues)
def test_the_cross_venue_spread_is_the_narrowest_of_two_venues(
    stated: list[tuple[dict[str, str], dict[str, str], int]],
) -> None:
    books, naive = both(stated)
    spread, expected = cross_venue_spread(books), narrowest(naive)
    if spread is None:
        assert expected is None
        return
    assert Fraction(spread.net_e24, E24) == expected
    assert spread.bid.venue != spread.ask.venue
    gross = Fraction(spread.ask.price) - Fraction(spread.bid.price)
    assert Fraction(spread.gross_e18, 10**18) == gross


def test_a_fee_decides_between_two_venues() -> None:
    books = {
        "dear": VenueBook(book({}, {"100.00": "1"}), 1000),
        "cheap": VenueBook(book({}, {"100.05": "2"}), 400),
    }
    assert [each.venue for each in offers(books, Side.BUY)] == ["dear", "cheap"]
    offer = best(books, Side.BUY)
    assert offer is not None
    assert (offer.venue, text_of(offer.net_e24, 24)) == ("cheap", "100.09002")


def test_of_equal_prices_the_venue_named_first_comes_first_and_depth_is_bounded() -> None:
    books = {
        name: VenueBook(book({"99": size, "98": "1"}, {}))
        for name, size in (("b", "1"), ("a", "2"))
    }
    shown = consolidated(books, depth=3)
    assert [(each.venue, each.price) for each in shown.bids] == [
        *(("b", "99"), ("a", "99")),
        ("b", "98"),
    ]


weights = st.lists(st.tuples(st.integers(1, 50), st.integers(1, 6)), min_size=1, max_size=8)


@given(values=weights)
def test_the_weighted_median_is_the_middle_of_all_that_is_written_down(
    values: list[tuple[int, int]],
) -> None:
    assert weighted_median(values) == median_by_counting(values).__floor__()


@given(values=weights, extra=st.integers(1, 50))
def test_no_venue_with_less_than_half_of_the_weight_moves_the_median_beyond_the_others(
    values: list[tuple[int, int]], extra: int
) -> None:
    total = sum(weight for _, weight in values)
    moved = weighted_median([*values, (10**9, total - 1)]) if total > 1 else weighted_median(values)
    assert min(value for value, _ in values) <= moved <= max(value for value, _ in values)
    assert weighted_median([*values, (extra, 1)]) <= max([extra, *(value for value, _ in values)])


def of(venue: str, price: str, weight: int = 1, age_s: int = 0) -> Contribution:
    return Contribution(venue, price, weight, -age_s * SECOND_NS)


def indexed(*contributions: Contribution) -> Index | None:
    return index_price(contributions, 0, stale_after_ns=10 * SECOND_NS, outlier_ppm=10_000)


def test_stale_prices_and_outliers_do_not_count() -> None:
    index = indexed(
        of("a", "100.00", 3), of("b", "100.10", 2), of("c", "250"), of("d", "1", 9, age_s=11)
    )
    assert index is not None
    assert (index.text, index.used) == ("100", ("a", "b"))
    assert index.excluded == {"c": Excluded.OUTLIER, "d": Excluded.STALE}


def test_half_of_the_weight_each_gives_the_mean() -> None:
    index = indexed(of("a", "100.00", 2), of("b", "100.01", 2))
    assert index is not None
    assert index.text == "100.005"


def test_without_a_fresh_price_there_is_no_index() -> None:
    assert indexed(of("a", "100", age_s=60)) is None
    assert indexed() is None


def test_two_venues_that_do_not_agree_make_no_index() -> None:
    assert indexed(of("a", "100"), of("b", "200")) is None


def test_a_median_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="median of nothing"):
        weighted_median([])


@given(number=st.integers(-(10**30), 10**30), places=st.integers(1, 24))
def test_a_number_is_written_with_every_digit(number: int, places: int) -> None:
    assert Fraction(text_of(number, places)) == Fraction(number, 10**places)

"""The checksum of a book, over its numbers' exact text."""

from hypothesis import given
from hypothesis import strategies as st

from feeds.kraken.checksum import KrakenBooks
from feeds.local_book import LocalBook
from feeds.messages import BookSnapshot, Levels
from tests.feeds.kraken import frames

RULE = KrakenBooks()


def book(bids: Levels, asks: Levels) -> LocalBook:
    shown = LocalBook()
    shown.load(BookSnapshot(received_ns=1, symbol="BTC-USD", update_id=0, bids=bids, asks=asks))
    return shown


def documented() -> tuple[Levels, Levels]:
    """A book of twelve levels a side, of which two are not in the checksum."""
    bids = tuple((f"{45283 - each}.5", f"0.{each + 1:02}000000") for each in range(12))
    asks = tuple((f"{45285 + each}.2", f"0.00{each + 1:02}0000") for each in range(12))
    return bids, asks


def test_it_is_of_ten_levels_a_side_asks_first_without_points_and_leading_zeros() -> None:
    bids, asks = documented()
    assert RULE.checksum(book(bids, asks)) == frames.checksum(bids, asks)
    beyond = (*bids[:10], ("1.0", "7.00000000"))
    assert RULE.checksum(book(beyond, asks)) == frames.checksum(bids, asks)


def test_fewer_levels_are_summed_as_they_are() -> None:
    bids, _ = documented()
    assert RULE.checksum(book(bids[:3], ())) == frames.checksum(bids[:3], ())


@given(st.data())
def test_zeros_that_a_recorder_dropped_are_put_back(data: st.DataObject) -> None:
    """The last decimals of at least one price and one quantity must have been left."""
    bids, asks = documented()
    whole = frames.checksum(bids, asks)
    levels = [[*level] for level in (*bids, *asks)]
    for level in levels:
        if data.draw(st.booleans()):
            level[1] = level[1].rstrip("0")
    levels[0][1] = bids[0][1]
    short = [(price, size) for price, size in levels]
    assert RULE.checksum(book(tuple(short[:12]), tuple(short[12:]))) == whole


def test_updates_have_no_numbers_and_books_come_in_the_stream() -> None:
    assert (RULE.streamed, RULE.whole, RULE.numbered) == (True, False, False)


def test_the_example_of_the_documentation_which_lacks_last_zeros() -> None:
    bids = (
        *(("0.5666", "4831.75496356"), ("0.5665", "6658.22734739"), ("0.5664", "18724.91513344")),
        *(("0.5663", "11563.92544914"), ("0.5662", "14006.65365711"), ("0.5661", "17454.85679807")),
        *(("0.566", "18097.1547"), ("0.5659", "33644.89175666"), ("0.5658", "148.3464")),
        ("0.5657", "606.70854372"),
    )
    asks = (
        *(("0.5668", "4410.79769741"), ("0.5669", "4655.40412487"), ("0.567", "49844.89424998")),
        *(("0.5671", "24306.41678"), ("0.5672", "29783.25223475"), ("0.5673", "57234.71239278")),
        *(("0.5674", "45065.04744"), ("0.5675", "5912.76380354"), ("0.5676", "42514.92434778")),
        ("0.5677", "36304.0847022"),
    )
    assert RULE.checksum(book(bids, asks)) == 2439117997

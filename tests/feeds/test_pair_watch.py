"""A pair on several venues counts what each shows now, and nothing that it withdrew."""

from engine.core.commands import Side
from feeds.aggregator import best, cross_venue_spread
from feeds.messages import BookDelta, BookLost, BookSnapshot, Levels, Message, Quote
from feeds.pair_watch import PairWatch

SECOND_NS = 10**9
PAIR = "BTC-USDT"


def snapshot(bid: str, ask: str, at_s: int = 0) -> Message:
    levels: tuple[Levels, Levels] = (((bid, "1"),), ((ask, "1"),))
    return BookSnapshot(
        received_ns=at_s * SECOND_NS, symbol=PAIR, update_id=1, bids=levels[0], asks=levels[1]
    )


def delta(at_s: int, bids: Levels = (), asks: Levels = ()) -> Message:
    return BookDelta(
        received_ns=at_s * SECOND_NS,
        venue_ns=0,
        symbol=PAIR,
        first_update_id=2,
        last_update_id=2,
        previous_update_id=None,
        bids=bids,
        asks=asks,
    )


def quote(bid: str, ask: str, at_s: int = 0, size: str = "0") -> Message:
    return Quote(
        received_ns=at_s * SECOND_NS,
        symbol=PAIR,
        update_id=None,
        bid=bid,
        bid_size=size,
        ask=ask,
        ask_size=size,
    )


def three() -> PairWatch:
    watch = PairWatch()
    watch.carry("binance", taker_fee_ppm=1000, weight=3)
    watch.carry("kraken", taker_fee_ppm=4000, weight=2)
    watch.carry("alpaca", quoted=True)
    watch.take("binance", snapshot("100.00", "100.10"))
    watch.take("kraken", snapshot("100.20", "100.40"))
    watch.take("alpaca", quote("100.10", "100.20"))
    return watch


def test_the_index_is_the_weighted_median_of_the_mids() -> None:
    index = three().index(0)
    assert index is not None
    assert index.text == "100.1"
    assert index.used == ("binance", "kraken", "alpaca")


def test_updates_and_withdrawals_count_at_once() -> None:
    watch = three()
    watch.take("binance", delta(1, asks=(("100.10", "0"), ("100.50", "2"))))
    offer = best(watch.books, Side.BUY)
    assert offer is not None
    assert offer.venue == "alpaca"
    watch.take("alpaca", BookLost(received_ns=0, symbol=PAIR, text="stale"))
    offer = best(watch.books, Side.BUY)
    assert offer is not None
    assert (offer.venue, offer.price) == ("binance", "100.50")
    index = watch.index(0)
    assert index is not None
    assert index.used == ("binance", "kraken")


def test_a_venue_that_fell_silent_does_not_count() -> None:
    watch = three()
    watch.take("kraken", snapshot("100.20", "100.40", at_s=20))
    index = watch.index(20 * SECOND_NS)
    assert index is not None
    assert index.used == ("kraken",)


def test_a_quote_beside_a_book_and_one_of_an_empty_side_change_nothing() -> None:
    watch = three()
    watch.take("binance", quote("1", "2"))
    watch.take("alpaca", quote("0", "100.20"))
    assert watch.books["binance"].book.touch() == (("100.00", "1"), ("100.10", "1"))
    assert watch.books["alpaca"].book.touch()[0] is None


def test_a_pair_is_dropped_where_it_is_followed_no_more() -> None:
    watch = three()
    watch.drop("kraken")
    watch.take("kraken", snapshot("1", "2"))
    assert cross_venue_spread(watch.books) is not None
    watch.drop("alpaca")
    assert cross_venue_spread(watch.books) is None

"""Frames to messages: whose snapshot, each trade once, bad frames change nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.binance.venue import BinanceSpot
from feeds.messages import (
    BookDelta,
    BookLost,
    BookSnapshot,
    FeedState,
    InstrumentTerms,
    Message,
    Notice,
    StateChanged,
    Trade,
)
from feeds.pipeline import Pipeline
from feeds.venue import Subscription
from tests.feeds import frames

NOW = frames.T0_NS
ETH_BIDS = (("10.00", "1"),)
ETH_ASKS = (("11.00", "1"),)


class Watched:
    def __init__(self, symbols: Sequence[str] | None = None) -> None:
        self.messages: list[Message] = []
        self.pipeline = Pipeline(BinanceSpot(), self.messages.append, symbols)

    def feed(self, *raws: bytes) -> "Watched":
        for raw in raws:
            self.pipeline.frame(raw, NOW)
        return self

    def of(self, kind: type) -> list[Message]:
        return [message for message in self.messages if isinstance(message, kind)]

    def states(self, symbol: str = "BTC-USDT") -> list[FeedState]:
        changes = [each for each in self.messages if isinstance(each, StateChanged)]
        return [each.state for each in changes if each.symbol == symbol]

    def touch(self, symbol: str = "BTC-USDT") -> object:
        return self.pipeline.book(symbol).touch()


def live() -> Watched:
    return Watched().feed(frames.depth(1, 4), frames.snapshot(4, frames.BIDS, frames.ASKS))


def test_a_snapshot_without_a_symbol_finds_the_market_whose_ids_it_meets() -> None:
    watched = Watched().feed(
        frames.depth(100, 104, frames.BIDS),
        frames.depth(900, 901, ETH_BIDS, symbol="ETHUSDT"),
        frames.snapshot(901, ETH_BIDS, ETH_ASKS),
        frames.snapshot(102, frames.BIDS, frames.ASKS),
    )
    assert watched.touch() == (frames.BIDS[0], frames.ASKS[0])
    assert watched.touch("ETH-USDT") == (ETH_BIDS[0], ETH_ASKS[0])
    assert not watched.pipeline.unassigned


def test_a_snapshot_waits_until_updates_show_whose_it_is() -> None:
    """Another market of the same base has like prices; ids alone decide."""
    watched = Watched().feed(
        frames.depth(5_000, 5_004, frames.BIDS, symbol="BTCFDUSD"),
        frames.snapshot(102, frames.BIDS, frames.ASKS),
    )
    assert watched.pipeline.book("BTC-FDUSD").update_id is None
    watched.feed(frames.depth(101, 104, (("100.00", "5"),)))
    assert watched.touch() == (("100.00", "5"), frames.ASKS[0])
    assert watched.pipeline.book("BTC-FDUSD").update_id is None


def test_ids_that_meet_by_chance_are_not_enough_when_prices_differ() -> None:
    watched = Watched().feed(
        frames.depth(100, 104, frames.BIDS), frames.snapshot(102, ETH_BIDS, ETH_ASKS)
    )
    assert watched.pipeline.book("BTC-USDT").update_id is None
    assert len(watched.pipeline.unassigned) == 1


def test_a_repeated_trade_is_shown_once() -> None:
    watched = live().feed(*[frames.trade(7, "100.00", "1")] * 3, frames.trade(8, "100.00", "1"))
    assert [each.trade_id for each in watched.of(Trade) if isinstance(each, Trade)] == ["7", "8"]


def test_aggregates_are_not_counted_beside_the_trades_they_sum() -> None:
    data = frames.trade_data(0, "100.00", "1", False) | {"e": "aggTrade", "a": 3}
    aggregate = frames.stream("btcusdt@aggTrade", data)
    watched = live().feed(frames.trade(7, "100.00", "1"), aggregate)
    assert len(watched.of(Trade)) == 1


def test_states_follow_the_book() -> None:
    watched = Watched(["BTC-USDT"])
    watched.pipeline.opened(NOW)
    watched.feed(frames.depth(1, 4))
    watched.pipeline.snapshot("BTC-USDT", frames.snapshot(4, frames.BIDS, frames.ASKS), NOW)
    watched.feed(frames.depth(9, 9))
    watched.pipeline.closed(NOW, "gone; next try in 1 s")
    assert watched.states() == [
        FeedState.CATCHING_UP,
        FeedState.LIVE,
        FeedState.CATCHING_UP,
        FeedState.DOWN,
    ]
    health = watched.pipeline.health("BTC-USDT")
    assert (health.gaps, health.messages, health.text) == (1, 3, "gone; next try in 1 s")


def test_a_disconnect_withdraws_every_known_book() -> None:
    watched = live()
    watched.pipeline.closed(NOW, "gone")
    assert [each.symbol for each in watched.of(BookLost) if isinstance(each, BookLost)] == [
        "BTC-USDT"
    ]


def test_terms_come_before_the_book_and_once() -> None:
    info = frames.exchange_info()
    watched = Watched().feed(info, info, frames.depth(1, 4))
    watched.feed(frames.snapshot(4, frames.BIDS, frames.ASKS), info)
    kinds = [type(each) for each in watched.messages if not isinstance(each, StateChanged)]
    assert kinds == [InstrumentTerms, BookSnapshot]


def test_other_instruments_than_those_asked_for_are_left_out() -> None:
    watched = Watched(["BTC-USDT"]).feed(frames.depth(1, 2, symbol="ETHUSDT"))
    assert list(watched.pipeline.markets) == ["BTC-USDT"]


def test_a_refused_subscription_is_down_and_says_why() -> None:
    watched = Watched(["BTC-USDT", "ETH-USDT"])
    asked = [Subscription(2, ("BTC-USDT",), ""), Subscription(3, ("ETH-USDT",), "")]
    watched.pipeline.opened(NOW, asked)
    watched.feed(b'{"error":{"code":2,"msg":"no such stream"},"id":3}')
    assert watched.pipeline.health("ETH-USDT").state is FeedState.DOWN
    assert "no such stream" in watched.pipeline.health("ETH-USDT").text
    assert watched.pipeline.health("BTC-USDT").state is FeedState.CATCHING_UP


def test_bad_frames_are_counted_and_kept_and_told_once_a_kind() -> None:
    watched = live().feed(b"{", b"{{", b'{"e":"new"}')
    pipeline = watched.pipeline
    assert pipeline.bad_frames.count == pipeline.health("BTC-USDT").bad_frames == 3
    assert [frame.raw for frame in pipeline.bad_frames.kept] == [b"{", b"{{", b'{"e":"new"}']
    assert len(watched.of(Notice)) == 2


@pytest.mark.parametrize("huge", [b"[" * 100_000, b'{"e":"' + b"x" * 1_000_000 + b'"}'])
def test_only_the_beginning_of_a_huge_bad_frame_is_kept(huge: bytes) -> None:
    (kept,) = live().feed(huge).pipeline.bad_frames.kept
    assert len(kept.raw) == 4096


@given(st.binary(max_size=6), st.integers(0, 400), st.integers(0, 6))
def test_a_frame_that_cannot_be_used_leaves_the_book_as_it_was(
    junk: bytes, at: int, cut: int
) -> None:
    watched = live()
    good = frames.depth(5, 6, (("100.00", "7"), ("98.00", "1")), (("103.00", "1"),))
    before = watched.pipeline.book("BTC-USDT").snapshot("BTC-USDT", 0)
    watched.feed(good[:at] + junk + good[at + cut :])
    if watched.pipeline.bad_frames.count:
        assert watched.pipeline.book("BTC-USDT").snapshot("BTC-USDT", 0) == before
        watched.feed(good)
        assert watched.touch() == (("100.00", "7"), frames.ASKS[0])
        assert len(watched.of(BookDelta)) == 1

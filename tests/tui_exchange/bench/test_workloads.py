"""What the benchmarks give to the program is what they say it is, and all of it is used."""

import json
import random
from collections import Counter

import pytest

from engine.core.book import BookOrder, OrderBook
from engine.core.commands import CancelOrder, PlaceOrder
from engine.core.events import OrderAccepted, OrderRejected, Traded
from engine.core.exchange import Exchange
from feeds.binance.venue import BinanceSpot
from feeds.messages import FeedState
from feeds.pipeline import Pipeline
from tui_exchange.bench import binance_frames, feed, frame, risk
from tui_exchange.bench.binance_frames import Recording, made_up_depth, made_up_frames
from tui_exchange.bench.book_commands import (
    CANCEL,
    LIMIT,
    MARKET,
    RESTING_ORDERS,
    drawn_commands,
    play,
)
from tui_exchange.bench.orders import (
    START_NS,
    crossing_orders,
    funded_exchange,
    orders_and_cancels,
)


def test_book_commands_are_possible_in_their_turn_and_keep_the_book_full() -> None:
    opening, commands = drawn_commands(3, 3_000)
    book, orders = OrderBook(), dict[int, BookOrder]()
    play(book, orders, opening)
    assert len(orders) == RESTING_ORDERS
    play(book, orders, commands)
    assert len(orders) > RESTING_ORDERS // 4
    bid, ask = book.bids.best_ticks(), book.asks.best_ticks()
    assert bid is not None
    assert ask is not None
    assert bid < ask
    kinds = Counter(kind for kind, *_ in commands)
    assert kinds[LIMIT] > 1_000
    assert kinds[CANCEL] > 1_000
    assert kinds[MARKET] > 100


def test_the_same_seed_draws_the_same_book_commands() -> None:
    assert drawn_commands(5, 500) == drawn_commands(5, 500)


def test_no_benchmark_order_is_refused_and_every_second_makes_a_trade() -> None:
    exchange = funded_exchange()
    events = [event for o in crossing_orders(1, 2_000) for event in exchange.apply(o, START_NS)]
    kinds = Counter(type(event) for event in events)
    assert kinds[OrderRejected] == 0
    assert kinds[OrderAccepted] == 2_000
    assert 800 < kinds[Traded] < 1_200


def test_orders_and_cancels_name_orders_that_rest_then() -> None:
    commands = orders_and_cancels(1, 2_000)
    kinds = Counter(type(command) for command in commands)
    assert kinds[CancelOrder] > 600
    assert kinds[PlaceOrder] > 900
    exchange = funded_exchange()
    rejected = [
        event
        for command in commands
        for event in exchange.apply(command, START_NS)
        if type(event).__name__.endswith("Rejected")
    ]
    assert rejected == []


def test_made_up_frames_have_the_stated_proportions() -> None:
    frames = made_up_frames(1, 5_000).frames
    kinds = Counter(json.loads(raw)["stream"].split("@")[1] for raw in frames)
    assert 0.06 < kinds["depth"] / 5_000 < 0.10
    assert 0.21 < kinds["trade"] / 5_000 < 0.27
    assert 0.64 < kinds["bookTicker"] / 5_000 < 0.72
    depth = [json.loads(raw)["data"] for raw in made_up_depth(1, 50).frames]
    assert {len(data["b"]) + len(data["a"]) for data in depth} == {binance_frames.CHANGES_PER_DEPTH}


@pytest.mark.parametrize("recording", [made_up_frames(2, 2_000), made_up_depth(2, 300)])
def test_made_up_frames_are_whole_to_the_feed(recording: Recording) -> None:
    pipeline = Pipeline(BinanceSpot(), lambda message: None, (feed.SYMBOL,))
    pipeline.terms(feed.TERMS)
    pipeline.opened(START_NS)
    pipeline.snapshot(feed.SYMBOL, recording.snapshot, START_NS)
    for raw in recording.frames:
        pipeline.frame(raw, START_NS)
    health = pipeline.health(feed.SYMBOL)
    assert health.state is FeedState.LIVE
    assert (health.gaps, health.crossed, pipeline.bad_frames.count) == (0, 0, 0)
    book = pipeline.book(feed.SYMBOL)
    assert len(book.bids.levels) > 300
    assert len(book.asks.levels) > 300


def test_a_frame_changes_forty_prices_and_leaves_the_book_uncrossed() -> None:
    draw = random.Random(1)
    first, second = frame.changed_depth(draw), frame.changed_depth(draw)
    assert len(first.bids) + len(first.asks) == frame.CHANGED_ROWS
    unchanged = {*first.bids, *first.asks} & {*second.bids, *second.asks}
    assert len(unchanged) <= 1
    assert first.bids[0][0] < first.asks[0][0]


def test_a_funded_exchange_has_an_empty_book() -> None:
    exchange: Exchange = funded_exchange()
    symbol = exchange.symbols()[0]
    assert (exchange.best_bid(symbol), exchange.best_ask(symbol)) == (None, None)


def test_margin_accounts_have_a_position_in_each_instrument_and_are_healthy() -> None:
    exchange = risk.margined_exchange(20)
    for number, name in enumerate(exchange.state.accounts):
        lots = {position.lots for position in exchange.positions(name).values()}
        assert lots == {-risk.LOTS if number % 2 else risk.LOTS}
        assert len(exchange.positions(name)) == risk.INSTRUMENTS
    assert not exchange.state.touched

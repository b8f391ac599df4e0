"""A market is measured on each change of its best levels, and only while somebody looks."""

import pytest

from engine.core.commands import Command, MirrorTrade, Side
from engine.core.events import Event, MarketTraded, Traded
from engine.indicators import LEVELS, Touch, Vpin, imbalance_of
from engine.indicators.order_flow import flow_of
from feeds.messages import BookLost
from tests.tui_exchange.paper import Paper
from tests.tui_exchange.screens.still_market import StillMarket
from tui_exchange.read_models import imbalance as module
from tui_exchange.read_models.imbalance import (
    BUCKET_TRADES,
    FLOW_WINDOW_NS,
    SIZING_TRADES,
    Imbalances,
)
from tui_exchange.read_models.tape import Tape
from tui_exchange.views import FeedState

SYMBOL = "BTC-USDT"


class Plain:
    """The same figures, from everything that ever happened."""

    def __init__(self, paper: Paper) -> None:
        self.exchange = paper.session.exchange
        self.touches: list[tuple[int, Touch]] = []
        self.depths: list[object] = []
        self.trades: list[tuple[int, bool]] = []
        self.look(self.exchange.now_ns)

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, MarketTraded) and event.symbol == SYMBOL:
                self.trades.append((event.lots, event.side is Side.BUY))
            ours = isinstance(event, Traded) and not isinstance(command, MirrorTrade)
            if isinstance(event, Traded) and ours and event.symbol == SYMBOL:
                self.trades.append((event.lots, event.aggressor is Side.BUY))
        self.look(ts_ns)

    def look(self, ts_ns: int) -> None:
        bids = self.exchange.depth(SYMBOL, Side.BUY, LEVELS)
        asks = self.exchange.depth(SYMBOL, Side.SELL, LEVELS)
        if not self.depths or self.depths[-1] != (bids, asks):
            self.depths.append((bids, asks))
            self.touches.append((ts_ns, Touch(*bids[0][:2], *asks[0][:2])))

    def flow(self, now_ns: int) -> int:
        pairs = zip(self.touches, self.touches[1:], strict=False)
        return sum(flow_of(a[1], b[1]) for a, b in pairs if b[0] > now_ns - FLOW_WINDOW_NS)

    def toxicity(self) -> float | None:
        volume = sum(lots for lots, _ in self.trades[:SIZING_TRADES])
        vpin = Vpin(volume * BUCKET_TRADES // SIZING_TRADES)
        for lots, bought in self.trades:
            vpin.take(lots, bought)
        return vpin.value


def test_the_view_equals_recomputing_it_from_the_whole_past() -> None:
    paper = Paper()
    session = paper.session
    session.imbalance(SYMBOL)
    plain = Plain(paper)
    session.sequencer.subscribe(plain)
    for turn in range(20):
        paper.run()
        if turn % 7 == 3:
            paper.line("b 0.4; s 0.4; b 0.2 at bid")
        view = session.imbalance(SYMBOL)
        bids = session.exchange.depth(SYMBOL, Side.BUY, LEVELS)
        asks = session.exchange.depth(SYMBOL, Side.SELL, LEVELS)
        plainly = imbalance_of(bids, asks)
        assert (view.balance, view.weighted_ratio) == (plainly.balance, plainly.weighted_ratio)
        assert (view.bid_orders, view.ask_orders) == (plainly.bid_orders, plainly.ask_orders)
        assert view.flow_lots == plain.flow(session.exchange.now_ns)
        assert view.changes == len(plain.depths)
    before = [(seen.lots, seen.side is Side.BUY) for seen in session.events.tape(SYMBOL).prints]
    assert plain.trades == before[len(before) - len(plain.trades) :]
    plain.trades = before
    assert len(before) >= SIZING_TRADES
    assert view.toxicity == plain.toxicity()
    assert view.history[-1].balance == view.balance
    assert len(view.history) == view.changes


def test_a_market_that_nobody_looks_at_is_not_measured() -> None:
    paper = Paper()
    exchange = paper.session.exchange
    seen: dict[str, Tape] = {}
    models = Imbalances(exchange, lambda symbol: seen.setdefault(symbol, Tape()))
    paper.session.sequencer.subscribe(models)
    paper.run()
    assert models.watched == ()
    models.view(SYMBOL, FeedState.LIVE)
    assert models.watched == (SYMBOL,) == tuple(seen)


def test_measuring_ends_some_time_after_the_last_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "UNREAD_MAX", 20)
    market = StillMarket()
    models = Imbalances(market.session.exchange, market.session.events.tape)
    market.session.sequencer.subscribe(models)
    for _ in range(3):
        models.view(SYMBOL, FeedState.LIVE)
        for size in range(1, 21):
            market.depth(SYMBOL, Side.BUY, 123_999, size)
        assert models.watched == (SYMBOL,)
    market.depth(SYMBOL, Side.BUY, 123_999, 99)
    assert models.watched == ()
    assert models.view(SYMBOL, FeedState.LIVE).changes == 1


def test_a_change_behind_the_best_levels_is_none() -> None:
    market = StillMarket()
    before = market.session.imbalance(SYMBOL)
    market.depth(SYMBOL, Side.BUY, 123_999 - LEVELS, 777)
    assert market.session.imbalance(SYMBOL) == before
    market.depth(SYMBOL, Side.BUY, 124_000 - LEVELS, 777)
    assert market.session.imbalance(SYMBOL).changes == before.changes + 1


def test_what_the_venue_shows_after_it_was_lost_did_not_flow_there() -> None:
    market = StillMarket()
    market.session.imbalance(SYMBOL)
    market.depth(SYMBOL, Side.BUY, 123_999, 5_000)
    flow = market.session.imbalance(SYMBOL).flow_lots
    assert flow > 4_000
    market.session.take(BookLost(received_ns=market.clock.now_ns(), symbol=SYMBOL, text=""))
    gone = market.session.imbalance(SYMBOL)
    assert (gone.balance, gone.flow_lots) == (None, flow)
    market.snapshot(SYMBOL)
    back = market.session.imbalance(SYMBOL)
    assert back.balance is not None
    assert back.flow_lots == flow

"""Why an order has or has not filled, in numbers that add up."""

from pathlib import Path

import pytest

from engine.core.commands import (
    Deposit,
    HaltInstrument,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OpenAccount,
    OrderType,
    PlaceOrder,
    Side,
)
from engine.core.exchange import Exchange
from tests.tui_exchange.paper import Paper
from tests.tui_exchange.test_market_entry import TERMS
from tui_exchange.fill_report import FillReports

SYMBOL = TERMS.symbol
SECOND_NS = 10**9


class Desk:
    """A book of 2 bid at 100 and 1 asked at 100.01, and our bid of 0.5 behind the 2."""

    def __init__(self) -> None:
        self.exchange = Exchange()
        self.now_ns = SECOND_NS
        self.do(ListInstrument(instrument=TERMS))
        self.do(OpenAccount(account="main"))
        self.do(Deposit(account="main", currency="USDT", amount_quanta=10**18))
        self.depth(bids=((10_000, 2_000), (9_990, 3_000)), asks=((10_001, 1_000),), snapshot=True)
        self.reports = FillReports(self.exchange)
        self.place(10_000)

    def do(self, command: object) -> None:
        self.now_ns += SECOND_NS
        self.exchange.apply(command, self.now_ns)  # type: ignore[arg-type]

    def depth(self, snapshot: bool = False, **sides: tuple[tuple[int, int], ...]) -> None:
        bids, asks = sides.get("bids", ()), sides.get("asks", ())
        self.do(MirrorDepth(symbol=SYMBOL, bids=bids, asks=asks, snapshot=snapshot))

    def place(self, price_ticks: int | None, **terms: object) -> None:
        order = {
            "account": "main",
            "symbol": SYMBOL,
            "side": Side.BUY,
            "order_type": OrderType.LIMIT,
            "lots": 500,
            "price_ticks": price_ticks,
        } | terms
        self.do(PlaceOrder(**order))  # type: ignore[arg-type]

    def printed(self, lots: int, price_ticks: int = 10_000) -> None:
        self.do(MirrorTrade(symbol=SYMBOL, side=Side.SELL, price_ticks=price_ticks, lots=lots))

    def told(self, order_id: int = 1) -> str:
        return "\n".join(self.reports.told(order_id))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_stood_ahead_is_what_traded_left_and_stands(desk: Desk) -> None:
    desk.printed(600)
    desk.depth(bids=((10_000, 1_000),))
    told = desk.told()
    assert "2 ahead when it joined" in told
    assert "0.6 traded and 0.4 was cancelled ahead of it" in told
    assert "now 1 ahead, 0 behind" in told
    assert "traded at its price 100 since then: 0.6" in told
    assert "once sellers have taken 1 at its price" in told


def test_one_that_is_first_or_behind_the_best_price_says_what_has_to_happen(desk: Desk) -> None:
    desk.printed(2_000)
    assert "first in its queue" in desk.told()
    desk.place(9_990)
    assert "10 ticks behind the best bid, 100" in desk.told(2)


def test_nothing_fills_without_prices_or_in_a_halt(desk: Desk) -> None:
    desk.do(HaltInstrument(symbol=SYMBOL))
    assert "does not trade now" in desk.told()
    desk.do(MirrorDown(symbol=SYMBOL))
    assert "no live prices now" in desk.told()


def test_an_order_that_waits_says_for_what(desk: Desk) -> None:
    desk.printed(1)
    desk.place(None, order_type=OrderType.STOP, trigger_ticks=10_100)
    assert desk.told(2) == "it waits for the last price to reach 101; that is 100 now"


def test_an_order_of_an_earlier_session_is_told_too(tmp_path: Path) -> None:
    first = Paper(tmp_path)
    first.line("b 0.1 at -1%")
    first.run()
    first.session.close()
    second = Paper(tmp_path)
    second.run()
    told = "\n".join(second.line("order #1"))
    assert "when it joined at" in told
    assert "behind the best bid" in told
    second.session.close()


def test_one_that_has_ended_is_told_as_it_was_last_seen(desk: Desk) -> None:
    desk.reports.look()
    desk.printed(2_500)
    assert desk.exchange.open_orders("main") == []
    told = desk.told()
    assert "2 ahead when it joined" in told
    assert " at 00:00:06.000 2 ahead, 0 behind" in told
    assert desk.reports.told(99) == ()


def test_an_order_that_fills_before_anybody_looks_has_its_queue_told() -> None:
    paper = Paper()
    paper.line("b 0.01 at bid po")
    (order,) = paper.session.working_orders()
    print_ = MirrorTrade(
        symbol="BTC-USDT", side=Side.SELL, price_ticks=(order.price_ticks or 0) - 1, lots=10**6
    )
    paper.session.submit(print_)
    assert paper.session.working_orders() == ()
    told = " ".join(paper.line(f"order #{order.order_id}"))
    assert "ahead when it joined" in told
    assert "until that look" in told
    paper.session.close()

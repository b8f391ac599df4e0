"""Our resting orders are part of what others see on a market that only exists here."""

from engine.clock import ManualClock
from engine.core.commands import Side
from engine.core.exchange import Exchange
from feeds.feed import Sink
from feeds.simulated import SimulatedFeed, SimulatedMarket
from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.paper import START_NS
from tui_exchange.markets import MarketChoice
from tui_exchange.session import Session


class Watched(SimulatedFeed):
    """Remembers what it was told."""

    def rest(self, symbol: str, side: Side, price_ticks: int, lots: int) -> None:
        super().rest(symbol, side, price_ticks, lots)
        self.told.append((symbol, side, price_ticks, lots))

    told: list[tuple[str, Side, int, int]]


class Desk:
    """A session on a watched market that stands still."""

    def __init__(self) -> None:
        clock = ManualClock(START_NS)

        def make(sink: Sink, exchange: Exchange) -> SimulatedFeed:
            del exchange
            self.feed = Watched(SimulatedMarket(1, START_NS), sink, clock)
            self.feed.told = []
            return self.feed

        self.session = Session(INSTANT, MarketChoice(make, "test"))
        self.session.open()
        self.feed.open()

    def line(self, text: str) -> None:
        outcome = self.session.run_line(text, "BTC-USDT")
        assert outcome.ok, outcome.messages

    def news(self) -> list[tuple[str, Side, int, int]]:
        told, self.feed.told = self.feed.told, []
        return told


def test_what_rests_is_shown_added_up_and_withdrawn() -> None:
    desk = Desk()
    desk.line("b 0.5 at 61000")
    assert desk.news() == [("BTC-USDT", Side.BUY, 122_000, 500)]
    desk.line("b 0.25 at 61000")
    assert desk.news() == [("BTC-USDT", Side.BUY, 122_000, 750)]
    desk.line("s 0.1 at 63000 BTC-USDT-PERP")
    assert desk.news() == [("BTC-USDT-PERP", Side.SELL, 126_000, 100)]
    desk.line("cancel all")
    assert sorted(desk.news(), key=str) == [
        ("BTC-USDT", Side.BUY, 122_000, 0),
        ("BTC-USDT-PERP", Side.SELL, 126_000, 0),
    ]


def test_an_iceberg_shows_its_tip_and_a_waiting_stop_nothing() -> None:
    desk = Desk()
    desk.line("b 2 at 61000 show=0.2")
    assert desk.news() == [("BTC-USDT", Side.BUY, 122_000, 200)]
    desk.line("stop buy 1 at 66000")
    assert desk.news() == []

"""The market-wide breaker counts a fall from where each UTC day began."""

from decimal import Decimal

from engine.clock import ManualClock
from engine.core.commands import AdvanceTime, ListInstrument, MirrorTrade, Side
from engine.core.events import HaltCause
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.sequencer import Sequencer
from tui_exchange.market_days import DAY_NS, MarketDays

INDEX = Instrument(
    symbol="INDEX",
    venue="test",
    asset_class=AssetClass.SPOT,
    base="INDEX",
    quote="USD",
    settlement="USD",
    tick_size=Decimal(1),
    lot_size=Decimal(1),
)


class Market:
    """One instrument that stands for the market, and a clock."""

    def __init__(self, exchange: Exchange | None = None) -> None:
        self.exchange = Exchange() if exchange is None else exchange
        self.clock = ManualClock(max(DAY_NS, self.exchange.now_ns))
        self.sequencer = Sequencer(self.exchange, self.clock)
        self.sequencer.subscribe(MarketDays(self.exchange, "INDEX", self.sequencer.post))
        self.sequencer.submit(ListInstrument(instrument=INDEX))

    def print_at(self, price: int) -> None:
        self.sequencer.submit(
            MirrorTrade(symbol="INDEX", side=Side.SELL, price_ticks=price, lots=1)
        )

    def pass_to(self, now_ns: int) -> None:
        self.clock.move_to(now_ns)
        self.sequencer.submit(AdvanceTime())


def halted(market: Market) -> bool:
    halt = market.exchange.halt("INDEX")
    return halt is not None and halt.cause is HaltCause.MARKET


def test_a_fall_of_seven_percent_since_the_day_began_halts_the_market() -> None:
    market = Market()
    market.print_at(1000)
    market.print_at(931)
    assert not halted(market)
    market.print_at(930)
    assert halted(market)


def test_the_next_day_counts_from_its_own_beginning() -> None:
    market = Market()
    market.print_at(1000)
    market.print_at(940)
    market.pass_to(2 * DAY_NS)
    market.print_at(900)
    assert not halted(market)
    market.print_at(874)
    assert halted(market)


def test_a_day_goes_on_in_the_next_session() -> None:
    before = Market()
    before.print_at(1000)
    before.print_at(940)
    after = Market(before.exchange)
    after.print_at(930)
    assert halted(after)


def test_without_a_price_no_day_begins() -> None:
    market = Market()
    market.pass_to(3 * DAY_NS)
    assert market.exchange.market_breaker() is None

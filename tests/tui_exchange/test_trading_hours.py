"""The exchange is told when a market trades, from its listing on and before what it knows ends."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from engine.calendars import sessions
from engine.clock import ManualClock
from engine.core.commands import (
    AdvanceTime,
    Command,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetSessions,
    Side,
    TimeInForce,
)
from engine.core.events import Event, OrderAccepted
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.sequencer import Sequencer
from feeds.messages import InstrumentTerms
from tests.tui_exchange.screens.still_market import StillMarket, instrument
from tui_exchange.trading_hours import DAY_NS, STATED_DAYS, TradingHours

START_NS = 1_767_225_600_000_000_000
"""2026-01-01, a holiday of the stock exchange."""
SHARE = Instrument(
    symbol="ACME",
    venue="test",
    asset_class=AssetClass.SPOT,
    base="ACME",
    quote="USD",
    settlement="USD",
    tick_size=Decimal("0.01"),
    lot_size=Decimal(1),
    calendar="us-equities",
)


def at_ns(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 10**9  # type: ignore[misc]


class Market:
    """An exchange behind a sequencer, and the sessions that were stated."""

    def __init__(self, exchange: Exchange | None = None, at_ns: int = START_NS) -> None:
        self.exchange = Exchange() if exchange is None else exchange
        self.clock = ManualClock(at_ns)
        self.sequencer: Sequencer[Exchange] = Sequencer(self.exchange, self.clock)
        self.news: list[str] = []
        self.stated: list[SetSessions] = []
        hours = TradingHours(self.exchange, self.sequencer.post, self.news.append)
        self.sequencer.subscribe(hours)
        self.sequencer.subscribe(self._note)

    def list(self, calendar: str) -> None:
        terms = msgspec.structs.replace(SHARE, calendar=calendar)
        self.sequencer.submit(ListInstrument(instrument=terms))

    def wait(self, days: int) -> None:
        for _ in range(days):
            self.clock.advance(DAY_NS)
            self.sequencer.submit(AdvanceTime())

    def _note(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        del ts_ns, events
        if isinstance(command, SetSessions):
            self.stated.append(command)


@pytest.fixture
def market() -> Market:
    return Market()


def test_a_listing_is_followed_by_the_sessions_of_its_calendar(market: Market) -> None:
    market.sequencer.submit(AdvanceTime())
    market.list("us-equities")
    (stated,) = market.stated
    assert stated.symbol == "ACME"
    assert stated.sessions == sessions("us-equities", START_NS, STATED_DAYS)
    assert not market.exchange.is_open("ACME")
    assert market.exchange.opens_ns("ACME") == START_NS + DAY_NS + int(14.5 * 3600) * 10**9
    market.list("us-equities")
    assert len(market.stated) == 1


def test_the_market_opens_and_closes_by_its_calendar(market: Market) -> None:
    market.list("us-equities")
    open_ns, close_ns = market.stated[0].sessions[0]
    for at_ns, trades in ((open_ns - 1, False), (open_ns, True), (close_ns, False)):
        market.clock.advance(at_ns - market.clock.now_ns())
        market.sequencer.submit(AdvanceTime())
        assert market.exchange.is_open("ACME") is trades


def test_sessions_are_stated_again_long_before_they_run_out(market: Market) -> None:
    market.list("fx")
    market.wait(400)
    assert 4 <= len(market.stated) <= 8
    for before, after in zip(market.stated, market.stated[1:], strict=False):
        assert after.sessions[0][0] < before.sessions[-1][0] - 50 * DAY_NS


def test_a_new_start_states_the_sessions_of_what_was_listed_before(market: Market) -> None:
    market.list("us-equities")
    later_ns = START_NS + 300 * DAY_NS
    again = Market(market.exchange, later_ns)
    again.sequencer.submit(AdvanceTime())
    assert again.stated[0].sessions == sessions("us-equities", later_ns, STATED_DAYS)


def test_a_market_that_never_closes_is_stated_nothing(market: Market) -> None:
    market.list("24/7")
    market.wait(100)
    assert market.stated == []
    assert market.exchange.is_open("ACME")


def test_a_market_whose_calendar_changes_follows_the_new_one(market: Market) -> None:
    market.list("us-equities")
    market.list("24/7")
    assert market.stated[-1].sessions == ()
    assert market.exchange.is_open("ACME")


def test_a_market_that_never_closes_any_more_loses_the_sessions_of_an_earlier_start(
    market: Market,
) -> None:
    market.list("us-equities")
    again = Market(market.exchange, START_NS + DAY_NS)
    again.list("24/7")
    assert again.exchange.is_open("ACME")


@pytest.mark.parametrize(
    ("calendar", "placed", "expires"),
    [
        ("us-equities", (2026, 11, 25, 15), (2026, 11, 25, 21)),
        ("us-equities", (2026, 11, 27, 15), (2026, 11, 27, 18)),
        ("us-equities", (2026, 3, 6, 15), (2026, 3, 6, 21)),
        ("us-equities", (2026, 3, 9, 15), (2026, 3, 9, 20)),
        ("fx", (2026, 3, 6, 12), (2026, 3, 6, 22)),
        ("fx", (2026, 3, 8, 21), (2026, 3, 9, 21)),
        ("fx", (2026, 10, 30, 12), (2026, 10, 30, 21)),
        ("fx", (2026, 12, 27, 22), (2026, 12, 28, 22)),
    ],
    ids=str,
)
def test_a_day_order_lives_until_its_session_closes_over_holidays_and_changes_of_the_clocks(
    calendar: str, placed: tuple[int, ...], expires: tuple[int, ...]
) -> None:
    market = Market(at_ns=at_ns(*placed))
    market.list(calendar)
    market.sequencer.submit(OpenAccount(account="ann"))
    market.sequencer.submit(Deposit(account="ann", currency="USD", amount_quanta=10**18))
    order = PlaceOrder(
        account="ann",
        symbol="ACME",
        side=Side.BUY,
        order_type=OrderType.LIMIT,
        lots=1,
        price_ticks=100,
        time_in_force=TimeInForce.DAY,
    )
    (accepted,) = market.sequencer.submit(order)
    assert isinstance(accepted, OrderAccepted)
    assert accepted.expires_ns == at_ns(*expires)


def test_an_unknown_calendar_is_told_once_and_the_market_trades_at_all_times(
    market: Market,
) -> None:
    market.list("lunar")
    market.wait(5)
    (told,) = market.news
    assert "no calendar 'lunar'" in told
    assert "all times" in told
    assert market.exchange.is_open("ACME")


def test_a_session_refuses_orders_until_the_market_opens_and_names_when() -> None:
    still = StillMarket()
    terms = msgspec.structs.replace(instrument("BTC-USDT"), calendar="us-equities")
    now_ns = still.clock.now_ns()
    still.session.take(
        InstrumentTerms(received_ns=now_ns, instrument=terms, venue_symbol="BTC-USDT")
    )
    still.snapshot("BTC-USDT")
    refused = still.session.run_line("b 0.01 at bid", "BTC-USDT")
    assert not refused.ok
    assert "closed" in refused.messages[-1]
    opens_ns = still.session.exchange.opens_ns("BTC-USDT")
    assert opens_ns is not None
    still.clock.advance(opens_ns - now_ns)
    still.session.tick()
    taken = still.session.run_line("b 0.01 at bid", "BTC-USDT")
    assert taken.ok, taken.messages
    assert still.session.run_line("b 0.01 ETH-USDT at bid", "ETH-USDT").ok

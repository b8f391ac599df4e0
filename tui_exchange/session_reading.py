"""What a session tells its readers: the newest state, as views.

`Session` adds what changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.clock import Clock
from engine.core.exchange import Exchange
from engine.core.fees import FeeStanding
from engine.core.instruments import Instrument
from engine.core.perps.foresight import Stake
from engine.core.perps.standing import OracleStanding
from engine.core.units import Scale
from engine.sequencer import Sequencer
from feeds.group import FeedGroup
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.failures import ReviewFailure
from tui_exchange.feed_switching import FeedSwitching
from tui_exchange.feed_views import FeedView, MarketFactsView, OnTheWayView
from tui_exchange.keeping import Keeping
from tui_exchange.portfolio_words import PortfolioWords
from tui_exchange.position_labels import Labels, PositionLabels
from tui_exchange.position_report import Line, position_lines
from tui_exchange.read_models.books import LadderWindow, ladder_view, market_view, quote_view
from tui_exchange.read_models.event_fold import EventFold
from tui_exchange.read_models.greeks import GreeksView, greeks_view
from tui_exchange.read_models.imbalance import Imbalances
from tui_exchange.read_models.margin import FundingView, PoolView, funding_view, pool_views
from tui_exchange.read_models.market_facts import MarketFacts
from tui_exchange.read_models.on_the_way import on_the_way_views
from tui_exchange.read_models.portfolio import Portfolio
from tui_exchange.read_models.subscriptions import Subscriptions, feed_state
from tui_exchange.risk.desk import RiskDesk
from tui_exchange.risk.view import RiskView
from tui_exchange.views import (
    AccountView,
    FillView,
    ImbalanceView,
    JournalView,
    LadderView,
    MarketView,
    OrderView,
    PositionView,
    PrintView,
    QuoteView,
)

if TYPE_CHECKING:
    from tui_exchange.review.source import ReviewSource


class SessionReading:
    """The reading half of a session."""

    clock: Clock
    current: CurrentPortfolio
    events: EventFold
    exchange: Exchange
    feed: FeedGroup
    imbalances: Imbalances
    keeping: Keeping | None
    portfolio: Portfolio
    portfolio_words: PortfolioWords
    position_labels: PositionLabels
    risk_desk: RiskDesk
    sequencer: Sequencer[Exchange]
    switching: FeedSwitching
    _facts: MarketFacts
    _subscriptions: Subscriptions

    @property
    def account(self) -> str:
        """The current portfolio, which orders are sent for."""
        return self.current.account

    @property
    def portfolio_title(self) -> str:
        """What people call the current portfolio."""
        known = self.account in self.exchange.accounts()
        return self.portfolio_words.title(self.account) if known else self.account

    @property
    def portfolios(self) -> Sequence[str]:
        """The titles of all portfolios that are not put away, in the order of their opening."""
        exchange = self.exchange
        open_ones = (each for each in exchange.accounts() if not exchange.archived(each))
        return [self.portfolio_words.title(each) for each in open_ones]

    @property
    def headline(self) -> str:
        """What this market is, in a few words: `PAPER, simulated market`."""
        return self.switching.headline

    @property
    def symbols(self) -> Sequence[str]:
        """What the feed carries, then other instruments in which the portfolio has something."""
        listed = self.exchange.symbols()
        carried = [symbol for symbol in self.feed.symbols if symbol in listed]
        if self.account not in self.exchange.accounts():
            return carried
        orders = {order.symbol for order in self.exchange.open_orders(self.account)}
        held = self.exchange.positions(self.account)
        busy = (s for s in listed if s in orders or (s in held and held[s].lots))
        return [*carried, *(symbol for symbol in busy if symbol not in carried)]

    def instrument(self, symbol: str) -> Instrument:
        """The terms of an instrument; KeyError when unknown."""
        return self.exchange.instrument(symbol)

    def scale(self, symbol: str) -> Scale:
        """The integer sizes of an instrument; KeyError when unknown."""
        return self.exchange.scale(symbol)

    def quote(self, symbol: str) -> QuoteView:
        """The touch and the last trade."""
        tape = self.events.tape(symbol)
        return quote_view(self.exchange, symbol, tape, feed_state(self.feed, symbol))

    def ladder(self, symbol: str, top_ticks: int, rows: int, group_ticks: int) -> LadderView:
        """`rows` prices (groups of `group_ticks`) downwards from the one that holds `top_ticks`."""
        window = LadderWindow(top_ticks, rows, group_ticks)
        tape, state = self.events.tape(symbol), feed_state(self.feed, symbol)
        return ladder_view(self.exchange, self.account, symbol, window, tape, state)

    @property
    def killed(self) -> bool:
        """The portfolio's kill switch is engaged: it takes no new risk."""
        return self.account in self.exchange.accounts() and self.exchange.killed(self.account)

    def market(self, symbol: str) -> MarketView:
        """Whether an instrument can be traded now, and when again."""
        return market_view(self.exchange, symbol)

    def fees(self, symbol: str) -> FeeStanding:
        """What fills in an instrument cost now, and how far the next tier is."""
        return self.exchange.fee_standing(self.account, symbol)

    def working_orders(self) -> Sequence[OrderView]:
        """Every live order of the portfolio, oldest first."""
        return self.portfolio.working_orders()

    def positions(self) -> Sequence[PositionView]:
        """Every open position."""
        return self.portfolio.positions()

    def position_lines(self, symbol: str, labels: Labels) -> tuple[Line, ...]:
        """Everything about an open position; nothing where there is none."""
        if self.account not in self.exchange.accounts():
            return ()
        mark, now_ns = self.portfolio.mark_ticks(symbol), self.clock.now_ns()
        return position_lines(self.exchange, self.account, symbol, mark, now_ns, labels)

    def labels_of(self, symbol: str) -> Labels:
        """What was written about an open position; asks the history, so it may take a moment."""
        return self.position_labels.of(symbol)

    def stake(self, symbol: str) -> Stake | None:
        """Where an open position on margin stands; None when there is none."""
        known = self.account in self.exchange.accounts()
        return self.exchange.stake(self.account, symbol) if known else None

    def pools(self) -> Sequence[PoolView]:
        """What answers for the portfolio's cross positions, by settlement currency."""
        return pool_views(self.exchange, self.account)

    def oracle(self, symbol: str) -> OracleStanding:
        """Where the mark comes from that margin is counted at."""
        return self.exchange.oracle(symbol)

    def funding(self, symbol: str) -> FundingView | None:
        """The next funding of an open position; None where nothing is known of it."""
        return funding_view(self.exchange, self.account, symbol, self.clock.now_ns())

    def fills(self, limit: int) -> Sequence[FillView]:
        """The latest fills, newest first."""
        return self.events.latest_fills(limit)

    def account_view(self) -> AccountView:
        """The portfolio's money."""
        return self.portfolio.account_view()

    def prints(self, symbol: str, limit: int) -> Sequence[PrintView]:
        """The latest trades of a market, newest first."""
        return self.events.tape(symbol).latest(limit)

    def imbalance(self, symbol: str) -> ImbalanceView:
        """How one-sided a market is; it is measured from the first call on, while it is read."""
        return self.imbalances.view(symbol, feed_state(self.feed, symbol))

    def greeks(self) -> GreeksView:
        """What a small move and a day do to the portfolio, in its base currency."""
        return greeks_view(self.exchange, self.account)

    def risk(self) -> RiskView:
        """How much the portfolio may lose; it is measured from the first call on, while it is
        read."""
        return self.risk_desk.view(self.account)

    def feeds(self) -> Sequence[FeedView]:
        """The health of every subscription."""
        return self._subscriptions.views()

    def facts(self, symbol: str) -> MarketFactsView:
        """What its venue said of a market besides book and tape."""
        return self._facts.view(symbol, self.clock.now_ns())

    def on_the_way(self) -> Sequence[OnTheWayView]:
        """What was sent and has not reached the venue yet."""
        return on_the_way_views(self.exchange, self.account, self.clock.now_ns())

    def journal(self) -> JournalView:
        """How far the log and the history are."""
        applied = self.sequencer.seq
        if self.keeping is None:
            return JournalView(applied, applied, 0, "")
        keeping = self.keeping
        return JournalView(keeping.log.written_seq, applied, keeping.history.lag, keeping.error)

    def review(self) -> ReviewSource:
        """What this session's profile has done, through the connection of its history writer.

        Raises:
            ReviewFailure: This session keeps nothing.
        """
        keeping = self.keeping
        if keeping is None:
            raise ReviewFailure(
                "this session keeps no history: start one on a profile, `tui-exchange --profile"
                " default`"
            )
        return keeping.review(self.account)

"""The composition root: exchange, sequencer, journal, feed, and the views that both faces read.

Nothing here knows a screen. One thread owns a session; a feed delivers on the same event loop.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from pathlib import Path

from engine.clock import Clock, SystemClock
from engine.core.commands import AdvanceTime, Command
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.sequencer import LogUnavailable, Sequencer
from feeds.messages import Candle, Facts, Message
from tui_exchange.aliases import Aliases
from tui_exchange.charge_words import ChargeWords
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.entered_lines import EnteredLines
from tui_exchange.feed_news import FeedNews
from tui_exchange.feed_switching import FeedSwitching
from tui_exchange.fill_report import FillReports
from tui_exchange.impact import Impact
from tui_exchange.keeping import Keeping
from tui_exchange.labels import OrderLabels
from tui_exchange.limit_words import LimitWords
from tui_exchange.line_runner import LineRunner
from tui_exchange.mark_news import MarkNews
from tui_exchange.market_entry import MarketEntry
from tui_exchange.market_scenario import MarketScenario
from tui_exchange.market_time import FeedClock, MarketTime
from tui_exchange.markets import MarketChoice
from tui_exchange.memory import MemoryCare
from tui_exchange.opening import Lending, open_portfolio, state_collateral, usual_profile
from tui_exchange.operating import operators
from tui_exchange.order_history import OrderHistory
from tui_exchange.order_life.remembered import RememberedOrders
from tui_exchange.order_news import OrderNews
from tui_exchange.our_depth import OurDepth
from tui_exchange.pair_words import PairWords
from tui_exchange.portfolio_words import PortfolioWords
from tui_exchange.position_labels import PositionLabels
from tui_exchange.position_words import PositionWords
from tui_exchange.read_models.charges import Charges
from tui_exchange.read_models.event_fold import EventFold
from tui_exchange.read_models.imbalance import Imbalances
from tui_exchange.read_models.market_facts import MarketFacts
from tui_exchange.read_models.pairs import Pairs
from tui_exchange.read_models.portfolio import Portfolio
from tui_exchange.read_models.reductions import Reductions
from tui_exchange.read_models.subscriptions import Subscriptions
from tui_exchange.revisions import (
    ACCOUNT,
    FEEDS,
    FILLS,
    INSTRUMENTS,
    JOURNAL,
    ORDERS,
    POSITIONS,
    RISK,
    Revisions,
    book_topic,
)
from tui_exchange.risk.advise_words import AdviseWords
from tui_exchange.risk.desk import RiskDesk
from tui_exchange.risk.report_words import ReportWords
from tui_exchange.sending import Sending, latency_of
from tui_exchange.session_reading import SessionReading
from tui_exchange.settings import Settings
from tui_exchange.views import (
    LineOutcome,
)
from tui_exchange.words import Words

FRAME_WAIT_S = 0.02
"""How long a frame waits for the log; afterwards the frame before it stays on the screen."""
TICK_S = 1.0
LOOKS_PER_TICK = 100
"""How often in a tick it is looked whether a command has reached the venue."""
NEWS_KEPT = 200


class Session(SessionReading):
    """One trader with any number of portfolios, one of which is the current one.

    Args:
        market: Where prices come from.
        keeping: The profile that remembers; None forgets everything at the end.
        memory: When the collector of garbage may run; a test passes one that leaves it alone.

    Attributes:
        current: Which portfolio is on the screen and trades.
        charges: What positions have paid while they were held.
        imbalances: Which markets' imbalance is measured.
        news: Sentences that nobody has read yet: what was recovered, what the feed says.
        started_ns: When this session was opened; fills before it are of earlier ones.
        reductions: What of positions was closed without their owners' wish.
        order_news: Tells of orders while nobody presses a key.
        orders: What became of each order.
    """

    def __init__(
        self,
        settings: Settings,
        market: MarketChoice,
        keeping: Keeping | None = None,
        memory: MemoryCare | None = None,
    ) -> None:
        self.settings = settings
        folder = None if keeping is None else keeping.folder
        self.current = CurrentPortfolio(settings.account.name, folder)
        self.keeping = keeping
        self.news: deque[str] = deque(maxlen=NEWS_KEPT)
        self.exchange: Exchange = Exchange() if keeping is None else keeping.exchange
        self.switching = FeedSwitching(
            settings, SystemClock(), self.exchange, market, self.take, self._run_feed
        )
        self.feed = self.switching.feeds
        self.clock: Clock = FeedClock(self.feed) if keeping is None else SystemClock()
        log = None if keeping is None else keeping.log
        self.sequencer: Sequencer[Exchange] = Sequencer(self.exchange, self.clock, log)
        self._revisions = Revisions()
        self._subscriptions = Subscriptions(self.feed)
        self.pairs = Pairs(self.exchange, self.feed)
        self.events = EventFold(self.current, self._revisions)
        self.imbalances = Imbalances(self.exchange, self.events.tape)
        self.charges = Charges(self.exchange)
        self.reductions = Reductions(self.exchange)
        self.lending = Lending(
            self.exchange, settings.account, self.sequencer.submit, self.sequencer.post
        )
        remembered = RememberedOrders(self.exchange)
        self._reports = FillReports(self.exchange)
        self.orders = OrderHistory(remembered, self._reports, self.review)
        self._tell_readers(remembered)
        self._facts = MarketFacts()
        self._entry = MarketEntry(
            self.exchange,
            settings.market,
            settings.margin,
            self.sequencer.submit,
            news=self.news.append,
            changed=FeedNews(self.feed, self._revisions, self.news.append).take,
            listed=self.lending.listed,
            fees=self.switching.fees,
            facts=self._take_fact,
            live=self.switching.is_live,
            now_ns=self.clock.now_ns,
        )
        self._take_lines(folder)
        self._memory = memory or MemoryCare()
        self._feeding: asyncio.Task[None] | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._opened = False
        self.started_ns = 0
        self._ticked_seq = 0

    def _take_lines(self, folder: Path | None) -> None:
        """Make what a command line needs; `folder` keeps labels, aliases and lines, if there is
        one."""
        settings = self.settings
        labels = OrderLabels(folder, self.clock.now_ns)
        self.aliases = Aliases(settings.alias, folder)
        self.entered = EnteredLines(folder)
        sending = Sending(self.sequencer.submit, latency_of(settings.market))
        self.risk_desk = RiskDesk(
            self.exchange,
            self.current,
            folder,
            self.clock.now_ns,
            sending,
            self.news.append,
            lambda: self.symbols,
            partial(self._revisions.bump, RISK),
        )
        self.sequencer.subscribe(self.risk_desk)
        self.portfolio_words = PortfolioWords(
            self.exchange,
            self.current,
            self.sequencer.submit,
            self._switched,
            self.risk_desk.limits.copy,
            partial(usual_profile, settings),
        )
        self.position_labels = PositionLabels(self.exchange, self.current, self.review)
        words = Words(
            MarketTime(self.feed, self._run_feed),
            MarketScenario(self.feed),
            self.switching,
            PairWords(self.pairs, lambda: self.feed.symbols),
            self.portfolio_words,
            LimitWords(self.exchange, self.current, self.sequencer.submit),
            AdviseWords(self.exchange, self.current, self.risk_desk),
            ChargeWords(self.exchange, self.current, self.charges),
            PositionWords(self.positions, self.position_lines, self.position_labels),
            ReportWords(self.exchange, self.current, self.risk_desk.measure, self.reductions),
        )
        self.portfolio = Portfolio(self.exchange, self.current, labels.tag_of, labels.note_of)
        self.lines = LineRunner(
            self.exchange,
            sending,
            settings,
            self.portfolio,
            labels,
            self.aliases,
            words,
            lambda: self.symbols,
            self.clock.now_ns,
            self.orders,
            self.risk_desk.advising,
        )

    def _tell_readers(self, remembered: RememberedOrders) -> None:
        """Subscribe all that follows the commands, in the order in which each is told of one."""
        subscribe = self.sequencer.subscribe
        subscribe(self.events)
        subscribe(self.imbalances)
        subscribe(self.charges)
        subscribe(self.reductions)
        subscribe(self._reports)
        post, news = self.sequencer.post, self.news.append
        for reader in operators(self.exchange, self.settings.market, post, news):
            subscribe(reader)
        subscribe(Impact(self.feed))
        subscribe(OurDepth(self.exchange, self.feed))
        subscribe(remembered.read)
        subscribe(self.lending)
        self.order_news = OrderNews(self.exchange, self.current, news)
        subscribe(self.order_news)
        subscribe(MarkNews(self.exchange, news))
        if self.keeping is not None:
            self.keeping.follow(self.sequencer)

    def open(self) -> None:
        """Open the portfolio, and withdraw depth that is not the market's any more. Once.

        Raises:
            SequencerError: The log takes nothing.
        """
        if self._opened:
            return
        self._opened = True
        self.started_ns = self.clock.now_ns()
        if self.keeping is not None:
            self.news.extend(self.keeping.report)
        self._entry.withdraw(self.sequencer.submit_first)
        state_collateral(self.exchange, self.settings.margin, self.sequencer.submit)
        open_portfolio(self.exchange, self.settings, self.sequencer.submit)
        self.current.recall(self.exchange.accounts())
        self.arrive()
        for account in self.exchange.accounts():
            working = self.exchange.open_orders(account)
            held = self.exchange.positions(account)
            self.events.resume(((order.symbol, order.order_id) for order in working), held)

    async def start(self) -> None:
        """Open, and begin to receive the market. Starting again does nothing."""
        self.open()
        if self._ticking is None:
            self._ticking = asyncio.create_task(self._tick_for_ever(), name="tick")
            self._run_feed()
            self._memory.begin(self.clock.now_ns())
            self.risk_desk.begin()

    def _run_feed(self) -> None:
        """Let the feed run, or run again after it came to its end; not before the start."""
        if self._ticking is not None and (self._feeding is None or self._feeding.done()):
            self._feeding = asyncio.create_task(self.feed.run(), name="feed")

    async def stop(self) -> None:
        """Stop receiving, and write down what is outstanding.

        Raises:
            JournalFailure: The disk refused to the end.
        """
        tasks = [task for task in (self._feeding, self._ticking) if task is not None]
        self._feeding = self._ticking = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._memory.end()
        self.close()

    def close(self) -> None:
        """Let recording and profile go; for a session whose feed does not run."""
        self.risk_desk.close()
        self.feed.close()
        keeping, self.keeping = self.keeping, None
        if keeping is not None:
            keeping.close()

    def take(self, message: Message) -> None:
        """Receive one message of the feed. What the log cannot take has no effect."""
        try:
            self._entry.take(message)
        except LogUnavailable:
            self._revisions.bump(JOURNAL)

    def _take_fact(self, fact: Facts) -> None:
        """The venue said something besides its book and its tape."""
        self._facts.take(fact)
        if isinstance(fact, Candle):
            self.risk_desk.prices.take_candle(fact)

    def tick(self) -> None:
        """Once a second: let time pass, and tidy memory when it is quiet.

        Time passes with every command; what has fallen due since the last one, such as funding,
        does not wait for the next.
        """
        try:
            due = self.exchange.next_due_ns() <= self.clock.now_ns()
            if due or self.sequencer.seq == self._ticked_seq:
                self.sequencer.submit(AdvanceTime())
        except LogUnavailable:
            self._revisions.bump(JOURNAL)
        self._ticked_seq = self.sequencer.seq
        self._revisions.bump(FEEDS, JOURNAL)
        self._reports.look()
        past = None if self.keeping is None else self.keeping.take_past()
        if past is not None:
            self.events.add_past(past.fills)
            self.charges.add_past(past.charges)
            self.reductions.add_past(past.reductions)
        self.risk_desk.tick()
        self._memory.tick(self.clock.now_ns(), self.events.own_ns)

    def arrive(self) -> None:
        """Let time pass where a command reaches the venue now; nothing otherwise."""
        accounts = self.exchange.accounts()
        under_way = any(self.exchange.on_the_way(account) for account in accounts)
        if under_way and self.exchange.next_due_ns() <= self.clock.now_ns():
            try:
                self.sequencer.submit(AdvanceTime())
            except LogUnavailable:
                self._revisions.bump(JOURNAL)

    async def _tick_for_ever(self) -> None:
        while True:
            for _ in range(LOOKS_PER_TICK):
                await asyncio.sleep(TICK_S / LOOKS_PER_TICK)
                self.arrive()
            self.tick()

    # Acting.

    def submit(self, command: Command) -> tuple[Event, ...]:
        """Send one command.

        Raises:
            SequencerError: The log takes nothing now; the command had no effect.
        """
        return self.sequencer.submit(command)

    def run_line(self, text: str, focus: str) -> LineOutcome:
        """Do what a command line says; a refusal is an outcome, never an exception."""
        return self.lines.run(text, focus)

    def preview(self, text: str, focus: str) -> LineOutcome:
        """What a command line would do, without doing it."""
        return self.lines.preview(text, focus)

    def _switched(self) -> None:
        """Everything that a screen shows of a portfolio is of another one now."""
        topics = (ORDERS, FILLS, POSITIONS, ACCOUNT, INSTRUMENTS, RISK)
        self._revisions.bump(*topics, *map(book_topic, self.exchange.symbols()))

    def frame(self) -> bool:
        """Before the views of a frame are read: wait a moment until the log has what they show.

        Returns:
            False when the log has not, so that the frame before should stay; `journal` says why.

        Raises:
            Exception: What ended the feeds or the clock, which nobody else waits for: a picture
                that stands still must not pass for a market.
        """
        for task in (self._feeding, self._ticking):
            if task is not None and task.done() and not task.cancelled():
                task.result()
        if self.written(FRAME_WAIT_S):
            self._revisions.publish()
            return True
        self._revisions.publish(JOURNAL, FEEDS)
        return False

    def written(self, timeout_s: float) -> bool:
        """Whether the log has all that concerns this account; waits for it at most so long."""
        if self.keeping is None:
            return True
        return self.keeping.log.wait_written(self.events.own_seq, timeout_s)

    def revision(self, topic: str) -> int:
        """A number that grows when what a topic of `tui_exchange.revisions` names has changed."""
        return self._revisions.of(topic)

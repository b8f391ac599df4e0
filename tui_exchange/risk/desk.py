"""The risk of a session's portfolios: limits, marks, prices, breaches and reports together.

Once a second every portfolio is held against its limits. The report of a portfolio is made in a
worker thread, at most every two seconds while somebody reads it, and once a minute of the current
portfolio, so that correlations are known before an order.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from engine.core.commands import Command, ResetPortfolio
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.monitor import Breach, LimitName, watch
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.risk.acting import Acting
from tui_exchange.risk.advising import Advising, sized
from tui_exchange.risk.book_copy import BookCopier, BookCopy, price_of
from tui_exchange.risk.equity_marks import EquityMarks, curve_of
from tui_exchange.risk.limits_kept import AdvisedLimits
from tui_exchange.risk.measuring import Measured
from tui_exchange.risk.price_log import PriceLog
from tui_exchange.risk.reports import Reports
from tui_exchange.risk.view import NOT_MEASURED, RiskView

PRICES_KEPT_NS = 600_000_000_000
"""How often prices are written."""


class RiskDesk:
    """What a session knows of risk; a reader of the sequencer, for resets.

    Args:
        current: Whose report is made when nobody asks for another.
        folder: Of the profile; None forgets everything at the end.
        now_ns: The session's time.
        send: Sends a command as the trader's own are sent.
        news: Takes each sentence.
        symbols: What is carried.
        changed: Is told that there is something new to see.

    Attributes:
        limits: The advisory limits of every portfolio.
        prices: What prices were.
        advising: Judges orders before they are sent.
    """

    def __init__(
        self,
        exchange: Exchange,
        current: CurrentPortfolio,
        folder: Path | None,
        now_ns: Callable[[], int],
        send: Callable[[Command], tuple[Event, ...]],
        news: Callable[[str], object],
        symbols: Callable[[], Sequence[str]],
        changed: Callable[[], None],
    ) -> None:
        self._exchange = exchange
        self._current = current
        self._now_ns = now_ns
        self._news = news
        self._symbols = symbols
        self._changed = changed
        self.limits = AdvisedLimits(folder, changed)
        self.prices = PriceLog(folder)
        self._marks = EquityMarks(exchange, folder, now_ns)
        marks = self._marks.start_and_peak
        self.advising = Advising(exchange, self.limits, marks, lambda: self._correlations)
        self._acting = Acting(exchange, self.limits, send, news, now_ns)
        self._reports = Reports(self._copy, self._take)
        self._correlations: Mapping[tuple[str, str], float] = {}
        self._measured: dict[str, Measured] = {}
        self._breaches: dict[str, tuple[Breach, ...]] = {}
        self._told: set[str] = set()
        self._prices_kept_ns = now_ns()

    def view(self, account: str) -> RiskView:
        """The newest finished figures; asks for newer ones."""
        self._reports.ask(account)
        return self.newest(account)

    def measure(self, account: str) -> RiskView:
        """Figures of this moment, computed before this returns; for a session without a screen."""
        self._take(self._reports.measurer.measure(self._copy(account)))
        return self.newest(account)

    def begin(self) -> None:
        """Make reports from now on, on the running loop."""
        self._reports.begin()

    def tick(self) -> None:
        """Once a second: take prices and equity, hold every portfolio against its limits."""
        exchange = self._exchange
        accounts = [each for each in exchange.accounts() if not exchange.archived(each)]
        self._take_prices(accounts)
        for account in accounts:
            self._marks.look(account)
            self._watch(account)
        self._keep()
        for problem in (self.limits.problem, self._marks.problem, self.prices.problem):
            if problem and problem not in self._told:
                self._told.add(problem)
                self._news(problem)
        current = self._current.account
        self._reports.tick(current if current in self._breaches and self._holds(current) else None)

    def resume(self, account: str) -> tuple[LimitName, ...]:
        """Lift a halt; the limits that are still broken."""
        broken = {one.name: None for one in self._breaches.get(account, ())}
        self.limits.resume(account, tuple(broken))
        return tuple(broken)

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command: after a reset everything begins anew, the limits stay."""
        del ts_ns, events
        if isinstance(command, ResetPortfolio):
            account = command.account
            self._marks.forget(account)
            self._acting.forget(account)
            self.limits.resume(account)
            self._measured.pop(account, None)
            self._changed()

    def close(self) -> None:
        """Write down what is outstanding; no report is made any more."""
        self._reports.end()
        self._marks.keep(at_once=True)
        self.prices.keep()

    def _keep(self) -> None:
        self._marks.keep()
        if not 0 <= self._now_ns() - self._prices_kept_ns < PRICES_KEPT_NS:
            self._prices_kept_ns = self._now_ns()
            self.prices.keep()

    def _holds(self, account: str) -> bool:
        return any(one.lots for one in self._exchange.positions(account).values())

    def _take_prices(self, accounts: Sequence[str]) -> None:
        exchange, now_ns = self._exchange, self._now_ns()
        symbols = dict.fromkeys(self._symbols())
        for account in accounts:
            held = exchange.positions(account)
            symbols |= dict.fromkeys(symbol for symbol in held if held[symbol].lots)
        for symbol in symbols:
            price = price_of(exchange, symbol)
            if price is not None and price > 0:
                self.prices.take(symbol, now_ns, price)

    def _watch(self, account: str) -> None:
        standing = self.advising.standing(account)
        limits = self.limits.of(account)
        breaches = watch(limits, standing.facts, partial(sized, self._exchange))
        self.limits.held(account, frozenset(one.name for one in breaches))
        self._acting.take(account, breaches, sure=standing.sure)
        if breaches != self._breaches.get(account):
            self._breaches[account] = breaches
            self._changed()

    def _copy(self, account: str) -> BookCopy:
        copier = BookCopier(self._exchange, account, self.prices.volumes)
        equity, now_ns = copier.equity, self._now_ns()
        holdings, maintenance = copier.holdings(), copier.maintenance_quanta()
        mark = self._marks.of(account, equity.currency)
        held = tuple(one.key for one in holdings)
        return BookCopy(
            account=account,
            currency=equity.currency,
            made_ns=now_ns,
            equity_quanta=equity.quanta,
            maintenance_quanta=maintenance,
            holdings=holdings,
            missing=copier.missing,
            curve=() if mark is None else curve_of(mark, now_ns, equity.quanta),
            symbols=tuple(dict.fromkeys((*held, *self._symbols()))),
            correlation_warning=float(self.limits.of(account)[LimitName.CORRELATION].value),
            prices=self.prices.drain(),
        )

    def _take(self, measured: Measured) -> None:
        self._measured[measured.account] = measured
        if measured.correlations:
            self._correlations = measured.correlations
        self._changed()

    def newest(self, account: str) -> RiskView:
        """The newest finished figures, without asking for newer ones."""
        measured = self._measured.get(account)
        limits, halted = self.limits.of(account), bool(self.limits.halted(account))
        breaches = self._breaches.get(account, ())
        if account not in self._exchange.accounts() or measured is None:
            currency = ""
            if account in self._exchange.accounts():
                currency = self._exchange.profile(account).base_currency
            return RiskView(
                account=account,
                currency=currency,
                made_ns=None,
                report=None,
                limits=limits,
                breaches=breaches,
                problem=NOT_MEASURED,
                halted=halted,
            )
        start, peak = self._marks.start_and_peak(account, measured.currency)
        return RiskView(
            account=account,
            currency=measured.currency,
            made_ns=measured.made_ns,
            report=measured.report,
            grids=measured.grids,
            limits=limits,
            breaches=breaches,
            pairs=measured.pairs,
            day_start_quanta=start,
            peak_quanta=peak,
            unvalued=measured.missing,
            problem=measured.problem,
            halted=halted,
            history=measured.history,
        )

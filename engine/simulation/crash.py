"""A market that falls by a third in minutes: leveraged traders, thin books, liquidations, a fund.

Everything is drawn from one seed and sent to the exchange as commands, so that a run can be had
again exactly; the invariants of the exchange are checked all along.
"""

import numpy as np

from engine.core import invariants
from engine.core.commands import (
    CancelAll,
    ChangeMargin,
    Command,
    ConfigureFunding,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetLeverage,
    SetMarginMode,
    SetPrice,
    Side,
    TimeInForce,
    TriggerSource,
)
from engine.core.events import CommandRejected, Event, OrderRejected
from engine.core.exchange import Exchange
from engine.core.instruments import SECOND_NS
from engine.core.margin_terms import CROSS
from engine.core.units import QUANTA_PER_UNIT
from engine.simulation.crash_report import CrashReport, Tally
from engine.simulation.crash_terms import (
    FUTURE,
    MARK_TICKS,
    MONEY,
    PERPETUAL,
    CrashTerms,
    instruments,
    mark_path,
)
from engine.simulation.crash_traders import (
    MAKER_LOTS_PER_TRADER,
    MAKER_MONEY,
    Trader,
    makers,
    traders,
)

LEVELS_PPM = (600, 2_000, 5_000)
"""How far from the mark a maker quotes."""
QUOTED = {PERPETUAL: (200, 900), FUTURE: (50, 300)}
"""Lots of one quote: at least, and below."""
ACTIVE_SHARE = 0.01
"""Of the traders, how many do something in a second."""


class Crash:
    """One run. `play` may be called once."""

    def __init__(self, terms: CrashTerms) -> None:
        self.terms = terms
        self.exchange = Exchange()
        self._draw = np.random.default_rng(terms.seed)
        self._tally = Tally()
        self._now_ns = terms.start_ns - SECOND_NS
        self._marks = {PERPETUAL: MARK_TICKS, FUTURE: MARK_TICKS}

    def play(self) -> CrashReport:
        """Open every position, let the mark fall, and report.

        Raises:
            InvariantError: The exchange reached a state that must not exist.
        """
        path = mark_path(self.terms, self._draw)
        cast = traders(self.terms.accounts, self._draw)
        self._open(cast)
        for second, marks in enumerate(path):
            self._now_ns = self.terms.start_ns + second * SECOND_NS
            self._fall(marks)
            self._quote()
            self._act(cast)
            self._tally.note_debts(self.exchange)
        self._check()
        return self._tally.finish(self.exchange)

    def _send(self, command: Command) -> tuple[Event, ...]:
        events = self.exchange.apply(command, self._now_ns)
        self._tally.count(events)
        report = self._tally.report
        report.commands += 1
        report.refused += any(isinstance(each, CommandRejected | OrderRejected) for each in events)
        if not report.commands % self.terms.check_every:
            self._check()
        return events

    def _check(self) -> None:
        invariants.check(self.exchange)
        self._tally.report.checks += 1

    def _open(self, cast: list[Trader]) -> None:
        """Instruments, accounts, and each trader's positions, taken over from a maker."""
        for instrument in instruments():
            self._send(ListInstrument(instrument=instrument))
        self._send(ConfigureFunding(symbol=PERPETUAL))
        self._state_marks()
        for name in makers():
            self._fund(name, MAKER_MONEY * QUANTA_PER_UNIT)
        for trader in cast:
            self._fund(trader.name, trader.deposit_quanta)
            for symbol, side, lots in trader.positions:
                if trader.mode is not CROSS:
                    self._send(SetMarginMode(account=trader.name, symbol=symbol, mode=trader.mode))
                self._send(
                    SetLeverage(account=trader.name, symbol=symbol, leverage=trader.leverage)
                )
                self._limit(self._emptiest(symbol, side), symbol, side.opposite, lots, MARK_TICKS)
                self._market(trader.name, symbol, side, lots)

    def _fund(self, name: str, quanta: int) -> None:
        self._send(OpenAccount(account=name))
        self._send(Deposit(account=name, currency=MONEY, amount_quanta=quanta))

    def _emptiest(self, symbol: str, side: Side) -> str:
        """The maker who gets nearest to flat by trading with an order of this side."""
        sign = 1 if side is Side.BUY else -1
        return max(makers(), key=lambda name: sign * self._lots(name, symbol))

    def _lots(self, name: str, symbol: str) -> int:
        position = self.exchange.position(name, symbol)
        return 0 if position is None else position.lots

    def _fall(self, marks: tuple[int, int]) -> None:
        self._marks = dict(zip((PERPETUAL, FUTURE), marks, strict=True))
        self._state_marks()

    def _state_marks(self) -> None:
        for symbol, ticks in self._marks.items():
            for source in (TriggerSource.INDEX, TriggerSource.MARK):
                self._send(SetPrice(symbol=symbol, source=source, price_ticks=ticks))

    def _quote(self) -> None:
        """Some makers withdraw what they showed and quote around the mark, within their bounds."""
        names = makers()
        for name in names:
            if self._draw.random() < 0.5:
                continue
            for symbol, mark_ticks in self._marks.items():
                self._send(CancelAll(account=name, symbol=symbol))
                self._ladder(name, symbol, mark_ticks)

    def _ladder(self, name: str, symbol: str, mark_ticks: int) -> None:
        bound = MAKER_LOTS_PER_TRADER * self.terms.accounts
        least, below = QUOTED[symbol]
        for side, sign in ((Side.BUY, 1), (Side.SELL, -1)):
            room = bound - sign * self._lots(name, symbol)
            for away_ppm in LEVELS_PPM:
                lots = min(room, int(self._draw.integers(least, below)))
                if lots <= 0:
                    break
                room -= lots
                ticks = mark_ticks - sign * max(1, mark_ticks * away_ppm // 1_000_000)
                self._limit(name, symbol, side, lots, ticks)

    def _act(self, cast: list[Trader]) -> None:
        """A few traders cut, add to or close what they have, or put money behind it."""
        for _ in range(int(self._draw.poisson(ACTIVE_SHARE * len(cast)))):
            trader = cast[int(self._draw.integers(len(cast)))]
            symbol, side, lots = trader.positions[0]
            what = self._draw.random()
            if what < 0.3:
                self._market(trader.name, symbol, side, max(1, lots // 10))
            elif what < 0.6:
                self._reduce(trader.name, symbol, max(1, lots // 4))
            elif trader.mode is not CROSS:
                amount = trader.deposit_quanta // 20
                self._send(ChangeMargin(account=trader.name, symbol=symbol, amount_quanta=amount))

    def _reduce(self, name: str, symbol: str, lots: int) -> None:
        held = self._lots(name, symbol)
        if held:
            side = Side.SELL if held > 0 else Side.BUY
            self._market(name, symbol, side, min(lots, abs(held)))

    def _limit(self, name: str, symbol: str, side: Side, lots: int, ticks: int) -> None:
        self._send(
            PlaceOrder(
                account=name,
                symbol=symbol,
                side=side,
                order_type=OrderType.LIMIT,
                lots=lots,
                price_ticks=ticks,
            )
        )

    def _market(self, name: str, symbol: str, side: Side, lots: int) -> None:
        self._send(
            PlaceOrder(
                account=name,
                symbol=symbol,
                side=side,
                order_type=OrderType.MARKET,
                lots=lots,
                time_in_force=TimeInForce.IOC,
            )
        )

"""Where losses are counted from: the equity of the day's start and the highest, by portfolio.

Money that is paid in or out is no profit or loss: both are moved with it, as if it had been there
all the time. A portfolio that was reset begins anew. The day begins at midnight UTC, or when the
portfolio is first seen after it. All of it outlives the program, in `equity_marks.json` of the
profile, which is written at most every 15 seconds.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.core.accounts.rates import Equity
from engine.core.commands import DepositKind
from engine.core.exchange import Exchange
from tui_exchange.risk.kept_file import KeptFile
from tui_exchange.risk.valuing import Valuer, unmarked

FILE_NAME = "equity_marks.json"
WRITE_NS = 15_000_000_000
DAY_NS = 86_400_000_000_000

Point = tuple[int, int]
"""A time and the equity then."""


class EquityMark(msgspec.Struct, frozen=True):
    """What is remembered of one portfolio's equity, in quanta of `currency`.

    Attributes:
        day: Since 1970, in UTC.
        peak: The highest.
        worst: From where to where it fell most, as a share.
        paid: What was deposited by then, by currency.
    """

    currency: str
    day: int
    day_start_quanta: int
    peak: Point
    worst: tuple[Point, Point]
    paid: dict[str, int]


class EquityMarks:
    """The marks of every portfolio.

    Args:
        folder: Of the profile; None forgets everything at the end.
        now_ns: The session's time.
    """

    def __init__(self, exchange: Exchange, folder: Path | None, now_ns: Callable[[], int]) -> None:
        self._exchange = exchange
        self._now_ns = now_ns
        self._file = KeptFile(folder, FILE_NAME, dict[str, EquityMark], "the marks of equity")
        self._marks = self._file.read() or {}
        self._written_ns: int | None = None
        self._dirty = False

    @property
    def problem(self) -> str:
        """Empty, or a sentence: the marks could not be read or cannot be kept."""
        return self._file.problem

    def look(self, account: str) -> None:
        """Take the equity of a portfolio; what is not fully valued, or stale, is not taken."""
        equity = self._exchange.equity(account)
        if equity.missing or equity.stale or unmarked(self._exchange, account):
            return
        paid, now_ns = self._paid(account), self._now_ns()
        before = self._marks.get(account)
        mark = None if before is None else self._moved(before, equity.currency, paid)
        after = _begun(equity, paid, now_ns) if mark is None else _seen(mark, equity, now_ns)
        if after != before:
            self._marks[account] = after
            self._dirty = True

    def of(self, account: str, currency: str) -> EquityMark | None:
        """What is remembered, in the portfolio's currency; None when nothing is."""
        mark = self._marks.get(account)
        return None if mark is None or mark.currency != currency else mark

    def start_and_peak(self, account: str, currency: str) -> tuple[int | None, int | None]:
        """Equity when the day began, None when it has not been seen today; and the highest."""
        mark = self.of(account, currency)
        if mark is None:
            return None, None
        today = mark.day == self._now_ns() // DAY_NS
        return mark.day_start_quanta if today else None, mark.peak[1]

    def forget(self, account: str) -> None:
        """Begin anew with the next look."""
        self._marks.pop(account, None)
        self._dirty = True
        self._written_ns = None

    def keep(self, *, at_once: bool = False) -> None:
        """Write what changed, if the last writing is long enough ago."""
        last, now_ns = self._written_ns, self._now_ns()
        waits = last is not None and 0 <= now_ns - last < WRITE_NS and not at_once
        if self._dirty and not waits:
            self._file.write(self._marks)
            self._dirty, self._written_ns = False, now_ns

    def _paid(self, account: str) -> dict[str, int]:
        """What was given by now; what was lent is no part of equity."""
        paid: dict[str, int] = defaultdict(int)
        for (currency, kind), quanta in self._exchange.deposited(account).items():
            if kind is not DepositKind.LENT:
                paid[currency] += quanta
        return dict(paid)

    def _moved(self, mark: EquityMark, currency: str, paid: dict[str, int]) -> EquityMark | None:
        """The mark in this currency, with what was paid in since; None to begin anew."""
        valuer = Valuer(self._exchange, currency)
        if mark.currency != currency:
            converted = _shifted(mark, lambda quanta: valuer.value(mark.currency, quanta) or 0)
            mark = msgspec.structs.replace(converted, currency=currency)
        more = 0
        for each in {**mark.paid, **paid}:
            change = paid.get(each, 0) - mark.paid.get(each, 0)
            if change < 0:
                return None
            more += (valuer.value(each, change) or 0) if change else 0
        if valuer.missing:
            return None
        moved = mark if not more else _shifted(mark, lambda quanta: quanta + more)
        return msgspec.structs.replace(moved, paid=paid)


def curve_of(mark: EquityMark, now_ns: int, equity_quanta: int) -> tuple[Point, ...]:
    """Points from which both the present and the worst drawdown follow, in order of time."""
    points = {*mark.worst, mark.peak, (now_ns, equity_quanta)}
    return tuple(sorted(point for point in points if point[0] <= now_ns))


def _begun(equity: Equity, paid: dict[str, int], now_ns: int) -> EquityMark:
    point = (now_ns, equity.quanta)
    return EquityMark(
        currency=equity.currency,
        day=now_ns // DAY_NS,
        day_start_quanta=equity.quanta,
        peak=point,
        worst=(point, point),
        paid=paid,
    )


def _seen(mark: EquityMark, equity: Equity, now_ns: int) -> EquityMark:
    day, quanta = now_ns // DAY_NS, equity.quanta
    peak = (now_ns, quanta) if quanta > mark.peak[1] else mark.peak
    (_, high), (_, low) = mark.worst
    worse = peak[1] > 0 and (peak[1] - quanta) * max(1, high) > (high - low) * peak[1]
    return msgspec.structs.replace(
        mark,
        day=day,
        day_start_quanta=mark.day_start_quanta if day == mark.day else quanta,
        peak=peak,
        worst=(peak, (now_ns, quanta)) if worse else mark.worst,
    )


def _shifted(mark: EquityMark, change: Callable[[int], int]) -> EquityMark:
    """Every amount of a mark changed in the same way."""
    (high_ns, high), (low_ns, low) = mark.worst
    return msgspec.structs.replace(
        mark,
        day_start_quanta=change(mark.day_start_quanta),
        peak=(mark.peak[0], change(mark.peak[1])),
        worst=((high_ns, change(high)), (low_ns, change(low))),
    )

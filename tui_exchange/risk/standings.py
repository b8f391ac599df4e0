"""Where a portfolio stands against each advisory limit, and words for shares of equity."""

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from engine.monitor.limits import LIMITS, LimitName, Response, Unit, shown
from tui_exchange.number_text import UNKNOWN
from tui_exchange.risk.view import RiskView

_HUNDREDTH = Decimal("0.01")
DAYS_FINE = 10
"""From here on days are told whole."""
DIGITS = 6
"""Decimal places of a delta, which is counted in units."""
_PER_ORDER = "per order"
_NOT_MEASURED = "no figures"
_NO_EQUITY = "no equity"


@dataclass(frozen=True, slots=True)
class LimitStanding:
    """One limit, and how much of it is used.

    Attributes:
        value: In the limit's unit; None when it is not known, and `why` says why.
        limit: What it may be.
        broken: The limit is broken now.
        about: What the value is about: an instrument, or two that move together.
        why: In two words, why there is no value; empty with one.
    """

    name: LimitName
    value: Decimal | None
    limit: Decimal
    response: Response
    broken: bool
    about: str
    why: str

    @property
    def value_text(self) -> str:
        """The value, or a dash."""
        return UNKNOWN if self.value is None else self._shown(self.value)

    @property
    def limit_text(self) -> str:
        """The limit, with a per cent sign where it is one."""
        return self._shown(self.limit)

    def _shown(self, value: Decimal) -> str:
        unit = LIMITS[self.name].unit
        return shown(value, unit if unit is Unit.PERCENT else Unit.COEFFICIENT)

    @property
    def used(self) -> Decimal | None:
        """The value over the limit; None when it is not known."""
        return None if self.value is None else self.value / self.limit

    @property
    def word(self) -> str:
        """What a trader reads beside it: `OVER`, or `BLOCKS` where that holds orders back; else
        what would happen at the limit."""
        if not self.broken:
            return self.response.value
        return "BLOCKS" if self.response is Response.BLOCK else "OVER"


def limit_standings(view: RiskView) -> tuple[LimitStanding, ...]:
    """Every limit, in the order of the registry."""
    return tuple(_standing(view, name) for name in LIMITS)


def _standing(view: RiskView, name: LimitName) -> LimitStanding:
    setting = view.limits[name]
    value, about, why = _value(view, name)
    broken = [breach for breach in view.breaches if breach.name is name]
    if broken:
        worst = max(broken, key=lambda breach: breach.value or 0)
        value, about = worst.value, worst.symbol or about
    return LimitStanding(
        name=name,
        value=value,
        limit=setting.value,
        response=setting.response,
        broken=setting.response is not Response.OFF
        and (bool(broken) or _is_over(view, name, value, setting.value)),
        about=about,
        why=why,
    )


def _is_over(view: RiskView, name: LimitName, value: Decimal | None, limit: Decimal) -> bool:
    """As the limits are held: a loss is broken by reaching it, all others by going over it.

    The watch looks once a second; what was measured since may be over already.
    """
    if value is None or view.report is None:
        return False
    if name not in (LimitName.DAILY_LOSS, LimitName.DRAWDOWN_STOP):
        return value > limit
    start = _start(view, name)
    return bool(start) and (start - view.report.equity_quanta) * 100 >= limit * start


def _start(view: RiskView, name: LimitName) -> int:
    """What a loss is counted from; 0 when it is not known."""
    known = view.day_start_quanta if name is LimitName.DAILY_LOSS else view.peak_quanta
    return known or 0


def _value(view: RiskView, name: LimitName) -> tuple[Decimal | None, str, str]:
    """The value, what it is about, and why there is none."""
    report = view.report
    if name is LimitName.RISK_PER_TRADE:
        return None, "", _PER_ORDER
    if report is None:
        return None, "", _NOT_MEASURED
    equity = report.equity_quanta
    if name is LimitName.OPEN_POSITIONS:
        return Decimal(open_count(view)), "", ""
    if name is LimitName.CORRELATION:
        return _correlation(view)
    if name is LimitName.POSITION_SIZE:
        exposure = report.exposure
        largest = round(exposure.gross_quanta * exposure.largest_share)
        return _share(largest, equity), exposure.largest_symbol or "", _NO_EQUITY
    start = _start(view, name)
    if not start:
        return None, "", _NOT_MEASURED
    return _share(max(0, start - equity), start), "", _NO_EQUITY


def _correlation(view: RiskView) -> tuple[Decimal | None, str, str]:
    if not view.pairs:
        return None, "", _why_no_pair(view)
    pair = view.pairs[0]
    return Decimal(f"{pair.correlation:.2f}"), f"{pair.symbol} {pair.other}", ""


def _why_no_pair(view: RiskView) -> str:
    if open_count(view) < 2:
        return "no pair"
    report = view.report
    return "no history" if report is None or report.uncovered else "below it"


def _share(part: int, whole: int) -> Decimal | None:
    """Per cent, rounded up to a hundredth as the limits are."""
    if whole <= 0:
        return None
    return (Decimal(100 * part) / whole).quantize(_HUNDREDTH, ROUND_UP)


def open_count(view: RiskView) -> int:
    """How many instruments or assets are held."""
    return 0 if view.report is None else len({way.symbol for way in view.report.liquidity})


def percent_text(part_quanta: int, whole_quanta: int, signed: bool = False) -> str:
    """A share for the eye: two decimals below 10%, one below 100%, none above; `-0.40%`, `35.1%`.

    `0%` is nothing at all, `0.00%` next to nothing; a dash where there is nothing to compare with.
    """
    if whole_quanta <= 0:
        return UNKNOWN
    share = Decimal(100 * part_quanta) / whole_quanta
    places = 2 if abs(share) < 10 else 1 if abs(share) < 100 else 0
    shown_share = round(share, places)
    if not shown_share:
        return "0%" if not part_quanta else "0.00%"
    return f"{shown_share:+,.{places}f}%" if signed else f"{shown_share:,.{places}f}%"


def units_text(units: Decimal | None) -> str:
    """`+1.25`, `-0.000012`; a dash when it is not known."""
    if units is None:
        return UNKNOWN
    text = f"{round(units, DIGITS):+,.{DIGITS}f}"
    return text.rstrip("0").rstrip(".")


def days_text(days: float) -> str:
    """`<0.01`, `0.25`, `12`."""
    if 0 < days < 0.01:
        return "<0.01"
    return f"{days:.2f}" if days < DAYS_FINE else f"{days:,.0f}"

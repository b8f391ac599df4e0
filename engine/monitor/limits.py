"""The advisory limits of a portfolio: what they mean, what they may be, and what is done.

One registry, `LIMITS`; grammar, settings, their documentation and the panes derive from it. A
limit advises: it warns before an order is sent, or holds it back when its owner wants that, and it
may act on what is true all the time. The core enforces limits of its own and knows none of these.

Values are decimals in the unit of the limit and exact to a ten-thousandth of it, since they are
compared with money.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

DECIMALS_MAX = 4
"""Of a per cent; finer settings are mistakes."""
PPM_PER_PERCENT = 10_000


class LimitError(ValueError):
    """A limit that is not one, or a value it may not have; the sentence says what it may."""


class LimitName(Enum):
    """The limits, by the word that a person types."""

    POSITION_SIZE = "position-size"
    DAILY_LOSS = "daily-loss"
    OPEN_POSITIONS = "open-positions"
    RISK_PER_TRADE = "trade-risk"
    DRAWDOWN_STOP = "drawdown"
    CORRELATION = "correlation"


class Response(Enum):
    """What happens to an order that would break the limit."""

    OFF = "off"
    WARN = "warn"
    BLOCK = "block"


class Action(Enum):
    """What the session is asked to do while a limit is broken."""

    ALERT = "alert"
    REDUCE = "reduce"
    """Close so much of the position that the limit holds."""
    CANCEL = "cancel"
    """Cancel all working orders of the portfolio."""
    HALT = "halt"
    """Cancel them, and send nothing new that opens until a person resumes."""


class Unit(Enum):
    """What a limit counts."""

    PERCENT = "%"
    POSITIONS = "positions"
    COEFFICIENT = ""
    """A correlation."""


@dataclass(frozen=True, slots=True)
class LimitSpec:
    """One limit.

    Attributes:
        text: What it says, as a phrase.
        low: The smallest value allowed, `high` the largest.
    """

    name: LimitName
    text: str
    unit: Unit
    default: Decimal
    low: Decimal
    high: Decimal

    @property
    def range_text(self) -> str:
        """`1 to 100%`."""
        return f"{self.low} to {self.high}{_suffix(self.unit)}"

    def checked(self, value: Decimal) -> Decimal:
        """The value, if the limit may have it.

        Raises:
            LimitError: Out of range, too fine, or a broken number of positions.
        """
        allowed = f"{self.name.value} may be {self.range_text}"
        if not value.is_finite() or not self.low <= value <= self.high:
            raise LimitError(f"{value} is out of range: {allowed}")
        if self.unit is Unit.POSITIONS and value != value.to_integral_value():
            raise LimitError(f"{value} is no whole number: {allowed}")
        if value != round(value, DECIMALS_MAX):
            raise LimitError(
                f"{value} is too fine: {allowed}, with at most {DECIMALS_MAX} decimals"
            )
        return value


def _spec(
    name: LimitName, text: str, unit: Unit, default: str, low: str, high: str
) -> tuple[LimitName, LimitSpec]:
    return name, LimitSpec(name, text, unit, Decimal(default), Decimal(low), Decimal(high))


LIMITS: Mapping[LimitName, LimitSpec] = dict(
    (
        _spec(
            LimitName.POSITION_SIZE,
            "value of one position, of equity",
            Unit.PERCENT,
            *("25", "1", "100"),
        ),
        _spec(
            LimitName.DAILY_LOSS,
            "loss since the day began, of the equity then",
            Unit.PERCENT,
            *("10", "1", "50"),
        ),
        _spec(
            LimitName.OPEN_POSITIONS,
            "positions open at once",
            Unit.POSITIONS,
            *("20", "1", "100"),
        ),
        _spec(
            LimitName.RISK_PER_TRADE,
            "loss of an order down to its stop, of equity",
            Unit.PERCENT,
            *("2", "0.1", "10"),
        ),
        _spec(
            LimitName.DRAWDOWN_STOP,
            "fall of equity from its highest",
            Unit.PERCENT,
            *("25", "5", "50"),
        ),
        _spec(
            LimitName.CORRELATION,
            "correlation of a new position with one already held",
            Unit.COEFFICIENT,
            *("0.7", "0.5", "0.95"),
        ),
    )
)
"""In the order in which they are checked and shown."""


@dataclass(frozen=True, slots=True)
class LimitSetting:
    """What a portfolio has chosen for one limit."""

    value: Decimal
    response: Response = Response.WARN
    action: Action = Action.ALERT


@dataclass(frozen=True, slots=True)
class Limits:
    """What a portfolio has chosen for all; make one with `default_limits` and change it."""

    settings: Mapping[LimitName, LimitSetting]

    def __getitem__(self, name: LimitName) -> LimitSetting:
        """The setting of one limit."""
        return self.settings[name]

    def with_setting(
        self,
        name: LimitName,
        value: Decimal | None = None,
        response: Response | None = None,
        action: Action | None = None,
    ) -> "Limits":
        """The same limits with one changed; what is None stays.

        Raises:
            LimitError: The limit may not have that value.
        """
        now = self.settings[name]
        changed = replace(
            now,
            value=now.value if value is None else LIMITS[name].checked(value),
            response=response or now.response,
            action=action or now.action,
        )
        return Limits({**self.settings, name: changed})


def default_limits() -> Limits:
    """Every limit at its default: it warns, and while it is broken it raises an alert."""
    return Limits({name: LimitSetting(spec.default) for name, spec in LIMITS.items()})


def limit_named(text: str) -> LimitName:
    """The limit that a person or a settings file means.

    Raises:
        LimitError: No limit has that name; lists those that there are.
    """
    try:
        return LimitName(text)
    except ValueError:
        known = ", ".join(name.value for name in LimitName)
        raise LimitError(f"{text!r} is no limit; there are {known}") from None


def shown(value: Decimal, unit: Unit) -> str:
    """A value with its unit: `25%`, `20 positions`, `1 position`, `0.7`."""
    text = format(value, "f")
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return plain + (" position" if unit is Unit.POSITIONS and value == 1 else _suffix(unit))


def _suffix(unit: Unit) -> str:
    return "%" if unit is Unit.PERCENT else f" {unit.value}" if unit.value else ""

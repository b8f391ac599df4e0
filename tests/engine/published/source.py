"""Where a published number stands, and how it was rounded for print."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

READ = "2026-11-21"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document in which a worked example stands."""

    venue: str
    document: str
    dated: str = ""
    """The page's own date or the commit of its copy; empty: it states none."""
    kept_by: str = ""
    """Who keeps the copy that was read, where that is not the venue itself."""
    read: str = READ


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A number as the document prints it."""

    value: Decimal
    step: Decimal
    """What its last digit, or the venue's tick, is worth."""
    rounding: str = ROUND_HALF_UP
    """How the exact answer became this one: a rounding mode of `decimal`."""

    def matches(self, exact: Decimal) -> bool:
        """Whether an answer, known more finely than it was printed, prints as this one."""
        return self.rounded(exact) == self.value

    def rounded(self, exact: Decimal) -> Decimal:
        """An answer as the document would have printed it."""
        return (exact / self.step).to_integral_value(self.rounding) * self.step


def exactly(text: str) -> Printed:
    """A printed answer that nothing was taken off."""
    value = Decimal(text)
    return Printed(value=value, step=Decimal("0.00000001"))


def nearest(text: str) -> Printed:
    """An answer rounded to the last digit that is printed."""
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Printed(value=value, step=Decimal(1).scaleb(exponent))


def up_to(text: str, step: str) -> Printed:
    """An answer rounded up to the venue's tick."""
    return Printed(value=Decimal(text), step=Decimal(step), rounding=ROUND_CEILING)

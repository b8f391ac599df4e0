"""Whole steps as the decimal text that a venue would print."""

from decimal import Decimal

from engine.core.units import decimals_of

_REMEMBERED_MAX = 16_384


class StepText(dict[int, str]):
    """Multiples of a step with its decimals: of 0.05, `text[3]` is `0.15` and `text[20]` `1.00`.

    What was asked for once is remembered; only steps of zero or more have a text.
    """

    __slots__ = ("_decimals", "_unit", "_whole")

    def __init__(self, step: Decimal) -> None:
        super().__init__()
        self._decimals = decimals_of(step)
        self._whole = 10**self._decimals
        self._unit = int(step.scaleb(self._decimals))

    def __missing__(self, steps: int) -> str:
        """Write and remember the text of a number of steps."""
        text = self._write(steps)
        if len(self) >= _REMEMBERED_MAX:
            self.clear()
        self[steps] = text
        return text

    def _write(self, steps: int) -> str:
        if self._decimals == 0:
            return str(steps * self._unit)
        whole, part = divmod(steps * self._unit, self._whole)
        return f"{whole}.{part:0{self._decimals}d}"

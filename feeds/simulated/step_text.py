"""Whole steps as the decimal text that a venue would print."""

from decimal import Decimal

from engine.core.units import decimals_of

_REMEMBERED_MAX = 16_384


class StepText:
    """Writes multiples of a step with its decimals: 3 steps of 0.05 are `0.15`, 20 are `1.00`."""

    __slots__ = ("_decimals", "_remembered", "_unit", "_whole")

    def __init__(self, step: Decimal) -> None:
        self._decimals = decimals_of(step)
        self._whole = 10**self._decimals
        self._unit = int(step.scaleb(self._decimals))
        self._remembered: dict[int, str] = {}

    def __call__(self, steps: int) -> str:
        """The text of a number of steps, zero or more."""
        text = self._remembered.get(steps)
        if text is None:
            text = self._write(steps)
            if len(self._remembered) >= _REMEMBERED_MAX:
                self._remembered.clear()
            self._remembered[steps] = text
        return text

    def _write(self, steps: int) -> str:
        if self._decimals == 0:
            return str(steps * self._unit)
        whole, part = divmod(steps * self._unit, self._whole)
        return f"{whole}.{part:0{self._decimals}d}"

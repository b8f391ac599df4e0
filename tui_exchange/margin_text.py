"""Margin as a trader reads it: leverage and mode, lights, usage with its marks, colours."""

from engine.core.margin_terms import MarginMode
from engine.core.units import PPM
from tui_exchange.number_text import UNKNOWN

MARKS_PPM = (800_000, 900_000, 950_000)
"""Usages at which the exchange warns; at 1,000,000 it liquidates."""
LIGHTS = 5
_LETTERS = {MarginMode.CROSS: "C", MarginMode.ISOLATED: "I", MarginMode.CASH: ""}


def leverage_text(leverage_ppm: int, mode: MarginMode) -> str:
    """Leverage, rounded down to a tenth, and the mode's letter: `x10 C`, `x3.3 I`."""
    whole, rest = divmod(leverage_ppm, PPM)
    tenth = rest * 10 // PPM
    return f"x{whole}.{tenth} {_LETTERS[mode]}" if tenth else f"x{whole} {_LETTERS[mode]}"


def lights_text(lit: int) -> str:
    """How near a position is to being deleveraged: `●●○○○`."""
    return "●" * lit + "○" * (LIGHTS - lit)


def usage_text(usage_ppm: int | None) -> str:
    """Maintenance of equity, rounded up so that it never reads as safer; `over` without equity."""
    if usage_ppm is None:
        return "over"
    points = -(-usage_ppm // 1_000)
    return f"{points // 10}.{points % 10}%"


def usage_word(usage_ppm: int | None) -> str:
    """The highest mark that was passed: ` ≥90`; empty below the first, `!` with no equity left."""
    if usage_ppm is None:
        return "!"
    passed = [mark for mark in MARKS_PPM if usage_ppm >= mark]
    return f"≥{passed[-1] // 10_000}" if passed else ""


def usage_role(usage_ppm: int | None) -> str:
    """The colour: a warning from the first mark on, an error from the last."""
    if usage_ppm is None or usage_ppm >= MARKS_PPM[-1]:
        return "error"
    return "warning" if usage_ppm >= MARKS_PPM[0] else "text"


def usage_bar(usage_ppm: int | None, width: int) -> str:
    """A bar of `width` cells with the marks standing in what is empty: `██░░░░░░│││`."""
    filled = width if usage_ppm is None else min(width, -(-usage_ppm * width // PPM))
    cells = ["█"] * filled + ["░"] * (width - filled)
    for mark in MARKS_PPM:
        at = mark * width // PPM
        if filled <= at < width:
            cells[at] = "│"
    return "".join(cells)


def level_text(equity_quanta: int, used_quanta: int) -> str:
    """Equity of used margin in whole percent, rounded down; a dash where none is used."""
    if used_quanta <= 0:
        return UNKNOWN
    return f"{equity_quanta * 100 // used_quanta:,}%"

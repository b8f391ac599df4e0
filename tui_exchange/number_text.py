"""Numbers as a trader reads them: grouped by thousands, decimals by instrument, dash when unknown.

Everything is computed on integers. Only the functions whose docstring says so round, and only for
the eye: no number that is shown here is read back.
"""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from engine.core.units import Scale

UNKNOWN = "—"
QUANTA_DIGITS = 12
NS_PER_SECOND = 1_000_000_000


@lru_cache(maxsize=8192)
def price_text(scale: Scale, price_ticks: int | None) -> str:
    """The price of a number of ticks, exact: `62,000.10`."""
    if price_ticks is None:
        return UNKNOWN
    return _steps_text(price_ticks, scale.tick_size, scale.price_decimals)


def size_text(scale: Scale, lots: int | None) -> str:
    """The quantity of a number of lots, exact: `1,204.500`."""
    if lots is None:
        return UNKNOWN
    return _steps_text(lots, scale.lot_size, scale.size_decimals)


def signed_size_text(scale: Scale, lots: int) -> str:
    """A position: `+0.500`, `-2.000`, or `0.000`."""
    text = size_text(scale, lots)
    return f"+{text}" if lots > 0 else text


def plain_price(scale: Scale, price_ticks: int) -> str:
    """A price as one types it, without grouping: `62000.10`."""
    return price_text(scale, price_ticks).replace(",", "")


def plain_size(scale: Scale, lots: int) -> str:
    """A quantity as one types it, without grouping."""
    return size_text(scale, lots).replace(",", "")


def size_fit(scale: Scale, lots: int, width: int) -> str:
    """A displayed quantity in at most `width` cells where possible, decimals cut off to fit."""
    text = size_text(scale, lots)
    if len(text) <= width or "." not in text:
        return text
    whole = text.index(".")
    return text[: width if width > whole + 1 else whole]


def money_text(quanta: int | None, places: int = 2) -> str:
    """An amount, rounded half to even to `places`: `1,204.50`."""
    if quanta is None:
        return UNKNOWN
    step = 10 ** (QUANTA_DIGITS - places)
    count, rest = divmod(abs(quanta), step)
    if 2 * rest > step or (2 * rest == step and count % 2):
        count += 1
    return _fixed_text(-count if quanta < 0 else count, places)


def signed_money_text(quanta: int | None, places: int = 2) -> str:
    """A profit or loss, rounded as `money_text`: `+12.30`, `-5.00`, `0.00`."""
    text = money_text(quanta, places)
    return f"+{text}" if quanta is not None and quanta > 0 and text.strip("0.,") else text


def change_text(now: int | None, start: int | None) -> str:
    """How far `now` is from `start` in percent, rounded towards zero to two places: `+0.35%`."""
    if now is None or start is None or start <= 0:
        return UNKNOWN
    points = abs(now - start) * 10_000 // start
    sign = "+" if now > start else "-" if now < start else " "
    return f"{sign if points else ' '}{_fixed_text(points, 2)}%"


def entry_text(entry: Decimal, decimals: int) -> str:
    """An average price, rounded for the eye to `decimals` places."""
    return f"{entry:,.{decimals}f}"


def age_text(age_ms: int | None) -> str:
    """How long ago, rounded down: `0.4s`, `12s`, `3m`, `2h`."""
    if age_ms is None:
        return UNKNOWN
    if age_ms < 10_000:
        return f"{age_ms // 1000}.{age_ms % 1000 // 100}s"
    if age_ms < 120_000:
        return f"{age_ms // 1000}s"
    if age_ms < 7_200_000:
        return f"{age_ms // 60_000}m"
    return f"{age_ms // 3_600_000}h"


def left_text(left_ns: int) -> str:
    """How long is left, rounded down, in two units: `12s`, `14m32s`, `5h03m`, `3d04h`."""
    seconds = max(0, left_ns) // NS_PER_SECOND
    if seconds < 60:
        return f"{seconds}s"
    if seconds < 3600:
        return f"{seconds // 60}m{seconds % 60:02d}s"
    if seconds < 86_400:
        return f"{seconds // 3600}h{seconds // 60 % 60:02d}m"
    return f"{seconds // 86_400}d{seconds // 3600 % 24:02d}h"


def share_text(ppm: int) -> str:
    """Millionths as a percentage, exact: `1%`, `0.05%`."""
    return f"{(Decimal(ppm) / 10_000).normalize():f}%"


def count_text(count: int) -> str:
    """A count in few cells, rounded down: `950`, `1.2k`, `34k`, `1.0M`."""
    if count < 1_000:
        return str(count)
    if count < 10_000:
        return f"{count // 1_000}.{count % 1_000 // 100}k"
    if count < 1_000_000:
        return f"{count // 1_000}k"
    return f"{count // 1_000_000}.{count % 1_000_000 // 100_000}M"


def clock_text(ts_ns: int) -> str:
    """The UTC time of day: `12:34:56`."""
    seconds = ts_ns // NS_PER_SECOND % 86_400
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def day_text(ts_ns: int) -> str:
    """The UTC date: `2026-11-23`."""
    return datetime.fromtimestamp(ts_ns // NS_PER_SECOND, UTC).date().isoformat()


def clock_ms_text(ts_ns: int) -> str:
    """The UTC time of day to the millisecond, rounded down: `12:34:56.789`."""
    return f"{clock_text(ts_ns)}.{ts_ns // 1_000_000 % 1000:03d}"


def _steps_text(count: int, step: Decimal, decimals: int) -> str:
    return _fixed_text(count * int(step.scaleb(decimals)), decimals)


def _fixed_text(count: int, decimals: int) -> str:
    sign = "-" if count < 0 else ""
    if decimals == 0:
        return f"{count:,}"
    whole, fraction = divmod(abs(count), 10**decimals)
    return f"{sign}{whole:,}.{fraction:0{decimals}d}"

"""Words for what a scenario does: its fate, and what a remembered day is called."""

import re

from engine.monitor import StressResult

DAY_TITLES = {
    "1987-10-19": "Black Monday",
    "2010-05-06": "flash crash",
    "2020-03-12": "pandemic",
    "2021-05-19": "crypto deleveraging",
    "2022-11-08": "an exchange fails",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOVE = "prices "


def fate(result: StressResult) -> str:
    """`RUIN` where equity is gone, `LIQ` where positions are liquidated, else nothing."""
    if result.ruined:
        return "RUIN"
    return "LIQ" if result.liquidated else ""


def is_day(result: StressResult) -> bool:
    """A day that was."""
    return _DAY.fullmatch(result.name) is not None


def is_move(result: StressResult) -> bool:
    """A move of all prices alike, which the grid has."""
    return result.name.startswith(_MOVE)

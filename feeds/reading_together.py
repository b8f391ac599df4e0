"""Many numbers of one form read together, which costs a fraction of reading them one by one.

A venue writes all sizes of a market with the same decimals. Joined, they are checked by one match,
and lose their points and their last zeros in one replacement each.
"""

import re
from collections.abc import Callable, Collection
from functools import lru_cache

WORTH_TOGETHER = 3
"""Fewer texts are as quick to read one by one."""
DECIMALS_MAX = 18
_FORMS_KEPT = 256


def multiples(texts: Collection[str], places: int) -> list[int] | None:
    """Each text as a multiple of 10^-places, in order.

    None where they have to be looked at one by one: where they differ in their decimals, or one is
    no plain decimal or no whole multiple.
    """
    if len(texts) < WORTH_TOGETHER:
        return None
    joined = ",".join(texts)
    point = joined.find(".")
    decimals = joined.find(",") - point - 1
    if point < 0 or not 0 <= decimals <= DECIMALS_MAX:
        return None
    matches, surplus, missing = _form(decimals, places)
    if joined.count(",") != len(texts) - 1 or not matches(joined):
        return None
    digits = (joined + ",").replace(surplus + ",", missing + ",").replace(".", "")
    return list(map(int, digits[:-1].split(",")))


@lru_cache(_FORMS_KEPT)
def _form(decimals: int, places: int) -> tuple[Callable[[str], object], str, str]:
    """(whether texts have this form, zeros that a text has too many, zeros that it lacks)."""
    surplus = "0" * (decimals - places)
    text = rf"(?:0|[1-9][0-9]{{0,19}}+)\.[0-9]{{{min(decimals, places)}}}{surplus}"
    matches = re.compile(f"{text}(?:,{text})*+").fullmatch
    return matches, surplus, "0" * (places - decimals)

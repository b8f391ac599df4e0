"""What a mistyped word was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

CUTOFF = 0.6


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`; empty when none is like it."""
    matches = get_close_matches(word[:40], list(known), n=1, cutoff=CUTOFF)
    return matches[0] if matches else ""


def did_you_mean(suggestion: str) -> str:
    """The end of a refusal's sentence; empty for no suggestion."""
    return f"; did you mean `{suggestion}`?" if suggestion else ""

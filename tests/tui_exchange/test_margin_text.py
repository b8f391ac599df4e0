"""Margin in words: never told safer than it is, and told without colour too."""

import pytest

from engine.core.margin_terms import MarginMode
from tui_exchange.margin_text import (
    level_text,
    leverage_text,
    lights_text,
    usage_bar,
    usage_role,
    usage_text,
    usage_word,
)


@pytest.mark.parametrize(
    ("usage_ppm", "text", "word", "role"),
    [
        (0, "0.0%", "", "text"),
        (1, "0.1%", "", "text"),
        (799_999, "80.0%", "", "text"),
        (800_000, "80.0%", "≥80", "warning"),
        (900_001, "90.1%", "≥90", "warning"),
        (950_000, "95.0%", "≥95", "error"),
        (None, "over", "!", "error"),
    ],
)
def test_usage_is_rounded_up_and_names_the_mark_that_was_passed(
    usage_ppm: int | None, text: str, word: str, role: str
) -> None:
    assert usage_text(usage_ppm) == text
    assert usage_word(usage_ppm) == word
    assert usage_role(usage_ppm) == role


def test_the_bar_shows_the_marks_until_they_are_passed() -> None:
    assert usage_bar(0, 20) == "░" * 16 + "│░││"
    assert usage_bar(850_000, 20) == "█" * 17 + "░││"
    assert usage_bar(None, 20) == usage_bar(1_500_000, 20) == "█" * 20
    assert usage_bar(500_000, 0) == ""


def test_leverage_level_and_lights() -> None:
    assert leverage_text(10_000_000, MarginMode.CROSS) == "x10 C"
    assert leverage_text(3_333_333, MarginMode.ISOLATED) == "x3.3 I"
    assert lights_text(2) == "●●○○○"
    assert level_text(2_999, 1_000) == "299%"
    assert level_text(1, 0) == "—"

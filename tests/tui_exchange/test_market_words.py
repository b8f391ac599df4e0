"""Whether a market can be traded, in few words."""

import pytest

from engine.core.events import HaltCause
from tui_exchange.market_words import market_words
from tui_exchange.number_text import left_text, share_text
from tui_exchange.views import MarketView

NOW = 1_767_225_600_000_000_000
"""2026-01-01 00:00 UTC."""
MINUTE = 60 * 10**9
DAY = 1_440 * MINUTE


@pytest.mark.parametrize(
    ("halt", "resumes", "is_open", "opens", "words"),
    [
        (None, None, True, None, ""),
        (HaltCause.MOVED, NOW + 5 * MINUTE, True, None, "HALTED until 00:05:00"),
        (HaltCause.MARKET, NOW + DAY, True, None, "HALTED until 2026-01-02 00:00:00"),
        (HaltCause.REQUESTED, None, True, None, "HALTED until resumed"),
        (None, None, False, NOW + 90 * MINUTE, "CLOSED, opens 01:30:00"),
        (None, None, False, None, "CLOSED, no session known"),
        (HaltCause.MOVED, NOW + MINUTE, False, None, "HALTED until 00:01:00"),
    ],
)
def test_a_market_that_does_not_trade_says_until_when(
    halt: HaltCause | None, resumes: int | None, is_open: bool, opens: int | None, words: str
) -> None:
    assert market_words(MarketView("BTC-USDT", halt, resumes, is_open, opens), NOW) == words


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (59, "59s"), (872, "14m32s"), (18_180, "5h03m"), (273_600, "3d04h"), (-5, "0s")],
)
def test_what_is_left_is_told_in_two_units(seconds: int, text: str) -> None:
    assert left_text(seconds * 10**9) == text


def test_shares_are_exact() -> None:
    assert [share_text(ppm) for ppm in (10_000, 500, 1, -100, 0)] == [
        "1%",
        "0.05%",
        "0.0001%",
        "-0.01%",
        "0%",
    ]

"""Times as they are written on the command line."""

import pytest

from tui_exchange.failures import UsageFailure
from tui_exchange.setting_up import duration_ns


@pytest.mark.parametrize(
    ("text", "ns"),
    [
        ("5", 5 * 10**9),
        ("250ms", 250 * 10**6),
        ("1.5m", 90 * 10**9),
        ("0.000000001", 1),
        ("2h", 7200 * 10**9),
        ("0", 0),
    ],
)
def test_a_duration_is_exact(text: str, ns: int) -> None:
    assert duration_ns(text, "--wait") == ns


@pytest.mark.parametrize("text", ["", "x", "-1s", "1d", "1e3", "1.s", "٣s", "9" * 20])
def test_what_is_no_duration_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UsageFailure, match="90s"):
        duration_ns(text, "--wait")

"""What the tests of the product share."""

import pytest


@pytest.fixture(autouse=True)
def instant_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders reach the venue at once wherever settings come from the environment."""
    monkeypatch.setenv("TUI_EXCHANGE_MARKET_LATENCY", "off")

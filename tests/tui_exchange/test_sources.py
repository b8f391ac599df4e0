"""Sources are made with the keys of the environment, at the addresses of the settings."""

from pathlib import Path

import pytest

from feeds.errors import UnknownVenue
from tui_exchange.credentials import MissingCredential
from tui_exchange.failures import MarketFailure
from tui_exchange.settings import Feed, Settings
from tui_exchange.sources import exchange_rates, quotas_file, venue_of

KEY, SECRET = "PK-0123456789", "s3cr3t/+0123456789"


@pytest.fixture(autouse=True)
def no_keys_and_no_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has."""
    for name in ("ALPACA_KEY", "ALPACA_SECRET", "FINNHUB_KEY", "FCS_KEY", "TWELVE_DATA_KEY"):
        monkeypatch.delenv(f"TUI_EXCHANGE_{name}", raising=False)
    for name in ("FIXER_KEY", "ALPHA_VANTAGE_KEY"):
        monkeypatch.delenv(f"TUI_EXCHANGE_{name}", raising=False)
    monkeypatch.setenv("TUI_EXCHANGE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("tui_exchange.sources.system_keyring", lambda: None)


def test_a_venue_has_the_key_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_ALPACA_KEY", KEY)
    monkeypatch.setenv("TUI_EXCHANGE_ALPACA_SECRET", SECRET)
    venue = venue_of(Settings(), "alpaca")
    headers = venue.terms_request("AAPL").headers
    assert sorted(headers.values()) == sorted((KEY, SECRET))
    login, _ = venue.subscriptions(["AAPL"])
    assert KEY in login.frame
    assert KEY not in repr(venue)


def test_a_venue_without_its_key_says_where_to_put_it() -> None:
    with pytest.raises(MissingCredential, match="TUI_EXCHANGE_FINNHUB_KEY"):
        venue_of(Settings(), "finnhub")


def test_addresses_are_the_venue_s_own_unless_settings_name_others() -> None:
    own = venue_of(Settings(), "kraken")
    assert own.stream_url == "wss://ws.kraken.com/v2"
    settings = Settings(feed=Feed(ws_url="ws://127.0.0.1:9", rest_url="http://127.0.0.1:8/"))
    moved = venue_of(settings, "kraken")
    assert moved.stream_url == "ws://127.0.0.1:9/v2"
    assert moved.rest_url == "http://127.0.0.1:8"
    with pytest.raises(UnknownVenue, match="did you mean kraken"):
        venue_of(settings, "krakn")


def test_exchange_rates_take_every_provider_whose_key_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MarketFailure, match="credentials set"):
        exchange_rates(["EUR-USD"], lambda message: None)
    monkeypatch.setenv("TUI_EXCHANGE_FCS_KEY", KEY)
    feed = exchange_rates(["eurusd", "USD-JPY"], lambda message: None)
    assert feed.symbols == ("EUR-USD", "USD-JPY")
    assert quotas_file() == tmp_path / "data" / "quotas.json"

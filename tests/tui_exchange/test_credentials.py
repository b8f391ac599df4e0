"""Keys come from the environment or the keyring, and are shown nowhere."""

import io

import pytest

from feeds import FEEDS, venue_named
from feeds.keyed import KEYED, with_credentials
from tui_exchange.cli import main
from tui_exchange.commands import credentials_command
from tui_exchange.credentials import (
    BadCredential,
    Credentials,
    MissingCredential,
    NoKeyring,
    variable_of,
)

KEY, SECRET = "PK-0123456789", "s3cr3t/+0123456789"


class MemoryKeyring:
    """A keyring that works."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, text: str) -> None:
        self.kept[service, name] = text

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


class LockedKeyring(MemoryKeyring):
    """A keyring of a machine without a desktop."""

    def get_password(self, service: str, name: str) -> str | None:
        raise RuntimeError("no backend was found\nset one up")

    def set_password(self, service: str, name: str, text: str) -> None:
        raise RuntimeError("no backend was found\nset one up")


def test_a_key_is_kept_in_the_keyring_and_found_there() -> None:
    credentials = Credentials({}, MemoryKeyring())
    credentials.keep("alpaca", {"key": KEY, "secret": SECRET})
    assert credentials.of("alpaca") == {"key": KEY, "secret": SECRET}
    assert credentials.where("alpaca") == "keyring"
    assert credentials.forget("alpaca")
    assert not credentials.forget("alpaca")
    assert credentials.where("alpaca") == "missing"


def test_the_environment_comes_first() -> None:
    keyring = MemoryKeyring()
    credentials = Credentials({"TUI_EXCHANGE_FINNHUB_KEY": f" {KEY}\n"}, keyring)
    credentials.keep("finnhub", {"key": "another-key-0"})
    assert credentials.of("finnhub") == {"key": KEY}
    assert credentials.where("finnhub") == "environment"


def test_a_missing_key_is_a_sentence_with_both_ways_to_give_it() -> None:
    with pytest.raises(MissingCredential) as caught:
        Credentials({"TUI_EXCHANGE_ALPACA_KEY": KEY}, None).of("alpaca")
    assert str(caught.value) == (
        "alpaca needs a key: set TUI_EXCHANGE_ALPACA_SECRET in the environment, or keep it in the"
        " system's keyring with `tui-exchange credentials set alpaca`"
    )


def test_a_source_that_answers_without_a_key_needs_none() -> None:
    assert Credentials({}, None).of("coingecko") == {}
    assert Credentials({}, None).of("binance") == {}


def test_only_complete_credentials_count_as_known() -> None:
    environment = {variable_of("alpaca", "key"): KEY, variable_of("twelve-data", "key"): KEY}
    assert Credentials(environment, LockedKeyring()).known() == {"twelve-data": {"key": KEY}}


@pytest.mark.parametrize("text", ["short", "with a space in it", "schlüssel-0123", "x" * 513, ""])
def test_a_text_that_is_no_key_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(BadCredential) as caught:
        Credentials({}, MemoryKeyring()).keep("fcs", {"key": text})
    assert "copy it again" in str(caught.value)
    assert len(text) < 8 or text not in str(caught.value)


def test_a_source_that_takes_no_key_is_named() -> None:
    with pytest.raises(BadCredential, match="'binance' takes no key; those that do: alpaca"):
        Credentials({}, MemoryKeyring()).forget("binance")


@pytest.mark.parametrize(
    ("keyring", "why"),
    [(None, "not installed"), (LockedKeyring(), "cannot be used (no backend was found)")],
)
def test_without_a_keyring_the_environment_is_what_remains(
    keyring: MemoryKeyring | None, why: str
) -> None:
    with pytest.raises(NoKeyring) as caught:
        Credentials({}, keyring).keep("fixer", {"key": KEY})
    assert why in str(caught.value)
    assert "TUI_EXCHANGE_FIXER_KEY" in str(caught.value)


@pytest.mark.parametrize("name", sorted(KEYED.keys() & FEEDS.keys()))
def test_a_venue_takes_its_credentials_and_does_not_show_them(name: str) -> None:
    given = dict.fromkeys(KEYED[name], SECRET)
    venue = with_credentials(venue_named(name), given)
    assert SECRET in str(venue.terms_request("AAPL").headers)
    assert SECRET not in repr(venue)
    assert SECRET not in repr(venue.terms_request("AAPL"))


def test_a_venue_without_credentials_stays_as_it_is() -> None:
    venue = venue_named("binance")
    assert with_credentials(venue, {}) is venue


def test_the_command_lists_sources_without_a_character_of_their_keys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_FIXER_KEY", KEY)
    monkeypatch.setattr("tui_exchange.cli.start_logging", lambda: None)
    assert main(["credentials"]) == 0
    printed = capsys.readouterr().out
    assert "fixer          environment  TUI_EXCHANGE_FIXER_KEY" in printed
    assert "coingecko      not needed" in printed
    assert KEY not in printed


def test_the_command_takes_a_key_from_standard_input_and_never_as_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keyring = MemoryKeyring()
    monkeypatch.setattr("tui_exchange.cli.start_logging", lambda: None)
    monkeypatch.setattr(credentials_command, "system_keyring", lambda: keyring)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n{SECRET}\n"))
    assert main(["credentials", "set", "alpaca"]) == 0
    assert list(keyring.kept.values()) == [KEY, SECRET]
    assert main(["credentials", "forget", "alpaca"]) == 0
    assert not keyring.kept
    assert main(["credentials", "set", "alpaca", KEY]) == 2
    assert main(["credentials", "set"]) == 2
    assert "name the source" in capsys.readouterr().err

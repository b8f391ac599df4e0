"""Settings: default < file < environment < flag, and sentences for what is not legal."""

from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_exchange.commands.config_command import values_of
from tui_exchange.config import ConfigError, legal_keys, load
from tui_exchange.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs" / "config.md"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refusal(file: Path, text: str) -> str:
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(file, {})
    return str(caught.value)


def test_without_a_file_everything_is_a_default(file: Path) -> None:
    config = load(file, {})
    assert config.settings == Settings()
    assert {config.origin(key) for key in legal_keys()} == {"default"}


def test_a_flag_beats_the_environment_which_beats_the_file(file: Path) -> None:
    file.write_text('[journal]\nprofile = "a"\nfsync = "each"\n[market]\nseed = 1\n', "utf-8")
    environment = {"TUI_EXCHANGE_JOURNAL_PROFILE": "b", "TUI_EXCHANGE_MARKET_SEED": "2"}
    config = load(file, environment, {"market.seed": "3", "terminal.theme": None})
    settings = config.settings
    assert (settings.journal.fsync, config.origin("journal.fsync")) == ("each", "file")
    assert (settings.journal.profile, config.origin("journal.profile")) == ("b", "environment")
    assert (settings.market.seed, config.origin("market.seed")) == (3, "flag")
    assert config.origin("terminal.theme") == "default"


def test_amounts_are_exact(file: Path) -> None:
    file.write_text("[account]\nstarting_balance = 0.1\nstarting_balances = {BTC = 1.1}\n", "utf-8")
    account = load(file, {}).settings.account
    assert account.starting_balance == Decimal("0.1")
    assert account.starting_balances == {"BTC": Decimal("1.1")}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("\n[jurnal]\nfsync = 1\n", ("line 2", "jurnal", "did you mean journal?")),
        ("[journal]\n\nfsinc = 1\n", ("line 3", "journal.fsinc", "did you mean journal.fsync?")),
        ('[journal]\nfsync = "now"\n', ("line 2", "journal.fsync", "each, interval or off")),
        ("[journal]\nsnapshot_minutes = 0\n", ("line 2", "journal.snapshot_minutes", "1")),
        ('[terminal]\nframe_hz = "fast"\n', ("line 2", "terminal.frame_hz", "fast")),
        ("[account]\nstarting_balance = -5\n", ("line 2", "account.starting_balance", "above 0")),
        ("[account]\nstarting_balance = nan\n", ("line 2", "account.starting_balance")),
        ("journal = 3\n", ("line 1", "[journal]")),
        ("[journal\n", ("not valid TOML", "line 1")),
        ("[alias]\nx = 3\n", ("line 1", "alias")),
    ],
)
def test_an_error_names_file_line_key_and_what_is_legal(
    file: Path, text: str, parts: tuple[str, ...]
) -> None:
    sentence = refusal(file, text)
    assert str(file) in sentence
    for part in parts:
        assert part in sentence


def test_an_unknown_variable_of_a_section_is_named(file: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean TUI_EXCHANGE_MARKET_SPEED"):
        load(file, {"TUI_EXCHANGE_MARKET_SPEDE": "2"})


def test_variables_of_others_are_left_alone(file: Path) -> None:
    assert load(file, {"TUI_EXCHANGE_DATA": "/x", "HOME": "/y"}).settings == Settings()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 2_000_000])
def test_a_file_that_is_no_config_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(ConfigError, match="config"):
        load(file, {})


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path, {})


@given(st.text(max_size=200))
def test_no_text_crashes_the_loader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.toml"
    file.write_text(text, "utf-8")
    with suppress(ConfigError):
        load(file, {})


def test_the_documentation_lists_every_setting_with_its_default() -> None:
    text = DOCS.read_text("utf-8")
    defaults = values_of(load(Path("nowhere.toml"), {}))
    for key, value in defaults.items():
        assert f"`{key}`" in text, key
        if not isinstance(value, dict):
            assert f"`{msgspec.json.encode(value).decode()}`" in text, key

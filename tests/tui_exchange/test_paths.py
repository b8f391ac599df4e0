"""Where files are: the platform's folders unless the environment or a flag says otherwise."""

from pathlib import Path

import pytest

from tui_exchange.failures import UsageFailure
from tui_exchange.paths import find_paths


def test_a_flag_beats_the_environment() -> None:
    environment = {"TUI_EXCHANGE_DATA_DIR": "/env", "TUI_EXCHANGE_LOG_DIR": "/log"}
    assert find_paths(environment).data_dir == Path("/env")
    paths = find_paths(environment, "/flag")
    assert (paths.profiles_dir, paths.log_file.parent) == (Path("/flag/profiles"), Path("/log"))


def test_without_either_the_platform_decides() -> None:
    paths = find_paths({})
    assert paths.config_file.name == "config.toml"
    assert all("tui-exchange" in str(p) for p in (paths.config_file, paths.data_dir, paths.log_dir))


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\\b", ".hidden", "-x", "x" * 65, "a b", "a\0"])
def test_a_profile_is_one_plain_folder_name(name: str) -> None:
    with pytest.raises(UsageFailure, match="profile name"):
        find_paths({}).profile_dir(name)

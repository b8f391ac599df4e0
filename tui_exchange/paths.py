"""Where the program keeps its files, by the platform's rules, with overrides from the environment.

| variable | replaces |
|---|---|
| `TUI_EXCHANGE_CONFIG` | the config file |
| `TUI_EXCHANGE_DATA_DIR` | the folder of profiles |
| `TUI_EXCHANGE_LOG_DIR` | the folder of the diagnostic log |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui_exchange.failures import UsageFailure

APP = "tui-exchange"
NAME_MAX = 64


@dataclass(frozen=True, slots=True)
class Paths:
    """The files and folders of one user; none of them need exist."""

    config_file: Path
    data_dir: Path
    log_dir: Path

    @property
    def profiles_dir(self) -> Path:
        """One folder for each profile."""
        return self.data_dir / "profiles"

    @property
    def themes_dir(self) -> Path:
        """The user's own themes, beside the config file."""
        return self.config_file.parent / "themes"

    @property
    def keymaps_dir(self) -> Path:
        """The user's own keymaps, beside the config file."""
        return self.config_file.parent / "keymaps"

    @property
    def log_file(self) -> Path:
        """Details of what went wrong, for a person who asks for them."""
        return self.log_dir / "tui-exchange.log"

    def profile_dir(self, name: str) -> Path:
        """The folder of a profile.

        Raises:
            UsageFailure: The name is not one plain folder name.
        """
        plain = bool(name) and len(name) <= NAME_MAX and name[0] not in ".-"
        if not plain or not all(letter.isalnum() or letter in "-_." for letter in name):
            raise UsageFailure(
                f"{name!r} is no profile name: use up to {NAME_MAX} letters, digits, dots, dashes"
                " or underscores, such as `default`"
            )
        return self.profiles_dir / name


def find_paths(environment: Mapping[str, str], data_dir: str | None = None) -> Paths:
    """The paths of this user: platform folders unless the environment or a flag names others."""
    from platformdirs import PlatformDirs

    folders = PlatformDirs(APP, appauthor=False)
    config = environment.get("TUI_EXCHANGE_CONFIG") or str(folders.user_config_path / "config.toml")
    data = data_dir or environment.get("TUI_EXCHANGE_DATA_DIR") or folders.user_data_dir
    log = environment.get("TUI_EXCHANGE_LOG_DIR") or folders.user_log_dir
    return Paths(*(Path(name).expanduser() for name in (config, data, log)))

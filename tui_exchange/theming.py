"""Themes as data: one TOML file each, validated whole, a broken one named and skipped.

A file gives a `title`, whether it is `dark`, and one `#rrggbb` colour for each role of `ROLES`.
Files that come with the program lie in the package `themes`, a user's own in the config folder; a
user's file of the same name replaces ours.

    ThemeError    a file that cannot be a theme; its sentence names file, key and what is allowed
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from textual.theme import Theme

DEFAULT_THEME = "dark"

ROLES = (
    "background",
    "surface",
    "panel",
    "line",
    "text",
    "muted",
    "faint",
    "accent",
    "cursor",
    "bid",
    "bid-bar",
    "ask",
    "ask-bar",
    "own",
    "last",
    "entry",
    "break-even",
    "profit",
    "loss",
    "live",
    "stale",
    "armed",
    "warning",
    "error",
)
"""What a colour is for. `cursor`, `bid-bar` and `ask-bar` are backgrounds, `line` draws rules."""

_KEYS = ("title", "dark", "colors")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class ThemeError(ValueError):
    """A theme file that cannot be used; the message says which, why and what is allowed."""


@dataclass(frozen=True, slots=True)
class ColorTheme:
    """A complete, valid set of colours."""

    name: str
    """The file's name without its ending."""
    title: str
    dark: bool
    colors: Mapping[str, str]
    """Every role of `ROLES`, as `#rrggbb`."""

    def for_textual(self) -> Theme:
        """The same colours under the names that the screen library knows, and under ours."""
        colors = self.colors
        return Theme(
            name=self.name,
            primary=colors["accent"],
            secondary=colors["muted"],
            accent=colors["accent"],
            warning=colors["warning"],
            error=colors["error"],
            success=colors["live"],
            foreground=colors["text"],
            background=colors["background"],
            surface=colors["surface"],
            panel=colors["panel"],
            dark=self.dark,
            variables={f"role-{role}": color for role, color in colors.items()},
        )


def load_themes(user_folder: Path | None = None) -> tuple[dict[str, ColorTheme], tuple[str, ...]]:
    """Every usable theme by name, and a sentence for each file that had to be skipped."""
    themes: dict[str, ColorTheme] = {}
    complaints: list[str] = []
    for name, text in (*_packaged(), *_users(user_folder, complaints)):
        try:
            themes[name] = parse_theme(name, text)
        except ThemeError as error:
            complaints.append(f"{error}; the theme is left out")
    return themes, tuple(complaints)


def parse_theme(name: str, text: str) -> ColorTheme:
    """The theme that a file describes.

    Raises:
        ThemeError: No TOML, an unknown or missing key, or a value that is no colour.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ThemeError(f"theme {name}.toml is not valid TOML: {error}") from None
    _refuse_unknown(name, data, _KEYS)
    title, dark, colors = data.get("title", name), data.get("dark", True), data.get("colors")
    if not isinstance(title, str) or not isinstance(dark, bool):
        raise ThemeError(f"theme {name}.toml: title must be text, and dark true or false")
    if not isinstance(colors, dict):
        raise ThemeError(f"theme {name}.toml has no [colors] table; copy one of ours and change it")
    return ColorTheme(name=name, title=title, dark=dark, colors=_checked_colors(name, colors))


def _checked_colors(name: str, colors: dict[str, object]) -> dict[str, str]:
    _refuse_unknown(name, colors, ROLES)
    checked: dict[str, str] = {}
    for role in ROLES:
        value = colors.get(role)
        if value is None:
            raise ThemeError(f"theme {name}.toml gives no colour for {role!r}; add one as #rrggbb")
        if not isinstance(value, str) or not _COLOR.fullmatch(value):
            raise ThemeError(f"theme {name}.toml: {role} = {value!r} is no colour; write #rrggbb")
        checked[role] = value
    return checked


def _refuse_unknown(name: str, found: Mapping[str, object], allowed: tuple[str, ...]) -> None:
    for key in found:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"allowed: {', '.join(allowed)}"
            raise ThemeError(f"theme {name}.toml: unknown key {key!r}; {hint}")


def _packaged() -> Iterator[tuple[str, str]]:
    for entry in sorted(files("themes").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8")


def _users(folder: Path | None, complaints: list[str]) -> Iterator[tuple[str, str]]:
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.glob("*.toml")):
        try:
            yield path.stem, path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            complaints.append(f"theme {path} cannot be read ({error}); it is left out")

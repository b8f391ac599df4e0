"""Keymaps as data: one TOML file each, over the default keys of `tui_exchange.actions`.

A file has one table `[keys]` of action id to key, or keys separated by commas; an empty text takes
the key away. What a user's file gets wrong is reported and left out, entry by entry.
"""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tui_exchange.actions import (
    ACTIONS,
    APP,
    BY_ID,
    DESK,
    ORDER,
    REVIEW,
    REVIEWING,
    SHADOWED,
)

DEFAULT_KEYMAP = "default"
ALIASES = {
    "?": "question_mark",
    ":": "colon",
    ".": "full_stop",
    "/": "slash",
    "+": "plus",
    "-": "minus",
    "=": "equals_sign",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "pgup": "pageup",
    "pgdn": "pagedown",
}


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of every action, and what was wrong with the files they came from."""

    keys: Mapping[str, str]
    """Action id to keys separated by commas, for every action."""
    complaints: tuple[str, ...]


def packaged_keymaps() -> tuple[str, ...]:
    """The names of the keymaps that come with the program."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load_keymap(name: str = DEFAULT_KEYMAP, user_file: Path | None = None) -> Keymap:
    """The default keys, changed by a packaged keymap and then by a user's file.

    Never fails: an unknown keymap, action or key clash becomes a complaint, and the default stays.
    """
    keys = {action.id: _normal(action.keys) for action in ACTIONS}
    complaints: list[str] = []
    for source, text in _sources(name, user_file, complaints):
        for action_id, value in _entries(source, text, complaints):
            _override(keys, source, action_id, value, complaints)
    return Keymap(keys=keys, complaints=tuple(complaints))


def clashes(keys: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """(key, action, other action) for each key that two actions of one place would share."""
    found: list[tuple[str, str, str]] = []
    ids = [action.id for action in ACTIONS]
    for position, one in enumerate(ids):
        for other in ids[position + 1 :]:
            found.extend((key, one, other) for key in _shared(keys, one, other))
    return tuple(found)


def _shared(keys: Mapping[str, str], one: str, other: str) -> list[str]:
    if (
        not _meet({BY_ID[one].scope, BY_ID[other].scope})
        or (one, other) in SHADOWED
        or (other, one) in SHADOWED
    ):
        return []
    theirs = keys[other].split(",")
    return [key for key in keys[one].split(",") if key and key in theirs]


def _meet(scopes: set[str]) -> bool:
    """Whether the keys of these scopes ever work at the same time."""
    if len(scopes) == 1 or APP in scopes:
        return True
    if ORDER in scopes:
        return False
    reviewing = scopes.intersection(REVIEWING)
    return (REVIEW in scopes and len(reviewing) == 2) or (DESK in scopes and not reviewing)


def _override(
    keys: dict[str, str], source: str, action_id: str, value: object, complaints: list[str]
) -> None:
    if action_id not in BY_ID:
        near = difflib.get_close_matches(action_id, BY_ID, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "see `tui-exchange keys` for the names"
        complaints.append(f"{source}: there is no action {action_id!r}; {hint}")
        return
    if not isinstance(value, str):
        complaints.append(f"{source}: {action_id} = {value!r} is no key; write it as text")
        return
    before = keys[action_id]
    keys[action_id] = _normal(value)
    for key, one, other in clashes(keys):
        if action_id in (one, other):
            taken = other if action_id == one else one
            complaints.append(
                f"{source}: {key!r} cannot be {action_id}, it is {taken} already;"
                f" {action_id} keeps {before!r}, give {taken} another key first"
            )
            keys[action_id] = before
            return


def _sources(name: str, user_file: Path | None, complaints: list[str]) -> Iterator[tuple[str, str]]:
    if name in packaged_keymaps():
        text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
        yield f"keymap {name}", text
    else:
        allowed = ", ".join(packaged_keymaps())
        complaints.append(f"there is no keymap {name!r}; the default is used. Allowed: {allowed}")
    if user_file is not None and user_file.exists():
        try:
            yield str(user_file), user_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            complaints.append(f"{user_file} cannot be read ({error}); the keymap {name} is used")


def _entries(source: str, text: str, complaints: list[str]) -> Iterator[tuple[str, object]]:
    try:
        table = tomllib.loads(text).get("keys", {})
    except tomllib.TOMLDecodeError as error:
        complaints.append(f"{source} is not valid TOML ({error}); it is left out")
        return
    if not isinstance(table, dict):
        complaints.append(f"{source}: keys must be a table [keys] of action to key")
        return
    for scope, value in table.items():
        if isinstance(value, dict):
            for method, keys in value.items():
                yield f"{scope}.{method}", keys
        else:
            yield scope, value


def _normal(keys: str) -> str:
    """Keys in the names of the screen library, without blanks."""
    parts = (part.strip() for part in keys.split(","))
    return ",".join(ALIASES.get(part, part) for part in parts if part)

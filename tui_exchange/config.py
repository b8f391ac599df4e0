"""Settings in effect, and where each came from: default < file < environment < flag.

Failure
└── UsageFailure
    └── ConfigError     names the file or variable, the key, the line and the nearest legal key
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from tui_exchange.failures import UsageFailure
from tui_exchange.settings import Settings

ENVIRONMENT_PREFIX = "TUI_EXCHANGE_"
FILE_BYTES_MAX = 1_000_000
_HEADER = re.compile(r"^\s*\[\s*([A-Za-z0-9_.\"'-]+)\s*\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\"'-]+)\s*=")


class ConfigError(UsageFailure):
    """A setting is not legal; the sentence says where it stands and what would be."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings and the origin of each that is not a default."""

    settings: Settings
    file: Path
    file_exists: bool
    origins: dict[str, str] = field(default_factory=dict)
    """`journal.fsync` -> "file", "environment" or "flag"; absent for a default."""

    def origin(self, key: str) -> str:
        """Where a setting came from."""
        return self.origins.get(key, "default")


def legal_keys() -> dict[str, Any]:
    """Every setting as `section.key` with its type."""
    keys: dict[str, Any] = {}
    for section in msgspec.structs.fields(Settings):
        if is_section(section.type):
            for entry in msgspec.structs.fields(section.type):
                keys[f"{section.name}.{entry.name}"] = entry.type
        else:
            keys[section.name] = section.type
    return keys


def is_section(kind: Any) -> bool:
    """Whether a field of the settings is a table with keys of its own."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def load(
    file: Path, environment: Mapping[str, str], flags: Mapping[str, Any] | None = None
) -> Config:
    """Read the file, the environment and the flags.

    Args:
        flags: `section.key` -> value, already typed or as text; None values are not given.

    Raises:
        ConfigError: A key, value or file that is not legal.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    exists = _take_file(file, values, origins)
    _take_environment(environment, values, origins)
    for key, value in (flags or {}).items():
        if value is not None:
            values[key] = _typed(key, value, f"the flag for {key}")
            origins[key] = "flag"
    return Config(_assemble(values), file, exists, origins)


def _assemble(values: Mapping[str, Any]) -> Settings:
    nested: dict[str, Any] = {}
    for section in msgspec.structs.fields(Settings):
        if is_section(section.type):
            given = {
                key.partition(".")[2]: value
                for key, value in values.items()
                if key.startswith(f"{section.name}.")
            }
            nested[section.name] = section.type(**given)
        elif section.name in values:
            nested[section.name] = values[section.name]
    return Settings(**nested)


def _take_file(file: Path, values: dict[str, Any], origins: dict[str, str]) -> bool:
    text = _read(file)
    if text is None:
        return False
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{file} is not valid TOML: {error}; correct it or move it away"
        ) from None
    for key, value in _entries(tables, file, text):
        where = f"{file}, line {_line_of(key, text)}"
        values[key] = _typed(key, value, where)
        origins[key] = "file"
    return True


def _read(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            raw = stream.read(FILE_BYTES_MAX + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise ConfigError(f"{file} cannot be read ({reason}); correct it or move it away") from None
    if len(raw) > FILE_BYTES_MAX:
        raise ConfigError(f"{file} is larger than a config file can be ({FILE_BYTES_MAX:,} bytes)")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8"
        ) from None


def _entries(tables: Mapping[str, Any], file: Path, text: str) -> list[tuple[str, Any]]:
    """(`section.key`, value) of a parsed file; keys are checked, values not yet."""
    sections = {section.name: section.type for section in msgspec.structs.fields(Settings)}
    entries: list[tuple[str, Any]] = []
    for name, table in tables.items():
        if name not in sections:
            where = f"{file}, line {_line_of(name, text)}"
            raise _unknown(name, [*sections, *legal_keys()], where)
        if not is_section(sections[name]):
            entries.append((name, table))
        elif not isinstance(table, dict):
            where = f"{file}, line {_line_of(name, text)}"
            raise ConfigError(f"{where}: {name} is a section: write [{name}] and its keys below it")
        else:
            entries.extend((f"{name}.{key}", value) for key, value in table.items())
    return entries


def _take_environment(
    environment: Mapping[str, str], values: dict[str, Any], origins: dict[str, str]
) -> None:
    legal = {ENVIRONMENT_PREFIX + key.replace(".", "_").upper(): key for key in legal_keys()}
    sections = tuple(
        f"{ENVIRONMENT_PREFIX}{section.name.upper()}_"
        for section in msgspec.structs.fields(Settings)
        if is_section(section.type)
    )
    for variable, text in sorted(environment.items()):
        key = legal.get(variable)
        if key is not None:
            values[key] = _typed(key, text, f"the environment variable {variable}")
            origins[key] = "environment"
        elif variable.startswith(sections):
            raise _unknown(variable, list(legal), "the environment")


def _typed(key: str, value: Any, where: str) -> Any:
    """The value in the type of its setting; text is parsed as TOML would read it."""
    legal = legal_keys()
    if key not in legal:
        raise _unknown(key, list(legal), where)
    kind = legal[key]
    if isinstance(value, str) and not _wants_text(kind):
        value = _from_text(value)
    elif isinstance(value, dict) and dict[str, str] != kind:
        value = {name: _from_text(v) if isinstance(v, str) else v for name, v in value.items()}
    try:
        typed = msgspec.convert(_plain(value, kind), kind, strict=True)
    except msgspec.ValidationError as error:
        wrong = _legal_words(kind) or _legal_names(kind, value) or _sentence(error)
        raise ConfigError(f"{where}: {key} = {_shown(value)}: {wrong}") from None
    _check_amounts(key, typed, where)
    return typed


def _plain(value: Any, kind: Any) -> Any:
    """A number of the file (exact) as what its setting's type converts from."""
    if isinstance(value, Decimal) and _inner(kind) is float:
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool) and _inner(kind) is Decimal:
        return Decimal(value)
    if isinstance(value, dict) and _inner(kind) is dict:
        part = get_args(_bare(kind))[1]
        return {name: _plain(each, part) for name, each in value.items()}
    return value


def _check_amounts(key: str, typed: Any, where: str) -> None:
    amounts = list(typed.values()) if isinstance(typed, dict) else [typed]
    for amount in amounts:
        if not isinstance(amount, Decimal):
            continue
        if not amount.is_finite() or amount <= 0 or amount > Decimal(10) ** 15:
            raise ConfigError(f"{where}: {key} = {amount}: an amount is above 0 and at most 10^15")
        if amount != amount.quantize(Decimal(1).scaleb(-12)):
            raise ConfigError(f"{where}: {key} = {amount}: an amount has at most 12 decimals")


def _inner(kind: Any) -> Any:
    bare = _bare(kind)
    return get_origin(bare) or bare


def _bare(kind: Any) -> Any:
    """A type without what is said about it."""
    while get_origin(kind) is not None and hasattr(kind, "__metadata__"):
        kind = get_args(kind)[0]
    return kind


def _wants_text(kind: Any) -> bool:
    inner = _inner(kind)
    return inner is str or inner is Literal


def _legal_words(kind: Any) -> str:
    """`write each, interval or off`; empty for a setting that is no choice of words."""
    bare = _bare(kind)
    if get_origin(bare) is not Literal:
        return ""
    *words, last = get_args(bare)
    return f"write {', '.join(words)} or {last}"


def _legal_names(kind: Any, value: Any) -> str:
    """The same of the names in a table; empty where they are not what is wrong."""
    bare = _bare(kind)
    if get_origin(bare) is not dict or not isinstance(value, dict):
        return ""
    names = get_args(bare)[0]
    return "" if set(value) <= set(get_args(names)) else _legal_words(names)


def _from_text(text: str) -> Any:
    """A number or table written as text, as TOML reads it; else the text."""
    try:
        return tomllib.loads(f"value = {text}", parse_float=Decimal)["value"]
    except tomllib.TOMLDecodeError:
        pass
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _shown(value: Any) -> str:
    text = repr(str(value)) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _sentence(error: msgspec.ValidationError) -> str:
    text = str(error).partition(" - at `")[0]
    return text[:1].lower() + text[1:].replace("`", "")


def _unknown(name: str, legal: list[str], where: str) -> ConfigError:
    nearest = difflib.get_close_matches(name, legal, n=1, cutoff=0.5)
    if not nearest and "." in name:
        section = name.partition(".")[0]
        nearest = [key for key in legal if key.startswith(f"{section}.")][:1]
    hint = f"did you mean {nearest[0]}?" if nearest else "`tui-exchange config` lists what there is"
    return ConfigError(f"{where}: {name} is not a setting; {hint}")


def _line_of(key: str, text: str) -> int:
    """The line that sets `key` (`section.key`, or a section), counted from 1; 1 when not found."""
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            section = header.group(1).replace('"', "").replace("'", "")
            if key == section or section.startswith(f"{key}."):
                return number
            continue
        assignment = _KEY.match(line)
        if assignment:
            name = assignment.group(1).replace('"', "").replace("'", "")
            full = f"{section}.{name}" if section else name
            if key == full or full.startswith(f"{key}."):
                return number
    return 1

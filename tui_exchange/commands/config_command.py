"""`tui-exchange config`: the settings in effect, and where each came from."""

import argparse
import json
from typing import Any

import msgspec

from tui_exchange.config import Config, legal_keys
from tui_exchange.failures import ExitCode
from tui_exchange.paths import Paths
from tui_exchange.setting_up import config_of, paths_of


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    config, paths = config_of(arguments), paths_of(arguments)
    if arguments.json:
        print(json.dumps(_document(config, paths), indent=2))
    else:
        print("\n".join(_lines(config, paths)))
    return ExitCode.DONE


def values_of(config: Config) -> dict[str, Any]:
    """Every setting by its key, in plain types."""
    plain = msgspec.to_builtins(config.settings)
    found: dict[str, Any] = {}
    for key in legal_keys():
        section, _, name = key.partition(".")
        found[key] = plain[section][name] if name else plain[section]
    return found


def _document(config: Config, paths: Paths) -> dict[str, Any]:
    settings = {
        key: {"value": value, "from": config.origin(key)}
        for key, value in values_of(config).items()
    }
    return {
        "file": str(config.file),
        "file_exists": config.file_exists,
        "profiles": str(paths.profiles_dir),
        "log": str(paths.log_file),
        "settings": settings,
    }


def _lines(config: Config, paths: Paths) -> list[str]:
    missing = "" if config.file_exists else " (not there; defaults are used)"
    rows = [(key, _shown(value), config.origin(key)) for key, value in values_of(config).items()]
    width = max(len(key) for key, _, _ in rows)
    wide = max(len(text) for _, text, _ in rows)
    return [
        f"file      {config.file}{missing}",
        f"profiles  {paths.profiles_dir}",
        f"log       {paths.log_file}",
        "",
        *(f"{key:<{width}}  {text:<{wide}}  {origin}" for key, text, origin in rows),
    ]


def _shown(value: Any) -> str:
    """As one writes it in the file."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_shown(part)}" for name, part in value.items()) + "}"
    return json.dumps(value)

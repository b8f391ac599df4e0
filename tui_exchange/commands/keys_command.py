"""`tui-exchange keys`: every action and the key that performs it."""

import argparse
import json

from tui_exchange.actions import ACTIONS
from tui_exchange.failures import ExitCode
from tui_exchange.keymaps import load_keymap
from tui_exchange.setting_up import config_of


def run(arguments: argparse.Namespace) -> int:
    """Print them; what is wrong with a keymap comes last."""
    config = config_of(arguments)
    keymap = load_keymap(config.settings.terminal.keymap, config.file.parent / "keymap.toml")
    rows = [(action.id, keymap.keys[action.id], action.text) for action in ACTIONS]
    if arguments.json:
        entries = [{"id": row[0], "keys": row[1].split(","), "text": row[2]} for row in rows]
        print(json.dumps({"actions": entries, "complaints": keymap.complaints}, indent=2))
        return ExitCode.DONE
    wide = max(len(row[0]) for row in rows)
    width = max(len(row[1]) for row in rows)
    print("\n".join(f"{name:<{wide}}  {keys:<{width}}  {text}" for name, keys, text in rows))
    for complaint in keymap.complaints:
        print(complaint)
    return ExitCode.DONE

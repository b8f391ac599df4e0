"""`tui-exchange credentials`: which sources have a key, and keeping one in the system's keyring.

A key is typed unseen or comes from standard input, never from the command line, which other
programs can read and shells remember.
"""

import argparse
import getpass
import json
import os
import sys

from feeds.keyed import KEYED
from tui_exchange.credentials import Credentials, parts_of, system_keyring, variable_of
from tui_exchange.failures import ExitCode, UsageFailure

LIST, SET, FORGET = "list", "set", "forget"


def run(arguments: argparse.Namespace) -> int:
    """List, keep or forget.

    Raises:
        UsageFailure: No such source, or a text that is no key, or no keyring.
    """
    credentials = Credentials(os.environ, system_keyring())
    if arguments.action == LIST:
        _list(credentials, as_json=arguments.json)
        return ExitCode.DONE
    if arguments.source is None:
        raise UsageFailure(
            f"name the source: `tui-exchange credentials {arguments.action} alpaca`;"
            f" sources: {', '.join(KEYED)}"
        )
    if arguments.action == SET:
        texts = {part: _asked(arguments.source, part) for part in parts_of(arguments.source)}
        credentials.keep(arguments.source, texts)
        print(f"{arguments.source}: kept in the system's keyring")
    elif credentials.forget(arguments.source):
        print(f"{arguments.source}: forgotten")
    else:
        print(f"{arguments.source}: there was nothing in the keyring")
    return ExitCode.DONE


def _list(credentials: Credentials, *, as_json: bool) -> None:
    rows = [
        {
            "source": source,
            "where": credentials.where(source),
            "variables": [variable_of(source, part) for part in parts],
        }
        for source, parts in KEYED.items()
    ]
    if as_json:
        print(json.dumps({"credentials": rows}))
        return
    for row in rows:
        print(f"{row['source']:14} {row['where']:12} {' '.join(row['variables'])}")


def _asked(source: str, part: str) -> str:
    prompt = f"{part} of {source}: "
    text = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    return text.strip()

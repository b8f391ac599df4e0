"""`tui-exchange liquidations`: what was closed without the wish of the current portfolio."""

import argparse
import json
import sys

from tui_exchange.commands.review_command import opened
from tui_exchange.failures import ExitCode
from tui_exchange.kept_exchange import kept_exchange
from tui_exchange.risk.reduction_lines import reduction_lines, reduction_objects
from tui_exchange.setting_up import config_of


def run(arguments: argparse.Namespace) -> int:
    """Print it, newest first.

    Raises:
        JournalFailure: The profile cannot be read.
        ReviewFailure: Its history cannot.
    """
    kept = kept_exchange(arguments)
    source = opened(None, arguments, config_of(arguments))
    try:
        found = [each for each in source.reductions()[::-1] if each.account == kept.current]
    finally:
        source.close()
    if arguments.json:
        print(json.dumps({"liquidations": reduction_objects(kept.exchange, found)}))
    else:
        lines = reduction_lines(kept.exchange, found)
        print("\n".join(lines or ["nothing of this portfolio was liquidated or deleveraged"]))
    if source.notice and not arguments.json:
        print(f"({source.notice})", file=sys.stderr)
    return ExitCode.DONE

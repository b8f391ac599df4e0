"""`tui-exchange insurance`: what a profile's insurance fund has, and how it came to that."""

import argparse
import json
import sys

from tui_exchange.charges_report import insurance_document, insurance_lines
from tui_exchange.commands.review_command import opened
from tui_exchange.failures import ExitCode
from tui_exchange.kept_exchange import kept_exchange
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
        fund = source.charges().fund[::-1]
    finally:
        source.close()
    if arguments.json:
        print(json.dumps(insurance_document(kept.exchange, fund)))
    else:
        print("\n".join(insurance_lines(kept.exchange, fund)))
    if source.notice and not arguments.json:
        print(f"({source.notice})", file=sys.stderr)
    return ExitCode.DONE

"""`tui-exchange funding [SYMBOL …]`: funding and borrow fees that a profile's portfolios paid."""

import argparse
import json
import sys

from tui_exchange.charges_report import funding_document, funding_lines
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.symbols import find_symbol
from tui_exchange.commands.review_command import opened
from tui_exchange.failures import ExitCode, UsageFailure
from tui_exchange.kept_exchange import kept_exchange
from tui_exchange.setting_up import config_of


def run(arguments: argparse.Namespace) -> int:
    """Print what the current portfolio paid, newest first.

    Raises:
        UsageFailure: There is no such instrument, or the limit is none.
        JournalFailure: The profile cannot be read.
        ReviewFailure: Its history cannot.
    """
    if arguments.limit < 0:
        raise UsageFailure(f"--limit {arguments.limit} is not possible: give 0 or more")
    kept = kept_exchange(arguments)
    exchange = kept.exchange
    listed = exchange.symbols()
    try:
        named = [find_symbol(text, listed) for text in arguments.symbol]
    except CommandLineRefusal as refusal:
        raise UsageFailure(refusal.sentence) from refusal
    source = opened(None, arguments, config_of(arguments))
    try:
        past = source.charges()
    finally:
        source.close()
    asked = frozenset(named or listed)
    charges = [
        each
        for each in reversed(past.charges)
        if each.account == kept.current and each.symbol in asked
    ][: arguments.limit]
    settled = [each for each in reversed(past.settled) if each.symbol in asked][: arguments.limit]
    if arguments.json:
        print(json.dumps(funding_document(exchange, charges, settled)))
    else:
        lines = funding_lines(exchange, charges, settled)[: arguments.limit]
        print("\n".join(lines or ["no funding was paid here yet"]))
    if source.notice and not arguments.json:
        print(f"({source.notice})", file=sys.stderr)
    return ExitCode.DONE

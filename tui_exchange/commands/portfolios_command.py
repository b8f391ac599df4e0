"""`tui-exchange portfolios`: the portfolios of a profile, also while a session has it open."""

import argparse
import json

from tui_exchange.failures import ExitCode
from tui_exchange.kept_exchange import kept_exchange
from tui_exchange.portfolio_report import portfolio_documents, portfolio_lines


def run(arguments: argparse.Namespace) -> int:
    """Print them.

    Raises:
        JournalFailure: The profile cannot be read.
    """
    kept = kept_exchange(arguments)
    if arguments.json:
        print(json.dumps({"portfolios": portfolio_documents(kept.exchange, kept.current)}))
    else:
        print("\n".join(portfolio_lines(kept.exchange, kept.current)))
    return ExitCode.DONE

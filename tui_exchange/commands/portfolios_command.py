"""`tui-exchange portfolios`: the portfolios of a profile, also while a session has it open."""

import argparse
import json

from engine.journal.log_reader import LogUnreadable
from engine.journal.recovery import recover
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.failures import ExitCode, JournalFailure
from tui_exchange.portfolio_report import portfolio_documents, portfolio_lines
from tui_exchange.setting_up import config_of, paths_of


def run(arguments: argparse.Namespace) -> int:
    """Print them.

    Raises:
        JournalFailure: The profile cannot be read.
    """
    settings = config_of(arguments).settings
    folder = paths_of(arguments).profile_dir(settings.journal.profile)
    if not folder.is_dir():
        raise JournalFailure(
            f"there is no profile {settings.journal.profile!r}: `tui-exchange --profile"
            f" {settings.journal.profile}` begins it"
        )
    try:
        exchange = recover(folder, repair=False).exchange
    except (LogUnreadable, OSError) as error:
        raise JournalFailure(str(error)) from error
    current = CurrentPortfolio(settings.account.name, folder)
    current.recall(exchange.accounts())
    if arguments.json:
        print(json.dumps({"portfolios": portfolio_documents(exchange, current.account)}))
    else:
        print("\n".join(portfolio_lines(exchange, current.account)))
    return ExitCode.DONE

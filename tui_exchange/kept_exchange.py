"""The exchange of a kept profile as its log has it, read beside a session that may have it open."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from engine.core.exchange import Exchange
from engine.journal.log_reader import LogUnreadable
from engine.journal.recovery import recover
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.failures import JournalFailure
from tui_exchange.setting_up import config_of, paths_of


@dataclass(frozen=True, slots=True)
class KeptExchange:
    """What a profile holds.

    Attributes:
        current: The portfolio that was current last.
    """

    folder: Path
    exchange: Exchange
    current: str


def kept_exchange(arguments: argparse.Namespace) -> KeptExchange:
    """Read the profile that the options name; nothing is changed.

    Raises:
        JournalFailure: There is no such profile, or it cannot be read.
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
    return KeptExchange(folder, exchange, current.account)

"""`tui-exchange`: the workstation, or with `--smoke` a check that the installation works."""

import argparse
import asyncio
import sys

from engine.clock import SystemClock
from tui_exchange.config import Config
from tui_exchange.failures import ExitCode, TerminalFailure
from tui_exchange.session import Session
from tui_exchange.setting_up import config_of, keep, market_of, paths_of


def run(arguments: argparse.Namespace) -> int:
    """Open it, until the trader leaves."""
    config = config_of(arguments)
    if arguments.smoke:
        from tui_exchange.smoke import smoke

        return asyncio.run(smoke(config.settings))
    require_terminal()
    clock = SystemClock()
    market = market_of(arguments, config, clock)
    session = Session(config.settings, market, keep(config, paths_of(arguments)))
    return show(session, config)


def show(session: Session, config: Config) -> int:
    """Put a session on the screen."""
    from tui_exchange.app import run as run_app

    return run_app(session, config.settings.terminal, config.file.parent) or ExitCode.DONE


def require_terminal() -> None:
    """Refuse to draw where nobody sees it.

    Raises:
        TerminalFailure: Input or output is not a terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TerminalFailure(
            "the workstation needs a terminal for its keys and its screen; without one use"
            " `tui-exchange exec 'LINE'`, or `tui-exchange --smoke` to check the installation"
        )

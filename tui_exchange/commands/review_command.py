"""`tui-exchange review [FILE]`: the history on the screen, or as one JSON object."""

import argparse
import json
import sys
from pathlib import Path

from engine.clock import SystemClock
from tui_exchange.config import Config
from tui_exchange.failures import ExitCode, TerminalFailure, UsageFailure
from tui_exchange.review.filtering import FilterError, parse_filter
from tui_exchange.review.opening import Opening, open_file, open_profile
from tui_exchange.review.ordering import Sort, SortError, parse_sort
from tui_exchange.review.report import document
from tui_exchange.review.source import ReviewSource
from tui_exchange.setting_up import config_of, paths_of

NS_PER_SECOND = 1_000_000_000


def run(arguments: argparse.Namespace) -> int:
    """Show or print it."""
    config = config_of(arguments)
    begin = _begin(arguments)

    def open_source() -> ReviewSource:
        return opened(arguments.file, arguments, config)

    if arguments.json:
        source = open_source()
        try:
            return _print(source, begin, arguments.limit)
        finally:
            source.close()
    if arguments.limit is not None:
        raise UsageFailure("--limit goes with --json; on the screen, `/` filters the trades")
    _require_terminal()
    from tui_exchange.review_app import run as run_app

    return run_app(open_source, config.settings.terminal, config.file.parent, begin)


def _begin(arguments: argparse.Namespace) -> tuple[str, Sort]:
    if arguments.limit is not None and arguments.limit < 0:
        raise UsageFailure(f"--limit {arguments.limit} is not possible: give 0 or more")
    try:
        parse_filter(arguments.filter)
        return arguments.filter, parse_sort(arguments.sort)
    except (FilterError, SortError) as error:
        raise UsageFailure(str(error)) from error


def opened(file: str | None, arguments: argparse.Namespace, config: Config) -> ReviewSource:
    """The history of a file, or of the profile that the options name.

    Raises:
        ReviewFailure: There is none, or it cannot be read.
    """
    journal = config.settings.journal
    opening = Opening(
        now_ns=SystemClock().now_ns,
        equity_interval_ns=journal.equity_interval_s * NS_PER_SECOND,
        account=config.settings.account.name,
    )
    if file is not None:
        return open_file(Path(file).expanduser(), opening)
    return open_profile(paths_of(arguments).profile_dir(journal.profile), opening)


def _print(source: ReviewSource, begin: tuple[str, Sort], limit: int | None) -> int:
    words, sort = begin
    test = parse_filter(words)
    history = source.history()
    passed = sort.apply(trade for trade in history.trades if test(trade))
    print(json.dumps(document(history, passed, source.notice, limit)))
    return ExitCode.DONE


def _require_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TerminalFailure(
            "review needs a terminal for its keys and its screen; `tui-exchange review --json`"
            " prints the same as one JSON object"
        )

"""`tui-exchange replay FILE --venue V`: the workstation on a recording.

The account is forgotten at the end unless `--profile` names one: a recording is of the past, and
what is tried on it does not belong among what was traded since.
"""

import argparse
from pathlib import Path

from engine.clock import SystemClock
from feeds.replay import ReplayFeed
from tui_exchange.commands.workstation_command import require_terminal, show
from tui_exchange.failures import UsageFailure
from tui_exchange.market_time import moment_ns, speed_of
from tui_exchange.markets import replayed
from tui_exchange.session import Session
from tui_exchange.setting_up import config_of, keep, paths_of

FIRST_BOOK_STEPS = 20_000
"""How many frames `--paused` lets through at most, so that there is a book to look at."""


def run(arguments: argparse.Namespace) -> int:
    """Show it, until the trader leaves."""
    config = config_of(arguments, market_speed=False)
    try:
        speed = speed_of(arguments.speed)
    except ValueError:
        raise UsageFailure(
            f"--speed {arguments.speed!r} is no speed; write 1, 10, 0.5 or max"
        ) from None
    require_terminal()
    market = replayed(config.settings, arguments.venue, Path(arguments.file), SystemClock(), speed)
    keeping = keep(config, paths_of(arguments)) if arguments.profile is not None else None
    session = Session(config.settings, market, keeping)
    session.open()
    _begin(session, arguments)
    return show(session, config)


def _begin(session: Session, arguments: argparse.Namespace) -> None:
    (feed,) = session.feed.feeds
    assert isinstance(feed, ReplayFeed)
    feed.open()
    if arguments.from_time is not None:
        try:
            feed.seek(moment_ns(arguments.from_time, feed.start_ns, feed.start_ns))
        except ValueError:
            raise UsageFailure(
                f"--from {arguments.from_time!r} is not a time; write 12:30, 12:30:15 or"
                " 2026-05-01T12:30 (UTC)"
            ) from None
    if arguments.paused:
        feed.pause()
        _show_first_books(session, feed)


def _show_first_books(session: Session, feed: ReplayFeed) -> None:
    """Step to where every market has a book, so that a paused replay is not an empty screen."""
    for _ in range(FIRST_BOOK_STEPS):
        quotes = [session.quote(symbol) for symbol in session.symbols]
        if quotes and all(quote.bid_ticks is not None for quote in quotes):
            return
        feed.step()

"""`tui-exchange exec 'LINE'…`: the command line without a screen.

Without `--profile` the account is new and forgotten at the end, and the simulated market passes as
fast as it goes, so the same seed and lines give the same output every time.
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tui_exchange.alarm import Alarm
from tui_exchange.arrivals import Arrivals
from tui_exchange.commands.exec_meanwhile import Meanwhile
from tui_exchange.commands.exec_report import document, fill_lines
from tui_exchange.config import Config
from tui_exchange.failures import ExitCode, JournalFailure, UsageFailure
from tui_exchange.line_runner import LineResult
from tui_exchange.pace import WARM_UP_NS, Pace, clock_for, ended, go_to, pace_of, wait_for_books
from tui_exchange.session import Session
from tui_exchange.setting_up import config_of, duration_ns, keep, market_of, paths_of
from tui_exchange.signals import stop_on_signals
from tui_exchange.views import FillView

FOR_EVER_NS = 1 << 62
ARRIVAL_NS = 120 * 10**9
"""How long a command may be on its way, and more."""
WRITTEN_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Waits:
    """How long each part may take."""

    first_book_ns: int
    afterwards_ns: int
    """Market time that passes after the last line."""


def run(arguments: argparse.Namespace) -> int:
    """Run the lines; 0 when every statement was done."""
    config = config_of(arguments)
    waits = Waits(
        first_book_ns=duration_ns(arguments.timeout, "--timeout"),
        afterwards_ns=_afterwards_ns(arguments),
    )
    return asyncio.run(_run(arguments, config, waits))


def _afterwards_ns(arguments: argparse.Namespace) -> int:
    if arguments.wait == "end" and arguments.replay is None:
        raise UsageFailure("only a replay ends: `--wait end` needs `--replay FILE`")
    if arguments.from_time is not None and arguments.replay is None:
        raise UsageFailure("--from is a time of a recording: it needs `--replay FILE`")
    if arguments.stay or arguments.wait == "end":
        return FOR_EVER_NS
    return 0 if arguments.wait is None else duration_ns(arguments.wait, "--wait")


async def _run(arguments: argparse.Namespace, config: Config, waits: Waits) -> int:
    kept = arguments.profile is not None
    simulated = arguments.feed is None and arguments.replay is None
    by_hand = arguments.feed is None and not arguments.stay
    clock = clock_for(by_hand, kept)
    market = market_of(arguments, config, clock)
    keeping = keep(config, paths_of(arguments)) if kept else None
    session = Session(config.settings, market, keeping)
    pace = pace_of(session, clock)
    stop = stop_on_signals()
    await pace.begin()
    try:
        if arguments.from_time is not None:
            await go_to(session, pace, arguments.from_time)
        await wait_for_books(session, pace, waits.first_book_ns)
        if simulated:
            await pace.until(lambda: False, WARM_UP_NS)
        arrivals = Arrivals()
        session.sequencer.subscribe(arrivals)
        results = [await _line(session, pace, arrivals, text, arguments) for text in arguments.line]
        before = session.events.fill_count
        meanwhile = Meanwhile(session)
        await pace.until(lambda: stop.is_set() or ended(session), waits.afterwards_ns)
        later = tuple(reversed(session.fills(session.events.fill_count - before)))
        _print_end(session, results, meanwhile, later, arguments)
    finally:
        await pace.end()
    return ExitCode.DONE if all(result.ok for result in results) else ExitCode.REFUSED


async def _line(
    session: Session,
    pace: Pace,
    arrivals: Arrivals,
    line: str,
    arguments: argparse.Namespace,
) -> LineResult:
    """Run one line and wait until it has reached the venue; what it did is told once it is on
    disk."""
    focus = (arguments.focus or session.symbols[0]).upper()
    result = session.lines.execute(line, focus)
    if result.on_the_way:
        sent = set(result.on_the_way)
        session.order_news.told_elsewhere |= sent
        await pace.until(lambda: ended(session) or sent <= arrivals.events.keys(), ARRIVAL_NS)
        for sent_id in result.on_the_way:
            session.lines.arrived(arrivals.events.get(sent_id, ()), result)
    if not session.written(WRITTEN_TIMEOUT_S):
        raise JournalFailure(
            f"what `{result.text}` did could not be written to the log: {session.journal().error}"
        )
    if not arguments.json:
        for message in result.messages:
            print(message, flush=True)
    return result


def _print_end(
    session: Session,
    results: Sequence[LineResult],
    meanwhile: Meanwhile,
    later: Sequence[FillView],
    arguments: argparse.Namespace,
) -> None:
    if arguments.json:
        report: dict[str, Any] = document(session, results, meanwhile.sentences, later)
        print(json.dumps(report))
        return
    alarms = [text for text in session.news if isinstance(text, Alarm)]
    told = dict.fromkeys((*meanwhile.sentences, *alarms))
    for text in (*told, *fill_lines(session.exchange, later)):
        print(text)

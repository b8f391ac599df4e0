"""`tui-exchange calendar NAME`: when markets that follow a calendar trade."""

import argparse
import json
import time
from datetime import UTC, date, datetime

from engine.calendars import ALWAYS, CalendarError, Session, sessions
from engine.core.commands import SetSessions
from engine.core.script import Glossary, render_command
from tui_exchange.failures import ExitCode, UsageFailure

NS_PER_SECOND = 1_000_000_000


def run(arguments: argparse.Namespace) -> int:
    """Print the sessions: lines for people, one JSON object, or a line for a scenario script."""
    try:
        found = sessions(arguments.name, _from_ns(arguments.from_date), arguments.days)
    except CalendarError as error:
        raise UsageFailure(str(error)) from None
    if arguments.json:
        print(json.dumps({"calendar": arguments.name, "sessions": found}))
    elif arguments.scenario is not None:
        stated = SetSessions(symbol=arguments.scenario, sessions=found)
        print(f"> {render_command(stated, Glossary(), 0)}")
    elif found:
        print("\n".join(map(_line, found)))
    elif arguments.name == ALWAYS:
        print("it trades at all times")
    else:
        print(f"no session within {arguments.days} x 24 hours from then")
    return ExitCode.DONE


def _from_ns(text: str | None) -> int:
    if text is None:
        return time.time_ns()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageFailure(f"--from {text!r} is not a date; write it as 2026-11-27") from None
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return int(midnight.timestamp()) * NS_PER_SECOND


def _line(session: Session) -> str:
    """`Fri 2026-11-27 14:30 to 18:00 UTC`, with the day of the close where it is another one."""
    opens, closes = (datetime.fromtimestamp(ns // NS_PER_SECOND, UTC) for ns in session)
    end = f"{closes:%H:%M}" if opens.date() == closes.date() else f"{closes:%a %Y-%m-%d %H:%M}"
    return f"{opens:%a %Y-%m-%d %H:%M} to {end} UTC"

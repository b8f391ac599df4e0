"""`tui-exchange stress crash`: leveraged traders in a market that falls by a third in minutes."""

import argparse
import json
import re
import time

from engine.core.invariants import InvariantError
from engine.simulation.crash import Crash
from engine.simulation.crash_report import document, lines
from engine.simulation.crash_terms import CrashTerms
from tui_exchange.failures import ExitCode, Failure, UsageFailure

ACCOUNTS_MIN, ACCOUNTS_MAX = 10, 5_000
MINUTES_MIN, MINUTES_MAX = 1, 120
FALL_MIN, FALL_MAX = 1, 90
PERCENT = re.compile(r"(\d{1,3})%?")
DIGITS = 3


def run(arguments: argparse.Namespace) -> int:
    """Play the crash and print what it did; anything that does not add up is refused.

    Raises:
        UsageFailure: A figure that cannot be played.
        Failure: The exchange reached a state that must not exist.
    """
    terms = _terms(arguments)
    begin_s = time.perf_counter()
    try:
        report = Crash(terms).play()
    except InvariantError as error:
        raise Failure(
            f"the exchange broke its own rules with --seed {terms.seed}: {error}; this is a defect"
            " of the program: report it with this command line"
        ) from error
    wall_s = time.perf_counter() - begin_s
    rate = report.commands / wall_s
    if arguments.json:
        began = {
            "seed": terms.seed,
            "accounts": terms.accounts,
            "fall_ppm": terms.fall_ppm,
            "seconds": terms.seconds,
        }
        timed = {"wall_s": round(wall_s, DIGITS), "commands_per_s": round(rate)}
        print(json.dumps({**began, **document(report), **timed}))
    else:
        print("\n".join(lines(report)))
        print(f"{'time':<24}{wall_s:.1f} s, {rate:,.0f} commands/s")
    return ExitCode.DONE if report.sound else ExitCode.REFUSED


def _terms(arguments: argparse.Namespace) -> CrashTerms:
    accounts = _whole("--accounts", arguments.accounts, ACCOUNTS_MIN, ACCOUNTS_MAX)
    minutes = _whole("--minutes", arguments.minutes, MINUTES_MIN, MINUTES_MAX)
    seed = _whole("--seed", arguments.seed, 0, 2**32)
    found = PERCENT.fullmatch(arguments.fall)
    if found is None or not FALL_MIN <= int(found[1]) <= FALL_MAX:
        raise UsageFailure(
            f"--fall {arguments.fall[:24]!r} is not a share from {FALL_MIN}% to {FALL_MAX}%:"
            " such as 35%"
        )
    return CrashTerms(
        accounts=accounts, fall_ppm=int(found[1]) * 10_000, seconds=minutes * 60, seed=seed
    )


def _whole(option: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 12 and least <= int(text) <= most):
        raise UsageFailure(f"{option} {text[:24]!r} is not a whole number from {least} to {most}")
    return int(text)

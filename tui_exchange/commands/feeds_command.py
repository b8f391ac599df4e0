"""`tui-exchange feeds verify FILE --venue V`: what a recording holds, checked."""

import argparse
import json
from typing import Any

from feeds.errors import FeedError, UnknownSymbol, UnknownVenue
from feeds.verify import DEPTH, EVERY, verify_file
from tui_exchange.failures import ExitCode, MarketFailure, UsageFailure

_COUNTS = ("frames", "book_updates", "trades", "gaps", "crossed")


def run(arguments: argparse.Namespace) -> int:
    """Verify and print; gaps are findings, not failures."""
    depth = DEPTH if arguments.depth is None else arguments.depth
    every = EVERY if arguments.every is None else arguments.every
    if depth < 1 or every < 0:
        raise UsageFailure("--depth is at least 1 and --every at least 0 (no checkpoints)")
    try:
        report = verify_file(arguments.file, arguments.venue, arguments.symbol, depth, every)
    except (UnknownVenue, UnknownSymbol) as error:
        raise UsageFailure(str(error)) from error
    except FeedError as error:
        raise MarketFailure(str(error)) from error
    print(json.dumps(report) if arguments.json else "\n".join(_lines(report)))
    return ExitCode.DONE


def _lines(report: dict[str, dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for symbol, found in report.items():
        counts = ", ".join(f"{found[name]:,} {name.replace('_', ' ')}" for name in _COUNTS)
        checksums = found["checksums"]
        lines.append(f"{symbol}: {counts}; checksums {checksums['ok']} ok, {checksums['bad']} bad")
        bids, asks = found["final"]["bids"], found["final"]["asks"]
        touch = [f"{side[0][0]} × {side[0][1]}" if side else "—" for side in (bids, asks)]
        lines.append(f"  at the end: bid {touch[0]}, ask {touch[1]}")
    return lines

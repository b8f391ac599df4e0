"""`tui-exchange orders [list]` and `tui-exchange orders show ID`: what became of orders."""

import argparse
import json
import sys
from typing import Any

from tui_exchange.commands.review_command import opened
from tui_exchange.failures import ExitCode, UsageFailure
from tui_exchange.order_life.report import (
    life_document,
    life_text,
    orders_document,
    orders_text,
)
from tui_exchange.review.source import ReviewSource
from tui_exchange.setting_up import config_of

LIMIT = 50
SHOW = "show"


def run(arguments: argparse.Namespace) -> int:
    """Print one order, or a list."""
    order_id = _order_id(arguments)
    if arguments.limit is not None and arguments.limit < 0:
        raise UsageFailure(f"--limit {arguments.limit} is not possible: give 0 or more")
    source = opened(None, arguments, config_of(arguments))
    try:
        document, lines = _list(source, arguments) if order_id is None else _show(source, order_id)
    finally:
        source.close()
    print(json.dumps(document) if arguments.json else "\n".join(lines))
    if source.notice and not arguments.json:
        print(f"({source.notice})", file=sys.stderr)
    return ExitCode.DONE


def _order_id(arguments: argparse.Namespace) -> int | None:
    """The order to show; None to list."""
    word = arguments.order
    if arguments.action != SHOW:
        if word is not None:
            raise UsageFailure(f"{word!r} is one word too many; `orders show {word}` shows it")
        return None
    if arguments.live or arguments.limit is not None:
        raise UsageFailure("--live and --limit go with `orders list`, not with one order")
    number = (word or "").removeprefix("#")
    if not (number.isascii() and number.isdigit()):
        what = "which order?" if word is None else f"{word!r} is no order:"
        raise UsageFailure(f"{what} give its number, as in `tui-exchange orders show 7`")
    return int(number)


def _show(source: ReviewSource, order_id: int) -> tuple[dict[str, Any], list[str]]:
    life = source.order(order_id)
    return life_document(life, source.notice), life_text(life)


def _list(source: ReviewSource, arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    limit = LIMIT if arguments.limit is None else arguments.limit
    found = source.orders(arguments.live, limit)
    lines = orders_text(found) or [
        "no order lives" if arguments.live else "nothing was ordered here yet"
    ]
    return orders_document([order for order, _ in found], source.notice), lines

"""A history as one JSON object: for programs, what the screen is for people.

Prices, sizes and money are decimal texts without loss; times are ISO 8601 in UTC with nanoseconds;
null is what is not known or has not happened. The fields of a trade have the names that filters and
sorting use.
"""

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from engine.core.units import decimal_text
from tui_exchange.review.figures import iso_text
from tui_exchange.review.model import History, Trade
from tui_exchange.review.summary import FORMULAS, summaries, worst_drawdown

RENAMED = {
    "opened_ns": "opened",
    "closed_ns": "closed",
    "return_percent": "return",
    "ts_ns": "at",
}
HIDDEN = ("price_decimals", "size_decimals")


def document(
    history: History, passed: Sequence[Trade], notice: str = "", limit: int | None = None
) -> dict[str, Any]:
    """The object.

    Args:
        passed: The trades that passed the filter, in their order; all sums are of these. The equity
            curve and its drawdown are of the whole account.
        notice: What there is to know about the source.
        limit: How many of the trades are listed; None for all.
    """
    worst = worst_drawdown(history.equity)
    return {
        "account": history.account,
        "currency": history.currency,
        "other_currencies": list(history.other_currencies),
        "notice": notice,
        "equity": [_plain(point) for point in history.equity],
        "passed": len(passed),
        "trades": [_trade(trade) for trade in passed[:limit]],
        "summary": {
            "by_currency": [_plain(summary) for summary in summaries(passed)],
            "max_drawdown": _value(worst.amount),
            "max_drawdown_percent": _value(worst.percent),
        },
        "formulas": FORMULAS,
    }


def _trade(trade: Trade) -> dict[str, Any]:
    plain = _plain(trade)
    plain["held_ns"] = trade.held_ns
    return plain


def _plain(record: Any) -> dict[str, Any]:
    """The fields of a record under their names outside."""
    return {
        RENAMED.get(field.name, field.name): (
            _time(getattr(record, field.name))
            if field.name.endswith("_ns")
            else _value(getattr(record, field.name))
        )
        for field in fields(record)
        if field.name not in HIDDEN
    }


def _time(ts_ns: int | None) -> str | None:
    return None if ts_ns is None else iso_text(ts_ns)


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return decimal_text(value)
    return list(value) if isinstance(value, tuple) else value

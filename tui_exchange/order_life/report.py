"""Orders as JSON for programs and as lines of text for people.

In JSON every column of the history stands under its own name: prices, sizes and money as decimal
texts without loss, times as ISO 8601 in UTC with nanoseconds, null for what is not known or has not
happened.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from engine.core.units import decimal_text
from engine.journal.rows import OrderRow, Row
from engine.journal.schema import TABLE_OF
from tui_exchange.order_life.model import OrderLife, Terms
from tui_exchange.order_life.words import (
    group_words,
    life_lines,
    order_words,
    plain,
    standing_words,
)
from tui_exchange.review.figures import iso_text, milli_text


def life_document(life: OrderLife, notice: str = "") -> dict[str, Any]:
    """One order as an object: itself, its events with a sentence each, the orders of its group."""
    lines = life_lines(life)
    return {
        "notice": notice,
        "order": _plain_row(life.order),
        "words": order_words(life.order, life.terms),
        "tags": list(life.tags),
        "note": life.note,
        "filling": list(life.filling),
        "currency": life.terms.currency,
        "events": [
            {**_plain_row(event), "words": line.words}
            for event, line in zip(life.events, lines, strict=True)
        ],
        "group": [_plain_row(order) for order in life.group],
    }


def orders_document(orders: Sequence[OrderRow], notice: str = "") -> dict[str, Any]:
    """A list of orders as an object."""
    return {"notice": notice, "orders": [_plain_row(order) for order in orders]}


def life_text(life: OrderLife) -> list[str]:
    """One order as lines: what it is, how far it has come, everything that happened."""
    group = group_words(life)
    tags = " ".join(f"#{tag}" for tag in life.tags)
    labels = " ".join(part for part in (tags, life.note) if part)
    return [
        f"order {life.order.order_id}: {order_words(life.order, life.terms)}",
        f"  {standing_words(life)}",
        *([f"  {group}"] if group else []),
        *([f"  {labels}"] if labels else []),
        *(f"  {sentence}" for sentence in life.filling),
        *(
            f"{milli_text(line.ts_ns)}  {line.kind:<10}  {line.state:<16}  {line.words}".rstrip()
            for line in life_lines(life)
        ),
    ]


def orders_text(orders: Sequence[tuple[OrderRow, Terms]]) -> list[str]:
    """A list of orders, one a line."""
    return [
        f"{order.order_id:>6}  {milli_text(order.accepted_at)}  {plain(order.state):<16}  "
        f"{decimal_text(order.filled)} filled of {order_words(order, terms)}"
        for order, terms in orders
    ]


def _plain_row(row: Row) -> dict[str, Any]:
    return {
        column.name: _value(getattr(row, column.name), column.sql_type)
        for column in TABLE_OF[type(row)].columns()
    }


def _value(value: Any, sql_type: str) -> Any:
    if value is None:
        return None
    if sql_type == "TIMESTAMP_NS":
        return iso_text(value)
    return decimal_text(value) if isinstance(value, Decimal) else value

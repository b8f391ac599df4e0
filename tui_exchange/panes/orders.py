"""Live orders: those in the book with the exact quantity ahead of them, and those that wait."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.core.commands import Side
from engine.core.units import Scale
from tui_exchange.market_words import TRAILING_TYPES, group_words, trigger_words, type_words
from tui_exchange.number_text import (
    age_text,
    left_text,
    plain_price,
    plain_size,
    price_text,
    size_text,
)
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.panes.requests import LineAsked
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.revisions import ORDERS
from tui_exchange.views import OrderView


class Line(NamedTuple):
    """An order and how it hangs together with the one above it."""

    order: OrderView
    branch: str
    """Empty for the first of a group or an order alone."""


class Orders(ListPane[Line]):
    """Every live order of the portfolio, oldest first, brackets and pairs together."""

    NAME = "orders"
    TITLE = "Orders"
    LETTER = "o"
    HELP_TEXT = (
        "Your live orders. Ahead is the quantity in front of yours at its price; an order that "
        "waits fires at or above (≥), at or below (≤) its price, and stands in no queue. Orders of "
        "one bracket or pair stand together. Enter prepares a move in the command line, x a cancel;"
        " nothing is sent before the next enter. i tells the whole life of the order."
    )
    EMPTY = ("no working orders: press b to buy, s to sell, : for a command",)
    COLUMNS = (
        Column("id", left=True, keep=1),
        Column("symbol", left=True, keep=5),
        Column("side", left=True),
        Column("type", left=True, keep=2),
        Column("open"),
        Column("at"),
        Column("limit", keep=9),
        Column("ahead", keep=3),
        Column("away", keep=4),
        Column("filled", keep=10),
        Column("state", left=True, keep=7),
        Column("tif", left=True, keep=8),
        Column("group", left=True, keep=6),
        Column("age", keep=11),
        Column("tag", left=True, keep=12),
    )

    def topics(self) -> tuple[str, ...]:
        """Working orders."""
        return (ORDERS,)

    def state(self) -> tuple[object, ...]:
        """The age of orders, and what is left to them, count in seconds."""
        sent = len(self.desk.session.on_the_way())
        return (*super().state(), sent, self.desk.now_ns() // 1_000_000_000 if self._rows else 0)

    def note(self) -> str:
        """How many there are, and how many commands have not reached the venue."""
        sent = len(self.desk.session.on_the_way())
        count = str(len(self.rows()) or "")
        return f"{count} +{sent} on the way".strip() if sent else count

    def rows(self) -> Sequence[Line]:
        """Oldest first, the members of a group one below the other."""
        return grouped(self.desk.session.working_orders())

    def identity(self, row: Line) -> object:
        """The order's number."""
        return row.order.order_id

    def cells(self, row: Line) -> Sequence[Cell]:
        """One order."""
        order, now_ns = row.order, self.desk.now_ns()
        scale = self.desk.session.scale(order.symbol)
        role = "bid" if order.side is Side.BUY else "ask"
        age_ms = max(0, now_ns - order.accepted_ns) // 1_000_000
        waits = order.waits
        price = trigger_words(order, scale) if waits else price_text(scale, order.price_ticks)
        limit = price_text(scale, order.price_ticks) if waits and order.price_ticks else ""
        ahead = "" if order.ahead_lots is None else size_text(scale, order.ahead_lots)
        return (
            Cell(f"{row.branch}#{order.order_id}", "muted"),
            Cell(order.symbol),
            Cell(order.side.name, role),
            Cell(type_words(order, scale), "warning" if waits else "text"),
            Cell(_open_text(order, scale), "own"),
            Cell(price, "warning" if waits else role),
            Cell(limit, role),
            Cell(ahead),
            Cell(_away_text(order, scale), "muted"),
            Cell(size_text(scale, order.filled_lots), "muted"),
            Cell(_state_text(order), "warning" if waits else "muted"),
            Cell(_force_text(order, now_ns), "muted"),
            Cell(group_words(order, scale), "muted"),
            Cell(age_text(age_ms // 1000 * 1000).replace(".0", ""), "muted"),
            Cell(order.tag, "muted"),
        )

    def open_row(self, row: Line) -> None:
        """Prepare a move."""
        order = row.order
        self.post_message(LineAsked(move_line(order, self.desk.session.scale(order.symbol))))

    def drop_row(self, row: Line) -> None:
        """Prepare a cancel."""
        self.post_message(LineAsked(f"cancel #{row.order.order_id}"))

    def order_of(self, row: Line) -> int:
        """The order's number."""
        return row.order.order_id


def grouped(orders: Sequence[OrderView]) -> tuple[Line, ...]:
    """Orders by age, those of a bracket or a pair right below the oldest of them."""
    lines: list[Line] = []
    groups: dict[int, list[OrderView]] = {}
    for order in orders:
        groups.setdefault(_root(order), []).append(order)
    for members in groups.values():
        last = len(members) - 1
        for place, order in enumerate(members):
            branch = "" if place == 0 else "└" if place == last else "├"
            lines.append(Line(order, branch))
    return tuple(lines)


def move_line(order: OrderView, scale: Scale) -> str:
    """A command line that gives an order the terms it has, to be changed before it is sent."""
    number = f"move #{order.order_id}"
    if order.waits and order.order_type in TRAILING_TYPES:
        return f"amend #{order.order_id} size {plain_size(scale, order.lots)}"
    if order.waits and order.trigger_ticks is not None:
        return f"{number} trigger {plain_price(scale, order.trigger_ticks)}"
    return f"{number} to {plain_price(scale, order.price_ticks or 0)}"


def _root(order: OrderView) -> int:
    """The number that the orders of one group share."""
    if order.parent_id is not None:
        return order.parent_id
    return order.order_id if order.linked_id is None else min(order.order_id, order.linked_id)


def _open_text(order: OrderView, scale: Scale) -> str:
    """What is left to fill; of an iceberg what it shows and what stands behind that."""
    if order.shown_lots is None:
        return size_text(scale, order.open_lots)
    hidden = size_text(scale, order.open_lots - order.shown_lots)
    return f"{size_text(scale, order.shown_lots)}+{hidden}"


def _away_text(order: OrderView, scale: Scale) -> str:
    """How far the price that it watches has to go."""
    if not order.waits or order.trigger_ticks is None or order.watched_ticks is None:
        return ""
    away = order.trigger_ticks - order.watched_ticks
    return f"{'+' if away > 0 else ''}{price_text(scale, away)}"


def _state_text(order: OrderView) -> str:
    if order.waits and order.source is not None:
        return f"{order.stage.value} ({order.source.value})"
    return order.stage.value


def _force_text(order: OrderView, now_ns: int) -> str:
    """Time in force, what is left of it, and what the order must not do."""
    parts = [order.time_in_force.value.upper()]
    if order.expires_ns is not None:
        parts.append(left_text(order.expires_ns - now_ns))
    if order.post_only:
        parts.append("po")
    if order.reduce_only:
        parts.append("reduce")
    return " ".join(parts)

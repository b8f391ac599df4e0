"""Answers in a running session what became of an order, whenever it began."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.failures import ReviewFailure
from tui_exchange.fill_report import FillReports
from tui_exchange.order_life.model import OrderLife, UnknownOrder
from tui_exchange.order_life.remembered import RememberedOrders
from tui_exchange.order_life.report import life_text

if TYPE_CHECKING:
    # DuckDB is not needed before somebody asks.
    from tui_exchange.review.source import ReviewSource


class OrderHistory:
    """Orders of this session are remembered; those of earlier ones are in the profile's history.

    Args:
        remembered: What this session has seen.
        reports: Why orders have or have not filled.
        open_source: Opens the history of the session's profile; raises ReviewFailure without one.
    """

    def __init__(
        self,
        remembered: RememberedOrders,
        reports: FillReports,
        open_source: Callable[[], ReviewSource],
    ) -> None:
        self._remembered = remembered
        self._reports = reports
        self._open_source = open_source

    def at_once(self, order_id: int) -> OrderLife | None:
        """What is remembered of an order, without waiting; None if it began earlier, or never."""
        life = self._remembered.life(order_id)
        return None if life is None else self.filled(life)

    def life(self, order_id: int) -> OrderLife:
        """Everything about an order; of an earlier session, as far as the history is written.

        Raises:
            UnknownOrder: There is none with this number.
            ReviewFailure: It is not of this session, and the history cannot be read.
        """
        life = self.at_once(order_id)
        return life if life is not None else self.filled(self.written(order_id))

    def filled(self, life: OrderLife) -> OrderLife:
        """With why the order has or has not filled, as things stand."""
        return replace(life, filling=self._reports.told(life.order.order_id))

    def written(self, order_id: int) -> OrderLife:
        """What the history of the profile has, brought up to now as far as it can be.

        Raises:
            UnknownOrder: There is none with this number.
            ReviewFailure: It cannot be read.
        """
        try:
            source = self._open_source()
        except ReviewFailure as failure:
            raise UnknownOrder(
                f"there is no order {order_id} of this session: {failure}"
            ) from failure
        try:
            source.refresh()
            return source.order(order_id)
        except UnknownOrder as unknown:
            if source.notice:
                raise ReviewFailure(
                    f"order {order_id} is not in the history, which waits: {source.notice}"
                ) from unknown
            raise
        finally:
            source.close()

    def told(self, order_id: int) -> tuple[str, ...]:
        """An order's life as lines of text.

        Raises:
            ResolutionRefusal: There is no such order, or the history cannot be read.
        """
        try:
            return tuple(life_text(self.life(order_id)))
        except (UnknownOrder, ReviewFailure) as failure:
            raise ResolutionRefusal(str(failure)) from failure

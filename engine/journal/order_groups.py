"""Which group an order belongs to: a bracket, a pair, a basket, or the exits of a position.

An event names an order's parent and the order that it is paired with; what kind of group that is
follows from the command that it came with.

| group | group_id | roles |
|---|---|---|
| bracket | the entry | entry, take_profit, stop_loss |
| oco | the first leg | first, second |
| position | the first exit | take_profit, stop_loss |
| basket | the basket's own number | leg |
"""

from collections.abc import Callable

from engine.core.commands import OrderType, PlaceOco, ProtectPosition, ReplaceOrder
from engine.journal.rows import OrderRow

BRACKET, OCO, BASKET, POSITION = "bracket", "oco", "basket", "position"
ENTRY, TAKE_PROFIT, STOP_LOSS = "entry", "take_profit", "stop_loss"
FIRST, SECOND, LEG = "first", "second", "leg"

_STOPS = (OrderType.STOP.value, OrderType.STOP_LIMIT.value)


class OrderGroups:
    """Places each new order of a command into its group.

    Args:
        open_trip: The number of the open round trip of an account in a symbol, if there is one.
    """

    def __init__(self, open_trip: Callable[[str, str], int | None]) -> None:
        self._open_trip = open_trip
        self._command = ""
        self._basket_id: int | None = None
        self._replaced_id: int | None = None

    def begin(self, command: str) -> None:
        """Orders of another command follow."""
        self._command = command
        self._basket_id = self._replaced_id = None

    def note_basket(self, basket_id: int) -> None:
        """The legs of this basket follow."""
        self._basket_id = basket_id

    def note_replaced(self, order_id: int) -> None:
        """This order made place for the next one."""
        self._replaced_id = order_id

    def place(self, order: OrderRow, known: Callable[[int], OrderRow | None]) -> None:
        """Write an order's group into its row.

        Args:
            known: A row by number: of any live order, and of those that ended in this command.
        """
        self._replace(order)
        if order.parent_id is not None and order.parent_id == self._basket_id:
            _join(order, BASKET, order.parent_id, LEG)
        elif order.parent_id is not None:
            _join(order, BRACKET, order.parent_id, _exit_role(order))
            entry = known(order.parent_id)
            order.position_id = None if entry is None else entry.position_id
        elif order.take_profit_ticks is not None or order.stop_loss_ticks is not None:
            _join(order, BRACKET, order.order_id, ENTRY)
        elif self._command == ProtectPosition.__name__:
            _join(order, POSITION, order.linked_id or order.order_id, _exit_role(order))
            order.position_id = self._open_trip(order.account, order.symbol)
        elif self._command == PlaceOco.__name__:
            first = order.linked_id is None
            _join(order, OCO, order.linked_id or order.order_id, FIRST if first else SECOND)
        self._pair(order, known)

    def _replace(self, order: OrderRow) -> None:
        if self._command == ReplaceOrder.__name__:
            order.replaces_id, self._replaced_id = self._replaced_id, None

    @staticmethod
    def _pair(order: OrderRow, known: Callable[[int], OrderRow | None]) -> None:
        """The one accepted first learns of the other."""
        other = None if order.linked_id is None else known(order.linked_id)
        if other is not None:
            other.linked_id = order.order_id


def _join(order: OrderRow, kind: str, group_id: int, role: str) -> None:
    order.group_kind, order.group_id, order.role = kind, group_id, role


def _exit_role(order: OrderRow) -> str:
    return STOP_LOSS if order.order_type in _STOPS else TAKE_PROFIT

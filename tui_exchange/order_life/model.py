"""What there is to know about one order, in the rows of the history."""

from dataclasses import dataclass
from decimal import Decimal

from engine.core.orders.life_cycle import ENDS, OrderState
from engine.core.units import decimals_of
from engine.journal.rows import EventRow, OrderRow
from tui_exchange.failures import ExitCode, Failure


class UnknownOrder(Failure):
    """There is no such order in this history; the sentence says which there are."""

    exit_code = ExitCode.REFUSED


@dataclass(frozen=True, slots=True)
class Terms:
    """How the numbers of an instrument are written."""

    tick_size: Decimal
    lot_size: Decimal
    currency: str
    """Of fees."""

    @property
    def price_decimals(self) -> int:
        """Decimals of a price."""
        return decimals_of(self.tick_size)

    @property
    def size_decimals(self) -> int:
        """Decimals of a quantity."""
        return decimals_of(self.lot_size)


@dataclass(frozen=True, slots=True)
class OrderLife:
    """One order as it is now, and everything that happened to it."""

    order: OrderRow
    events: tuple[EventRow, ...]
    """In the order in which they happened, refused commands about it included."""
    group: tuple[OrderRow, ...]
    """The orders that it belongs together with, itself included; empty when it stands alone."""
    terms: Terms
    tags: tuple[str, ...] = ()
    """The label that it was sent with, then those given later."""
    note: str = ""
    """The latest about it."""
    filling: tuple[str, ...] = ()
    """Sentences on why it has or has not filled, of an order that this session has seen rest."""


def is_live(order: OrderRow) -> bool:
    """Whether more can happen to it."""
    return OrderState(order.state) not in ENDS

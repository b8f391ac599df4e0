"""What the exchange remembers between commands: exactly what a snapshot keeps."""

from engine.core.accounts import Account, Ledger
from engine.core.events import Event
from engine.core.market import Market
from engine.core.orders.order import Order


class State:
    """All state, and the events of the command that is being applied.

    Attributes:
        seq: How many commands have been applied, the present one included.
        now_ns: The time stamped on the present command.
        orders: Live orders of traders, by id.
        events: What the present command has caused so far.
        shrunk: Positions that the present command made smaller than their closing orders count on.
    """

    __slots__ = (
        "accounts",
        "events",
        "ledger",
        "markets",
        "next_order_id",
        "next_shown_id",
        "next_trade_id",
        "now_ns",
        "orders",
        "seq",
        "shrunk",
    )

    def __init__(self) -> None:
        self.seq = 0
        self.now_ns = 0
        self.next_order_id = 1
        self.next_shown_id = -1
        self.next_trade_id = 1
        self.markets: dict[str, Market] = {}
        self.accounts: dict[str, Account] = {}
        self.ledger = Ledger({})
        self.orders: dict[int, Order] = {}
        self.events: list[Event] = []
        self.shrunk: list[tuple[Account, Market]] = []

    def new_shown_id(self) -> int:
        """The next id of a venue's displayed quantity: -1, -2, -3, so that ours stay short."""
        shown_id = self.next_shown_id
        self.next_shown_id = shown_id - 1
        return shown_id

"""A trader's order, from acceptance to its end."""

from engine.core.accounts.account import Account
from engine.core.accounts.ledger import LedgerAccount
from engine.core.book.order import BookOrder
from engine.core.commands import OrderType, PlaceOrder, TimeInForce

NO_PRICE = 0
"""The book price of an order without a limit, which never rests."""


class Order(BookOrder):
    """An accepted order and the money held for it.

    Attributes:
        owner: The account that sent it.
        cash: The owner's ledger account in the settlement currency.
        asset: The owner's ledger account in the base asset.
        lots: The whole quantity; `open_lots` of it are still to be filled.
        holding: The ledger account on which `hold_quanta` are held.
        hold_ticks: The price at which the hold is computed.
        closing_lots: How many of the open lots only close a position, hence need no margin.
    """

    __slots__ = (
        "accepted_ns",
        "asset",
        "cash",
        "client_id",
        "closing_lots",
        "hold_quanta",
        "hold_ticks",
        "holding",
        "lots",
        "note",
        "order_type",
        "owner",
        "post_only",
        "symbol",
        "tag",
        "time_in_force",
    )

    def __init__(
        self,
        order_id: int,
        owner: Account,
        cash: LedgerAccount,
        asset: LedgerAccount,
        command: PlaceOrder,
        accepted_ns: int,
    ) -> None:
        price_ticks = command.price_ticks
        super().__init__(
            order_id, command.side, NO_PRICE if price_ticks is None else price_ticks, command.lots
        )
        self.owner = owner
        self.cash = cash
        self.asset = asset
        self.symbol = command.symbol
        self.order_type: OrderType = command.order_type
        self.time_in_force: TimeInForce = command.time_in_force
        self.post_only = command.post_only
        self.lots = command.lots
        self.client_id = command.client_id
        self.tag = command.tag
        self.note = command.note
        self.accepted_ns = accepted_ns
        self.holding = cash
        self.hold_quanta = 0
        self.hold_ticks = 0
        self.closing_lots = 0

    @property
    def account(self) -> str:
        """The name of the account that sent it."""
        return self.owner.name

    @property
    def filled_lots(self) -> int:
        """How much of it has traded."""
        return self.lots - self.open_lots

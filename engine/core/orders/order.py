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
        command: What was sent; amendments change the order, not this.
        lots: The whole quantity; `open_lots` of it are still to be filled.
        holding: The ledger account on which `hold_quanta` are held.
        hold_ticks: The price at which the hold is computed.
        closing_lots: How many of the open lots only close a position, hence need no margin.
    """

    __slots__ = (
        "accepted_ns",
        "asset",
        "cash",
        "closing_lots",
        "command",
        "hold_quanta",
        "hold_ticks",
        "holding",
        "lots",
        "owner",
        "symbol",
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
        self.command = command
        self.lots = command.lots
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
    def order_type(self) -> OrderType:
        """How it trades."""
        return self.command.order_type

    @property
    def time_in_force(self) -> TimeInForce:
        """How long it lives."""
        return self.command.time_in_force

    @property
    def post_only(self) -> bool:
        """Whether it must not take."""
        return self.command.post_only

    @property
    def client_id(self) -> str:
        """The sender's id; may be empty."""
        return self.command.client_id

    @property
    def tag(self) -> str:
        """The sender's label; may be empty."""
        return self.command.tag

    @property
    def note(self) -> str:
        """The sender's text; may be empty."""
        return self.command.note

    @property
    def filled_lots(self) -> int:
        """How much of it has traded."""
        return self.lots - self.open_lots

"""A trader's order, from acceptance to its end."""

from __future__ import annotations

from enum import Enum

from engine.core.accounts.account import Account
from engine.core.accounts.ledger import LedgerAccount
from engine.core.book.order import BookOrder
from engine.core.commands import OrderType, PlaceOrder, TimeInForce, TriggerSource
from engine.core.fees import FeeBook

NO_PRICE = 0
"""The book price of an order without a limit, which never rests."""


class Stage(Enum):
    """Where an order is."""

    WORKING = "working"
    """In the book, or about to trade or rest."""
    WAITING = "waiting"
    """For the price that fires it."""
    FIRED = "fired"
    """That price was reached; its turn to trade has not come yet."""


WORKING = Stage.WORKING
WAITING = Stage.WAITING
FIRED = Stage.FIRED


class Order(BookOrder):
    """An accepted order and the money held for it.

    Attributes:
        owner: The account that sent it.
        cash: The owner's ledger account in the settlement currency.
        asset: The owner's ledger account in the base asset.
        fee_book: What the owner's fills in this instrument are charged by.
        command: What was sent; amendments change the order, not this.
        lots: The whole quantity; `unfilled_lots` of it are still to be filled.
        hidden_lots: What an iceberg has behind the slice that it shows.
        holding: The ledger account on which `hold_quanta` are held.
        hold_ticks: The price at which the hold is computed.
        closing_lots: How many of the open lots only close a position, hence need no margin.
        stage: Where it is.
        source: The price that it watches while it waits; None for an order that never does.
        trigger_ticks: The price that fires it; None for one that never waits or does not follow
            the price yet.
        best_ticks: The price that a trailing stop follows; None before it does.
        expires_ns: When it is gone; None for never.
        linked: The order of which only one fills.
        parent_id: The bracket's entry, or the basket, that it belongs to.
        protected_lots: For how much of a bracket's entry there are exits.
        exits: The live exits of a bracket's entry.
        follows: Whether its quantity is always that of its owner's position.
    """

    __slots__ = (
        "accepted_ns",
        "asset",
        "best_ticks",
        "cash",
        "closing_lots",
        "command",
        "display_lots",
        "exits",
        "expires_ns",
        "fee_book",
        "follows",
        "group",
        "hidden_lots",
        "hold_quanta",
        "hold_ticks",
        "holding",
        "linked",
        "lots",
        "owner",
        "parent_id",
        "protected_lots",
        "reduce_only",
        "source",
        "stage",
        "symbol",
        "trigger_ticks",
        "wary",
    )

    def __init__(
        self,
        order_id: int,
        owner: Account,
        cash: LedgerAccount,
        asset: LedgerAccount,
        fee_book: FeeBook,
        command: PlaceOrder,
        accepted_ns: int,
    ) -> None:
        price_ticks = command.price_ticks
        super().__init__(
            order_id, command.side, NO_PRICE if price_ticks is None else price_ticks, command.lots
        )
        self.owner = owner
        self.group = owner.group_id
        self.cash = cash
        self.asset = asset
        self.fee_book = fee_book
        self.symbol = command.symbol
        self.command = command
        self.lots = command.lots
        self.hidden_lots = 0
        self.accepted_ns = accepted_ns
        self.holding = cash
        self.hold_quanta = 0
        self.hold_ticks = 0
        self.closing_lots = 0
        self.stage = WORKING
        self.source: TriggerSource | None = None
        self.trigger_ticks = command.trigger_ticks
        self.best_ticks: int | None = None
        self.expires_ns = command.expires_ns
        self.linked: Order | None = None
        self.parent_id: int | None = None
        self.protected_lots = 0
        self.exits: tuple[Order, ...] = ()
        self.follows = False
        self.display_lots = command.display_lots
        self.reduce_only = command.reduce_only
        self.wary = command.reduce_only or command.display_lots is not None

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
    def waiting(self) -> bool:
        """Whether it has not fired yet: it is not in the book and holds no money."""
        return self.stage is not WORKING

    @property
    def unfilled_lots(self) -> int:
        """How much of it has not traded, shown or hidden."""
        return self.open_lots + self.hidden_lots

    @property
    def filled_lots(self) -> int:
        """How much of it has traded."""
        return self.lots - self.open_lots - self.hidden_lots

    @property
    def linked_id(self) -> int | None:
        """The number of the order of which only one fills."""
        return None if self.linked is None else self.linked.order_id

"""A trader's order, from acceptance to its end."""

from __future__ import annotations

from enum import Enum

from engine.core.accounts.account import Account
from engine.core.accounts.ledger import LedgerAccount
from engine.core.book.order import BookOrder
from engine.core.commands import OrderType, PlaceOrder, TimeInForce, TriggerSource
from engine.core.fees import FeeBook

Standing = tuple[int, int, int, int, int, int]
"""What is known of an order since it joined the back of its queue: when, the lots ahead of it then,
its level's count of traded lots then, its own filled lots then, the lots that have traded ahead of
it although they seemed to leave, the lots printed at its price beyond those that its level counts.
"""
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
        margined: Whether it opens or closes a position on margin, rather than moves assets.
        holding: The ledger account on which `hold_quanta` are held.
        hold_ticks: The price at which the hold is computed.
        closing_lots: How many of the open lots only close a position, hence need no margin.
        stage: Where it is.
        standing: What is known of its place in a queue; only while it rests.
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

    # Most orders neither wait, follow nor belong to others: what they do not have is read from the
    # class and costs them nothing to make. What every fill asks for is a slot.
    __slots__ = (
        "__dict__",
        "accepted_ns",
        "asset",
        "cash",
        "closing_lots",
        "command",
        "fee_book",
        "group",
        "hidden_lots",
        "hold_quanta",
        "hold_ticks",
        "holding",
        "lots",
        "margined",
        "owner",
        "standing",
        "symbol",
        "wary",
    )

    standing: Standing
    hidden_lots: int
    margined: bool
    wary: bool
    stage: Stage = WORKING
    source: TriggerSource | None = None
    trigger_ticks: int | None = None
    best_ticks: int | None = None
    display_lots: int | None = None
    expires_ns: int | None = None
    reduce_only: bool = False
    linked: Order | None = None
    parent_id: int | None = None
    protected_lots: int = 0
    exits: tuple[Order, ...] = ()
    follows: bool = False

    def __init__(
        self,
        order_id: int,
        owner: Account,
        purses: tuple[LedgerAccount, LedgerAccount, FeeBook],
        command: PlaceOrder,
        accepted_ns: int,
    ) -> None:
        price_ticks = command.price_ticks
        self.order_id = order_id
        self.side = command.side
        self.price_ticks = NO_PRICE if price_ticks is None else price_ticks
        self.open_lots = self.lots = command.lots
        self.level = self.before = self.after = None
        self.owner = owner
        self.group = owner.group_id
        self.cash, self.asset, self.fee_book = purses
        self.holding = self.cash
        self.symbol = command.symbol
        self.command = command
        self.accepted_ns = accepted_ns
        self.hold_quanta = self.hold_ticks = self.closing_lots = self.hidden_lots = 0
        self.margined = self.wary = False
        if command.reduce_only:
            self.reduce_only = self.wary = True
        if command.display_lots is not None:
            self.display_lots = command.display_lots
            self.wary = True
        if command.expires_ns is not None:
            self.expires_ns = command.expires_ns
        if command.trigger_ticks is not None:
            self.trigger_ticks = command.trigger_ticks

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

"""A trader's account: its orders, positions and the client ids it has used."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from engine.core.accounts.in_flight import InFlight
from engine.core.accounts.ledger import LedgerAccount
from engine.core.accounts.pool import Pool
from engine.core.accounts.position import Position
from engine.core.commands import DepositKind, Profile
from engine.core.fees import FeeBook, TrailingSum
from engine.core.instruments import AssetClass
from engine.core.margin_terms import Limits

if TYPE_CHECKING:
    from engine.core.orders.order import Order

CLIENT_IDS_REMEMBERED = 50_000
"""How many of the latest client ids of an account are checked for duplicates."""


LENT = DepositKind.LENT
NO_LIMITS = Limits()


class Account:
    """What the exchange knows of one owner, apart from money, which the ledger has."""

    __slots__ = (
        "archived",
        "client_ids",
        "deposited",
        "group",
        "group_id",
        "killed",
        "limits",
        "line",
        "name",
        "orders",
        "placed",
        "pools",
        "positions",
        "profile",
        "purses",
        "volumes",
    )

    def __init__(self, name: str, group: str, group_id: int) -> None:
        self.name = name
        self.group = group
        self.group_id = group_id
        self.killed = False
        """Whether its kill switch is engaged: no new risk is taken."""
        self.archived = False
        """Whether it was put away: it takes no orders."""
        self.profile = Profile()
        self.limits = NO_LIMITS
        self.placed: deque[int] = deque()
        """When its latest orders were placed, oldest first, as far as its limits ask."""
        self.deposited: dict[tuple[str, DepositKind], int] = {}
        """Quanta of paper money given so far, by currency and why; a reset begins anew."""
        self.pools: dict[str, Pool] = {}
        """Its cross positions together, by settlement currency."""
        self.purses: dict[str, tuple[LedgerAccount, LedgerAccount, FeeBook]] = {}
        """By symbol: the ledger accounts in its settlement currency and its base asset, and what
        fills are charged by."""
        self.volumes: dict[tuple[AssetClass, str], TrailingSum] = {}
        """Trailing notional by asset class and quote currency."""
        self.orders: dict[int, Order] = {}
        """Live orders, oldest first."""
        self.positions: dict[str, Position] = {}
        """By symbol; kept when flat, for what they have realised."""
        self.client_ids: dict[str, int] = {}
        """Order id by client id, oldest first."""
        self.line: deque[InFlight] = deque()
        """Commands on their way, in the order in which they will arrive."""

    @property
    def title(self) -> str:
        """What sentences call it: the title of its portfolio on one line, else its name."""
        title = " ".join(self.profile.title.split())
        return title if title.isprintable() and title else self.name

    def lent_quanta(self, currency: str) -> int:
        """What it was lent of a currency, which is no part of its equity."""
        return self.deposited.get((currency, LENT), 0)

    def position(self, symbol: str) -> Position:
        """The position in an instrument, opened flat on first use."""
        position = self.positions.get(symbol)
        if position is None:
            position = self.positions[symbol] = Position()
            position.method = self.profile.lot_method
        return position

    def remember(self, client_id: str, order_id: int) -> None:
        """Note a client id as used; the oldest is forgotten when there are too many."""
        self.client_ids[client_id] = order_id
        if len(self.client_ids) > CLIENT_IDS_REMEMBERED:
            del self.client_ids[next(iter(self.client_ids))]

"""Price-time priority by plain search: one list of resting orders, scanned for every question."""

from dataclasses import dataclass

from engine.core.commands import MARKET, PlaceOrder, Side


@dataclass
class NaiveOrder:
    """An order, or one unbroken run of a venue's displayed quantity."""

    order_id: int
    account: str
    symbol: str
    side: Side
    price: int
    lots: int
    open: int
    command: PlaceOrder | None = None
    hold_price: int = 0
    closing: int = 0

    @property
    def displayed(self) -> bool:
        return self.account == MARKET

    @property
    def filled(self) -> int:
        return self.lots - self.open


def better(side: Side, price: int, other: int) -> bool:
    """Whether an order of `side` would rather be first at `price` than at `other`."""
    return price > other if side is Side.BUY else price < other


def reaches(side: Side, limit: int | None, price: int) -> bool:
    """Whether an incoming order of `side` with this limit trades with a resting price."""
    if limit is None:
        return True
    return price <= limit if side is Side.BUY else price >= limit


class NaiveBook:
    """Resting orders of all instruments, in the order in which they came to their places."""

    def __init__(self) -> None:
        self.resting: list[NaiveOrder] = []

    def side(self, symbol: str, side: Side) -> list[NaiveOrder]:
        """One side in priority order: best price first, at one price the oldest first."""
        orders = [o for o in self.resting if o.symbol == symbol and o.side is side]
        return sorted(orders, key=lambda o: -o.price if side is Side.BUY else o.price)

    def queue(self, symbol: str, side: Side, price: int) -> list[NaiveOrder]:
        return [o for o in self.side(symbol, side) if o.price == price]

    def facing(self, symbol: str, side: Side, limit: int | None) -> list[NaiveOrder]:
        """What an incoming order would trade with, in the order in which it would."""
        return [o for o in self.side(symbol, side.opposite) if reaches(side, limit, o.price)]

    def reachable(
        self, symbol: str, side: Side, lots: int, limit: int | None
    ) -> list[tuple[int, int]]:
        """(price, lots) that an incoming order would get."""
        parts = []
        for order in self.facing(symbol, side, limit):
            part = min(order.open, lots)
            lots -= part
            if part:
                parts.append((order.price, part))
        return parts

    def take(self, order: NaiveOrder, lots: int) -> None:
        """Make a resting order smaller; at nothing it is gone."""
        order.open -= lots
        if order.open == 0:
            self.resting.remove(order)

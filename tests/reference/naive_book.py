"""Price-time priority by plain search: one list of resting orders, scanned for every question."""

from dataclasses import dataclass, field

from engine.core.commands import MARKET, OrderType, PlaceOrder, Side


@dataclass(eq=False)
class Stay:
    """What an order has seen of its queue since it joined the back of it."""

    rested_ns: int
    at_rest: int
    """Lots in front of it then."""
    traded: int = 0
    """Of these, what was traded away."""
    printed: int = 0
    """Lots that were printed or traded at its price."""


@dataclass
class Loss:
    """Displayed lots that a fall took from ahead of one of our orders and behind the one before."""

    order: "NaiveOrder | None"
    """None: nobody stands behind them any more."""
    lots: int


@dataclass
class Fall:
    """A depth lowered a level in which orders of ours stand."""

    symbol: str
    side: Side
    price: int
    at_ns: int
    """The venue's time of that depth."""
    lots: int
    """How much of it no print has explained."""
    losses: list[Loss]
    seen_by: list[Stay]
    """The orders that stood there then."""

    def pass_on(self, order: "NaiveOrder", behind: "NaiveOrder | None") -> None:
        """What fell ahead of an order fell ahead of the one behind it."""
        passed = sum(loss.lots for loss in self.losses if loss.order is order)
        passed += sum(loss.lots for loss in self.losses if loss.order is behind)
        self.losses = [loss for loss in self.losses if loss.order not in (order, behind)]
        self.losses.append(Loss(behind, passed))


@dataclass(eq=False)
class NaiveOrder:
    """An order, or one unbroken run of a venue's displayed quantity."""

    order_id: int
    account: str
    symbol: str
    side: Side
    price: int
    """0 for none."""
    lots: int
    open: int
    """All that is still to be filled, what an iceberg hides included."""
    command: PlaceOrder | None = None
    hold_price: int = 0
    closing: int = 0
    """How many of the open lots only close a position and count as doing so."""
    display: int | None = None
    slice: int = 0
    """What is left of the slice that an iceberg shows."""
    waiting: bool = False
    """For its trigger, or to be fired when its market trades."""
    reached: int | None = None
    """The price that reached its trigger."""
    trigger: int | None = None
    best: int | None = None
    expires: int | None = None
    linked: "NaiveOrder | None" = None
    parent: "NaiveOrder | None" = None
    """The entry that it is an exit of."""
    parent_id: int | None = None
    protects: bool = False
    """Attached to a position, whose size it follows."""
    exits: "list[NaiveOrder]" = field(default_factory=list)
    """Of an entry: the take-profit and the stop that live now or lived last."""
    protected: int = 0
    """Of an entry: how many of its filled lots exits have been made for."""
    virtual: bool = False
    """Stands only in the way of one print, and is seen by nobody."""
    stay: "Stay | None" = None
    """Of a trader's order that rests: its time in the queue that it stands in."""

    @property
    def displayed(self) -> bool:
        return self.account == MARKET

    @property
    def by_exchange(self) -> bool:
        """Sent to liquidate a position, or to sell what the insurance fund has of one."""
        return self.command is not None and self.command.note in ("liquidation", "insurance fund")

    @property
    def filled(self) -> int:
        return self.lots - self.open

    @property
    def shown(self) -> int:
        """What the book shows of it while it rests."""
        if self.virtual:
            return 0
        return self.open if self.display is None else self.slice

    @property
    def sent(self) -> PlaceOrder:
        assert self.command is not None, "a trader's order was sent"
        return self.command

    @property
    def reduce_only(self) -> bool:
        return self.command is not None and self.command.reduce_only

    @property
    def trailing(self) -> bool:
        return self.sent.order_type in (OrderType.TRAILING_STOP, OrderType.TRAILING_STOP_LIMIT)

    def show_slice(self) -> None:
        """An iceberg shows its next slice."""
        if self.display is not None:
            self.slice = min(self.display, self.open)

    def lose(self, lots: int) -> None:
        """Become smaller without a trade: what is hidden goes first."""
        self.lots -= lots
        self.open -= lots
        self.slice = min(self.slice, self.open)
        self.closing = min(self.closing, self.open)


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
        self.falls: list[Fall] = []
        """Oldest first."""

    def side(self, symbol: str, side: Side) -> list[NaiveOrder]:
        """One side in priority order: best price first, at one price the oldest first."""
        orders = [o for o in self.resting if o.symbol == symbol and o.side is side]
        return sorted(orders, key=lambda o: -o.price if side is Side.BUY else o.price)

    def queue(self, symbol: str, side: Side, price: int) -> list[NaiveOrder]:
        return [o for o in self.side(symbol, side) if o.price == price]

    def facing(self, symbol: str, side: Side, limit: int | None) -> list[NaiveOrder]:
        """What an incoming order would trade with, in the order in which it would."""
        return [o for o in self.side(symbol, side.opposite) if reaches(side, limit, o.price)]

    def take(self, order: NaiveOrder, lots: int) -> None:
        """Trade a part of what a resting order shows; when nothing is open it is gone."""
        order.open -= lots
        order.slice -= min(lots, order.slice)
        if order.open == 0:
            self.remove(order)

    def rest(self, order: NaiveOrder, now_ns: int) -> None:
        """A trader's order joins the back of a queue."""
        ahead = sum(other.shown for other in self.queue(order.symbol, order.side, order.price))
        order.stay = Stay(now_ns, ahead)
        self.resting.append(order)

    def remove(self, order: NaiveOrder) -> None:
        """An order leaves; what fell ahead of it fell ahead of the next of ours."""
        queue = self.queue(order.symbol, order.side, order.price)
        behind = [o for o in queue[queue.index(order) + 1 :] if not o.displayed]
        self.resting.remove(order)
        if order.displayed:
            return
        order.stay = None
        here = self.falls_at(order.symbol, order.side, order.price)
        for fall in here:
            fall.pass_on(order, behind[0] if behind else None)
        if all(o is order or o.displayed for o in queue):
            self.falls = [fall for fall in self.falls if fall not in here]

    def falls_at(self, symbol: str, side: Side, price: int) -> list[Fall]:
        return [f for f in self.falls if (f.symbol, f.side, f.price) == (symbol, side, price)]

    def displayed_lots(self, symbol: str, side: Side, price: int) -> int:
        return sum(o.open for o in self.queue(symbol, side, price) if o.displayed)

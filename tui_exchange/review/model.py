"""What review knows of a history: trades, the life of one trade, the curve of equity.

Prices, sizes and money are exact decimals in human units, money in the settlement currency of the
trade; times are Unix nanoseconds in UTC. None stands for what is not known, or has not happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

LONG, SHORT = "long", "short"
OPEN, CLOSED = "open", "closed"
ENDINGS = ("order", "liquidation", "takeover", "deleveraging", "reset")
ORDERED = ENDINGS[0]
"""How trades end; all but the first without an order of their trader."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A round trip, from flat to flat, or open still."""

    trade: int
    """Its number in the history; the same after a rebuild from the log."""
    account: str
    symbol: str
    side: str
    state: str
    opened_ns: int
    closed_ns: int | None
    size: Decimal
    """The largest it had."""
    entry: Decimal
    exit: Decimal | None
    """The average of what has reduced it; None before the first."""
    gross: Decimal
    """Profit realised, before fees and funding."""
    fees: Decimal
    funding: Decimal
    """Funding and borrow fees paid, less what was received."""
    net: Decimal
    """Gross less fees and funding; of an open trade what it has realised so far."""
    return_percent: Decimal | None
    mae: Decimal
    """Maximum adverse excursion: how far against it the market went, as money."""
    mfe: Decimal
    """Maximum favourable excursion."""
    fills: int
    tags: tuple[str, ...]
    """The label of the order that opened it, then those given later, each once."""
    note: str
    """The latest note on the trade, or that of the order which opened it."""
    currency: str
    closed_by: str
    """What ended it: order, liquidation, takeover, deleveraging or reset; empty while open."""
    price_decimals: int
    size_decimals: int

    @property
    def held_ns(self) -> int | None:
        """From the first fill to the last; None while open."""
        return None if self.closed_ns is None else self.closed_ns - self.opened_ns


@dataclass(frozen=True, slots=True)
class EquityPoint:
    """What the portfolio was worth at one moment, in the currency of the curve."""

    ts_ns: int
    equity: Decimal
    profit: Decimal
    """Equity less what was deposited."""
    drawdown: Decimal
    """How far the profit was below its highest point before; 0 at a peak."""
    drawdown_percent: Decimal | None
    """Of deposits plus peak profit."""


@dataclass(frozen=True, slots=True)
class FillLine:
    """One fill of a trade."""

    ts_ns: int
    order_id: int
    side: str
    entry: bool
    """It opened or added; False when it reduced, closed or turned the position."""
    price: Decimal
    size: Decimal
    liquidity: str
    fee: Decimal
    realised: Decimal
    position: Decimal
    """Afterwards; negative is short."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order that had a part in a trade, or was sent while it was open."""

    order_id: int
    side: str
    order_type: str
    time_in_force: str
    price: Decimal | None
    """The limit as last amended; None for a market order."""
    size: Decimal
    filled: Decimal
    average: Decimal | None
    state: str
    cause: str
    """Why it ended; empty while it works."""
    tag: str
    note: str
    accepted_ns: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that happened to one of those orders, or a refusal while the trade was open."""

    ts_ns: int
    order_id: int | None
    kind: str
    side: str
    price: Decimal | None
    size: Decimal | None
    open_size: Decimal | None
    text: str
    """Sentence of a refusal, or the cause of an end; may be empty."""


@dataclass(frozen=True, slots=True)
class ForcedLine:
    """A warning or a closing of a trade that its trader did not ask for."""

    ts_ns: int
    text: str
    price: Decimal | None = None
    """The average that something was closed at; None where nothing was."""
    realised: Decimal | None = None
    fee: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot that a closing took, where lots are closed first in, first out or the reverse."""

    closed_ns: int
    opened_ns: int
    size: Decimal
    cost: Decimal
    """What it had been opened for."""
    value: Decimal
    """What it was closed for."""
    realised: Decimal
    """Before fees."""


@dataclass(frozen=True, slots=True)
class TradeLife:
    """Everything the history holds about one trade."""

    trade: Trade
    fills: tuple[FillLine, ...]
    orders: tuple[OrderLine, ...]
    events: tuple[EventLine, ...]
    forced: tuple[ForcedLine, ...] = ()
    """Liquidation, takeover, deleveraging, reset: every step."""
    lots: tuple[LotLine, ...] = ()
    payments: int = 0
    """How often it paid or received funding or a borrow fee."""


@dataclass(frozen=True, slots=True)
class History:
    """One account's history as it was read at one moment."""

    account: str
    """Empty when nobody has traded or deposited yet."""
    others: tuple[str, ...]
    """Further accounts in the same file, which are not shown."""
    currency: str
    """Of the equity curve: the one that was deposited first; empty before any."""
    other_currencies: tuple[str, ...]
    """Deposited too. Nothing is converted, so the curve leaves them out."""
    equity: tuple[EquityPoint, ...]
    trades: tuple[Trade, ...]
    """In the order in which they were opened."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What people call an account, where that is another name."""

    def title(self, account: str) -> str:
        """What people call an account."""
        return self.titles.get(account) or account


EMPTY_HISTORY = History("", (), "", (), (), ())

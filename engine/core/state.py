"""What the exchange remembers between commands: exactly what a snapshot keeps."""

from collections import deque

from engine.core.accounts import Account, Ledger, chart
from engine.core.commands import Collateral, ConfigureCurrency, TriggerSource
from engine.core.events import Event
from engine.core.instruments import BreakerLevel
from engine.core.market import INDEX, MARK, Market
from engine.core.orders.order import Order

NEVER_NS = 1 << 62
FUND_GROUP_ID = -1
"""Of the insurance fund's orders, which trade with everybody; 0 is what venues display."""


class MarketBreaker:
    """The market-wide breaker, and how many of its levels were reached."""

    __slots__ = ("levels", "reached", "reference_ticks", "symbol")

    def __init__(
        self, symbol: str, reference_ticks: int, levels: tuple[BreakerLevel, ...], reached: int = 0
    ) -> None:
        self.symbol = symbol
        self.reference_ticks = reference_ticks
        self.levels = levels
        self.reached = reached


class State:
    """All state, and what the command that is being applied has caused so far.

    Attributes:
        seq: How many commands have been applied, the present one included.
        now_ns: The time stamped on the present command.
        orders: Live orders of traders, by id.
        expiries: A heap of (expires_ns, order id); entries of orders that ended stay until due.
        arrivals: A heap of (arrives_ns, number, account) of the commands on their way.
        due_ns: The earliest time at which something happens by itself; never too late.
        timer_ns: When a sample, a funding payment or a borrow fee is due next in any instrument.
        events: What the present command has caused so far.
        fund: The insurance fund as an account: the positions that it has taken over.
        touched: Accounts whose margin must be looked at, each with the isolated position that is
            meant, by symbol, or None for its cross positions; in order of being touched.
        shrunk: Positions that the present command made smaller than their closing orders count on.
        grown: Entries of brackets that were filled, whose exits have to follow.
        exposed: Positions that changed, whose own exits have to follow.
        moves: Prices that have not had their effects yet, oldest first, each with the number of the
            first order that came after it.
        restless: Instruments with orders that have fired and not traded yet, by symbol.
        pooling: Accounts whose currencies answer for one another, hence for prices as well.
    """

    __slots__ = (
        "accounts",
        "arrivals",
        "currencies",
        "due_ns",
        "events",
        "expiries",
        "exposed",
        "fund",
        "groups",
        "grown",
        "ledger",
        "market_breaker",
        "markets",
        "moves",
        "next_order_id",
        "next_sent_id",
        "next_shown_id",
        "next_trade_id",
        "now_ns",
        "orders",
        "pooling",
        "restless",
        "returned",
        "seq",
        "shrunk",
        "timer_ns",
        "touched",
    )

    def __init__(self) -> None:
        self.seq = 0
        self.now_ns = 0
        self.next_order_id = 1
        self.next_sent_id = 1
        self.next_shown_id = -1
        self.next_trade_id = 1
        self.markets: dict[str, Market] = {}
        self.accounts: dict[str, Account] = {}
        self.groups: dict[str, int] = {}
        """Numbers of owner groups, from 1, by name."""
        self.ledger = Ledger({})
        self.fund = Account(chart.INSURANCE, chart.INSURANCE, FUND_GROUP_ID)
        self.currencies: dict[str, ConfigureCurrency] = {}
        """Those that count as collateral or are pegged."""
        self.returned: dict[str, int] = {}
        """By currency, what resets have given back to `exchange:outside` beyond what was deposited
        since; negative where they took from it."""
        self.touched: dict[tuple[str, str | None], None] = {}
        self.orders: dict[int, Order] = {}
        self.market_breaker: MarketBreaker | None = None
        self.expiries: list[tuple[int, int]] = []
        self.arrivals: list[tuple[int, int, str]] = []
        self.due_ns = NEVER_NS
        self.timer_ns = NEVER_NS
        self.events: list[Event] = []
        self.shrunk: list[tuple[Account, Market]] = []
        self.grown: deque[Order] = deque()
        self.exposed: deque[tuple[Account, Market]] = deque()
        self.moves: deque[tuple[Market, TriggerSource, int, int]] = deque()
        self.restless: dict[str, Market] = {}
        self.pooling: dict[str, None] = {}

    def note_move(self, market: Market, source: TriggerSource, price_ticks: int) -> None:
        """Remember a price whose effects are still to come, if it can have any."""
        if self.pooling and market.spot and _converts(market, source):
            self.touch_pooling()
        if (
            not self.moves
            and not market.watched
            and market.triggers.is_quiet(market.counts_for(source), price_ticks)
        ):
            return
        self.moves.append((market, source, price_ticks, self.next_order_id))

    def note_pooling(self, account: Account) -> None:
        """Remember whether an account's currencies answer for one another."""
        if account.profile.collateral is Collateral.MULTI:
            self.pooling[account.name] = None
        else:
            self.pooling.pop(account.name, None)

    def touch_pooling(self) -> None:
        """What currencies are worth has changed: look at every account that pools them."""
        for name in self.pooling:
            self.touched[name, None] = None

    def new_order_id(self) -> int:
        """The next number of an order or a basket."""
        order_id = self.next_order_id
        self.next_order_id = order_id + 1
        return order_id

    def new_shown_id(self) -> int:
        """The next id of a venue's displayed quantity: -1, -2, -3, so that ours stay short."""
        shown_id = self.next_shown_id
        self.next_shown_id = shown_id - 1
        return shown_id

    def group_id(self, name: str) -> int:
        """The number of an owner group, given on first use."""
        return self.groups.setdefault(name, len(self.groups) + 1)


def _converts(market: Market, source: TriggerSource) -> bool:
    """Whether currencies are converted by this price of a market: its index before all others."""
    if market.index_ticks is not None:
        return source is INDEX
    return source is MARK or market.mark_ticks is None

"""What the slow exchange remembers, and the questions that only read it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.core import events as e
from engine.core.commands import (
    Command,
    ConfigureMarketBreaker,
    Sendable,
    Side,
    TriggerSource,
)
from engine.core.events import EndCause, Event, HaltCause, OrderEnd
from engine.core.instruments import Instrument
from engine.core.units import Scale
from tests.reference.naive_book import NaiveBook, NaiveOrder
from tests.reference.naive_fees import DAY_NS, NaiveFees
from tests.reference.naive_mirror import NaiveMirror
from tests.reference.naive_money import NaiveMoney, hold_of, share

ENDS = {EndCause.FILLED: OrderEnd.FILLED, EndCause.EXPIRED: OrderEnd.EXPIRED}
ENDS[EndCause.FUNDS_MISSING] = OrderEnd.REJECTED


@dataclass
class NaiveHalt:
    cause: HaltCause
    until_ns: int | None


@dataclass
class PriceChange:
    symbol: str
    sources: list[TriggerSource]
    price: int
    traded: bool
    """A trade or a print, which circuit breakers look at."""
    next_id: int
    """The first order id that was not given yet: later orders do not look back at this price."""


@dataclass
class Sent:
    """A command on its way."""

    sent_id: int
    arrives_ns: int
    command: Sendable


class NaiveState:
    def __init__(self) -> None:
        self.seq = 0
        self.now_ns = 0
        self.next_id = 1
        self.next_shown_id = -1
        self.next_trade = 1
        self.instruments: dict[str, Instrument] = {}
        self.mirrors: dict[str, NaiveMirror] = {}
        self.last: dict[str, tuple[int, Side]] = {}
        self.stated: dict[tuple[str, TriggerSource], int] = {}
        """Mark and index prices."""
        self.sessions: dict[str, tuple[tuple[int, int], ...]] = {}
        self.halts: dict[str, NaiveHalt] = {}
        self.window: list[tuple[str, int, int]] = []
        """(symbol, when, price) of every trade that a circuit breaker may look at."""
        self.market_breaker: ConfigureMarketBreaker | None = None
        self.levels_reached = 0
        self.accounts: dict[str, set[str]] = {}
        """The client ids that each account has used."""
        self.groups: dict[str, str] = {}
        self.killed: set[str] = set()
        self.live: list[NaiveOrder] = []
        """Every trader's order that has not ended, oldest first."""
        self.book = NaiveBook()
        self.money = NaiveMoney()
        self.fees = NaiveFees()
        self.firing: list[NaiveOrder] = []
        """Orders whose trigger was reached, in the order in which they fire."""
        self.fired: dict[str, int] = {}
        """How many orders of each instrument the present command has fired."""
        self.prices: list[PriceChange] = []
        self.grown: list[NaiveOrder] = []
        """Entries of brackets that were filled further."""
        self.changed: list[tuple[str, str]] = []
        """(account, symbol) of positions that changed."""
        self.next_sent = 1
        self.on_the_way: list[Sent] = []
        self.events: list[Event] = []
        self.shrunk: list[tuple[str, str]] = []

    def carry_out(self, command: Command) -> None:
        """Do a command: the exchange knows how."""
        raise NotImplementedError

    # Orders

    def find(self, order_id: int) -> NaiveOrder | None:
        return next((o for o in self.live if o.order_id == order_id), None)

    def orders_of(self, account: str, symbol: str | None = None) -> list[NaiveOrder]:
        return [o for o in self.live if o.account == account and symbol in (None, o.symbol)]

    def rests(self, order: NaiveOrder) -> bool:
        return order in self.book.resting

    def group(self, account: str) -> str:
        return self.groups.get(account) or account

    @contextmanager
    def without(self, gone: Iterable[NaiveOrder]) -> Iterator[None]:
        """Ask as if these orders had ended already."""
        kept = self.live, self.book.resting
        doomed = list(gone)
        self.live = [o for o in self.live if o not in doomed]
        self.book.resting = [o for o in self.book.resting if o not in doomed]
        yield
        self.live, self.book.resting = kept

    # Markets

    def price(self, symbol: str, source: TriggerSource) -> int | None:
        if (symbol, source) in self.stated:
            return self.stated[symbol, source]
        return self.last[symbol][0] if symbol in self.last else None

    def watched(self, symbol: str, source: TriggerSource | None) -> TriggerSource:
        """What an order watches that leaves it open."""
        if source is not None:
            return source
        return TriggerSource.LAST if self.is_spot(symbol) else TriggerSource.MARK

    def is_spot(self, symbol: str) -> bool:
        return self.instruments[symbol].asset_class.owned

    def band(self, symbol: str) -> tuple[int, int] | None:
        """The lowest and the highest price that an order may reach."""
        ppm = self.instruments[symbol].band_ppm
        reference = self.price(symbol, TriggerSource.MARK)
        if ppm is None or reference is None:
            return None
        low = -(-reference * (1_000_000 - ppm) // 1_000_000)
        return low, reference * (1_000_000 + ppm) // 1_000_000

    def session(self, symbol: str) -> tuple[int, int] | None:
        """The session that it is in; without any statement, the day."""
        known = self.sessions.get(symbol, ())
        if not known:
            day = self.now_ns // DAY_NS
            return day * DAY_NS, (day + 1) * DAY_NS
        return next((s for s in known if s[0] <= self.now_ns < s[1]), None)

    def trades(self, symbol: str) -> bool:
        """Whether it is open and not halted."""
        return self.session(symbol) is not None and symbol not in self.halts

    def stale(self, symbol: str) -> bool:
        return self.mirrors[symbol].state == "down"

    # Money

    def position_lots(self, account: str, symbol: str) -> int:
        position = self.money.position(account, symbol)
        return 0 if position is None else position.lots

    def closable(self, account: str, symbol: str, side: Side) -> int:
        """How many lots of a position an order of this side can close."""
        lots = self.position_lots(account, symbol)
        return max(0, lots if side is Side.SELL else -lots)

    def held(self, account: str, currency: str) -> int:
        total = 0
        for order in self.book.resting:
            if order.account == account and not order.displayed:
                where, quanta = self.hold(order)
                total += quanta if where == currency else 0
        for symbol, terms in self.instruments.items():
            if terms.settlement == currency:
                total += self.margin(account, symbol)
        return total

    def hold(self, order: NaiveOrder) -> tuple[str, int]:
        """(currency, quanta) that a resting order holds."""
        terms = self.instruments[order.symbol]
        value = Scale(terms).notional_quanta(order.hold_price, order.open)
        rate, only = self.fees.worst_ppm(terms), order.reduce_only
        place = (order.side, order.open, value, order.closing)
        return hold_of(terms, *place, rate, reduce_only=only)

    def margin(self, account: str, symbol: str) -> int:
        terms = self.instruments[symbol]
        position = self.money.position(account, symbol)
        if position is None or terms.asset_class.owned:
            return 0
        return share(abs(position.cost), terms.initial_margin_ppm)

    def free(self, account: str, currency: str) -> int:
        return self.money.balance(account, currency) - self.held(account, currency)

    def counted(self, account: str, symbol: str) -> int:
        """How many lots of a position live orders count on closing."""
        return sum(order.closing for order in self.orders_of(account, symbol))

    def closing(self, order: NaiveOrder, lots: int, *, at_once: bool) -> int:
        """How many of these lots only close a perpetual position that no other closes first."""
        if self.is_spot(order.symbol):
            return 0
        counted = 0 if at_once else self.counted(order.account, order.symbol)
        return min(lots, max(0, self.closable(order.account, order.symbol, order.side) - counted))

    def hold_price(self, symbol: str, side: Side, limit: int) -> int:
        """The worst price for its owner at which an order can open."""
        bids = self.book.side(symbol, Side.BUY)
        if side is Side.SELL and not self.is_spot(symbol) and bids:
            return max(limit, bids[0].price)
        return limit

    # Saying what happened

    def say(self, kind: Callable[..., Event], **fields: Any) -> None:
        self.events.append(kind(seq=self.seq, ts_ns=self.now_ns, **fields))

    def say_done(self, order: NaiveOrder, cause: EndCause) -> None:
        self.say(
            e.OrderDone,
            order_id=order.order_id,
            account=order.account,
            symbol=order.symbol,
            end=ENDS.get(cause, OrderEnd.CANCELLED),
            cause=cause,
            filled_lots=order.filled,
            cancelled_lots=order.open,
        )

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def new_shown_id(self) -> int:
        self.next_shown_id -= 1
        return self.next_shown_id + 1

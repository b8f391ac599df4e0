"""What the slow exchange remembers, and the questions that only read it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.core import events as e
from engine.core.commands import (
    Command,
    ConfigureCurrency,
    ConfigureMarketBreaker,
    DepositKind,
    Profile,
    Sendable,
    Side,
    TriggerSource,
)
from engine.core.events import EndCause, Event, HaltCause, OrderEnd
from engine.core.instruments import Instrument
from engine.core.margin_terms import Limits, MarginMode
from tests.reference.naive_book import NaiveBook, NaiveOrder
from tests.reference.naive_fees import DAY_NS, NaiveFees
from tests.reference.naive_margin import is_inverse
from tests.reference.naive_mirror import NaiveMirror
from tests.reference.naive_money import INSURANCE, NaiveLot, NaiveMoney
from tests.reference.naive_pricing import NaiveFunding, NaiveOracle

ENDS = {EndCause.FILLED: OrderEnd.FILLED, EndCause.EXPIRED: OrderEnd.EXPIRED}
ENDS |= dict.fromkeys((EndCause.FUNDS_MISSING, EndCause.LIMIT_EXCEEDED), OrderEnd.REJECTED)


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


TELLS_A_POSITION = (e.PositionChanged, e.PositionLiquidated, e.PositionDeleveraged)


class NaiveState:
    def __init__(self) -> None:
        self.taken: dict[tuple[str, str], tuple[list[NaiveLot], int]] = {}
        """What closings took, lot by lot, and realised, until the positions are told of."""
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
        self.oracles: dict[str, NaiveOracle] = {}
        self.fundings: dict[str, NaiveFunding] = {}
        self.sampled: dict[str, int] = {}
        """Until when premiums were noted and ages were looked at, by symbol."""
        self.lent: dict[str, int] = {}
        """Until when borrowed assets are paid for, by symbol."""
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
        self.modes: dict[tuple[str, str], MarginMode] = {}
        """By account and symbol, where one was chosen."""
        self.leverages: dict[tuple[str, str], int] = {}
        """The same."""
        self.profiles: dict[str, Profile] = {}
        self.archived: set[str] = set()
        self.limits: dict[str, Limits] = {}
        self.placed: list[tuple[str, int]] = []
        """(account, when) of orders that were sent and taken while their rate was limited."""
        self.currencies: dict[str, ConfigureCurrency] = {}
        self.deposited: dict[tuple[str, str, DepositKind], int] = {}
        """By account, currency and kind, since the portfolio began."""
        self.touched: list[tuple[str, str]] = []
        """(account, symbol) of margined positions that changed, or whose mark did."""
        self.liquidating: tuple[str, str | None] | None = None
        """The account and, of an isolated position, the instrument."""
        self.warned: dict[Any, int] = {}
        """The highest warning that each pool has had."""
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
        return TriggerSource.LAST if self.is_owned(symbol) else TriggerSource.MARK

    def is_owned(self, symbol: str) -> bool:
        """Whether its trades can make the buyer own something."""
        return self.instruments[symbol].asset_class.owned

    def mode(self, account: str, symbol: str) -> MarginMode:
        """How an account pays there; unless it chose, in full where something can be owned."""
        in_full = self.is_owned(symbol) and account != INSURANCE
        usual = MarginMode.CASH if in_full else MarginMode.CROSS
        return self.modes.get((account, symbol), usual)

    def margined(self, account: str, symbol: str) -> bool:
        """Whether what an account trades there opens positions, rather than moving assets."""
        return self.mode(account, symbol) is not MarginMode.CASH

    def profile(self, account: str) -> Profile:
        return self.profiles.get(account, Profile())

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

    def touch(self, account: str, symbol: str) -> None:
        """What answers for a position has to be looked at."""
        if account in (*self.accounts, INSURANCE) and self.margined(account, symbol):
            self.touched.append((account, symbol))

    def touch_holders(self, symbol: str) -> None:
        """Everybody's position in an instrument, the insurance fund's too, has to be looked at."""
        for account in (*self.accounts, INSURANCE):
            if self.position_lots(account, symbol):
                self.touch(account, symbol)

    def counted(self, account: str, symbol: str) -> int:
        """How many lots of a position live orders count on closing."""
        return sum(order.closing for order in self.orders_of(account, symbol))

    def closing(self, order: NaiveOrder, lots: int, *, at_once: bool) -> int:
        """How many of these lots only close a margined position that no other closes first."""
        if not self.margined(order.account, order.symbol):
            return 0
        counted = 0 if at_once else self.counted(order.account, order.symbol)
        return min(lots, max(0, self.closable(order.account, order.symbol, order.side) - counted))

    def hold_price(self, account: str, symbol: str, side: Side, limit: int) -> int:
        """The price within its limit at which an order can open what is worth most."""
        if not self.margined(account, symbol):
            return limit
        bids, asks = (self.book.side(symbol, each) for each in (Side.BUY, Side.SELL))
        if is_inverse(self.instruments[symbol]):
            return min(limit, asks[0].price) if side is Side.BUY and asks else limit
        return max(limit, bids[0].price) if side is Side.SELL and bids else limit

    # Saying what happened

    def say(self, kind: Callable[..., Event], /, **fields: Any) -> None:
        if kind in TELLS_A_POSITION:
            self._say_lots(fields["account"], fields["symbol"])
        self.events.append(kind(seq=self.seq, ts_ns=self.now_ns, **fields))

    def _say_lots(self, account: str, symbol: str) -> None:
        """Each lot that was closed has its share, by size, of what all were closed for."""
        taken, realised = self.taken.pop((account, symbol), ([], 0))
        if not taken:
            return
        value, every = -realised - sum(lot.cost for lot in taken), sum(lot.lots for lot in taken)
        found, so_far = [], 0
        for lot in taken:
            part = value * (so_far + lot.lots) // every - value * so_far // every
            so_far += lot.lots
            found.append(
                e.ClosedLot(
                    trade_id=lot.trade_id,
                    opened_ns=lot.opened_ns,
                    lots=lot.lots,
                    cost_quanta=abs(lot.cost),
                    value_quanta=abs(part),
                    realised_quanta=-lot.cost - part,
                )
            )
        longs = (taken[0].cost > 0) != is_inverse(self.instruments[symbol])
        side = Side.SELL if longs else Side.BUY
        self.say(e.LotsClosed, account=account, symbol=symbol, side=side, lots=tuple(found))

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

    def note_placed(self, account: str, orders: int = 1) -> None:
        limits = self.limits.get(account)
        if limits is not None and limits.orders_per_second_max is not None:
            self.placed += [(account, self.now_ns)] * orders

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def new_shown_id(self) -> int:
        self.next_shown_id -= 1
        return self.next_shown_id + 1

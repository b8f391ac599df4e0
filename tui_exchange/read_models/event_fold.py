"""The reader that follows the sequencer: tapes, fills, and which topics each command touches."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

import msgspec

from engine.core.commands import (
    Command,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    SetPrice,
    SetSessions,
    Side,
)
from engine.core.events import (
    Deposited,
    Event,
    FeesSet,
    FeeTierReached,
    FundingPaid,
    InstrumentHalted,
    InstrumentListed,
    InstrumentResumed,
    KillEngaged,
    KillReleased,
    LeverageSet,
    MarginChanged,
    MarginModeSet,
    MarketTraded,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
    PortfolioReset,
    PositionChanged,
    Traded,
    TriggerMoved,
)
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.read_models.tape import Tape
from tui_exchange.revisions import (
    ACCOUNT,
    FILLS,
    INSTRUMENTS,
    ORDERS,
    POSITIONS,
    Revisions,
    book_topic,
    prints_topic,
)
from tui_exchange.views import FillView

FILLS_KEPT = 10_000
_MARKET_COMMANDS = (MirrorDepth, MirrorTrade, MirrorDown, SetPrice, SetSessions)
_OrderChange = (
    OrderAccepted
    | OrderAmended
    | OrderDone
    | OrderResized
    | OrderRefilled
    | TriggerMoved
    | OrderTriggered
)
_ORDER_CHANGES = get_args(_OrderChange)
"""What happens to a live order, besides fills."""


@dataclass(slots=True)
class _Filled:
    """What one portfolio was filled."""

    fills: deque[FillView] = field(default_factory=lambda: deque(maxlen=FILLS_KEPT))
    """Newest last."""
    count: int = 0
    """In this session, those that are not kept any more included."""


class EventFold:
    """What the portfolios of a session see of the event stream.

    Attributes:
        own_seq: The last command that concerned a portfolio: what must be on disk before it is
            shown.
        own_ns: When that was.
    """

    def __init__(self, current: CurrentPortfolio, revisions: Revisions) -> None:
        self._current = current
        self.own_seq = 0
        self.own_ns = 0
        self._filled_of: dict[str, _Filled] = {}
        self._revisions = revisions
        self._tapes: dict[str, Tape] = {}
        self._topics: dict[str, str] = {}
        self._working: dict[str, set[int]] = {}
        self._exposed: set[str] = set()

    def tape(self, symbol: str) -> Tape:
        """The trades of an instrument; empty when there were none."""
        tape = self._tapes.get(symbol)
        if tape is None:
            tape = self._tapes[symbol] = Tape()
        return tape

    def resume(self, working: Iterable[tuple[str, int]], exposed: Iterable[str]) -> None:
        """Begin with what was recovered: (symbol, order id) of live orders, held instruments."""
        for symbol, order_id in working:
            self._working.setdefault(symbol, set()).add(order_id)
        self._exposed.update(exposed)

    def add_past(self, fills: Mapping[str, Iterable[FillView]]) -> None:
        """Put fills of earlier sessions, by account, oldest first, before those of this one."""
        for account, past in fills.items():
            kept = self._of(account).fills
            for fill in reversed(tuple(past)):
                if len(kept) < FILLS_KEPT:
                    kept.appendleft(fill)
        self._revisions.bump(FILLS)

    def latest_fills(self, limit: int) -> tuple[FillView, ...]:
        """The latest fills of the current portfolio, newest first."""
        fills = self._of(self._current.account).fills
        count = min(limit, len(fills))
        return tuple(fills[-1 - index] for index in range(count))

    @property
    def fill_count(self) -> int:
        """How often the current portfolio was filled in this session."""
        return self._of(self._current.account).count

    def _of(self, account: str) -> _Filled:
        found = self._filled_of.get(account)
        if found is None:
            found = self._filled_of[account] = _Filled()
        return found

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        if isinstance(command, _MARKET_COMMANDS):
            self._market_moved(command.symbol)
        if events:
            printing = type(command) is MirrorTrade
            for event in events:
                self._take(event, printing)
                if type(event) is MarketTraded:
                    # What was printed is told as a whole; trades of orders that it fired are more.
                    printing = False

    def _market_moved(self, symbol: str) -> None:
        topic = self._topics.get(symbol)
        if topic is None:
            topic = self._topics[symbol] = book_topic(symbol)
        self._revisions.bump(topic)
        if self._working.get(symbol):
            self._revisions.bump(ORDERS)
        if symbol in self._exposed:
            self._revisions.bump(POSITIONS, ACCOUNT)

    def _take(self, event: Event, printing: bool) -> None:
        match event:
            case Traded():
                if not printing:
                    self._print(event.symbol, event, event.aggressor, own=True)
            case MarketTraded():
                self._print(event.symbol, event, event.side, own=self.own_seq == event.seq)
            case _ if isinstance(event, _ORDER_CHANGES):
                self._order_changed(event)
            case OrderFilled():
                self._filled(event)
            case PositionChanged():
                self._position_changed(event)
            case Deposited() | FeeTierReached():
                self._own(event)
                self._revisions.bump(ACCOUNT)
            case MarginModeSet() | LeverageSet() | MarginChanged() | FundingPaid():
                self._own(event)
                self._revisions.bump(POSITIONS, ACCOUNT, book_topic(event.symbol))
            case PortfolioReset():
                self._own(event)
                self._revisions.bump(POSITIONS, ACCOUNT)
            case KillEngaged() | KillReleased():
                self._own(event)
                self._revisions.bump(ACCOUNT, ORDERS)
            case InstrumentListed():
                self._revisions.bump(INSTRUMENTS)
            case InstrumentHalted() | InstrumentResumed():
                self._revisions.bump(book_topic(event.symbol), ORDERS)
            case FeesSet():
                self._revisions.bump(ACCOUNT, book_topic(event.symbol))

    def _print(self, symbol: str, event: Traded | MarketTraded, side: Side, own: bool) -> None:
        self.tape(symbol).add(event.ts_ns, event.price_ticks, event.lots, side, own)
        self._revisions.bump(prints_topic(symbol), book_topic(symbol))

    def _order_changed(self, event: _OrderChange) -> None:
        self._own(event)
        working = self._working.setdefault(event.symbol, set())
        if isinstance(event, OrderAccepted):
            working.add(event.order_id)
        elif isinstance(event, OrderDone):
            working.discard(event.order_id)
        self._revisions.bump(ORDERS, ACCOUNT, book_topic(event.symbol))

    def _own(self, event: Event) -> None:
        self.own_seq, self.own_ns = event.seq, event.ts_ns

    def _filled(self, event: OrderFilled) -> None:
        self._own(event)
        filled = self._of(event.account)
        filled.count += 1
        filled.fills.append(
            FillView(
                ts_ns=event.ts_ns,
                trade_id=event.trade_id,
                order_id=event.order_id,
                symbol=event.symbol,
                side=event.side,
                price_ticks=event.price_ticks,
                lots=event.lots,
                liquidity=event.liquidity,
                fee_quanta=event.fee_quanta,
                realised_quanta=0,
            )
        )
        self._revisions.bump(FILLS, ORDERS, book_topic(event.symbol))

    def _position_changed(self, event: PositionChanged) -> None:
        """The fill before it gets the profit that it realised."""
        fills = self._of(event.account).fills
        if event.realised_quanta and fills:
            fills[-1] = msgspec.structs.replace(fills[-1], realised_quanta=event.realised_quanta)
        self._exposed.add(event.symbol)
        self._revisions.bump(POSITIONS, ACCOUNT)

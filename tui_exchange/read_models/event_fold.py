"""The reader that follows the sequencer: tapes, fills, and which topics each command touches."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

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
    InstrumentHalted,
    InstrumentListed,
    InstrumentResumed,
    KillEngaged,
    KillReleased,
    MarketTraded,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
    PositionChanged,
    Traded,
    TriggerMoved,
)
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


class EventFold:
    """What one account sees of the event stream.

    Attributes:
        own_seq: The last command that concerned the account: what must be on disk before it is
            shown.
        own_ns: When that was.
        fills: The account's, newest last.
    """

    def __init__(self, account: str, revisions: Revisions) -> None:
        self.account = account
        self.own_seq = 0
        self.own_ns = 0
        self.fills: deque[FillView] = deque(maxlen=FILLS_KEPT)
        self.fill_count = 0
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

    def add_past(self, fills: Iterable[FillView]) -> None:
        """Put fills of earlier sessions, oldest first, before those of this one."""
        for fill in reversed(tuple(fills)):
            if len(self.fills) < FILLS_KEPT:
                self.fills.appendleft(fill)
        self._revisions.bump(FILLS)

    def latest_fills(self, limit: int) -> tuple[FillView, ...]:
        """The latest fills, newest first."""
        count = min(limit, len(self.fills))
        return tuple(self.fills[-1 - index] for index in range(count))

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
                if event.account == self.account:
                    self._order_changed(event)
            case OrderFilled() if event.account == self.account:
                self._filled(event)
            case PositionChanged() if event.account == self.account:
                self._position_changed(event)
            case Deposited() | FeeTierReached() if event.account == self.account:
                self._own(event)
                self._revisions.bump(ACCOUNT)
            case KillEngaged() | KillReleased() if event.account == self.account:
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
        self.fill_count += 1
        self.fills.append(
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
        if event.realised_quanta and self.fills:
            self.fills[-1] = replace(self.fills[-1], realised_quanta=event.realised_quanta)
        self._exposed.add(event.symbol)
        self._revisions.bump(POSITIONS, ACCOUNT)

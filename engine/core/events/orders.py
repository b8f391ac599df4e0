"""What happens to one order, from its refusal or acceptance to its end."""

import msgspec

from engine.core.commands import PlaceOrder, SelfTrade, Side, TriggerSource
from engine.core.events.causes import EndCause, Liquidity, OrderEnd, ResizeCause
from engine.core.reasons import Reason


class CommandRejected(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A command other than an order was refused and changed nothing."""

    seq: int
    ts_ns: int
    account: str
    """Empty for a command without an account."""
    order_id: int | None
    """The order that the command named, if it named one."""
    reason: Reason
    text: str
    """One sentence for a person: what is wrong and what would be accepted."""


class OrderRejected(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An order was refused and changed nothing. It never got an id."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    side: Side
    lots: int
    price_ticks: int | None
    client_id: str
    reason: Reason
    text: str


class OrderAccepted(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An order has an id; unless it waits for a trigger, its money is held."""

    seq: int
    ts_ns: int
    order_id: int
    account: str
    symbol: str
    order: PlaceOrder
    """What was sent; for the exchange's own orders, what they amount to."""
    lots: int
    """As sent, or less where a reduce-only order was cut to its position."""
    price_ticks: int | None
    """As sent, or where a post-only order slid to."""
    expires_ns: int | None
    """When it is gone: stated for GTD, the end of the session for DAY."""
    parent_id: int | None
    """The entry of the bracket, or the basket, that it belongs to."""
    linked_id: int | None
    """The order of which only one fills, if that has an id already."""


class OrderAmended(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An order's quantity or price changed."""

    seq: int
    ts_ns: int
    order_id: int
    account: str
    symbol: str
    lots: int
    """The new total, what is filled included."""
    open_lots: int
    """What is still to be filled at the new price, before it trades there."""
    price_ticks: int | None
    kept_priority: bool
    display_lots: int | None
    trigger_ticks: int | None
    expires_ns: int | None
    """The terms that hold now, those that did not change included."""


class OrderResized(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The exchange changed an order's quantity; a smaller one keeps its place in the queue."""

    seq: int
    ts_ns: int
    order_id: int
    account: str
    symbol: str
    lots: int
    """The new total, what is filled included."""
    open_lots: int
    """What is still to be filled; never 0."""
    cause: ResizeCause


class OrderRefilled(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An iceberg shows its next slice, at the back of its queue."""

    seq: int
    ts_ns: int
    order_id: int
    account: str
    symbol: str
    shown_lots: int
    hidden_lots: int
    """What is left behind the new slice."""


class TriggerMoved(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A trailing stop follows the price."""

    seq: int
    ts_ns: int
    order_id: int
    account: str
    symbol: str
    best_ticks: int
    """The price that it follows now."""
    trigger_ticks: int


class OrderTriggered(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The price that an order waited for was reached: it trades now."""

    seq: int
    ts_ns: int
    order_id: int
    account: str
    symbol: str
    source: TriggerSource
    reached_ticks: int
    """The price that fired it."""
    trigger_ticks: int
    price_ticks: int | None
    """The limit that it has now; None: it trades at market."""


class SelfTradePrevented(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Two orders of one owner group met and did not trade."""

    seq: int
    ts_ns: int
    symbol: str
    mode: SelfTrade
    resting_order_id: int
    incoming_order_id: int
    price_ticks: int
    lots: int
    """What would have traded."""


class Traded(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Two orders matched, at the resting order's price."""

    seq: int
    ts_ns: int
    trade_id: int
    symbol: str
    price_ticks: int
    lots: int
    aggressor: Side
    resting_order_id: int
    incoming_order_id: int
    """Negative where it is a venue's displayed quantity."""


class OrderFilled(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """One order's share of a trade."""

    seq: int
    ts_ns: int
    trade_id: int
    order_id: int
    account: str
    symbol: str
    side: Side
    price_ticks: int
    lots: int
    open_lots: int
    """What is still to be filled; 0 means the order is done."""
    liquidity: Liquidity
    fee_quanta: int
    """Paid in the settlement currency; negative for a rebate."""


class ClosedLot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one trade had opened and a later one closed, in part or wholly."""

    trade_id: int
    """The trade that opened it."""
    opened_ns: int
    lots: int
    """How many were closed; always positive."""
    cost_quanta: int
    """What they had been opened for, without sign."""
    value_quanta: int
    """What they were closed for, without sign."""
    realised_quanta: int
    """The profit of these lots, before fees."""


class LotsClosed(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A closing took particular lots, by the lot method; not told where the average cost counts.

    The lots come in the order in which they were closed. Together they realised what the event that
    follows tells of the position: PositionChanged, PositionLiquidated or PositionDeleveraged.
    """

    seq: int
    ts_ns: int
    account: str
    symbol: str
    side: Side
    """SELL closed long lots."""
    lots: tuple[ClosedLot, ...]


class PositionChanged(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A fill changed a position."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    lots: int
    """Signed: negative is short; 0 is closed."""
    cost_quanta: int
    """What the open lots cost at their average entry, signed like `lots`."""
    realised_quanta: int
    """Profit that this fill realised, before fees."""


class OrderDone(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An accepted order ended; nothing else follows for it."""

    seq: int
    ts_ns: int
    order_id: int
    account: str
    symbol: str
    end: OrderEnd
    cause: EndCause
    filled_lots: int
    cancelled_lots: int

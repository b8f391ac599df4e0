"""Every output of the exchange, as frozen messages, and the order in which they come.

All events of one command carry its `seq` and `ts_ns`. What follows each command, in order
(`*` any number, `?` at most one, `|` either):

| command | events |
|---|---|
| ListInstrument | InstrumentListed \\| CommandRejected |
| OpenAccount | AccountOpened \\| CommandRejected |
| Deposit | Deposited \\| CommandRejected |
| PlaceOrder | OrderRejected \\| OrderAccepted, Execution*, OrderDone? |
| CancelOrder | OrderDone \\| CommandRejected |
| AmendOrder | OrderAmended, Execution*, OrderDone? \\| CommandRejected |
| CancelAll | OrderDone* (oldest first), AllCancelled \\| CommandRejected |
| Flatten | OrderDone*, (OrderAccepted, Execution*, OrderDone)*, Flattened \\| CommandRejected |
| MirrorDepth | (Execution, OrderDone?)* \\| CommandRejected |
| MirrorDown | none \\| CommandRejected |
| MirrorTrade | (Execution, OrderDone?)*, MarketTraded \\| CommandRejected |
| ConfigureMirror | MirrorConfigured \\| CommandRejected |
| AdvanceTime | Execution*, OrderDone? after each Execution |

Liquidity that we took may count again when time has passed: Executions that this causes with
resting orders come first, before what the command itself does or is refused (PlaceOrder,
AmendOrder, Flatten, MirrorDepth, AdvanceTime). Flatten closes positions in the order in which the
instruments were listed. OrderDone of orders whose margin is missing after a fill comes last.

An Execution is: Traded, then for the resting order and then for the incoming one, unless it
belongs to the market participant, OrderFilled and PositionChanged; then OrderDone for the resting
order if it is filled. The incoming order's OrderDone comes last.
"""

from enum import Enum

import msgspec

from engine.core.commands import OrderType, QueueModel, Side, TimeInForce
from engine.core.instruments import Instrument
from engine.core.reasons import Reason


class Liquidity(Enum):
    """Whether a fill added liquidity or took it, which decides its fee."""

    MAKER = "maker"
    TAKER = "taker"


MAKER = Liquidity.MAKER
TAKER = Liquidity.TAKER


class OrderEnd(Enum):
    """How an accepted order ended."""

    FILLED = "filled"
    CANCELLED = "cancelled"


class EndCause(Enum):
    """Why an accepted order ended."""

    FILLED = "filled"
    REQUESTED = "requested"
    """Its owner cancelled it, alone or with others."""
    IOC_REMAINDER = "ioc_remainder"
    NO_LIQUIDITY = "no_liquidity"
    """A market order found nothing more to trade with."""
    FLATTENED = "flattened"
    """Withdrawn because its owner flattened."""
    AMENDED_TO_FILLED = "amended_to_filled"
    """Its quantity was amended down to what had been filled."""
    MARGIN_MISSING = "margin_missing"
    """The position it would have closed is gone, and the margin to open one is not free."""


FILLED = EndCause.FILLED
"""The cause of the end that most orders meet."""


class InstrumentListed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An instrument can be traded on these terms."""

    seq: int
    ts_ns: int
    instrument: Instrument


class AccountOpened(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An account exists."""

    seq: int
    ts_ns: int
    account: str


class Deposited(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Paper money arrived in an account."""

    seq: int
    ts_ns: int
    account: str
    currency: str
    amount_quanta: int
    balance_quanta: int
    """What the account holds now."""


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
    """An order has an id and its money is held."""

    seq: int
    ts_ns: int
    order_id: int
    account: str
    symbol: str
    side: Side
    order_type: OrderType
    lots: int
    price_ticks: int | None
    time_in_force: TimeInForce
    post_only: bool
    client_id: str
    tag: str
    note: str


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
    price_ticks: int
    kept_priority: bool


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


class AllCancelled(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A mass cancel is complete."""

    seq: int
    ts_ns: int
    account: str
    symbol: str | None
    """The instrument that it was about; None for all."""
    orders: int
    """How many orders it ended."""


class Flattened(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A flatten is complete, as far as the book allowed."""

    seq: int
    ts_ns: int
    account: str
    symbol: str | None
    """The instrument that it was about; None for all."""
    cancelled_orders: int
    open_positions: int
    """Positions in scope that the book could not close entirely; 0 when flat."""


class MarketTraded(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The live venue printed this trade, whether or not our orders had a share in it."""

    seq: int
    ts_ns: int
    symbol: str
    side: Side
    """The aggressor's."""
    price_ticks: int
    lots: int


class MirrorConfigured(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An instrument's mirrored liquidity behaves like this from now on."""

    seq: int
    ts_ns: int
    symbol: str
    queue_model: QueueModel
    taken_hold_ns: int


Event = (
    InstrumentListed
    | AccountOpened
    | Deposited
    | CommandRejected
    | OrderRejected
    | OrderAccepted
    | OrderAmended
    | Traded
    | OrderFilled
    | PositionChanged
    | OrderDone
    | AllCancelled
    | Flattened
    | MarketTraded
    | MirrorConfigured
)

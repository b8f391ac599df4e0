"""Every input of the exchange, as frozen messages.

A command is an intent in integers: prices in ticks, quantities in lots, money in quanta. The time
at which it is applied and its sequence number travel beside it, given by the sequencer.
"""

from enum import Enum

import msgspec

from engine.core.instruments import Instrument

MARKET = "market"
"""The participant that holds a live venue's displayed depth. It owns no money and pays no fee."""


class Side(Enum):
    """Which way an order trades."""

    BUY = "buy"
    SELL = "sell"

    __hash__ = object.__hash__

    @property
    def opposite(self) -> "Side":
        """The side this one trades against."""
        return SELL if self is BUY else BUY


# On Python 3.11 looking up a member on its class costs more than making a message, and so does its
# hash, which is written in Python. Code on the matching path uses these names instead, here and for
# the other enums; members that are keys hash by identity, which no order of iteration depends on.
BUY = Side.BUY
SELL = Side.SELL


class OrderType(Enum):
    """How an order turns into trades."""

    LIMIT = "limit"
    MARKET = "market"

    __hash__ = object.__hash__


class TimeInForce(Enum):
    """How long an order lives."""

    GTC = "gtc"
    """Until it is filled or cancelled."""
    IOC = "ioc"
    """Fills what it can at once; the rest is cancelled."""
    FOK = "fok"
    """Fills whole at once, or is refused."""


LIMIT_ORDER = OrderType.LIMIT
MARKET_ORDER = OrderType.MARKET
GTC = TimeInForce.GTC
FOK = TimeInForce.FOK


class QueueModel(Enum):
    """Where displayed quantity that vanishes without a trade is taken from, seen from our order."""

    PROPORTIONAL = "proportional"
    """From ahead and behind, in proportion to what stands there."""
    AHEAD = "ahead"
    """From ahead first: the kindest assumption."""
    BEHIND = "behind"
    """From behind first: the harshest assumption."""


class ListInstrument(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Make an instrument tradable, or replace its terms while it has no orders and no positions."""

    instrument: Instrument


class OpenAccount(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Create an account without money."""

    account: str


class Deposit(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Put paper money into an account."""

    account: str
    currency: str
    amount_quanta: int
    """Positive."""


class PlaceOrder(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Send an order."""

    account: str
    symbol: str
    side: Side
    order_type: OrderType
    lots: int
    price_ticks: int | None = None
    """The limit; None for a market order."""
    time_in_force: TimeInForce = TimeInForce.GTC
    """A market order never rests: GTC means the same as IOC for it."""
    post_only: bool = False
    """Refused if it would trade on arrival."""
    client_id: str = ""
    """Chosen by the sender; a second order with an id already used is refused. Empty: no check."""
    tag: str = ""
    """The sender's label, carried into the journal."""
    note: str = ""
    """The sender's free text, carried into the journal."""


class CancelOrder(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Withdraw a resting order."""

    account: str
    order_id: int


class AmendOrder(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Change a resting order in place.

    A smaller quantity keeps queue priority; a new price or a larger quantity goes to the back of
    its queue and may trade on arrival there.
    """

    account: str
    order_id: int
    lots: int | None = None
    """The new total quantity, what is filled included; None leaves it."""
    price_ticks: int | None = None
    """The new limit; None leaves it."""


class CancelAll(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Withdraw every resting order of an account."""

    account: str
    symbol: str | None = None
    """Only this instrument; None for all."""
    side: Side | None = None
    """Only this side; None for both."""


class Flatten(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Cancel every order of an account, then close its positions at market."""

    account: str
    symbol: str | None = None
    """Only this instrument; None for all."""


class MirrorDepth(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A live venue's displayed depth changed: set the quantity shown at each price."""

    symbol: str
    bids: tuple[tuple[int, int], ...]
    """(price_ticks, lots); 0 lots removes the level."""
    asks: tuple[tuple[int, int], ...]
    snapshot: bool = False
    """True when this is the whole book: levels not named are gone."""


class MirrorTrade(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A live venue printed a trade: an aggressor order by the market participant."""

    symbol: str
    side: Side
    """The aggressor's."""
    price_ticks: int
    lots: int


class MirrorDown(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The live venue's depth is not known any more: withdraw it, and refuse to trade against it."""

    symbol: str


class ConfigureMirror(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """How an instrument's mirrored liquidity behaves."""

    symbol: str
    queue_model: QueueModel = QueueModel.PROPORTIONAL
    taken_hold_ns: int = 5_000_000_000
    """How long liquidity that we took stays taken, whatever the venue goes on displaying."""


class AdvanceTime(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Time passed. The time itself is the one stamped on the command."""


Command = (
    ListInstrument
    | OpenAccount
    | Deposit
    | PlaceOrder
    | CancelOrder
    | AmendOrder
    | CancelAll
    | Flatten
    | MirrorDepth
    | MirrorTrade
    | MirrorDown
    | ConfigureMirror
    | AdvanceTime
)

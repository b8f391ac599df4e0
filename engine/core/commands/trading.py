"""What a trader sends: orders alone and in groups, changes to them, and mass actions."""

import msgspec

from engine.core.commands.choices import OrderType, SelfTrade, Side, TimeInForce, TriggerSource


class Exits(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """How a bracket leaves the position that its entry opens; at least one of the two prices."""

    take_profit_ticks: int | None = None
    """The limit of the order that takes the profit."""
    stop_loss_ticks: int | None = None
    """The trigger of the order that stops the loss."""
    stop_limit_ticks: int | None = None
    """The limit that the stop has once triggered; None for a market order."""
    trigger_on: TriggerSource | None = None
    """What the stop watches; None: last for spot, mark for derivatives."""


class PlaceOrder(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True):
    """Send an order. Which fields a type has stands in `engine.core.orders.terms`."""

    account: str
    symbol: str
    side: Side
    order_type: OrderType
    lots: int
    price_ticks: int | None = None
    """The limit; None for a type without one, and for a trailing stop, which has an offset."""
    time_in_force: TimeInForce = TimeInForce.GTC
    """A market order never rests: GTC means the same as IOC for it."""
    expires_ns: int | None = None
    """When a GTD order is gone: it trades before this time, not at it."""
    post_only: bool = False
    """Refused if it would trade on arrival."""
    slide: bool = False
    """With post-only: moved to the best price that does not trade, instead of refused."""
    reduce_only: bool = False
    """Only ever makes a position smaller: cut to it, and cancelled when it is gone."""
    display_lots: int | None = None
    """The slice that an iceberg shows."""
    trigger_ticks: int | None = None
    """The price at which a stop or take-profit order fires."""
    trigger_on: TriggerSource | None = None
    """What it watches; None: last for spot, mark for derivatives."""
    trail_ticks: int | None = None
    """How far a trailing stop stays behind the best price, or None where it is a share of it."""
    trail_ppm: int | None = None
    """The same in millionths of the best price; the distance is rounded up to a tick."""
    activation_ticks: int | None = None
    """A trailing stop begins to follow when the price has reached this; None: at once."""
    limit_offset_ticks: int | None = None
    """How far beyond its trigger a trailing stop's limit lies, on the side that is worse."""
    protection_ppm: int | None = None
    """An order at market takes no price further than this from the touch, in millionths."""
    self_trade: SelfTrade = SelfTrade.CANCEL_RESTING
    """What happens when this order, incoming, meets one of its own group."""
    exits: Exits | None = None
    """Makes it the entry of a bracket."""
    client_id: str = ""
    """Chosen by the sender; a second order with an id already used is refused. Empty: no check."""
    tag: str = ""
    """The sender's label, carried into the journal."""
    note: str = ""
    """The sender's free text, carried into the journal."""


class PlaceOco(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Send two orders of which only one fills: same account, instrument, side and quantity.

    A fill of one reduces the other as much; its complete fill or its trigger cancels the other. A
    leg that ends otherwise leaves the other alone.
    """

    account: str
    first: PlaceOrder
    second: PlaceOrder


class PlaceBasket(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Trade several instruments at once: market or limit orders, of which nothing rests."""

    account: str
    legs: tuple[PlaceOrder, ...]
    """At least two, each of another instrument."""
    all_or_none: bool = True
    """Every leg whole, or nothing. False: every leg by the share that the scarcest one allows."""


class ProtectPosition(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Attach a take-profit and a stop-loss to a position, in place of those it had.

    They are for the whole of it, follow its size and vanish with it.
    """

    account: str
    symbol: str
    take_profit_ticks: int | None = None
    stop_loss_ticks: int | None = None
    """Triggers of market orders; None for none. Both None takes what is attached away."""
    trigger_on: TriggerSource | None = None


class CancelOrder(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Withdraw a live order."""

    account: str
    order_id: int


class AmendOrder(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True):
    """Change a live order in place; None leaves a field as it is.

    A new price or a larger quantity goes to the back of its queue and may trade on arrival there;
    everything else keeps queue priority.
    """

    account: str
    order_id: int
    lots: int | None = None
    """The new total quantity, what is filled included."""
    price_ticks: int | None = None
    """The new limit."""
    display_lots: int | None = None
    """The slice that an iceberg shows from its next refill on."""
    trigger_ticks: int | None = None
    """The new trigger of an order that waits."""
    expires_ns: int | None = None
    """When it is gone, whatever its time in force was."""


class ReplaceOrder(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Cancel an order and send another one: both happen, or the first stays as it was."""

    account: str
    order_id: int
    order: PlaceOrder


class CancelAll(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True):
    """Withdraw every live order of an account, those that wait for a trigger included."""

    account: str
    symbol: str | None = None
    """Only this instrument; None for all."""
    side: Side | None = None
    """Only this side; None for both."""
    tag: str | None = None
    """Only orders sent with this label; None for all."""


class Flatten(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Cancel every order of an account, then close its positions at market."""

    account: str
    symbol: str | None = None
    """Only this instrument; None for all."""


class Reverse(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Cancel an instrument's orders, then trade its position at market into its opposite."""

    account: str
    symbol: str


class EngageKill(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Cancel every order of an account and refuse new risk until the switch is released."""

    account: str
    close_positions: bool = False
    """Also close every position at market."""


class ReleaseKill(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Let an account trade again."""

    account: str

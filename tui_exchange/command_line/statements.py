"""What a line says, statement by statement, before a market or an account gives it numbers.

`None` for a symbol means that none was named: the line's own symbol so far, else the focused one.
Symbols are upper case and as typed otherwise: `BTC` may yet resolve to `BTC-USDT`.

`None` for a side means that none was named: the order is against the position and never makes it
larger; a size of `Everything` is then the whole of it.
"""

from decimal import Decimal

import msgspec

from engine.core.commands import OrderType, SelfTrade, Side, TimeInForce, TriggerSource
from engine.core.margin_terms import MarginMode
from tui_exchange.command_line.terms import (
    Distance,
    EquityShare,
    Everything,
    ExitPrices,
    Expiry,
    Money,
    Off,
    PositionShare,
    Price,
    Quantity,
    Size,
    Weight,
)


class Flags(msgspec.Struct, frozen=True):
    """How an order lives, and the labels it carries into the journal."""

    time_in_force: TimeInForce = TimeInForce.GTC
    expires: Expiry | None = None
    """With GTD, and only then."""
    post_only: bool = False
    slide: bool = False
    """With post-only."""
    reduce_only: bool = False
    display: Quantity | None = None
    """Makes it an iceberg."""
    self_trade: SelfTrade = SelfTrade.CANCEL_RESTING
    protection_ppm: int | None = None
    """How far from the touch an order at market may reach, in millionths; positive."""
    exits: ExitPrices | None = None
    trigger_on: TriggerSource | None = None
    """What a stop watches; None: last for spot, mark for derivatives."""
    tag: str = ""
    note: str = ""


class PlaceStatement(msgspec.Struct, frozen=True):
    """Send an order."""

    side: Side
    size: Size
    symbol: str | None = None
    price: Price | None = None
    """None: at market."""
    flags: Flags = msgspec.field(default_factory=Flags)


class CloseStatement(msgspec.Struct, frozen=True):
    """Send an order that takes a position back, wholly or in part."""

    symbol: str | None = None
    size: Size = msgspec.field(default_factory=Everything)
    """Never a share of buying power or risk units."""
    price: Price | None = None
    flags: Flags = msgspec.field(default_factory=Flags)


class StopStatement(msgspec.Struct, frozen=True):
    """Send an order that waits until a price is reached."""

    order_type: OrderType
    """STOP or TAKE_PROFIT, also where it has a limit."""
    trigger: Price
    size: Size
    side: Side | None = None
    symbol: str | None = None
    limit: Price | None = None
    """None: at market once it fires."""
    flags: Flags = msgspec.field(default_factory=Flags)


class TrailStatement(msgspec.Struct, frozen=True):
    """Send a stop that follows the price at a distance."""

    distance: Distance
    size: Size = msgspec.field(default_factory=Everything)
    side: Side | None = None
    symbol: str | None = None
    activation: Price | None = None
    """Where it begins to follow; None: at once."""
    limit: Distance | None = None
    """How far beyond its trigger the limit lies; None: at market once it fires. No percentage."""
    flags: Flags = msgspec.field(default_factory=Flags)


class OcoStatement(msgspec.Struct, frozen=True):
    """Send a limit order and a stop of which only one fills."""

    price: Price
    stop: Price
    size: Size = msgspec.field(default_factory=Everything)
    side: Side | None = None
    symbol: str | None = None
    stop_limit: Price | None = None
    """The limit of the stop once it fires; None: at market."""
    flags: Flags = msgspec.field(default_factory=Flags)
    """Post-only and an iceberg are about the limit order, a protection about the stop."""


class BasketLeg(msgspec.Struct, frozen=True):
    """One instrument of a basket."""

    symbol: str
    side: Side
    amount: Quantity | Money | Weight | PositionShare
    """A weight is a share of the basket's money."""
    price: Price | None = None
    """None: at market."""


class BasketStatement(msgspec.Struct, frozen=True):
    """Trade several instruments as one order."""

    legs: tuple[BasketLeg, ...]
    """At least two, each of another symbol."""
    budget: Money | None = None
    """What the weights are of; given if and only if some leg has one."""
    all_or_none: bool = True
    flags: Flags = msgspec.field(default_factory=Flags)


class ProtectStatement(msgspec.Struct, frozen=True):
    """Attach a take-profit and a stop to a position; what is not named stays as it is."""

    symbol: str | None = None
    take_profit: Price | Off | None = None
    stop_loss: Price | Off | None = None
    """At least one of the two is named."""
    trigger_on: TriggerSource | None = None
    """None: as what is attached already, else last for spot and mark for derivatives."""


class ReverseStatement(msgspec.Struct, frozen=True):
    """Cancel the orders of an instrument and turn its position into its opposite at market."""

    symbol: str | None = None


class FlattenStatement(msgspec.Struct, frozen=True):
    """Cancel every order, then close at market."""

    symbol: str | None = None
    everywhere: bool = False
    """Every instrument; then no symbol is named."""


class CancelOrdersStatement(msgspec.Struct, frozen=True):
    """Withdraw orders by number."""

    order_ids: tuple[int, ...]
    """At least one, each once."""


class CancelManyStatement(msgspec.Struct, frozen=True):
    """Withdraw the orders of an instrument or of the account, perhaps of one side only."""

    symbol: str | None = None
    side: Side | None = None
    everywhere: bool = False
    """Every instrument; then no symbol is named."""
    tag: str = ""
    """Only orders sent with this label; empty for all."""
    stops: bool = False
    """Only orders that wait for their trigger."""


class AmendStatement(msgspec.Struct, frozen=True):
    """Change a live order in place; at least one of its terms."""

    order_id: int
    size: Quantity | Money | None = None
    """The new total, what is filled included."""
    price: Price | None = None
    """The new limit; for an order without one the new trigger."""
    trigger: Price | None = None
    display: Quantity | None = None
    expires: Expiry | None = None


NewOrder = PlaceStatement | CloseStatement | StopStatement | TrailStatement
"""A statement that comes to one order."""


class ReplaceStatement(msgspec.Struct, frozen=True):
    """Cancel an order and send another one: both happen, or neither."""

    order_id: int
    order: NewOrder


class KillStatement(msgspec.Struct, frozen=True):
    """Cancel every order, and refuse new risk until the switch is released."""

    close: bool = False
    """Also close every position at market."""


class ReleaseStatement(msgspec.Struct, frozen=True):
    """Release the kill switch."""


class HaltStatement(msgspec.Struct, frozen=True):
    """Stop trading in an instrument."""

    symbol: str | None = None
    until: Expiry | None = None
    """None: until it is told to resume."""
    cancel: bool = False
    """Also cancel every order."""


class ResumeStatement(msgspec.Struct, frozen=True):
    """End the halt of an instrument; without a symbol, let a market that was paused run on."""

    symbol: str | None = None


class FeesStatement(msgspec.Struct, frozen=True):
    """Show what the fills of an instrument cost, or charge them by a preset."""

    symbol: str | None = None
    preset: str = ""
    """Empty: only show."""


class LeverageStatement(msgspec.Struct, frozen=True):
    """Choose the leverage of an instrument."""

    leverage: int
    symbol: str | None = None


class MarginModeStatement(msgspec.Struct, frozen=True):
    """Choose how an instrument is paid for."""

    mode: MarginMode
    symbol: str | None = None


class ChangeMarginStatement(msgspec.Struct, frozen=True):
    """Put money behind an isolated position, or take it back."""

    amount: Decimal
    """In the settlement currency; negative takes it back, never zero."""
    symbol: str | None = None


class SizeStatement(msgspec.Struct, frozen=True):
    """Reckon how much to trade so that a stop loses no more than is risked."""

    stop: Price
    entry: Price | None = None
    """None: at market."""
    take_profit: Price | None = None
    risk: EquityShare | Money | None = None
    """None: one risk unit."""
    side: Side | None = None
    """None: the one that a stop there protects."""
    symbol: str | None = None


class OrderStatement(msgspec.Struct, frozen=True):
    """Show the history of an order."""

    order_id: int


class NoteStatement(msgspec.Struct, frozen=True):
    """Write a note to an order, or to the open position in an instrument: one of the two."""

    order_id: int | None
    text: str
    symbol: str | None = None


class TagStatement(msgspec.Struct, frozen=True):
    """Label an order, or the open position in an instrument: one of the two."""

    order_id: int | None
    tag: str
    symbol: str | None = None


class AliasStatement(msgspec.Struct, frozen=True):
    """Give a piece of text a name of one word."""

    name: str
    text: str


class AliasListStatement(msgspec.Struct, frozen=True):
    """Show every alias."""


class UnaliasStatement(msgspec.Struct, frozen=True):
    """Forget an alias."""

    name: str


class HelpStatement(msgspec.Struct, frozen=True):
    """Explain one command, or list all."""

    topic: str | None = None


class WordStatement(msgspec.Struct, frozen=True):
    """A word that the application registered, with its arguments as typed."""

    word: str
    arguments: tuple[str, ...] = ()


Statement = (
    PlaceStatement
    | CloseStatement
    | StopStatement
    | TrailStatement
    | OcoStatement
    | BasketStatement
    | ProtectStatement
    | ReverseStatement
    | FlattenStatement
    | CancelOrdersStatement
    | CancelManyStatement
    | AmendStatement
    | ReplaceStatement
    | KillStatement
    | ReleaseStatement
    | HaltStatement
    | ResumeStatement
    | FeesStatement
    | LeverageStatement
    | MarginModeStatement
    | ChangeMarginStatement
    | SizeStatement
    | OrderStatement
    | NoteStatement
    | TagStatement
    | AliasStatement
    | AliasListStatement
    | UnaliasStatement
    | HelpStatement
    | WordStatement
)

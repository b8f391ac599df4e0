"""What a line says, statement by statement, before a market or an account gives it numbers.

`None` for a symbol means that none was named: the line's own symbol so far, else the focused one.
Symbols are upper case and as typed otherwise: `BTC` may yet resolve to `BTC-USDT`.
"""

from dataclasses import dataclass, field

from engine.core.commands import Side, TimeInForce
from tui_exchange.command_line.terms import Everything, Money, Price, Quantity, Size


@dataclass(frozen=True, slots=True)
class Flags:
    """How an order lives, and the labels it carries into the journal."""

    time_in_force: TimeInForce = TimeInForce.GTC
    post_only: bool = False
    tag: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlaceStatement:
    """Send an order."""

    side: Side
    size: Size
    symbol: str | None = None
    price: Price | None = None
    """None: at market."""
    flags: Flags = field(default_factory=Flags)


@dataclass(frozen=True, slots=True)
class CloseStatement:
    """Send an order that takes a position back, wholly or in part."""

    symbol: str | None = None
    size: Size = field(default_factory=Everything)
    """Never a share of buying power or risk units."""
    price: Price | None = None
    flags: Flags = field(default_factory=Flags)


@dataclass(frozen=True, slots=True)
class ReverseStatement:
    """Turn a position into its opposite at market."""

    symbol: str | None = None
    flags: Flags = field(default_factory=Flags)
    """Only tag and note."""


@dataclass(frozen=True, slots=True)
class FlattenStatement:
    """Cancel every order, then close at market."""

    symbol: str | None = None
    everywhere: bool = False
    """Every instrument; then no symbol is named."""


@dataclass(frozen=True, slots=True)
class CancelOrdersStatement:
    """Withdraw orders by number."""

    order_ids: tuple[int, ...]
    """At least one, each once."""


@dataclass(frozen=True, slots=True)
class CancelManyStatement:
    """Withdraw the orders of an instrument or of the account, perhaps of one side only."""

    symbol: str | None = None
    side: Side | None = None
    everywhere: bool = False
    """Every instrument; then no symbol is named."""


@dataclass(frozen=True, slots=True)
class AmendStatement:
    """Change a working order in place; size or price or both."""

    order_id: int
    size: Quantity | Money | None = None
    """The new total, what is filled included."""
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class NoteStatement:
    """Write a note to an order."""

    order_id: int
    text: str


@dataclass(frozen=True, slots=True)
class TagStatement:
    """Label an order."""

    order_id: int
    tag: str


@dataclass(frozen=True, slots=True)
class AliasStatement:
    """Give a piece of text a name of one word."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AliasListStatement:
    """Show every alias."""


@dataclass(frozen=True, slots=True)
class UnaliasStatement:
    """Forget an alias."""

    name: str


@dataclass(frozen=True, slots=True)
class HelpStatement:
    """Explain one command, or list all."""

    topic: str | None = None


@dataclass(frozen=True, slots=True)
class WordStatement:
    """A word that the application registered, with its arguments as typed."""

    word: str
    arguments: tuple[str, ...] = ()


Statement = (
    PlaceStatement
    | CloseStatement
    | ReverseStatement
    | FlattenStatement
    | CancelOrdersStatement
    | CancelManyStatement
    | AmendStatement
    | NoteStatement
    | TagStatement
    | AliasStatement
    | AliasListStatement
    | UnaliasStatement
    | HelpStatement
    | WordStatement
)

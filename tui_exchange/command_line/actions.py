"""What a statement comes to: commands for the exchange, or actions of the session."""

import msgspec

from engine.core.commands import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    ChangeMargin,
    ConfigureFees,
    EngageKill,
    Flatten,
    HaltInstrument,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReleaseKill,
    ReplaceOrder,
    ResumeInstrument,
    Reverse,
    SetLeverage,
    SetMarginMode,
    Side,
)
from tui_exchange.command_line.context import LineState, Market
from tui_exchange.command_line.statements import Statement


class NoteOrder(msgspec.Struct, frozen=True):
    """Write a note to an order, working or done."""

    order_id: int
    text: str


class TagOrder(msgspec.Struct, frozen=True):
    """Label an order, working or done."""

    order_id: int
    tag: str


class DefineAlias(msgspec.Struct, frozen=True):
    """Keep a text under a lower-case name, in place of what had the name."""

    name: str
    text: str


class ForgetAlias(msgspec.Struct, frozen=True):
    """Drop an alias that exists."""

    name: str


class ListAliases(msgspec.Struct, frozen=True):
    """Show every alias."""


class ShowHelp(msgspec.Struct, frozen=True):
    """Show `help.help_lines` of a command, or of all."""

    topic: str | None


class RunWord(msgspec.Struct, frozen=True):
    """Do what the application registered under a word."""

    word: str
    arguments: tuple[str, ...]


class ShowFees(msgspec.Struct, frozen=True):
    """Show what the fills of an instrument cost this account."""

    symbol: str


class ShowOrder(msgspec.Struct, frozen=True):
    """Show the whole life of an order."""

    order_id: int


class ShowSize(msgspec.Struct, frozen=True):
    """Show what an order of the size that a risk allows would come to."""

    account: str
    market: Market
    """As it was when the size was reckoned."""
    side: Side
    lots: int
    entry_ticks: int
    stop_ticks: int
    """On the losing side of the entry."""
    take_profit_ticks: int | None
    equity_quanta: int | None
    """In the settlement currency; None when not known."""
    line: str
    """The command line that sends the order."""


OrderCommand = (
    PlaceOrder
    | PlaceOco
    | PlaceBasket
    | ProtectPosition
    | CancelOrder
    | AmendOrder
    | ReplaceOrder
    | CancelAll
    | Flatten
    | Reverse
    | EngageKill
    | ReleaseKill
    | HaltInstrument
    | ResumeInstrument
    | ConfigureFees
    | SetLeverage
    | SetMarginMode
    | ChangeMargin
)
SessionAction = (
    NoteOrder
    | TagOrder
    | DefineAlias
    | ForgetAlias
    | ListAliases
    | ShowHelp
    | ShowFees
    | ShowOrder
    | ShowSize
    | RunWord
)
Action = OrderCommand | SessionAction


class Resolved(msgspec.Struct, frozen=True):
    """A statement with its numbers."""

    statement: Statement
    """With the symbol that it came to: its text means the same whatever is focused."""
    actions: tuple[Action, ...]
    """In the order in which they are to be done; at least one."""
    state: LineState
    """For the line's next statement."""

    @property
    def orders(self) -> tuple[PlaceOrder, ...]:
        """Every order that this sends, those of a group included."""
        return tuple(order for action in self.actions for order in orders_of(action))

    @property
    def order(self) -> PlaceOrder | None:
        """The order that this sends, if it sends just one."""
        found = self.orders
        return found[0] if len(found) == 1 else None


def orders_of(action: Action) -> tuple[PlaceOrder, ...]:
    """The orders of one action; a bracket is its entry."""
    if isinstance(action, PlaceOrder):
        return (action,)
    if isinstance(action, PlaceOco):
        return (action.first, action.second)
    if isinstance(action, PlaceBasket):
        return action.legs
    return (action.order,) if isinstance(action, ReplaceOrder) else ()

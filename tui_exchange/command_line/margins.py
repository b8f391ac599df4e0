"""Statements about margin into commands."""

from msgspec.structs import replace

from engine.core.commands import ChangeMargin, SetLeverage, SetMarginMode
from engine.core.units import quanta_exact
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.context import Context, LineState
from tui_exchange.command_line.drafts import named_symbol
from tui_exchange.command_line.statements import (
    ChangeMarginStatement,
    LeverageStatement,
    MarginModeStatement,
)


def resolve_leverage(statement: LeverageStatement, context: Context, state: LineState) -> Resolved:
    """The leverage of one instrument."""
    symbol = named_symbol(statement.symbol, context, state)
    command = SetLeverage(account=context.account, symbol=symbol, leverage=statement.leverage)
    return Resolved(replace(statement, symbol=symbol), (command,), state.named(symbol))


def resolve_mode(statement: MarginModeStatement, context: Context, state: LineState) -> Resolved:
    """The margin mode of one instrument."""
    symbol = named_symbol(statement.symbol, context, state)
    command = SetMarginMode(account=context.account, symbol=symbol, mode=statement.mode)
    return Resolved(replace(statement, symbol=symbol), (command,), state.named(symbol))


def resolve_margin(
    statement: ChangeMarginStatement, context: Context, state: LineState
) -> Resolved:
    """Money to or from one isolated position."""
    symbol = named_symbol(statement.symbol, context, state)
    quanta = quanta_exact(statement.amount)
    command = ChangeMargin(account=context.account, symbol=symbol, amount_quanta=quanta)
    return Resolved(replace(statement, symbol=symbol), (command,), state.named(symbol))

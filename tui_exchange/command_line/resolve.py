"""A statement into commands and actions, for one account and the markets as they are now.

The statements of a line resolve one after another: the session does what the first comes to, then
resolves the second with the state that the first left.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.core.commands import AmendOrder, CancelAll, CancelOrder, Flatten
from tui_exchange.command_line.actions import (
    DefineAlias,
    ForgetAlias,
    ListAliases,
    NoteOrder,
    Resolved,
    RunWord,
    SessionAction,
    ShowHelp,
    TagOrder,
)
from tui_exchange.command_line.context import Context, LineState, Market, WorkingOrder
from tui_exchange.command_line.guards import check_size_cap
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.placements import (
    named_symbol,
    resolve_close,
    resolve_place,
    resolve_reverse,
)
from tui_exchange.command_line.prices import price_ticks
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.sizes import Sizing, order_lots
from tui_exchange.command_line.statements import (
    AliasListStatement,
    AliasStatement,
    AmendStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    CloseStatement,
    FlattenStatement,
    HelpStatement,
    NoteStatement,
    PlaceStatement,
    ReverseStatement,
    Statement,
    TagStatement,
    UnaliasStatement,
    WordStatement,
)

LINE_BEGINS = LineState()
ORDERS_SHOWN = 8


def resolve(statement: Statement, context: Context, state: LineState = LINE_BEGINS) -> Resolved:
    """What a statement comes to.

    Args:
        statement: As parsed.
        context: The account and its markets, now.
        state: What the statements before it in the same line left.

    Raises:
        ResolutionRefusal: It has no meaning here; the sentence says what would have.
        GuardRefusal: It is held back.
    """
    return _RESOLVERS[type(statement)](statement, context, state)


def _cancel_orders(
    statement: CancelOrdersStatement, context: Context, state: LineState
) -> Resolved:
    orders = [_working(order_id, context) for order_id in statement.order_ids]
    commands = tuple(
        CancelOrder(account=context.account, order_id=order.order_id) for order in orders
    )
    return Resolved(statement, commands, state.named(orders[-1].symbol))


def _cancel_many(statement: CancelManyStatement, context: Context, state: LineState) -> Resolved:
    symbol = _scope(statement, context, state)
    command = CancelAll(account=context.account, symbol=symbol, side=statement.side)
    return Resolved(replace(statement, symbol=symbol), (command,), state.named(symbol))


def _flatten(statement: FlattenStatement, context: Context, state: LineState) -> Resolved:
    symbol = _scope(statement, context, state)
    command = Flatten(account=context.account, symbol=symbol)
    return Resolved(replace(statement, symbol=symbol), (command,), state.named(symbol))


def _amend(statement: AmendStatement, context: Context, state: LineState) -> Resolved:
    order = _working(statement.order_id, context)
    market = context.market(order.symbol)
    ticks = None
    if statement.price is not None:
        ticks = price_ticks(statement.price, order.side, market, order.price_ticks)
    lots = None
    if statement.size is not None:
        at_ticks = order.price_ticks if ticks is None else ticks
        lots = order_lots(statement.size, Sizing(context, market, order.side, at_ticks))
        _check_grows_within_cap(lots, order, market)
    command = AmendOrder(
        account=context.account, order_id=order.order_id, lots=lots, price_ticks=ticks
    )
    return Resolved(statement, (command,), state.named(order.symbol))


def _check_grows_within_cap(lots: int, order: WorkingOrder, market: Market) -> None:
    if lots > order.lots:
        check_size_cap(lots, market)


def _unalias(statement: UnaliasStatement, context: Context, state: LineState) -> Resolved:
    if statement.name not in context.aliases:
        suggestion = nearest(statement.name, context.aliases)
        raise ResolutionRefusal(
            f"there is no alias {statement.name}{did_you_mean(suggestion)}", suggestion
        )
    return Resolved(statement, (ForgetAlias(statement.name),), state)


def _scope(
    statement: CancelManyStatement | FlattenStatement, context: Context, state: LineState
) -> str | None:
    """The instrument meant; None for all."""
    return None if statement.everywhere else named_symbol(statement.symbol, context, state)


def _working(order_id: int, context: Context) -> WorkingOrder:
    orders = context.working_orders()
    for order in orders:
        if order.order_id == order_id:
            return order
    shown = ", ".join(f"#{order.order_id}" for order in orders[-ORDERS_SHOWN:])
    raise ResolutionRefusal(
        f"there is no working order #{order_id}; "
        + (f"working: {shown}" if shown else "no order is working")
    )


def _simple(make: Callable[[Any], SessionAction]) -> Callable[[Any, Context, LineState], Resolved]:
    """A statement that comes to one action of the session, whatever the market does."""

    def resolver(statement: Statement, context: Context, state: LineState) -> Resolved:
        return Resolved(statement, (make(statement),), state)

    return resolver


_RESOLVERS: dict[type, Callable[[Any, Context, LineState], Resolved]] = {
    PlaceStatement: resolve_place,
    CloseStatement: resolve_close,
    ReverseStatement: resolve_reverse,
    FlattenStatement: _flatten,
    CancelOrdersStatement: _cancel_orders,
    CancelManyStatement: _cancel_many,
    AmendStatement: _amend,
    UnaliasStatement: _unalias,
    NoteStatement: _simple(lambda statement: NoteOrder(statement.order_id, statement.text)),
    TagStatement: _simple(lambda statement: TagOrder(statement.order_id, statement.tag)),
    AliasStatement: _simple(lambda statement: DefineAlias(statement.name, statement.text)),
    AliasListStatement: _simple(lambda statement: ListAliases()),
    HelpStatement: _simple(lambda statement: ShowHelp(statement.topic)),
    WordStatement: _simple(lambda statement: RunWord(statement.word, statement.arguments)),
}

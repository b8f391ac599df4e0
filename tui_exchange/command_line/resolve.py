"""A statement into commands and actions, for one account and the markets as they are now.

The statements of a line resolve one after another: the session does what the first comes to, then
resolves the second with the state that the first left.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from engine.core.commands import (
    ConfigureFees,
    EngageKill,
    Flatten,
    HaltInstrument,
    ReleaseKill,
    ResumeInstrument,
    Reverse,
)
from engine.core.fees.presets import PRESETS
from tui_exchange.command_line.actions import (
    Action,
    DefineAlias,
    ForgetAlias,
    ListAliases,
    NoteOrder,
    Resolved,
    RunWord,
    SessionAction,
    ShowFees,
    ShowHelp,
    ShowOrder,
    TagOrder,
)
from tui_exchange.command_line.amendments import (
    resolve_amend,
    resolve_cancel_many,
    resolve_cancel_orders,
    resolve_replace,
)
from tui_exchange.command_line.context import Context, LineState
from tui_exchange.command_line.drafts import closing_side, named_symbol
from tui_exchange.command_line.margins import (
    resolve_leverage,
    resolve_margin,
    resolve_mode,
)
from tui_exchange.command_line.moments import expiry_ns
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.placements import resolve_basket, resolve_close, resolve_place
from tui_exchange.command_line.position_size import resolve_size
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.statements import (
    AliasListStatement,
    AliasStatement,
    AmendStatement,
    BasketStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    ChangeMarginStatement,
    CloseStatement,
    FeesStatement,
    FlattenStatement,
    HaltStatement,
    HelpStatement,
    KillStatement,
    LeverageStatement,
    MarginModeStatement,
    NoteStatement,
    OcoStatement,
    OrderStatement,
    PlaceStatement,
    ProtectStatement,
    ReleaseStatement,
    ReplaceStatement,
    ResumeStatement,
    ReverseStatement,
    SizeStatement,
    Statement,
    StopStatement,
    TagStatement,
    TrailStatement,
    UnaliasStatement,
    WordStatement,
)
from tui_exchange.command_line.waiting import (
    resolve_oco,
    resolve_protect,
    resolve_stop,
    resolve_trail,
)

LINE_BEGINS = LineState()
RESUME = "resume"
"""The word of the application that lets a paused market run on."""
POSITION = "position"
"""The word of the application that tells of open positions and labels them."""


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


def _reverse(statement: ReverseStatement, context: Context, state: LineState) -> Resolved:
    market = context.market(named_symbol(statement.symbol, context, state))
    closing_side(market, "reverse")
    if market.is_spot:
        raise ResolutionRefusal(
            f"{market.symbol} is spot and cannot be sold short; use `close` to sell what is held",
            "close",
        )
    command = Reverse(account=context.account, symbol=market.symbol)
    named = replace(statement, symbol=market.symbol)
    return Resolved(named, (command,), state.named(market.symbol))


def _flatten(statement: FlattenStatement, context: Context, state: LineState) -> Resolved:
    symbol = None if statement.everywhere else named_symbol(statement.symbol, context, state)
    command = Flatten(account=context.account, symbol=symbol)
    return Resolved(replace(statement, symbol=symbol), (command,), state.named(symbol))


def _kill(statement: KillStatement, context: Context, state: LineState) -> Resolved:
    command = EngageKill(account=context.account, close_positions=statement.close)
    return Resolved(statement, (command,), state)


def _release(statement: ReleaseStatement, context: Context, state: LineState) -> Resolved:
    return Resolved(statement, (ReleaseKill(account=context.account),), state)


def _halt(statement: HaltStatement, context: Context, state: LineState) -> Resolved:
    symbol = named_symbol(statement.symbol, context, state)
    until = None if statement.until is None else expiry_ns(statement.until, context.now_ns)
    command = HaltInstrument(symbol=symbol, until_ns=until, cancel_orders=statement.cancel)
    return Resolved(replace(statement, symbol=symbol), (command,), state.named(symbol))


def _resume(statement: ResumeStatement, context: Context, state: LineState) -> Resolved:
    if statement.symbol is None:
        return Resolved(statement, (RunWord(RESUME, ()),), state)
    symbol = named_symbol(statement.symbol, context, state)
    command = ResumeInstrument(symbol=symbol)
    return Resolved(replace(statement, symbol=symbol), (command,), state.named(symbol))


def _fees(statement: FeesStatement, context: Context, state: LineState) -> Resolved:
    symbol = named_symbol(statement.symbol, context, state)
    action: Action = ShowFees(symbol)
    if statement.preset:
        action = ConfigureFees(symbol=symbol, schedule=PRESETS[statement.preset])
    return Resolved(replace(statement, symbol=symbol), (action,), state.named(symbol))


def _unalias(statement: UnaliasStatement, context: Context, state: LineState) -> Resolved:
    if statement.name not in context.aliases:
        suggestion = nearest(statement.name, context.aliases)
        raise ResolutionRefusal(
            f"there is no alias {statement.name}{did_you_mean(suggestion)}", suggestion
        )
    return Resolved(statement, (ForgetAlias(statement.name),), state)


def _note(statement: NoteStatement, context: Context, state: LineState) -> Resolved:
    if statement.order_id is not None:
        return Resolved(statement, (NoteOrder(statement.order_id, statement.text),), state)
    symbol = named_symbol(statement.symbol, context, state)
    action = RunWord(POSITION, ("note", symbol, statement.text))
    return Resolved(replace(statement, symbol=symbol), (action,), state.named(symbol))


def _tag(statement: TagStatement, context: Context, state: LineState) -> Resolved:
    if statement.order_id is not None:
        return Resolved(statement, (TagOrder(statement.order_id, statement.tag),), state)
    symbol = named_symbol(statement.symbol, context, state)
    action = RunWord(POSITION, ("tag", symbol, statement.tag))
    return Resolved(replace(statement, symbol=symbol), (action,), state.named(symbol))


def _simple(make: Callable[[Any], SessionAction]) -> Callable[[Any, Context, LineState], Resolved]:
    """A statement that comes to one action of the session, whatever the market does."""

    def resolver(statement: Statement, context: Context, state: LineState) -> Resolved:
        return Resolved(statement, (make(statement),), state)

    return resolver


_RESOLVERS: dict[type, Callable[[Any, Context, LineState], Resolved]] = {
    PlaceStatement: resolve_place,
    CloseStatement: resolve_close,
    StopStatement: resolve_stop,
    TrailStatement: resolve_trail,
    OcoStatement: resolve_oco,
    BasketStatement: resolve_basket,
    ProtectStatement: resolve_protect,
    ReverseStatement: _reverse,
    FlattenStatement: _flatten,
    CancelOrdersStatement: resolve_cancel_orders,
    CancelManyStatement: resolve_cancel_many,
    AmendStatement: resolve_amend,
    ReplaceStatement: resolve_replace,
    KillStatement: _kill,
    ReleaseStatement: _release,
    HaltStatement: _halt,
    ResumeStatement: _resume,
    FeesStatement: _fees,
    LeverageStatement: resolve_leverage,
    MarginModeStatement: resolve_mode,
    ChangeMarginStatement: resolve_margin,
    SizeStatement: resolve_size,
    OrderStatement: _simple(lambda statement: ShowOrder(statement.order_id)),
    UnaliasStatement: _unalias,
    NoteStatement: _note,
    TagStatement: _tag,
    AliasStatement: _simple(lambda statement: DefineAlias(statement.name, statement.text)),
    AliasListStatement: _simple(lambda statement: ListAliases()),
    HelpStatement: _simple(lambda statement: ShowHelp(statement.topic)),
    WordStatement: _simple(lambda statement: RunWord(statement.word, statement.arguments)),
}

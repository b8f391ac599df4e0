"""The one order grammar: text in, typed statements, commands and words out.

Pure: it imports nothing but `engine.core`, so the palette, the command line, the headless twin and
strategies all speak it. A session runs a line like this:

    for statement in parse_line(text, context.aliases, registry):
        resolved = resolve(statement, context, state)
        ...                                   # do resolved.actions, one by one
        state = resolved.state
"""

from tui_exchange.command_line.actions import (
    Action,
    DefineAlias,
    ForgetAlias,
    ListAliases,
    NoteOrder,
    OrderCommand,
    Resolved,
    RunWord,
    SessionAction,
    ShowFees,
    ShowHelp,
    ShowOrder,
    TagOrder,
)
from tui_exchange.command_line.commands import COMMANDS
from tui_exchange.command_line.completion import Completion, Offers, complete
from tui_exchange.command_line.context import (
    RISK_PPM_DEFAULT,
    Context,
    Level,
    LineState,
    Market,
    WorkingOrder,
)
from tui_exchange.command_line.describe import describe
from tui_exchange.command_line.guards import (
    DUPLICATE_WINDOW_NS,
    PendingLine,
    SentOrder,
    check_duplicate,
    check_size_cap,
    pending_line,
    recent,
)
from tui_exchange.command_line.help import help_lines
from tui_exchange.command_line.history import History
from tui_exchange.command_line.order_words import describe_order
from tui_exchange.command_line.parser import parse_line
from tui_exchange.command_line.preview import OrderPreview, Walk, preview, preview_order
from tui_exchange.command_line.refusals import (
    CommandLineRefusal,
    GrammarRefusal,
    GuardRefusal,
    ResolutionRefusal,
)
from tui_exchange.command_line.registry import Command, Registry, application_word
from tui_exchange.command_line.render import render, render_line
from tui_exchange.command_line.resolve import resolve
from tui_exchange.command_line.statements import Statement

__all__ = [
    "COMMANDS",
    "DUPLICATE_WINDOW_NS",
    "RISK_PPM_DEFAULT",
    "Action",
    "Command",
    "CommandLineRefusal",
    "Completion",
    "Context",
    "DefineAlias",
    "ForgetAlias",
    "GrammarRefusal",
    "GuardRefusal",
    "History",
    "Level",
    "LineState",
    "ListAliases",
    "Market",
    "NoteOrder",
    "Offers",
    "OrderCommand",
    "OrderPreview",
    "PendingLine",
    "Registry",
    "ResolutionRefusal",
    "Resolved",
    "RunWord",
    "SentOrder",
    "SessionAction",
    "ShowFees",
    "ShowHelp",
    "ShowOrder",
    "Statement",
    "TagOrder",
    "Walk",
    "WorkingOrder",
    "application_word",
    "check_duplicate",
    "check_size_cap",
    "complete",
    "describe",
    "describe_order",
    "help_lines",
    "parse_line",
    "pending_line",
    "preview",
    "preview_order",
    "recent",
    "render",
    "render_line",
    "resolve",
]

"""Every command of the grammar, one line each, in the order in which help lists them."""

from tui_exchange.command_line.commands.baskets import basket
from tui_exchange.command_line.commands.changes import amend, cancel, move, replace
from tui_exchange.command_line.commands.labels import note, tag
from tui_exchange.command_line.commands.margin import lev, margin, mode
from tui_exchange.command_line.commands.orders import bracket, buy, sell
from tui_exchange.command_line.commands.positions import close, flatten, reverse
from tui_exchange.command_line.commands.shortcuts import alias, help, unalias
from tui_exchange.command_line.commands.sizing import size
from tui_exchange.command_line.commands.stops import oco, protect, stop, tp, trail
from tui_exchange.command_line.commands.venue import fees, halt, kill, order, release, resume
from tui_exchange.command_line.registry import Registry

__all__ = ["COMMANDS"]

COMMANDS = Registry(
    (
        buy,
        sell,
        bracket,
        basket,
        cancel,
        move,
        amend,
        replace,
        stop,
        tp,
        trail,
        oco,
        protect,
        close,
        flatten,
        reverse,
        lev,
        mode,
        margin,
        size,
        kill,
        release,
        halt,
        resume,
        fees,
        order,
        note,
        tag,
        alias,
        unalias,
        help,
    )
)
"""What a line can begin with; the application extends it with words of its own."""

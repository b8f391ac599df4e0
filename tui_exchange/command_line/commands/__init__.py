"""Every command of the grammar, one line each, in the order in which help lists them."""

from tui_exchange.command_line.commands.labels import note, tag
from tui_exchange.command_line.commands.orders import amend, buy, cancel, move, sell
from tui_exchange.command_line.commands.positions import close, flatten, reverse
from tui_exchange.command_line.commands.shortcuts import alias, help, unalias
from tui_exchange.command_line.registry import Registry

__all__ = ["COMMANDS"]

COMMANDS = Registry(
    (
        buy,
        sell,
        cancel,
        move,
        amend,
        close,
        flatten,
        reverse,
        note,
        tag,
        alias,
        unalias,
        help,
    )
)
"""What a line can begin with; the application extends it with words of its own."""

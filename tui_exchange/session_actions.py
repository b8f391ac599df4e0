"""What the command line asks of the session rather than of the exchange."""

from collections.abc import Callable
from typing import Any

from engine.core.exchange import Exchange
from tui_exchange.aliases import Aliases
from tui_exchange.command_line.actions import (
    DefineAlias,
    ForgetAlias,
    ListAliases,
    NoteOrder,
    RunWord,
    SessionAction,
    ShowHelp,
    TagOrder,
)
from tui_exchange.command_line.commands import COMMANDS
from tui_exchange.command_line.help import help_lines
from tui_exchange.labels import OrderLabels


class SessionActions:
    """Notes, tags, aliases and help."""

    def __init__(self, exchange: Exchange, labels: OrderLabels, aliases: Aliases) -> None:
        self._exchange = exchange
        self._labels = labels
        self._aliases = aliases
        self._doers: dict[type, Callable[[Any], tuple[str, ...]]] = {
            NoteOrder: self._note,
            TagOrder: self._tag,
            DefineAlias: self._define,
            ForgetAlias: self._forget,
            ListAliases: self._list,
            ShowHelp: self._help,
            RunWord: self._word,
        }

    def do(self, action: SessionAction) -> tuple[str, ...]:
        """Do it; sentences that say what was done."""
        return self._doers[type(action)](action)

    def _note(self, action: NoteOrder) -> tuple[str, ...]:
        tag, _ = self._label(action.order_id)
        self._labels.set(action.order_id, tag, action.text)
        return (f"order #{action.order_id} is noted: {action.text}",)

    def _tag(self, action: TagOrder) -> tuple[str, ...]:
        _, note = self._label(action.order_id)
        self._labels.set(action.order_id, action.tag, note)
        return (f"order #{action.order_id} is tagged {action.tag}",)

    def _label(self, order_id: int) -> tuple[str, str]:
        order = self._exchange.order(order_id)
        sent = ("", "") if order is None else (order.tag, order.note)
        return self._labels.of(order_id) or sent

    def _define(self, action: DefineAlias) -> tuple[str, ...]:
        self._aliases.define(action.name, action.text)
        return self._with_problem(f"{action.name} stands for: {action.text}")

    def _forget(self, action: ForgetAlias) -> tuple[str, ...]:
        if self._aliases.forget(action.name):
            return self._with_problem(f"{action.name} is no alias any more")
        return (f"{action.name} is an alias of the config file; remove it there",)

    def _with_problem(self, sentence: str) -> tuple[str, ...]:
        return (sentence, self._aliases.problem) if self._aliases.problem else (sentence,)

    def _list(self, action: ListAliases) -> tuple[str, ...]:
        del action
        aliases = self._aliases.all()
        if not aliases:
            return ('no alias yet; `alias scalp "b 0.1 at bid po"` defines one',)
        return tuple(f"{name}: {aliases[name]}" for name in sorted(aliases))

    def _help(self, action: ShowHelp) -> tuple[str, ...]:
        return help_lines(COMMANDS, action.topic)

    def _word(self, action: RunWord) -> tuple[str, ...]:
        return (f"{action.word} is a command of the workstation's screen",)

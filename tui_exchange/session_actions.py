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
    ShowFees,
    ShowHelp,
    ShowOrder,
    ShowSize,
    TagOrder,
)
from tui_exchange.command_line.help import help_lines
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.labels import OrderLabels
from tui_exchange.order_history import OrderHistory
from tui_exchange.read_models.portfolio import Portfolio
from tui_exchange.size_sentences import size_told
from tui_exchange.standing_sentences import fees_told
from tui_exchange.words import Words


class SessionActions:
    """Notes, tags, aliases, help, fees, an order's life, and the session's words."""

    def __init__(
        self,
        labels: OrderLabels,
        aliases: Aliases,
        words: Words,
        exchange: Exchange,
        portfolio: Portfolio,
        orders: OrderHistory,
    ) -> None:
        self._labels = labels
        self._aliases = aliases
        self._words = words
        self._exchange = exchange
        self._portfolio = portfolio
        self._orders = orders
        self._doers: dict[type, Callable[[Any], tuple[str, ...]]] = {
            NoteOrder: self._note,
            TagOrder: self._tag,
            DefineAlias: self._define,
            ForgetAlias: self._forget,
            ListAliases: self._list,
            ShowHelp: self._help,
            ShowFees: self._fees,
            ShowOrder: self._order,
            ShowSize: self._size,
            RunWord: self._word,
        }

    def do(self, action: SessionAction) -> tuple[str, ...]:
        """Do it; sentences that say what was done."""
        return self._doers[type(action)](action)

    def _note(self, action: NoteOrder) -> tuple[str, ...]:
        self._require_order(action.order_id)
        problem = self._labels.write_note(action.order_id, action.text)
        return _with_problem(f"order #{action.order_id} is noted: {action.text}", problem)

    def _tag(self, action: TagOrder) -> tuple[str, ...]:
        self._require_order(action.order_id)
        problem = self._labels.write_tag(action.order_id, action.tag)
        return _with_problem(f"order #{action.order_id} is tagged {action.tag}", problem)

    def _require_order(self, order_id: int) -> None:
        """Only what was given a number can be written to."""
        latest = self._exchange.latest_order_id()
        if not 0 < order_id <= latest:
            known = f"the latest is #{latest}" if latest else "none was sent yet"
            raise ResolutionRefusal(f"there is no order #{order_id}: {known}")

    def _define(self, action: DefineAlias) -> tuple[str, ...]:
        self._aliases.define(action.name, action.text)
        return _with_problem(f"{action.name} stands for: {action.text}", self._aliases.problem)

    def _forget(self, action: ForgetAlias) -> tuple[str, ...]:
        if self._aliases.forget(action.name):
            return _with_problem(f"{action.name} is no alias any more", self._aliases.problem)
        return (f"{action.name} is an alias of the config file; remove it there",)

    def _list(self, action: ListAliases) -> tuple[str, ...]:
        del action
        aliases = self._aliases.all()
        if not aliases:
            return ('no alias yet; `alias scalp "b 0.1 at bid po"` defines one',)
        return tuple(f"{name}: {aliases[name]}" for name in sorted(aliases))

    def _help(self, action: ShowHelp) -> tuple[str, ...]:
        return help_lines(self._words.registry, action.topic)

    def _fees(self, action: ShowFees) -> tuple[str, ...]:
        standing = self._exchange.fee_standing(self._portfolio.account, action.symbol)
        return fees_told(standing, self._exchange.instrument(action.symbol))

    def _order(self, action: ShowOrder) -> tuple[str, ...]:
        return self._orders.told(action.order_id)

    def _size(self, action: ShowSize) -> tuple[str, ...]:
        return size_told(self._exchange, action)

    def _word(self, action: RunWord) -> tuple[str, ...]:
        return self._words.do(action.word, action.arguments)


def _with_problem(sentence: str, problem: str) -> tuple[str, ...]:
    return (sentence, problem) if problem else (sentence,)

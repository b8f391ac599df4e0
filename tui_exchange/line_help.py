"""Helps with a command line while it is typed: description, completion, history."""

from dataclasses import dataclass

from engine.core.units import Scale
from tui_exchange.app_words import APP_WORDS, split_word
from tui_exchange.command_line.completion import Offers, complete
from tui_exchange.command_line.history import History
from tui_exchange.desk import Desk
from tui_exchange.market_words import trigger_words, type_words
from tui_exchange.number_text import price_text, size_text
from tui_exchange.views import OrderStage, OrderView

INVITATION = "type an order, such as buy 0.5 at bid; tab completes, ↑ goes back, esc leaves"


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to go on."""

    word: str
    help: str
    line: str
    """The whole line as it would be."""


class LineHelp:
    """What one command line knows besides its text: where in the history it stands."""

    def __init__(self, desk: Desk, history: History) -> None:
        self._desk = desk
        self._history = history
        self._piece: str | None = None
        self._skip = 0
        self._replacing: str | None = None

    def restart(self) -> None:
        """A new line begins."""
        self._history.reset()
        self._piece = None

    def typed(self, text: str) -> None:
        """The line changed; by hand, unless it was replaced by what the history gave."""
        by_hand, self._replacing = text != self._replacing, None
        if by_hand:
            self.restart()

    def older(self, text: str) -> str:
        """The line before, among those that begin with what was typed."""
        return self._given(self._history.older(text))

    def newer(self, text: str) -> str:
        """The line behind; at the end, what was typed."""
        return self._given(self._history.newer(text))

    def search(self, text: str) -> str:
        """The next older line that contains what was typed; the same line when there is none."""
        if self._piece is None:
            self._piece, self._skip = text, 0
        found = self._history.search(self._piece, self._skip)
        if found is None:
            return text
        self._skip += 1
        return self._given(found)

    def remember(self, line: str) -> None:
        """Keep a line that was entered."""
        self._history.add(line)

    def describe(self, text: str) -> tuple[bool, tuple[str, ...]]:
        """Whether the line could be run now, and what it would do or why not."""
        if not text.strip():
            return True, (INVITATION,)
        known = split_word(text)
        if known is not None:
            return True, (known[0].help,)
        outcome = self._desk.session.preview(text, self._desk.symbol)
        return outcome.ok, outcome.messages

    def offers(self, text: str, cursor: int) -> list[Offer]:
        """Ways to go on, best first; none for an empty line."""
        if not text.strip():
            return []
        found = [
            Offer(item.text, item.help, text[: item.start] + item.text + text[item.end :])
            for item in complete(text, cursor, self._names())
        ]
        if " " not in text:
            found += [
                Offer(word.name, word.help, word.name)
                for word in APP_WORDS
                if word.name.startswith(text.lower()) and word.name != text.lower()
            ]
        return found

    def _given(self, line: str) -> str:
        self._replacing = line
        return line

    def _names(self) -> Offers:
        session = self._desk.session
        orders = {}
        for order in session.working_orders():
            scale = session.scale(order.symbol)
            size = size_text(scale, order.open_lots)
            orders[order.order_id] = f"{order.side.value} {size} {order.symbol} {_at(order, scale)}"
        return Offers(symbols=session.symbols, orders=orders)


def _at(order: OrderView, scale: Scale) -> str:
    """Where an order works, or what it waits for."""
    if order.stage in (OrderStage.WAITING, OrderStage.FIRED):
        return f"{type_words(order, scale)} {trigger_words(order, scale)}"
    return f"at {price_text(scale, order.price_ticks)}"

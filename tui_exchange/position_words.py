"""`position`: everything about an open position, in sentences."""

from collections.abc import Callable, Sequence

from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.command_line.symbols import find_symbol
from tui_exchange.position_labels import Labels, PositionLabels
from tui_exchange.position_report import Line
from tui_exchange.views import PositionView


class PositionWords:
    """The word that tells of positions.

    Args:
        held: The open positions.
        lines: Everything about one, with what its trader wrote.
        labels: Where notes and tags are written, and read.
    """

    words = (
        application_word(
            "position",
            "[symbol]",
            "Show an open position: excursion, funding, margin, lots, tags and note.",
            ("position", "position BTC-USDT-PERP"),
        ),
    )

    def __init__(
        self,
        held: Callable[[], Sequence[PositionView]],
        lines: Callable[[str, Labels], tuple[Line, ...]],
        labels: PositionLabels,
    ) -> None:
        self._held = held
        self._lines = lines
        self._labels = labels

    def knows(self, word: str) -> bool:
        """Only this one."""
        return word == "position"

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Tell of one position, or of all; `note` and `tag` before a symbol write to it.

        Raises:
            ResolutionRefusal: There is none, or more than one symbol.
        """
        del word
        if len(arguments) == 3 and arguments[0] in ("note", "tag"):
            return (self._label(*arguments),)
        if len(arguments) > 1:
            raise ResolutionRefusal("position takes one symbol: `position BTC-USDT-PERP`")
        held = [one.symbol for one in self._held()]
        if not held:
            raise ResolutionRefusal("there is no open position")
        symbols = [find_symbol(arguments[0], held)] if arguments else held
        return tuple(sentence for symbol in symbols for sentence in self._told(symbol))

    def _label(self, kind: str, symbol: str, text: str) -> str:
        if kind == "note":
            self._labels.write_note(symbol, text)
            return f"the position in {symbol} is noted: {text}"
        self._labels.write_tag(symbol, text)
        return f"the position in {symbol} is tagged {text}"

    def _told(self, symbol: str) -> tuple[str, ...]:
        return _sentences(self._lines(symbol, self._labels.of(symbol)))


def _sentences(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """`opened: 2026-11-22 14:30:00 UTC`; what the position is, without its title."""
    return tuple(said if title in ("", "position") else f"{title}: {said}" for title, said in lines)

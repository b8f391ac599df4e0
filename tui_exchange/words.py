"""Words of the command line that steer the session rather than the exchange."""

from collections.abc import Sequence
from typing import Protocol

from tui_exchange.command_line.commands import COMMANDS
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.registry import Command, Registry


class WordFamily(Protocol):
    """Some words, and what they do."""

    @property
    def words(self) -> Sequence[Command]:
        """As the help lists them."""
        ...

    def knows(self, word: str) -> bool:
        """Whether the word, which may be one that the grammar has too, is done here."""
        ...

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Do what a word says; sentences that say what was done.

        Raises:
            ResolutionRefusal: The arguments mean nothing here.
        """
        ...


class Words:
    """All words of a session.

    Attributes:
        registry: The commands of the exchange and these words.
    """

    def __init__(self, *families: WordFamily) -> None:
        self._families = families
        self.registry: Registry = COMMANDS.extended(
            word for family in families for word in family.words
        )

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Do what a word says.

        Raises:
            ResolutionRefusal: Nothing does it, or the arguments mean nothing.
        """
        for family in self._families:
            if family.knows(word):
                return family.do(word, arguments)
        raise ResolutionRefusal(f"nothing here does `{word}`")

"""The commands of the line: one decorated function each, and the table that finds them by name.

Completion, `help` and the parser read this table and nothing else about a command.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.scanner import Scanner, TokenKind
from tui_exchange.command_line.statements import Statement, WordStatement
from tui_exchange.command_line.vocabulary import UNBUILT_VERBS

ParseFunction = Callable[[Scanner], Statement]
"""Reads what follows the verb, to the end of the statement; raises GrammarRefusal."""


class Slot(Enum):
    """What completion may offer after a command's name."""

    SYMBOL = "symbol"
    SIZE = "size"
    PRICE = "price"
    """After `at` or `to`."""
    FLAGS = "flags"
    PLAIN_FLAGS = "plain_flags"
    """Flags without those of a bracket's exits."""
    LASTING = "lasting"
    """What waits for a price: no flag of an order that trades or rests at once."""
    ORDERS = "orders"
    SIDES = "sides"
    """Of own orders: `bids`, `asks`."""
    ORDER_SIDES = "order_sides"
    """Of a new order: `buy`, `sell`."""
    LEGS = "legs"
    """`BTC-USDT:0.1`, any number of them."""
    PLACING = "placing"
    """A command that sends an order, with what follows it."""
    ALL = "all"
    ALIASES = "aliases"
    COMMANDS = "commands"


@dataclass(frozen=True, slots=True)
class Command:
    """One command as a trader learns it."""

    name: str
    arguments: str
    """As the help shows them: `[symbol] <size> [at <price>] [flags]`."""
    help: str
    """One sentence, with its full stop."""
    examples: tuple[str, ...]
    parse: ParseFunction
    family: str = "orders"
    short: str = ""
    """One letter that means the same; empty for none."""
    slots: tuple[Slot, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()
    """Words of this command's own, each with its help."""


def command(
    *,
    family: str,
    arguments: str,
    help: str,
    examples: tuple[str, ...],
    short: str = "",
    slots: tuple[Slot, ...] = (),
    keywords: tuple[tuple[str, str], ...] = (),
) -> Callable[[ParseFunction], Command]:
    """Make the function that reads a command's arguments into that command, under its name."""

    def decorate(parse: ParseFunction) -> Command:
        return Command(
            name=parse.__name__,
            arguments=arguments,
            help=help,
            examples=examples,
            parse=parse,
            family=family,
            short=short,
            slots=slots,
            keywords=keywords,
        )

    return decorate


def application_word(name: str, arguments: str, help: str, examples: tuple[str, ...]) -> Command:
    """A word of the application's own: its arguments are passed on as typed, unread."""

    def parse(scanner: Scanner) -> Statement:
        arguments = []
        while (token := scanner.take()) is not None:
            if token.kind is TokenKind.NOTE:
                scanner.refuse(token, f"`{name}` takes no note; put `~` in quotes to pass it on")
            arguments.append(token.text)
        return WordStatement(name, tuple(arguments))

    return Command(name, arguments, help, examples, parse, family="application")


class Registry:
    """Commands by name and by short form, in the order in which help lists them."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = tuple(commands)
        self._by_word: dict[str, Command] = {}
        for entry in self._commands:
            for word in filter(None, (entry.name, entry.short)):
                if word in self._by_word or word in UNBUILT_VERBS:
                    raise ValueError(f"the command word {word!r} is taken")
                self._by_word[word] = entry

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands)

    def find(self, word: str) -> Command | None:
        """The command of a name or short form, whatever its case."""
        return self._by_word.get(word.lower())

    def words(self) -> tuple[str, ...]:
        """Every name and short form."""
        return tuple(self._by_word)

    def extended(self, commands: Iterable[Command]) -> "Registry":
        """This registry with more commands.

        Raises:
            ValueError: A word that is taken.
        """
        return Registry((*self._commands, *commands))

    def is_reserved(self, word: str) -> bool:
        """Whether a word means a command, now or in a later version."""
        return word.lower() in self._by_word or word.lower() in UNBUILT_VERBS

    def unknown_sentence(self, word: str, others: Iterable[str] = ()) -> tuple[str, str]:
        """The sentence for a word that begins no statement, and what was probably meant.

        Args:
            word: As typed.
            others: Further words that could have been meant: the aliases.
        """
        if word.lower() in UNBUILT_VERBS:
            instead = UNBUILT_VERBS[word.lower()]
            return f"`{word}` is known but not available in this version; {instead}", ""
        known = [name for name in self._by_word if len(name) > 1]
        suggestion = nearest(word.lower(), [*known, *others])
        sentence = f"there is no command {word[:24]!r}{did_you_mean(suggestion)}"
        return (sentence if suggestion else f"{sentence}; `help` lists them"), suggestion

"""What could be typed next, with a short help each.

Completion never judges: it reads only as much of the statement under the cursor as it needs to know
which slot is being filled.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tui_exchange.command_line.commands import COMMANDS
from tui_exchange.command_line.commands.changes import PLACING
from tui_exchange.command_line.parser import NO_ALIASES
from tui_exchange.command_line.registry import Command, Registry, Slot
from tui_exchange.command_line.scanner import ESCAPE, QUOTE, SEPARATOR
from tui_exchange.command_line.symbols import matches_symbol
from tui_exchange.command_line.vocabulary import (
    EXPIRY_PREFIX,
    FLAG_HELP,
    FLAG_VALUES,
    NOTE_MARK,
    ORDER_SIDES,
    POST_ONLY,
    PRICE_HELP,
    PROTECT_PREFIX,
    SHOW_PREFIX,
    SIDE_WORDS,
    SIZE_HELP,
    SLIDE,
    SOURCE_PREFIX,
    STOP_LOSS_PREFIX,
    TAKE_PROFIT_PREFIX,
    TIME_IN_FORCE_WORDS,
)

COMPLETIONS_MAX = 50
LIFETIMES = (*TIME_IN_FORCE_WORDS, EXPIRY_PREFIX.rstrip("="))
PRICE_LEADS = ("at", "to", "limit", "from", "stop", "tp", "sl", "trigger")
"""Words that a price follows, where the command has them among its keywords."""
ORDER_MARK = "#"


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that may replace the line from `start` to `end`."""

    text: str
    help: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is to name besides the grammar's own words."""

    symbols: Sequence[str] = ()
    orders: Mapping[int, str] | None = None
    """Working orders by number, each in words."""
    aliases: Mapping[str, str] | None = None
    registry: Registry = COMMANDS


def complete(line: str, cursor: int, offers: Offers) -> tuple[Completion, ...]:
    """What could stand where the word under the cursor stands, most likely first.

    Args:
        line: As typed so far.
        cursor: Where the next character goes, from 0.
        offers: What can be named.
    """
    words = _words_before(line[:cursor])
    if words is None:
        return ()
    *before, partial = words
    start = cursor - len(partial)
    found: dict[str, str] = {}
    for text, help_text in _candidates(before, partial, offers):
        if text != partial:
            found.setdefault(text, help_text)
        if len(found) == COMPLETIONS_MAX:
            break
    return tuple(Completion(text, help_text, start, cursor) for text, help_text in found.items())


def _words_before(text: str) -> list[str] | None:
    """The words of the statement that `text` ends in, the unfinished one last and perhaps empty.

    None inside a note or a quoted text, where anything may stand.
    """
    words, quoted, note = [""], False, False
    escaped = False
    for char in text:
        if quoted:
            quoted = escaped or char != QUOTE
            escaped = char == ESCAPE and not escaped
        elif char == SEPARATOR:
            words, note = [""], False
        elif note:
            quoted = char == QUOTE and words[-1] == NOTE_MARK
            words[-1] += char
        elif char.isspace():
            words.extend([""] if words[-1] else [])
        else:
            quoted = char == QUOTE and not words[-1]
            note = char == NOTE_MARK and not words[-1]
            words[-1] += char
    return None if quoted or note else words


def _candidates(before: list[str], partial: str, offers: Offers) -> Iterator[tuple[str, str]]:
    if not before:
        yield from _verbs(partial, offers)
        return
    command = offers.registry.find(before[0])
    if command is None:
        return
    given = [word.lower() for word in before[1:]]
    if Slot.PLACING in command.slots and "with" in given:
        inner = before[given.index("with") + 2 :]
        yield from _candidates(inner, partial, Offers(offers.symbols, registry=PLACING))
        return
    if given and _leads_price(given[-1], command):
        yield from _prices(partial)
        return
    found = [
        entry for slot in command.slots for entry in _slot(slot, command, given, partial, offers)
    ]
    orders = [entry for entry in found if entry[0].startswith(ORDER_MARK)]
    entries = [*orders, *_keywords(command, given, partial), *found]
    yield from sorted(entries, key=lambda entry: not _begins(entry[0], partial))


def _verbs(partial: str, offers: Offers) -> Iterator[tuple[str, str]]:
    for command in offers.registry:
        if partial.lower() in ("", command.short) or command.name.startswith(partial.lower()):
            yield command.name, command.help
    yield from _starting(partial, (offers.aliases or NO_ALIASES).items())


def _keywords(command: Command, given: list[str], partial: str) -> Iterator[tuple[str, str]]:
    fresh = ((word, text) for word, text in command.keywords if word not in given)
    yield from _starting(partial, fresh)


def _slot(
    slot: Slot, command: Command, given: list[str], partial: str, offers: Offers
) -> Iterator[tuple[str, str]]:
    if slot is Slot.SYMBOL and not any(_is_symbol(word, offers) for word in given):
        yield from _symbols(partial, offers)
    elif slot is Slot.SIZE and not any(_is_size(word) for word in given):
        yield from _sizes(partial)
    elif slot is Slot.PRICE and not any(word in ("at", "to") for word in given):
        yield from _starting(partial, [("at", "a price follows; without one, at market")])
    elif slot in (Slot.FLAGS, Slot.PLAIN_FLAGS):
        yield from _flags(command, given, partial)
    elif slot is Slot.ORDERS:
        fresh = {f"{ORDER_MARK}{number}": text for number, text in (offers.orders or {}).items()}
        named = ((text, words) for text, words in fresh.items() if text not in given)
        yield from _starting(partial, named)
    elif slot is Slot.ORDER_SIDES and not any(word in ORDER_SIDES for word in given):
        sides = {side.value: f"a {side.value} order" for side in ORDER_SIDES.values()}
        yield from _starting(partial, sides.items())
    elif slot is Slot.LEGS:
        yield from ((f"{text}:", words) for text, words in _symbols(partial, offers))
    elif slot is Slot.ALIASES:
        yield from _starting(partial, (offers.aliases or NO_ALIASES).items())
    elif slot is Slot.COMMANDS and not given:
        yield from _starting(partial, ((one.name, one.help) for one in offers.registry))


def _symbols(partial: str, offers: Offers) -> Iterator[tuple[str, str]]:
    wanted = partial.upper()
    for symbol in offers.symbols:
        upper = symbol.upper()
        if upper.startswith(wanted) or matches_symbol(wanted, upper):
            yield symbol, "symbol"
    for symbol in offers.symbols:
        if wanted and wanted in symbol.upper():
            yield symbol, "symbol"


def _sizes(partial: str) -> Iterator[tuple[str, str]]:
    yield from _starting(partial, SIZE_HELP.items())
    if partial and partial.replace(".", "", 1).isdigit():
        for suffix, words in (("%", SIZE_HELP["50%"]), ("%pos", "percent of the position")):
            yield partial + suffix, words


def _prices(partial: str) -> Iterator[tuple[str, str]]:
    prefix = "$" if partial.startswith("$") else ""
    words = ((prefix + word.value, text) for word, text in PRICE_HELP.items())
    yield from _starting(partial, words)
    if partial.lower() in {word.value for word in PRICE_HELP}:
        for suffix in ("+1t", "-1t", "+0.5%", "-0.5%"):
            yield partial + suffix, "an offset in ticks, percent or price"


def _flags(command: Command, given: list[str], partial: str) -> Iterator[tuple[str, str]]:
    for flag, text in FLAG_HELP.items():
        offered = not _is_taken(flag, given) and _fits(flag, command, given)
        if offered and flag.startswith(partial.lower()):
            yield flag, text
    for flag, values in FLAG_VALUES.items():
        if partial.lower().startswith(flag):
            yield from _starting(partial, ((flag + one, text) for one, text in values.items()))


def _is_taken(flag: str, given: list[str]) -> bool:
    """Whether a flag is there already, or excluded by one that is."""
    names = [_name(word) for word in given]
    if _name(flag) in names:
        return True
    lasting = [name for name in names if name in LIFETIMES]
    if _name(flag) in LIFETIMES and lasting:
        return True
    rests, at_once = (POST_ONLY, _name(SHOW_PREFIX)), ("ioc", "fok")
    return (_name(flag) in rests and any(name in at_once for name in names)) or (
        flag in at_once and any(name in rests for name in names)
    )


def _fits(flag: str, command: Command, given: list[str]) -> bool:
    """Whether an order of this command, as far as it is typed, has a use for the flag."""
    waits, stops = Slot.LASTING in command.slots, command.family == "stops"
    if flag in (STOP_LOSS_PREFIX, TAKE_PROFIT_PREFIX):
        return Slot.FLAGS in command.slots
    if flag == SOURCE_PREFIX:
        return stops or any(word.startswith("sl") for word in given)
    if flag == PROTECT_PREFIX:
        return "limit" not in given and (stops or "at" not in given)
    if flag in ("ioc", "fok"):
        return not stops
    return not (waits and flag in (POST_ONLY, SLIDE, SHOW_PREFIX))


def _name(word: str) -> str:
    """A flag without its value."""
    return word.partition("=")[0]


def _leads_price(word: str, command: Command) -> bool:
    if word in ("at", "to"):
        return Slot.PRICE in command.slots
    return word in PRICE_LEADS and any(word == keyword for keyword, _ in command.keywords)


def _begins(text: str, partial: str) -> bool:
    return text.lower().startswith(partial.lower())


def _starting(partial: str, entries: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((text, words) for text, words in entries if _begins(text, partial))


def _is_symbol(word: str, offers: Offers) -> bool:
    known = word in FLAG_HELP or word in PRICE_LEADS or word in SIDE_WORDS
    return not known and any(matches_symbol(word.upper(), one.upper()) for one in offers.symbols)


def _is_size(word: str) -> bool:
    return word == "all" or word[0] in "0123456789.$"

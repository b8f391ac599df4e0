"""The flags of an order: words that say how it lives, whatever its verb.

What a flag needs of its order, and which flags exclude each other, is checked when the whole
statement is read: nothing that was typed is ever without effect.
"""

from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from msgspec.structs import replace

from engine.core.commands import SelfTrade, TimeInForce, TriggerSource
from tui_exchange.command_line.amounts import SHARE, clip, read_price, read_protection, read_size
from tui_exchange.command_line.moments import read_expiry
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.scanner import Scanner, Token
from tui_exchange.command_line.statements import Flags
from tui_exchange.command_line.terms import ExitPrices, Price, Quantity
from tui_exchange.command_line.vocabulary import (
    EXPIRY_PREFIX,
    FLAG_HELP,
    POST_ONLY,
    PROTECT_PREFIX,
    REDUCE,
    SELF_TRADE_PREFIX,
    SHOW_PREFIX,
    SLIDE,
    SOURCE_PREFIX,
    STOP_LOSS_PREFIX,
    TAG_PREFIX,
    TAKE_PROFIT_PREFIX,
    TIME_IN_FORCE_WORDS,
)

T = TypeVar("T", bound=Enum)
TAG_CHARS_MAX = 32
TAG_PUNCTUATION = "_-.:/"
LIMIT_MARK = "/"
SOURCES = {source.value: source for source in TriggerSource}
SELF_TRADES = {mode.value: mode for mode in SelfTrade}


@dataclass(frozen=True, slots=True)
class OrderShape:
    """What an order is, as far as its flags depend on it.

    Attributes:
        priced: It has a limit from the start, so that it can rest.
        waits: It waits for a trigger.
        at_market: It is at market, at once or when it fires.
        opens: It may open a position, so that exits make sense.
    """

    priced: bool = False
    waits: bool = False
    at_market: bool = False
    opens: bool = True

    @property
    def rests(self) -> bool:
        """Whether there is something for a time in force to last."""
        return self.priced or self.waits


class FlagWords:
    """Collects the flags of one statement, each at most once.

    Attributes:
        flags: What was read so far.
        given: The prefixes or words that were read.
    """

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.flags = Flags()
        self.given: list[str] = []

    def read(self, token: Token) -> bool:
        """Take a word if it is a flag; False when it is none.

        Raises:
            GrammarRefusal: A flag with a value that it cannot have, or given before.
        """
        word = token.text.lower()
        if word in TIME_IN_FORCE_WORDS:
            self._set_time_in_force(token, TIME_IN_FORCE_WORDS[word])
        elif word in (POST_ONLY, SLIDE):
            self._once(token, POST_ONLY, "`po`")
            self.flags = replace(self.flags, post_only=True, slide=word == SLIDE)
        elif word == REDUCE:
            self._once(token, REDUCE, "`reduce`")
            self.flags = replace(self.flags, reduce_only=True)
        elif "=" in word and word.partition("=")[0] + "=" in FLAG_HELP:
            self._read_valued(token, word.partition("=")[0] + "=")
        elif word + "=" in FLAG_HELP:
            self.scanner.refuse(token, f"`{word}` needs its value: `{word}=…`", f"{word}=")
        else:
            return False
        return True

    def set_note(self, token: Token) -> None:
        """Take the note."""
        self._once(token, "~", "a note")
        self.flags = replace(self.flags, note=token.text)

    def set_exit(self, token: Token, prefix: str, text: str) -> None:
        """Take one of the two exits: a price, and for the stop perhaps its limit."""
        self._once(token, prefix, f"`{prefix.rstrip('=')}`")
        exits = self.flags.exits or ExitPrices()
        first, mark, second = text.partition(LIMIT_MARK)
        if SHARE.fullmatch(first.lower()):
            self.scanner.refuse(
                token,
                f"`{clip(text)}` needs its sign: `{prefix}+{first}` or `{prefix}-{first}`",
            )
        price = self._price(token, first)
        if prefix == TAKE_PROFIT_PREFIX:
            if mark:
                self.scanner.refuse(token, "`tp` is one price: it is the limit itself")
            exits = replace(exits, take_profit=price)
        else:
            limit = self._price(token, second) if mark else None
            exits = replace(exits, stop_loss=price, stop_limit=limit)
        self.flags = replace(self.flags, exits=exits)

    def check(self, shape: OrderShape, verb: str) -> Flags:
        """The flags, once each of them has something to act upon.

        Raises:
            GrammarRefusal: One that has not, or two that exclude each other.
        """
        sentence = (
            _refuse_lifetime(self.flags, self.given, shape)
            or _refuse_resting(self.flags, shape)
            or _refuse_exits(self.flags, shape, verb)
            or _refuse_watching(self.flags, shape)
        )
        if sentence:
            self.scanner.refuse_here(sentence)
        return self.flags

    def labels(self, sentence: str, also: tuple[str, ...] = ()) -> Flags:
        """The flags of a statement that has a use only for tag and note.

        Args:
            sentence: The refusal of any other.
            also: Further flags that it has a use for.

        Raises:
            GrammarRefusal: Some other flag was given.
        """
        if not set(self.given) <= {TAG_PREFIX, "~", *also}:
            self.scanner.refuse_here(sentence)
        return self.flags

    def _read_valued(self, token: Token, prefix: str) -> None:
        value = token.text[len(prefix) :]
        if not value and prefix != TAG_PREFIX:
            self.scanner.refuse(token, f"`{prefix}` needs a value: {FLAG_HELP[prefix]}")
        if prefix in (STOP_LOSS_PREFIX, TAKE_PROFIT_PREFIX):
            self.set_exit(token, prefix, value)
            return
        what = "a tag" if prefix == TAG_PREFIX else f"`{prefix.rstrip('=')}`"
        if prefix == EXPIRY_PREFIX:
            self._set_time_in_force(token, TimeInForce.GTD)
        else:
            self._once(token, prefix, what)
        try:
            self.flags = self._valued(token, prefix, value)
        except CommandLineRefusal as refusal:
            self.scanner.refuse(token, refusal.sentence, refusal.suggestion)

    def _valued(self, token: Token, prefix: str, value: str) -> Flags:
        flags = self.flags
        if prefix == EXPIRY_PREFIX:
            return replace(flags, expires=read_expiry(value))
        if prefix == SHOW_PREFIX:
            return replace(flags, display=read_display(value))
        if prefix == PROTECT_PREFIX:
            return replace(flags, protection_ppm=read_protection(value))
        if prefix == SELF_TRADE_PREFIX:
            return replace(flags, self_trade=_choice(SELF_TRADES, value, "stp"))
        if prefix == SOURCE_PREFIX:
            return replace(flags, trigger_on=_choice(SOURCES, value, "on"))
        return replace(flags, tag=read_tag(self.scanner, token, value))

    def _price(self, token: Token, text: str) -> Price:
        try:
            return read_price(text)
        except CommandLineRefusal as refusal:
            self.scanner.refuse(token, refusal.sentence, refusal.suggestion)

    def _set_time_in_force(self, token: Token, time_in_force: TimeInForce) -> None:
        already = next((word for word in self.given if word in _LIFETIMES), None)
        if already is not None and already != time_in_force.value:
            self.scanner.refuse(
                token, f"`{already}` and `{token.text}` exclude each other; keep one"
            )
        self._once(token, time_in_force.value, f"`{time_in_force.value}`")
        self.flags = replace(self.flags, time_in_force=time_in_force)

    def _once(self, token: Token, name: str, what: str) -> None:
        if name in self.given:
            self.scanner.refuse(token, f"{what} is given twice; keep one")
        self.given.append(name)


_LIFETIMES = tuple(tif.value for tif in TimeInForce)
_AT_ONCE = (TimeInForce.IOC, TimeInForce.FOK)


def read_tag(scanner: Scanner, token: Token, text: str) -> str:
    """A label of one word.

    Raises:
        GrammarRefusal: Empty, too long, or with other characters.
    """
    fits = 0 < len(text) <= TAG_CHARS_MAX and text.isascii()
    if not fits or not all(char.isalnum() or char in TAG_PUNCTUATION for char in text):
        scanner.refuse(
            token,
            f"a tag is 1 to {TAG_CHARS_MAX} letters, digits or any of {TAG_PUNCTUATION},"
            f" as in `tag=breakout`",
        )
    return text


def read_display(text: str) -> Quantity:
    """The slice that an iceberg shows.

    Raises:
        CommandLineRefusal: Not a quantity.
    """
    size = read_size(text)
    if not isinstance(size, Quantity):
        raise CommandLineRefusal(f"an iceberg shows a quantity, as `show=0.1`, not `{clip(text)}`")
    return size


def read_source(text: str) -> TriggerSource:
    """The price that an order watches.

    Raises:
        CommandLineRefusal: Not one of `last`, `mark`, `index`.
    """
    return _choice(SOURCES, text, "on")


def _choice(choices: dict[str, T], value: str, flag: str) -> T:
    word = value.lower().replace("-", "_")
    if word in choices:
        return choices[word]
    suggestion = nearest(word, choices)
    known = ", ".join(f"`{one}`" for one in choices)
    raise CommandLineRefusal(
        f"`{flag}` is one of {known}, not `{clip(value)}`"
        f"{did_you_mean(f'{flag}={suggestion}') if suggestion else ''}",
        f"{flag}={suggestion}" if suggestion else "",
    )


def _refuse_lifetime(flags: Flags, given: list[str], shape: OrderShape) -> str:
    lifetime = flags.time_in_force
    if shape.waits and lifetime in _AT_ONCE:
        return f"`{lifetime.value}` has no place here: this order waits; leave it out"
    if not shape.rests and lifetime not in _AT_ONCE and lifetime.value in given:
        return (
            f"`{lifetime.value}` needs a price to wait at: add `at <price>`; an order at market"
            " never rests"
        )
    return ""


def _refuse_resting(flags: Flags, shape: OrderShape) -> str:
    for present, word in ((flags.post_only, "po"), (flags.display is not None, "show")):
        if not present:
            continue
        if flags.time_in_force in _AT_ONCE:
            return (
                f"`{word}` and `{flags.time_in_force.value}` exclude each other: one only rests,"
                " the other never does; keep one"
            )
        if not shape.priced:
            if shape.waits:
                return f"`{word}` has no place here: a stop trades when it fires"
            return f"`{word}` needs a price to rest at: add `at best` to join the own side"
    return ""


def _refuse_exits(flags: Flags, shape: OrderShape, verb: str) -> str:
    if flags.exits is None:
        return ""
    if flags.reduce_only:
        return "`reduce` and exits exclude each other: exits are for an order that opens a position"
    if not shape.opens:
        return f"{verb} takes no `sl=` and no `tp=`: they are for an order that opens a position"
    return ""


def _refuse_watching(flags: Flags, shape: OrderShape) -> str:
    watches = shape.waits or (flags.exits is not None and flags.exits.stop_loss is not None)
    if flags.trigger_on is not None and not watches:
        return f"`on={flags.trigger_on.value}` has no use here: this order watches no price"
    if flags.protection_ppm is not None and not shape.at_market:
        return "`protect` is for an order at market; a limit protects by itself"
    return ""

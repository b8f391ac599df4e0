"""Reading commands: one line of text to one command and the time at which it applies.

| line | command |
|---|---|
| `instrument SYMBOL CLASS tick T lot L [FIELD VALUE]*` | ListInstrument |
| `account NAME` | OpenAccount |
| `deposit NAME AMOUNT CURRENCY` | Deposit |
| `place NAME SYMBOL SIDE SIZE limit\\|market [PRICE] [FLAGS]` | PlaceOrder |
| `cancel NAME ORDER` | CancelOrder |
| `amend NAME ORDER [size SIZE] [price PRICE]` | AmendOrder |
| `cancel-all NAME [SYMBOL] [SIDE]` | CancelAll |
| `flatten NAME [SYMBOL]` | Flatten |
| `depth SYMBOL [snapshot] [bids LEVELS] [asks LEVELS]` | MirrorDepth |
| `print SYMBOL SIDE SIZE at PRICE` | MirrorTrade |
| `market-down SYMBOL` | MirrorDown |
| `mirror SYMBOL [queue MODEL] [hold DURATION]` | ConfigureMirror |
| `time CLOCK`, `wait DURATION` | AdvanceTime |

FLAGS are `gtc`, `ioc` or `fok`, then `post-only`, then `id=`, `tag=` and `note=`.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    ConfigureMirror,
    Deposit,
    Flatten,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OpenAccount,
    OrderType,
    PlaceOrder,
    QueueModel,
    Side,
    TimeInForce,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    clock_of,
    duration_of,
    integer_of,
    lots_of,
    quanta_of,
    ticks_of,
)
from engine.core.script.terms import parse_terms
from engine.core.script.words import ScriptError, Word, Words
from engine.core.units import Scale

SIDES = tuple(side.value for side in Side)
_TYPES = tuple(kind.value for kind in OrderType)
_LIFETIMES = tuple(kind.value for kind in TimeInForce)
_OPTIONS = {"id": "client_id", "tag": "tag", "note": "note"}


def parse_command(text: str, glossary: Glossary, now_ns: int) -> tuple[Command, int]:
    """The command that a line states and the time at which it applies, which only `time` and `wait`
    move on from `now_ns`.

    Raises:
        ScriptError: The line is no command; names the word, its column and what is allowed.
    """
    words = Words(text)
    verb = words.take(", ".join(VERBS))
    if verb.quoted or verb.text not in VERBS:
        raise verb.wrong(", ".join(VERBS))
    if verb.text in ("time", "wait"):
        return AdvanceTime(), _moved_clock(verb.text, words, now_ns)
    command = _READERS[verb.text](words, glossary)
    words.finish()
    return command, now_ns


def _moved_clock(verb: str, words: Words, now_ns: int) -> int:
    word = words.take("a time" if verb == "time" else "a duration")
    moved = clock_of(word) if verb == "time" else now_ns + duration_of(word)
    if moved < now_ns:
        raise ScriptError("time never goes back; write a later time", word.column)
    words.finish()
    return moved


def _instrument(words: Words, _glossary: Glossary) -> Command:
    return ListInstrument(instrument=parse_terms(words))


def _account(words: Words, _glossary: Glossary) -> Command:
    return OpenAccount(account=_name(words))


def _deposit(words: Words, _glossary: Glossary) -> Command:
    account = _name(words)
    amount = quanta_of(words.take("an amount"))
    return Deposit(account=account, currency=words.take("a currency").text, amount_quanta=amount)


def _place(words: Words, glossary: Glossary) -> Command:
    account, symbol = _name(words), _symbol(words)
    scale = glossary.scale(symbol)
    side = Side(words.choose(*SIDES))
    lots = lots_of(words.take("a size"), scale)
    order_type = OrderType(words.choose(*_TYPES))
    price = _price_unless_flag(words, scale)
    return PlaceOrder(
        account=account,
        symbol=symbol,
        side=side,
        lots=lots,
        order_type=order_type,
        price_ticks=price,
        **_flags(words),
    )


def _price_unless_flag(words: Words, scale: Scale | None) -> int | None:
    """A limit order without a price can be said: the exchange is asked to refuse it."""
    word = words.peek()
    if word is None or word.text[0] not in "+-.0123456789":
        return None
    return ticks_of(words.take("a price"), scale)


def _flags(words: Words) -> dict[str, Any]:
    flags: dict[str, Any] = {}
    if lifetime := words.accept(*_LIFETIMES):
        flags["time_in_force"] = TimeInForce(lifetime.text)
    if words.accept("post-only"):
        flags["post_only"] = True
    while option := words.option(*_OPTIONS):
        key, value = option
        if _OPTIONS[key] in flags:
            raise ScriptError(f"{key}= is given twice; give it once", value.column)
        flags[_OPTIONS[key]] = value.text
    words.finish("gtc, ioc or fok, then post-only, then id=, tag= and note=")
    return flags


def _cancel(words: Words, _glossary: Glossary) -> Command:
    return CancelOrder(account=_name(words), order_id=_order_id(words))


def _amend(words: Words, glossary: Glossary) -> Command:
    account, order_id = _name(words), _order_id(words)
    scale = glossary.order_scale(order_id)
    lots = lots_of(words.take("a size"), scale) if words.accept("size") else None
    price = ticks_of(words.take("a price"), scale) if words.accept("price") else None
    words.finish("size SIZE, then price PRICE")
    return AmendOrder(account=account, order_id=order_id, lots=lots, price_ticks=price)


def _cancel_all(words: Words, _glossary: Glossary) -> Command:
    account = _name(words)
    side = words.accept(*SIDES)
    symbol = None
    if side is None and words.peek() is not None:
        symbol = _symbol(words)
        side = words.accept(*SIDES)
    return CancelAll(account=account, symbol=symbol, side=Side(side.text) if side else None)


def _flatten(words: Words, _glossary: Glossary) -> Command:
    account = _name(words)
    return Flatten(account=account, symbol=_symbol(words) if words.peek() else None)


def _depth(words: Words, glossary: Glossary) -> Command:
    symbol = _symbol(words)
    scale = glossary.scale(symbol)
    snapshot = words.accept("snapshot") is not None
    bids = _levels(words, scale) if words.accept("bids") else ()
    asks = _levels(words, scale) if words.accept("asks") else ()
    words.finish("snapshot, then bids LEVELS, then asks LEVELS, as 62000:1.5,61999:2")
    return MirrorDepth(symbol=symbol, bids=bids, asks=asks, snapshot=snapshot)


def _levels(words: Words, scale: Scale | None) -> tuple[tuple[int, int], ...]:
    word = words.take("levels such as 62000:1.5,61999:2")
    levels = []
    column = word.column
    for text in word.text.split(","):
        price, colon, size = text.partition(":")
        if not colon:
            raise Word(text, column).wrong("levels such as 62000:1.5,61999:2")
        size_word = Word(size, column + len(price) + 1)
        levels.append((ticks_of(Word(price, column), scale), lots_of(size_word, scale)))
        column += len(text) + 1
    return tuple(levels)


def _print(words: Words, glossary: Glossary) -> Command:
    symbol = _symbol(words)
    scale = glossary.scale(symbol)
    side = Side(words.choose(*SIDES))
    lots = lots_of(words.take("a size"), scale)
    words.choose("at")
    price = ticks_of(words.take("a price"), scale)
    return MirrorTrade(symbol=symbol, side=side, lots=lots, price_ticks=price)


def _market_down(words: Words, _glossary: Glossary) -> Command:
    return MirrorDown(symbol=_symbol(words))


def _mirror(words: Words, _glossary: Glossary) -> Command:
    settings: dict[str, Any] = {"symbol": _symbol(words)}
    if words.accept("queue"):
        settings["queue_model"] = QueueModel(words.choose(*(model.value for model in QueueModel)))
    if words.accept("hold"):
        settings["taken_hold_ns"] = duration_of(words.take("a duration"))
    words.finish("queue MODEL, then hold DURATION")
    return ConfigureMirror(**settings)


def _name(words: Words) -> str:
    return words.take("an account's name").text


def _symbol(words: Words) -> str:
    return words.take("an instrument's symbol").text


def _order_id(words: Words) -> int:
    return integer_of(words.take("an order's number"), "an order's number")


_READERS: dict[str, Callable[[Words, Glossary], Command]] = {
    "instrument": _instrument,
    "account": _account,
    "deposit": _deposit,
    "place": _place,
    "cancel": _cancel,
    "amend": _amend,
    "cancel-all": _cancel_all,
    "flatten": _flatten,
    "depth": _depth,
    "print": _print,
    "market-down": _market_down,
    "mirror": _mirror,
}
VERBS = (*_READERS, "time", "wait")

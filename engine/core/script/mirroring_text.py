"""Reading and writing what the bridge from a live venue sends.

| line | command |
|---|---|
| `depth SYMBOL [snapshot] [bids LEVELS] [asks LEVELS]` | MirrorDepth |
| `print SYMBOL SIDE SIZE at PRICE` | MirrorTrade |
| `market-down SYMBOL` | MirrorDown |
| `mirror SYMBOL [queue MODEL] [hold DURATION]` | ConfigureMirror |

LEVELS are `PRICE:SIZE,PRICE:SIZE`.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    Command,
    ConfigureMirror,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    QueueModel,
    Side,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    duration_of,
    duration_text,
    lots_of,
    price_text,
    size_text,
    ticks_of,
)
from engine.core.script.words import Word, Words, dashed, name, pairs
from engine.core.units import Scale


def _read_depth(words: Words, glossary: Glossary) -> Command:
    symbol = words.symbol()
    scale = glossary.scale(symbol)
    snapshot = words.accept("snapshot") is not None
    bids = _read_levels(words, scale) if words.accept("bids") else ()
    asks = _read_levels(words, scale) if words.accept("asks") else ()
    words.finish("snapshot, then bids LEVELS, then asks LEVELS, as 62000:1.5,61999:2")
    return MirrorDepth(symbol=symbol, bids=bids, asks=asks, snapshot=snapshot)


def _depth(command: MirrorDepth, glossary: Glossary) -> str:
    scale = glossary.scale(command.symbol)
    text = f"depth {name(command.symbol)}"
    if command.snapshot:
        text += " snapshot"
    if command.bids:
        text += f" bids {_levels(command.bids, scale)}"
    if command.asks:
        text += f" asks {_levels(command.asks, scale)}"
    return text


def _read_levels(words: Words, scale: Scale | None) -> tuple[tuple[int, int], ...]:
    shape = "levels such as 62000:1.5,61999:2"

    def read(price: Word, size: Word) -> tuple[int, int]:
        return ticks_of(price, scale), lots_of(size, scale)

    return tuple(read(price, size) for price, size in pairs(words.take(shape), ":", shape))


def _levels(levels: tuple[tuple[int, int], ...], scale: Scale | None) -> str:
    return ",".join(f"{price_text(at, scale)}:{size_text(lots, scale)}" for at, lots in levels)


def _read_print(words: Words, glossary: Glossary) -> Command:
    symbol = words.symbol()
    scale = glossary.scale(symbol)
    side = words.member(Side)
    lots = lots_of(words.take("a size"), scale)
    words.choose("at")
    price = ticks_of(words.take("a price"), scale)
    return MirrorTrade(symbol=symbol, side=side, lots=lots, price_ticks=price)


def _print(command: MirrorTrade, glossary: Glossary) -> str:
    scale = glossary.scale(command.symbol)
    size, price = size_text(command.lots, scale), price_text(command.price_ticks, scale)
    return f"print {name(command.symbol)} {command.side.value} {size} at {price}"


def _read_market_down(words: Words, _glossary: Glossary) -> Command:
    return MirrorDown(symbol=words.symbol())


def _market_down(command: MirrorDown, _glossary: Glossary) -> str:
    return f"market-down {name(command.symbol)}"


def _read_mirror(words: Words, _glossary: Glossary) -> Command:
    settings: dict[str, Any] = {"symbol": words.symbol()}
    if words.accept("queue"):
        settings["queue_model"] = words.member(QueueModel)
    if words.accept("hold"):
        settings["taken_hold_ns"] = duration_of(words.take("a duration"))
    words.finish("queue MODEL, then hold DURATION")
    return ConfigureMirror(**settings)


def _mirror(command: ConfigureMirror, _glossary: Glossary) -> str:
    hold = duration_text(command.taken_hold_ns)
    return f"mirror {name(command.symbol)} queue {dashed(command.queue_model)} hold {hold}"


READERS: dict[str, Callable[[Words, Glossary], Command]] = {
    "depth": _read_depth,
    "print": _read_print,
    "market-down": _read_market_down,
    "mirror": _read_mirror,
}
WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    MirrorDepth: _depth,
    MirrorTrade: _print,
    MirrorDown: _market_down,
    ConfigureMirror: _mirror,
}

"""Reading and writing what the bridge from a live venue sends.

| line | command |
|---|---|
| `depth SYMBOL [snapshot] [venue CLOCK] [bids LEVELS] [asks LEVELS]` | MirrorDepth |
| `print SYMBOL SIDE SIZE at PRICE [venue CLOCK]` | MirrorTrade |
| `quote SYMBOL bid LEVEL ask LEVEL liquidity SIZE base SHARE impact SHARE` | MirrorQuote |
| `market-down SYMBOL` | MirrorDown |
| `mirror SYMBOL [queue MODEL] [hold DURATION]` | ConfigureMirror |

LEVELS are `PRICE:SIZE,PRICE:SIZE`; the CLOCK is the venue's own.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    Command,
    ConfigureMirror,
    MirrorDepth,
    MirrorDown,
    MirrorQuote,
    MirrorTrade,
    QueueModel,
    Side,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    bps_text,
    clock_of,
    clock_text,
    duration_of,
    duration_text,
    lots_of,
    ppm_of,
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
    venue_ns = _read_venue(words)
    bids = _read_levels(words, scale) if words.accept("bids") else ()
    asks = _read_levels(words, scale) if words.accept("asks") else ()
    words.finish("snapshot, venue CLOCK, bids LEVELS, asks LEVELS, as 62000:1.5,61999:2, in order")
    return MirrorDepth(symbol=symbol, bids=bids, asks=asks, snapshot=snapshot, venue_ns=venue_ns)


def _depth(command: MirrorDepth, glossary: Glossary) -> str:
    scale = glossary.scale(command.symbol)
    text = f"depth {name(command.symbol)}"
    if command.snapshot:
        text += " snapshot"
    text += _venue(command.venue_ns)
    if command.bids:
        text += f" bids {_levels(command.bids, scale)}"
    if command.asks:
        text += f" asks {_levels(command.asks, scale)}"
    return text


def _read_venue(words: Words) -> int | None:
    return clock_of(words.take("a time")) if words.accept("venue") else None


def _venue(venue_ns: int | None) -> str:
    return "" if venue_ns is None else f" venue {clock_text(venue_ns)}"


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
    return MirrorTrade(
        symbol=symbol, side=side, lots=lots, price_ticks=price, venue_ns=_read_venue(words)
    )


def _print(command: MirrorTrade, glossary: Glossary) -> str:
    scale = glossary.scale(command.symbol)
    size, price = size_text(command.lots, scale), price_text(command.price_ticks, scale)
    traded = f"print {name(command.symbol)} {command.side.value} {size} at {price}"
    return traded + _venue(command.venue_ns)


def _read_quote(words: Words, glossary: Glossary) -> Command:
    symbol = words.symbol()
    scale = glossary.scale(symbol)
    words.choose("bid")
    bid_ticks, bid_lots = _read_touch(words, scale)
    words.choose("ask")
    ask_ticks, ask_lots = _read_touch(words, scale)
    words.choose("liquidity")
    liquidity_lots = lots_of(words.take("a size"), scale)
    words.choose("base")
    base_ppm = ppm_of(words.take("a share such as 5bps"))
    words.choose("impact")
    impact_ppm = ppm_of(words.take("a share such as 5bps"))
    return MirrorQuote(
        symbol=symbol,
        bid_ticks=bid_ticks,
        bid_lots=bid_lots,
        ask_ticks=ask_ticks,
        ask_lots=ask_lots,
        liquidity_lots=liquidity_lots,
        base_ppm=base_ppm,
        impact_ppm=impact_ppm,
    )


def _read_touch(words: Words, scale: Scale | None) -> tuple[int, int]:
    shape = "a price and a size such as 62000:1.5, the size 0 where it is not stated"
    word = words.take(shape)
    (price, size), *more = pairs(word, ":", shape)
    if more:
        raise word.wrong(shape)
    return ticks_of(price, scale), lots_of(size, scale)


def _quote(command: MirrorQuote, glossary: Glossary) -> str:
    scale = glossary.scale(command.symbol)
    bid = _levels(((command.bid_ticks, command.bid_lots),), scale)
    ask = _levels(((command.ask_ticks, command.ask_lots),), scale)
    touch = f"quote {name(command.symbol)} bid {bid} ask {ask}"
    liquidity = f"liquidity {size_text(command.liquidity_lots, scale)}"
    base, impact = bps_text(command.base_ppm), bps_text(command.impact_ppm)
    return f"{touch} {liquidity} base {base} impact {impact}"


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
    "quote": _read_quote,
    "market-down": _read_market_down,
    "mirror": _read_mirror,
}
WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    MirrorDepth: _depth,
    MirrorTrade: _print,
    MirrorQuote: _quote,
    MirrorDown: _market_down,
    ConfigureMirror: _mirror,
}

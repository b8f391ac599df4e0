"""Reading and writing what a trader sends: orders alone and in groups, changes, mass actions.

| line | command |
|---|---|
| `place NAME SYMBOL ORDER` | PlaceOrder |
| `oco NAME SYMBOL ORDER \\| [SYMBOL SIDE SIZE] REST` | PlaceOco |
| `basket NAME all\\|share SYMBOL ORDER [\\| SYMBOL ORDER]*` | PlaceBasket |
| `protect NAME SYMBOL [tp PRICE] [sl PRICE] [on last\\|mark\\|index]` | ProtectPosition |
| `cancel NAME ORDER` | CancelOrder |
| `amend NAME ORDER [size S] [price P] [show S] [trigger P] [expires CLOCK]` | AmendOrder |
| `replace NAME ORDER with SYMBOL ORDER` | ReplaceOrder |
| `cancel-all NAME [SYMBOL] [SIDE] [tag=TAG]` | CancelAll |
| `flatten NAME [SYMBOL]` | Flatten |
| `reverse NAME SYMBOL` | Reverse |
| `kill NAME [close]` | EngageKill |
| `release NAME` | ReleaseKill |

ORDER is a number, or the words of `engine.core.script.order_text`.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    EngageKill,
    Flatten,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReleaseKill,
    ReplaceOrder,
    Reverse,
    Side,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    clock_of,
    clock_text,
    integer_of,
    lots_of,
    price_text,
    size_text,
    ticks_of,
)
from engine.core.script.order_text import (
    NEXT,
    exit_prices_text,
    leg_text,
    order_text,
    read_exit_prices,
    read_leg,
    read_order,
    read_twin,
    twin_text,
)
from engine.core.script.words import Words, name
from engine.core.units import Scale

_SIDES = tuple(side.value for side in Side)
_ALL, _SHARE = "all", "share"
_PROTECTION = ("tp", "sl", "on")


def _read_place(words: Words, glossary: Glossary) -> Command:
    return read_order(words, glossary, words.account())


def _place(command: PlaceOrder, glossary: Glossary) -> str:
    place = f"place {name(command.account)} {name(command.symbol)}"
    return f"{place} {order_text(command, glossary)}"


def _read_oco(words: Words, glossary: Glossary) -> Command:
    account = words.account()
    first = read_leg(words, glossary, account)
    words.choose(NEXT)
    second = read_twin(words, glossary, account, first)
    return PlaceOco(account=account, first=first, second=second)


def _oco(command: PlaceOco, glossary: Glossary) -> str:
    first = leg_text(command.first, glossary, command.account)
    second = twin_text(command.second, glossary, command.account, command.first)
    return f"oco {name(command.account)} {first} {NEXT} {second}"


def _read_basket(words: Words, glossary: Glossary) -> Command:
    account = words.account()
    all_or_none = words.choose(_ALL, _SHARE) == _ALL
    legs = [read_leg(words, glossary, account)] if words.peek() else []
    while words.accept(NEXT):
        legs.append(read_leg(words, glossary, account))
    return PlaceBasket(account=account, legs=tuple(legs), all_or_none=all_or_none)


def _basket(command: PlaceBasket, glossary: Glossary) -> str:
    text = f"basket {name(command.account)} {_ALL if command.all_or_none else _SHARE}"
    legs = f" {NEXT} ".join(leg_text(leg, glossary, command.account) for leg in command.legs)
    return f"{text} {legs}".rstrip()


def _read_protect(words: Words, glossary: Glossary) -> Command:
    account, symbol = words.account(), words.symbol()
    prices = read_exit_prices(words, glossary.scale(symbol), *_PROTECTION)
    words.finish("tp PRICE, sl PRICE and on last, mark or index")
    return ProtectPosition(account=account, symbol=symbol, **prices)


def _protect(command: ProtectPosition, glossary: Glossary) -> str:
    prices = exit_prices_text(command, glossary.scale(command.symbol), *_PROTECTION)
    return f"protect {name(command.account)} {name(command.symbol)}{prices}"


def _read_cancel(words: Words, _glossary: Glossary) -> Command:
    return CancelOrder(account=words.account(), order_id=_order_id(words))


def _cancel(command: CancelOrder, _glossary: Glossary) -> str:
    return f"cancel {name(command.account)} {command.order_id}"


def _read_amend(words: Words, glossary: Glossary) -> Command:
    account, order_id = words.account(), _order_id(words)
    scale = glossary.order_scale(order_id)
    read: dict[str, int] = {}
    for keyword in words.each_once(*_AMENDED):
        field, reader, _ = _AMENDED[keyword]
        read[field] = reader(words, scale)
    words.finish("each once: " + ", ".join(_AMENDED))
    return AmendOrder(account=account, order_id=order_id, **read)


def _amend(command: AmendOrder, glossary: Glossary) -> str:
    scale = glossary.order_scale(command.order_id)
    text = f"amend {name(command.account)} {command.order_id}"
    for keyword, (field, _, writer) in _AMENDED.items():
        value = getattr(command, field)
        if value is not None:
            text += f" {keyword} {writer(value, scale)}"
    return text


def _read_size(words: Words, scale: Scale | None) -> int:
    return lots_of(words.take("a size"), scale)


def _read_price(words: Words, scale: Scale | None) -> int:
    return ticks_of(words.take("a price"), scale)


def _read_time(words: Words, _scale: Scale | None) -> int:
    return clock_of(words.take("a time"))


def _time(ts_ns: int, _scale: Scale | None) -> str:
    return clock_text(ts_ns)


_AMENDED: dict[
    str,
    tuple[str, Callable[[Words, Scale | None], int], Callable[[int, Scale | None], str]],
] = {
    "size": ("lots", _read_size, size_text),
    "price": ("price_ticks", _read_price, price_text),
    "show": ("display_lots", _read_size, size_text),
    "trigger": ("trigger_ticks", _read_price, price_text),
    "expires": ("expires_ns", _read_time, _time),
}


def _read_replace(words: Words, glossary: Glossary) -> Command:
    account, order_id = words.account(), _order_id(words)
    words.choose("with")
    order = read_leg(words, glossary, account)
    return ReplaceOrder(account=account, order_id=order_id, order=order)


def _replace(command: ReplaceOrder, glossary: Glossary) -> str:
    order = leg_text(command.order, glossary, command.account)
    return f"replace {name(command.account)} {command.order_id} with {order}"


def _read_cancel_all(words: Words, _glossary: Glossary) -> Command:
    account = words.account()
    side = words.accept(*_SIDES)
    tag = words.option("tag")
    symbol = None
    if side is None and tag is None and words.peek() is not None:
        symbol = words.symbol()
        side = words.accept(*_SIDES)
    tag = tag or words.option("tag")
    return CancelAll(
        account=account,
        symbol=symbol,
        side=Side(side.text) if side else None,
        tag=tag[1].text if tag else None,
    )


def _cancel_all(command: CancelAll, _glossary: Glossary) -> str:
    text = f"cancel-all {name(command.account)}"
    if command.symbol is not None:
        text += f" {name(command.symbol)}"
    if command.side is not None:
        text += f" {command.side.value}"
    return text if command.tag is None else f"{text} tag={name(command.tag)}"


def _read_flatten(words: Words, _glossary: Glossary) -> Command:
    account = words.account()
    return Flatten(account=account, symbol=words.symbol() if words.peek() else None)


def _flatten(command: Flatten, _glossary: Glossary) -> str:
    text = f"flatten {name(command.account)}"
    return text if command.symbol is None else f"{text} {name(command.symbol)}"


def _read_reverse(words: Words, _glossary: Glossary) -> Command:
    return Reverse(account=words.account(), symbol=words.symbol())


def _reverse(command: Reverse, _glossary: Glossary) -> str:
    return f"reverse {name(command.account)} {name(command.symbol)}"


def _read_kill(words: Words, _glossary: Glossary) -> Command:
    return EngageKill(account=words.account(), close_positions=words.accept("close") is not None)


def _kill(command: EngageKill, _glossary: Glossary) -> str:
    return f"kill {name(command.account)}" + (" close" if command.close_positions else "")


def _read_release(words: Words, _glossary: Glossary) -> Command:
    return ReleaseKill(account=words.account())


def _release(command: ReleaseKill, _glossary: Glossary) -> str:
    return f"release {name(command.account)}"


def _order_id(words: Words) -> int:
    return integer_of(words.take("an order's number"), "an order's number")


READERS: dict[str, Callable[[Words, Glossary], Command]] = {
    "place": _read_place,
    "oco": _read_oco,
    "basket": _read_basket,
    "protect": _read_protect,
    "cancel": _read_cancel,
    "amend": _read_amend,
    "replace": _read_replace,
    "cancel-all": _read_cancel_all,
    "flatten": _read_flatten,
    "reverse": _read_reverse,
    "kill": _read_kill,
    "release": _read_release,
}
WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    PlaceOrder: _place,
    PlaceOco: _oco,
    PlaceBasket: _basket,
    ProtectPosition: _protect,
    CancelOrder: _cancel,
    AmendOrder: _amend,
    ReplaceOrder: _replace,
    CancelAll: _cancel_all,
    Flatten: _flatten,
    Reverse: _reverse,
    EngageKill: _kill,
    ReleaseKill: _release,
}

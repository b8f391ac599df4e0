"""The words of one order: `sell 0.5 stop-limit 60990 trigger 61000 on mark reduce-only tag=exit`.

They are `SIDE SIZE TYPE [PRICE] [FLAGS]`. The flags come in any order, each once, and are written
in the order of this table, where they differ from what an order has without them:

| flag | field |
|---|---|
| `gtc`, `ioc`, `fok`, `day`, `gtd [CLOCK]` | time_in_force, expires_ns |
| `expires CLOCK` | expires_ns of an order that is not GTD |
| `post-only`, `slide`, `reduce-only` | post_only, slide, reduce_only |
| `show SIZE` | display_lots |
| `trigger PRICE`, `on last\\|mark\\|index` | trigger_ticks, trigger_on |
| `trail DISTANCE`, `trail SHARE` | trail_ticks, trail_ppm |
| `activate PRICE`, `offset DISTANCE` | activation_ticks, limit_offset_ticks |
| `protect SHARE` | protection_ppm |
| `stp MODE` | self_trade |
| `exits [tp PRICE] [sl PRICE] [limit PRICE] [on …]` | exits |
| `account=`, `id=`, `tag=`, `note=` | account, client_id, tag, note |

An order that is part of a group begins with its symbol. Its account is that of the group unless
`account=` says another.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from engine.core.commands import (
    Exits,
    OrderType,
    PlaceOrder,
    SelfTrade,
    Side,
    TimeInForce,
    TriggerSource,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    bps_text,
    clock_of,
    clock_text,
    is_share,
    lots_of,
    percent_text,
    ppm_of,
    price_text,
    size_text,
    ticks_of,
)
from engine.core.script.words import ScriptError, Word, Words, dashed, name, quoted
from engine.core.units import Scale

NEXT = "|"
"""Stands between the orders of a group."""
LABELS = {"id": "client_id", "tag": "tag", "note": "note"}
_LEG_LABELS = {"account": "account"} | LABELS
_TYPES = tuple(map(dashed, OrderType))
Fields = dict[str, Any]


def read_order(words: Words, glossary: Glossary, account: str) -> PlaceOrder:
    """The order that is sent alone: from its symbol to the end of the line."""
    symbol = words.symbol()
    return _order(words, glossary, {"account": account, "symbol": symbol}, LABELS)


def read_leg(words: Words, glossary: Glossary, account: str) -> PlaceOrder:
    """An order of a group: from its symbol to a `|` or the end of the line."""
    symbol = words.symbol()
    return _order(words, glossary, {"account": account, "symbol": symbol}, _LEG_LABELS)


def read_twin(words: Words, glossary: Glossary, account: str, first: PlaceOrder) -> PlaceOrder:
    """An order of a group that may begin with its type, when all before it is as in another."""
    word = words.peek()
    if word is None or word.quoted or word.text not in _TYPES:
        return read_leg(words, glossary, account)
    known = {"account": account, "symbol": first.symbol, "side": first.side, "lots": first.lots}
    return _order(words, glossary, known, _LEG_LABELS)


def order_text(order: PlaceOrder, glossary: Glossary) -> str:
    """The words of an order from its side on."""
    scale = glossary.scale(order.symbol)
    return f"{order.side.value} {size_text(order.lots, scale)} {_kind_text(order, scale)}"


def leg_text(order: PlaceOrder, glossary: Glossary, account: str) -> str:
    """The words of an order of a group that `account` sends."""
    symbol = quoted(order.symbol) if order.symbol in _TYPES else name(order.symbol)
    text = f"{symbol} {order_text(order, glossary)}"
    return text if order.account == account else f"{text} account={name(order.account)}"


def twin_text(order: PlaceOrder, glossary: Glossary, account: str, first: PlaceOrder) -> str:
    """The words of an order of a group, without those that `first` has said."""
    if (order.symbol, order.side, order.lots) != (first.symbol, first.side, first.lots):
        return leg_text(order, glossary, account)
    text = _kind_text(order, glossary.scale(order.symbol))
    return text if order.account == account else f"{text} account={name(order.account)}"


def read_exit_prices(words: Words, scale: Scale | None, *keywords: str) -> Fields:
    """Prices by keyword and what triggers watch, each once, in any order; of `Exits` all."""
    read: Fields = {}
    for keyword in words.each_once(*keywords):
        field = EXIT_FIELDS[keyword]
        if keyword == "on":
            read[field] = words.member(TriggerSource)
        else:
            read[field] = ticks_of(words.take("a price"), scale)
    return read


EXIT_FIELDS = {
    "tp": "take_profit_ticks",
    "sl": "stop_loss_ticks",
    "limit": "stop_limit_ticks",
    "on": "trigger_on",
}


def exit_prices_text(holder: msgspec.Struct, scale: Scale | None, *keywords: str) -> str:
    """What `read_exit_prices` reads back, each with a space before it."""
    text = ""
    for keyword in keywords:
        value = getattr(holder, EXIT_FIELDS[keyword])
        if value is not None:
            said = dashed(value) if keyword == "on" else price_text(value, scale)
            text += f" {keyword} {said}"
    return text


def _order(words: Words, glossary: Glossary, known: Fields, labels: dict[str, str]) -> PlaceOrder:
    fields = dict(known)
    scale = glossary.scale(fields["symbol"])
    if "side" not in fields:
        fields["side"] = words.member(Side)
        fields["lots"] = lots_of(words.take("a size"), scale)
    fields["order_type"] = words.member(OrderType)
    # An order without a price can be said whatever its type: the exchange is asked to refuse it.
    if words.number_follows():
        fields["price_ticks"] = ticks_of(words.take("a price"), scale)
    said = _flags(words, scale)
    _labels(words, labels, said)
    return PlaceOrder(**(fields | said))


def _flags(words: Words, scale: Scale | None) -> Fields:
    said: Fields = {}
    while word := words.accept(*_FLAGS):
        read = _FLAGS[word.text](words, scale, word)
        twice = said.keys() & read.keys()
        if twice:
            raise ScriptError(f"{word.text} is said already; say it once", word.column)
        said |= read
    return said


def _labels(words: Words, labels: dict[str, str], said: Fields) -> None:
    given: set[str] = set()
    while option := words.option(*labels):
        key, value = option
        if key in given:
            raise ScriptError(f"{key}= is given twice; give it once", value.column)
        given.add(key)
        said[labels[key]] = value.text
    word = words.peek()
    if word is not None and (word.quoted or word.text != NEXT):
        raise word.wrong(", ".join(_FLAGS) + ", then " + ", ".join(f"{key}=" for key in labels))


def _lifetime(words: Words, _scale: Scale | None, word: Word) -> Fields:
    read: Fields = {"time_in_force": TimeInForce(word.text)}
    if word.text == "gtd" and words.number_follows():
        read["expires_ns"] = clock_of(words.take("a time"))
    return read


def _expires(words: Words, _scale: Scale | None, _word: Word) -> Fields:
    return {"expires_ns": clock_of(words.take("a time"))}


def _switch(_words: Words, _scale: Scale | None, word: Word) -> Fields:
    return {word.text.replace("-", "_"): True}


def _show(words: Words, scale: Scale | None, _word: Word) -> Fields:
    return {"display_lots": lots_of(words.take("a size"), scale)}


def _price(words: Words, scale: Scale | None, word: Word) -> Fields:
    return {_PRICES[word.text]: ticks_of(words.take(f"a price after {word.text}"), scale)}


def _on(words: Words, _scale: Scale | None, _word: Word) -> Fields:
    return {"trigger_on": words.member(TriggerSource)}


def _trail(words: Words, scale: Scale | None, _word: Word) -> Fields:
    distance = words.take("a distance such as 50, or a share such as 1.5%")
    if is_share(distance):
        return {"trail_ppm": ppm_of(distance)}
    return {"trail_ticks": ticks_of(distance, scale)}


def _protect(words: Words, _scale: Scale | None, _word: Word) -> Fields:
    return {"protection_ppm": ppm_of(words.take("a share such as 50bps"))}


def _stp(words: Words, _scale: Scale | None, _word: Word) -> Fields:
    return {"self_trade": words.member(SelfTrade)}


def _exits(words: Words, scale: Scale | None, _word: Word) -> Fields:
    return {"exits": Exits(**read_exit_prices(words, scale, *EXIT_FIELDS))}


_PRICES = {
    "trigger": "trigger_ticks",
    "activate": "activation_ticks",
    "offset": "limit_offset_ticks",
}
_FLAGS: dict[str, Callable[[Words, Scale | None, Word], Fields]] = {
    **{lifetime.value: _lifetime for lifetime in TimeInForce},
    "expires": _expires,
    "post-only": _switch,
    "slide": _switch,
    "reduce-only": _switch,
    "show": _show,
    "trigger": _price,
    "on": _on,
    "trail": _trail,
    "activate": _price,
    "offset": _price,
    "protect": _protect,
    "stp": _stp,
    "exits": _exits,
}
FLAGS = (*_FLAGS, *(f"{key}=" for key in _LEG_LABELS))


def _kind_text(order: PlaceOrder, scale: Scale | None) -> str:
    words = [dashed(order.order_type)]
    if order.price_ticks is not None:
        words.append(price_text(order.price_ticks, scale))
    words += _lifetime_words(order)
    words += [
        flag
        for flag in ("post-only", "slide", "reduce-only")
        if getattr(order, flag.replace("-", "_"))
    ]
    words += _waiting_words(order, scale)
    if order.protection_ppm is not None:
        words.append(f"protect {bps_text(order.protection_ppm)}")
    if order.self_trade is not SelfTrade.CANCEL_RESTING:
        words.append(f"stp {dashed(order.self_trade)}")
    if order.exits is not None:
        words.append(f"exits{exit_prices_text(order.exits, scale, *EXIT_FIELDS)}")
    texts = {key: getattr(order, field) for key, field in LABELS.items()}
    words += [f"{key}={name(text)}" for key, text in texts.items() if text]
    return " ".join(words)


def _lifetime_words(order: PlaceOrder) -> list[str]:
    words = []
    if order.time_in_force is not TimeInForce.GTC:
        words.append(order.time_in_force.value)
    if order.expires_ns is not None:
        if order.time_in_force is not TimeInForce.GTD:
            words.append("expires")
        words.append(clock_text(order.expires_ns))
    return words


def _waiting_words(order: PlaceOrder, scale: Scale | None) -> list[str]:
    words = []
    if order.display_lots is not None:
        words.append(f"show {size_text(order.display_lots, scale)}")
    if order.trigger_ticks is not None:
        words.append(f"trigger {price_text(order.trigger_ticks, scale)}")
    if order.trigger_on is not None:
        words.append(f"on {dashed(order.trigger_on)}")
    if order.trail_ticks is not None:
        words.append(f"trail {price_text(order.trail_ticks, scale)}")
    if order.trail_ppm is not None:
        words.append(f"trail {percent_text(order.trail_ppm)}")
    if order.activation_ticks is not None:
        words.append(f"activate {price_text(order.activation_ticks, scale)}")
    if order.limit_offset_ticks is not None:
        words.append(f"offset {price_text(order.limit_offset_ticks, scale)}")
    return words

"""Commands with anything in some of their fields: any value of the field's type, out of bytes."""

import types
import typing
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import msgspec

INTEGERS = (
    *(0, 1, -1, 2, 7, 10**6, 10**6 - 1, 10**12, 10**15, 10**15 + 1),
    *(2**63 - 1, 2**64, -(10**30)),
)
TEXTS = (
    *("", "ann", "market", "BTC", "USDT", "BTC-USDT", "BTC-USDT-PERP", "desk"),
    *("a b", 'q"\\', "a:b", "é\n", "x" * 99),
)
DECIMALS = ("1", "0", "-1", "0.01", "0.000000000001", "1e-13", "1000000", "1e30")
Message = typing.TypeVar("Message", bound=msgspec.Struct)
NEAR = 32
"""How far a number is moved when it stays near what it was."""
LENGTH_MAX = 3


class Source:
    """Bytes as choices; after the last come zeros."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._next = 0

    def byte(self) -> int:
        """The next byte."""
        found = self._data[self._next] if self._next < len(self._data) else 0
        self._next += 1
        return found

    def pick(self, options: typing.Sequence[Any]) -> Any:
        """One of them; the first for a zero."""
        return options[self.byte() % len(options)]


def with_anything(message: Message, fields: int, source: Source) -> Message:
    """The message with anything in so many of its fields."""
    names = message.__struct_fields__
    for _ in range(fields if names else 0):
        name = source.pick(names)
        value = _value(_hints(type(message))[name], getattr(message, name), source)
        message = msgspec.structs.replace(message, **{name: value})
    return message


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _value(hint: Any, before: Any, source: Source) -> Any:
    """Any value of a type; `before` is one that made sense, if there was one."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        chosen = source.pick(typing.get_args(hint))
        return None if chosen is types.NoneType else _value(chosen, before, source)
    if origin is tuple:
        return _tuple(typing.get_args(hint), before, source)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _struct(hint, before, source)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return source.pick(list(hint))
    return _plain(hint, before, source)


def _plain(hint: Any, before: Any, source: Source) -> Any:
    if hint is bool:
        return source.byte() % 2 == 1
    if hint is str:
        return source.pick(TEXTS)
    if hint is Decimal:
        return Decimal(source.pick(DECIMALS))
    assert hint is int, hint
    draw = source.byte()
    if draw % 2 or not isinstance(before, int):
        return source.pick(INTEGERS) + source.byte() % 3
    return before + draw % NEAR - NEAR // 2


def _tuple(kinds: tuple[Any, ...], before: Any, source: Source) -> tuple[Any, ...]:
    known = before if isinstance(before, tuple) else ()
    if kinds[-1] is not ...:
        pairs = zip(kinds, (*known, *(None,) * len(kinds)), strict=False)
        return tuple(_value(kind, one, source) for kind, one in pairs)
    length = source.byte() % (LENGTH_MAX + 1)
    found = [*known, *(known[-1:] * LENGTH_MAX or (None,) * LENGTH_MAX)][:length]
    changed = source.byte() % max(1, length)
    return tuple(
        _value(kinds[0], one, source) if at == changed or one is None else one
        for at, one in enumerate(found)
    )


def _struct(kind: type[msgspec.Struct], before: Any, source: Source) -> msgspec.Struct:
    if isinstance(before, kind):
        return with_anything(before, 1 + source.byte() % 2, source)
    values = {}
    for field in msgspec.structs.fields(kind):
        if field.required or source.byte() % 2:
            hint = _hints(kind)[field.name]
            values[field.name] = _value(hint, None, source)
    return kind(**values)

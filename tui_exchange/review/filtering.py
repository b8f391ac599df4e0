"""The filter line of review: words that all have to hold for a trade to be shown.

    word            symbol, side, state, what ended it, a tag or the note contains it
    field:text      one field contains it: symbol side state ended tag note
    field:a,b       … or any of several
    field>number    net gross fees funding return size entry exit mae mfe fills trade;
                    also < >= <= = !=
    held>5m         holding time; s m h d
    opened>=2025-03 UTC date, as far as it is written: 2025, 2025-03, 2025-03-31, 2025-03-31T14:05
    -term           the opposite
    "two words"     one piece of text

Upper and lower case are the same. A number that a trade does not have (the exit of an open trade)
satisfies no comparison.
"""

import difflib
import operator
import re
import shlex
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from engine.core.units import UnitError, parse_decimal
from tui_exchange.review.figures import iso_text
from tui_exchange.review.model import CLOSED, ENDINGS, LONG, OPEN, SHORT, Trade

Test = Callable[[Trade], bool]

TEXTS: dict[str, Callable[[Trade], Iterable[str]]] = {
    "symbol": lambda trade: (trade.symbol,),
    "side": lambda trade: (trade.side,),
    "state": lambda trade: (trade.state,),
    "ended": lambda trade: (trade.closed_by,),
    "tag": lambda trade: trade.tags,
    "note": lambda trade: (trade.note,),
}
WORDS = {"side": (LONG, SHORT), "state": (OPEN, CLOSED), "ended": ENDINGS}
NUMBERS: dict[str, Callable[[Trade], Decimal | int | None]] = {
    "net": lambda trade: trade.net,
    "gross": lambda trade: trade.gross,
    "fees": lambda trade: trade.fees,
    "funding": lambda trade: trade.funding,
    "return": lambda trade: trade.return_percent,
    "size": lambda trade: trade.size,
    "entry": lambda trade: trade.entry,
    "exit": lambda trade: trade.exit,
    "mae": lambda trade: trade.mae,
    "mfe": lambda trade: trade.mfe,
    "fills": lambda trade: trade.fills,
    "trade": lambda trade: trade.trade,
}
DURATIONS: dict[str, Callable[[Trade], int | None]] = {"held": lambda trade: trade.held_ns}
DATES: dict[str, Callable[[Trade], int | None]] = {
    "opened": lambda trade: trade.opened_ns,
    "closed": lambda trade: trade.closed_ns,
}
FIELDS = (*TEXTS, *NUMBERS, *DURATIONS, *DATES)

UNIT_NS = {"s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9, "d": 86_400 * 10**9}
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    ":": operator.eq,
}
_TERM = re.compile(r"([A-Za-z]+)(:|>=|<=|!=|>|<|=)(.*)", re.DOTALL)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?")


class FilterError(ValueError):
    """A filter that says nothing sensible; its sentence names the term and what is allowed."""


def parse_filter(text: str) -> Test:
    """The test that a filter line stands for; an empty line lets everything through.

    Raises:
        FilterError: An unclosed quote, an unknown field, or a value that the field cannot have.
    """
    tests = [_term(token) for token in _tokens(text)]
    return lambda trade: all(test(trade) for test in tests)


def _tokens(text: str) -> list[str]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    lexer.quotes = '"'
    lexer.escape = ""
    try:
        return [token for token in lexer if token]
    except ValueError:
        raise FilterError('the filter has a quote " without its second one; add it') from None


def _term(token: str) -> Test:
    if token.startswith("-") and len(token) > 1:
        test = _term(token[1:])
        return lambda trade: not test(trade)
    found = _TERM.fullmatch(token)
    if found is None:
        return _anywhere(token)
    field, sign, value = found[1].lower(), found[2], found[3]
    if field not in FIELDS:
        near = difflib.get_close_matches(field, FIELDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"fields: {' '.join(FIELDS)}"
        raise FilterError(f"there is no field {field!r} to filter by; {hint}")
    if not value:
        raise FilterError(f"{token!r} ends where its value should stand, as in {_example(field)}")
    if field in TEXTS:
        return _text(field, sign, value)
    if field in DATES:
        return _date(field, sign, value)
    return _number(field, sign, value)


def _anywhere(word: str) -> Test:
    wanted = word.casefold()
    return lambda trade: any(
        wanted in text.casefold() for read in TEXTS.values() for text in read(trade)
    )


def _text(field: str, sign: str, value: str) -> Test:
    if sign not in (":", "=", "!="):
        raise FilterError(f"{field} is text: write {_example(field)}, not {field}{sign}{value}")
    read = TEXTS[field]
    wanted = [part.casefold() for part in value.split(",") if part]
    for part in wanted:
        _check_word(field, part)
    opposite = sign == "!="

    def holds(trade: Trade) -> bool:
        texts = [text.casefold() for text in read(trade)]
        return any(part in text for part in wanted for text in texts) is not opposite

    return holds


def _check_word(field: str, part: str) -> None:
    allowed = WORDS.get(field)
    if allowed and not any(word.startswith(part) for word in allowed):
        raise FilterError(f"{part!r} is no {field}; allowed: {' or '.join(allowed)}")


def _number(field: str, sign: str, value: str) -> Test:
    wanted = _duration_ns(value) if field in DURATIONS else _decimal(field, value)
    read = DURATIONS.get(field) or NUMBERS[field]
    compare = COMPARISONS[sign]

    def holds(trade: Trade) -> bool:
        number = read(trade)
        return number is not None and compare(number, wanted)

    return holds


def _date(field: str, sign: str, value: str) -> Test:
    wanted = value.upper()
    if not _DATE.fullmatch(wanted):
        raise FilterError(f"{value!r} is no date; write as much as you need of 2025-03-31T14:05")
    read, compare = DATES[field], COMPARISONS[sign]

    def holds(trade: Trade) -> bool:
        ts_ns = read(trade)
        return ts_ns is not None and compare(iso_text(ts_ns)[: len(wanted)], wanted)

    return holds


def _decimal(field: str, value: str) -> Decimal:
    try:
        return parse_decimal(value.replace(",", "").removesuffix("%"))
    except UnitError as error:
        raise FilterError(f"{error}; write {_example(field)}") from None


def _duration_ns(value: str) -> int:
    number, unit = value[:-1], value[-1].lower()
    if unit not in UNIT_NS:
        raise FilterError(f"{value!r} is no holding time; write 90s, 5m, 2h or 1d")
    return int(_decimal("held", number) * UNIT_NS[unit])


def _example(field: str) -> str:
    if field in TEXTS:
        return f"{field}:{WORDS.get(field, ('BTC',))[0]}"
    if field in DATES:
        return f"{field}>=2025-03-31"
    return f"{field}>5m" if field in DURATIONS else f"{field}>0"

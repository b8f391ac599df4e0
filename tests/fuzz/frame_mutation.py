"""Frames as no venue should send them: JSON that is damaged where it hurts, or anywhere."""

import re
from collections.abc import Callable, Sequence
from random import Random

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null')
GROUP = re.compile(rb"\[[^\[\]{}]*\]|\{[^\[\]{}]*\}")
"""An innermost list or object, such as one level of a book."""
NUMBER = re.compile(rb'"?(-?\d+(?:\.\d+)?)"?')

WRONG = (
    *(b"null", b"true", b"false", b"[]", b"{}", b'""', b"[[]]", b"[null]", b'{"a":[{}]}', b'"abc"'),
    *(b"0", b"-1", b"-0", b"1.5", b"00", b"0x10", b'"-1"', b'"0"', b'"+1"', b'"1_0"', b'" 1"'),
    *(b"1e5", b'"1e5"', b'"1E-8"', b"1e400", b"1e-400", b'"1e999999999"', b'"1e-30"', b"1e308"),
    *(b"NaN", b"Infinity", b"-Infinity", b'"NaN"', b'"Infinity"', b'"-inf"', b'"sNaN"', b"nan"),
    *(b"18446744073709551616", b"9223372036854775808", b"-9223372036854775809", b'"' + b"9" * 40),
    *(b"1" + b"0" * 400, b'"' + b"9" * 400 + b'"', b"0." + b"0" * 400 + b"1", b'"0.' + b"1" * 30),
    *(b'"\\ud800"', b'"\\udc00\\ud800"', b'"\\u0000"', b'"\xff\xfe"', b'"\xed\xa0\x80"'),
    *(b'"\xd9\xa3"', b'"\xef\xbc\x91"', b'"1.2.3"', b'"."', b'"1."', b'".5"', b'"\\n"', b'"1\\n"'),
    *(b'"2026-13-45T99:99:99Z"', b'"9999-12-31T23:59:59.999999999Z"', b'"0000-00-00"'),
    *(b"999999999999999", b"99999999999999999", b"-62135596800000", b'"' + b"x" * 9_000 + b'"'),
)
NESTED = (
    *(b"[" * 2_000, b'{"a":' * 2_000, b"[" * 200 + b"]" * 200, b"[" * 4_000 + b"]" * 4_000),
    b'{"a":' * 3_000 + b"1" + b"}" * 3_000,
)
REPEATED_MAX = 50
Change = Callable[[bytes, Random, Sequence[bytes]], bytes]


def mutated(raw: bytes, dice: Random, others: Sequence[bytes] = ()) -> bytes:
    """A frame with one to three things wrong with it.

    Args:
        others: Frames of the same venue, of which parts may get into this one.
    """
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        raw = dice.choices(CHANGES, WEIGHTS)[0](raw, dice, others)
    return raw


def _cut(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Truncated."""
    del others
    return raw[: dice.randrange(len(raw) + 1)]


def _wrong_token(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """A value or key of the wrong type or size, or nested deeply."""
    del others
    token = _match(TOKEN, raw, dice)
    wrong = dice.choice(NESTED) if dice.random() < 0.03 else dice.choice(WRONG)
    return raw if token is None else raw[: token.start()] + wrong + raw[token.end() :]


def _token_of_another(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """A value that would be right elsewhere."""
    here = _match(TOKEN, raw, dice)
    there = _match(TOKEN, dice.choice((raw, *others)), dice)
    if here is None or there is None:
        return raw
    return raw[: here.start()] + there.group() + raw[here.end() :]


def _other_notation(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """A number with an exponent, a sign, more zeros, or quotes that it had not."""
    del others
    token = _match(NUMBER, raw, dice)
    if token is None:
        return raw
    forms = (b"%be0", b"%bE+2", b"%be-2", b"+%b", b"-%b", b"0%b", b"%b.", b"%b0000000000000000000")
    number = dice.choice(forms) % token.group(1)
    quoted = number if dice.random() < 0.5 else b'"%b"' % number
    return raw[: token.start()] + quoted + raw[token.end() :]


def _repeated_key(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """A key that is there twice, with something else."""
    del others
    keys = re.findall(rb'("[A-Za-z_]+"):', raw)
    if not keys:
        return raw
    place = raw.find(b"{", dice.randrange(len(raw)))
    place = place if place >= 0 else raw.find(b"{")
    added = b"%b:%b," % (dice.choice(keys), dice.choice(WRONG))
    return raw[: place + 1] + added + raw[place + 1 :]


def _groups_swapped(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Two levels, or two objects, change places."""
    del others
    found = list(GROUP.finditer(raw))
    if len(found) < 2:
        return raw
    one, other = sorted(dice.sample(found, 2), key=lambda match: match.start())
    middle = raw[one.end() : other.start()]
    return raw[: one.start()] + other.group() + middle + one.group() + raw[other.end() :]


def _group_repeated(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """A level again and again, perhaps with another size."""
    del others
    group = _match(GROUP, raw, dice)
    if group is None:
        return raw
    again = _wrong_token(group.group(), dice, ()) if dice.random() < 0.3 else group.group()
    added = (b"," + again) * dice.choice((1, 2, REPEATED_MAX))
    return raw[: group.end()] + added + raw[group.end() :]


def _left_out(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """A value, a key or a level is missing."""
    del others
    match = _match(dice.choice((TOKEN, GROUP)), raw, dice)
    if match is None:
        return raw
    end = match.end() + (raw[match.end() : match.end() + 1] in (b",", b":"))
    return raw[: match.start()] + raw[end:]


def _bits(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """A few bits are flipped."""
    del others
    flipped = bytearray(raw)
    for _ in range(dice.randint(1, 4) if raw else 0):
        flipped[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return bytes(flipped)


def _bytes(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """A few bytes are others."""
    del others
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + dice.randbytes(dice.randint(0, 3)) + raw[at + dice.randint(0, 3) :]


def _joined(raw: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Two frames in one, or one within another."""
    other = dice.choice((raw, *others))
    draw = dice.random()
    if draw < 0.3:
        return raw + other
    if draw < 0.6:
        return b"[%b,%b]" % (raw, other)
    half = dice.randrange(len(raw) + 1)
    return raw[:half] + other[half:]


CHANGES: tuple[Change, ...] = (
    *(_wrong_token, _token_of_another, _other_notation, _repeated_key, _groups_swapped),
    *(_group_repeated, _left_out, _cut, _bits, _bytes, _joined),
)
WEIGHTS = (8, 4, 4, 3, 2, 2, 3, 1, 2, 2, 1)


def _match(pattern: re.Pattern[bytes], raw: bytes, dice: Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(raw))
    return dice.choice(found) if found else None

"""Varying text as a person would get it wrong: words, numbers and whole lines, not bytes."""

from collections.abc import Callable, Sequence
from random import Random

EDITS_MAX = 6
NUMBERS = (
    *("0", "1", "2", "-1", "0.1", "0.5", "0.05", "1e3", "1e30", "99", "100", "101", "00", "1.0"),
    *("1000000000000000", "1000000000000001", "9223372036854775808", "0.000000000001", "NaN", "+1"),
    "123456789012345678901234567890",
)


def is_number(word: str) -> bool:
    """Whether a word has a digit in it that can be changed."""
    return any(char.isdigit() and char.isascii() for char in word)


def changed_number(word: str, dice: Random) -> str:
    """The word with one of its numbers changed a little, or replaced by an odd one."""
    runs = [at for at, char in enumerate(word) if char.isdigit() and char.isascii()]
    at = dice.choice(runs)
    draw = dice.random()
    if draw < 0.5:
        digit = str((int(word[at]) + dice.choice((1, 9, 5))) % 10)
        return word[:at] + digit + word[at + 1 :]
    if draw < 0.65:
        return word[:at] + word[at] + dice.choice(("0", ".", "5", "00")) + word[at + 1 :]
    if draw < 0.75:
        return word[:at] + word[at + 1 :] or "0"
    if draw < 0.85:
        return f"-{word}"
    return dice.choice(NUMBERS)


def changed_words(words: Sequence[str], vocabulary: Sequence[str], dice: Random) -> list[str]:
    """A sentence with one of its words changed, left out, doubled, moved or added."""
    found = list(words)
    at = dice.randrange(len(found) + 1)
    draw = dice.random()
    if at == len(found) or draw < 0.2:
        found.insert(at, dice.choice(vocabulary))
    elif draw < 0.55 and is_number(found[at]):
        found[at] = changed_number(found[at], dice)
    elif draw < 0.75:
        found[at] = dice.choice(vocabulary)
    elif draw < 0.85:
        del found[at]
    elif draw < 0.92:
        found.insert(dice.randrange(len(found) + 1), found[at])
    else:
        other = dice.randrange(len(found))
        found[at], found[other] = found[other], found[at]
    return found


def changed_lines(
    lines: Sequence[str], pool: Sequence[str], dice: Random, change: Callable[[str], str]
) -> list[str]:
    """A text with a few of its lines changed, left out, doubled, moved or added.

    Args:
        pool: Lines that may be added.
        change: Changes one line.
    """
    found = list(lines)
    for _ in range(dice.randint(1, EDITS_MAX)):
        if not found:
            return [dice.choice(pool)]
        at, other = dice.randrange(len(found)), dice.randrange(len(found))
        draw = dice.random()
        if draw < 0.5:
            found[at] = change(found[at])
        elif draw < 0.7:
            found.insert(at, dice.choice(pool))
        elif draw < 0.8:
            found.insert(other, found[at])
        elif draw < 0.9:
            found[at], found[other] = found[other], found[at]
        else:
            del found[at]
    return found

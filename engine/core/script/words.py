"""Words of one script line: splitting, quoting, and errors that know their column.

A word is a run of characters without spaces or double quotes. A word that needs others is written
as a JSON string: `"two words"`, also behind a key: `note="two words"`.
"""

import json
import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r'(?P<key>[a-z-]+=)?(?P<quoted>"(?:[^"\\]|\\.)*")(?=\s|$)|(?P<plain>[^\s"]+)(?=\s|$)'
)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:@+-]*")
_RESERVED = frozenset({"buy", "sell"})
"""Words that an optional name could be mistaken for."""


class ScriptError(ValueError):
    """A line that is no command, event or view; its sentence says what would be.

    Attributes:
        column: Where in the text, counted from 1.
    """

    def __init__(self, text: str, column: int) -> None:
        super().__init__(text)
        self.column = column


@dataclass(frozen=True, slots=True)
class Word:
    """One word, decoded, and where it stands."""

    text: str
    column: int
    quoted: bool = False

    def wrong(self, allowed: str) -> ScriptError:
        """The error that this word is not what belongs here."""
        return ScriptError(f"{self.text!r} does not belong here; allowed: {allowed}", self.column)


class Words:
    """A cursor over the words of one line."""

    def __init__(self, text: str) -> None:
        self._words = split(text)
        self._next = 0
        self._end = len(text.rstrip()) + 1

    def peek(self) -> Word | None:
        """The word to be read next; None at the end of the line."""
        return self._words[self._next] if self._next < len(self._words) else None

    def take(self, allowed: str) -> Word:
        """The next word.

        Raises:
            ScriptError: The line ends here; says what is `allowed`.
        """
        word = self.peek()
        if word is None:
            raise ScriptError(f"the line ends too early; allowed here: {allowed}", self._end)
        self._next += 1
        return word

    def accept(self, *keywords: str) -> Word | None:
        """The next word if it is one of these keywords, else None and nothing is read."""
        word = self.peek()
        if word is None or word.quoted or word.text not in keywords:
            return None
        self._next += 1
        return word

    def choose(self, *keywords: str) -> str:
        """The next word, which must be one of these keywords."""
        word = self.take(" or ".join(keywords))
        if word.quoted or word.text not in keywords:
            raise word.wrong(" or ".join(keywords))
        return word.text

    def option(self, *keys: str) -> tuple[str, Word] | None:
        """The key of the next word and its value, if it reads `key=value` with one of these."""
        word = self.peek()
        if word is None:
            return None
        key, equals, value = word.text.partition("=")
        if not equals or key not in keys:
            return None
        self._next += 1
        return key, Word(value, word.column)

    def finish(self, allowed: str = "the end of the line") -> None:
        """Refuse whatever is left of the line."""
        word = self.peek()
        if word is not None:
            raise word.wrong(allowed)


def split(text: str) -> list[Word]:
    """The words of a line.

    Raises:
        ScriptError: A quotation mark stands alone, or a quoted text has a bad escape.
    """
    words: list[Word] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise ScriptError('a quoted word is written "like this", with \\" for a quote', at + 1)
        words.append(_word(match, at + 1))
        at = match.end()
    return words


def _word(match: re.Match[str], column: int) -> Word:
    quoted = match["quoted"]
    if quoted is None:
        return Word(match["plain"], column)
    try:
        text = json.loads(quoted)
    except json.JSONDecodeError:
        raise ScriptError(f"{quoted} has an escape that JSON strings do not have", column) from None
    return Word((match["key"] or "") + text, column, quoted=True)


def name(text: str) -> str:
    """A name as one word: plain where it can be, quoted where it must be."""
    if _PLAIN.fullmatch(text) and text not in _RESERVED:
        return text
    return json.dumps(text)

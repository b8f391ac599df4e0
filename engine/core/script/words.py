"""Words of one script line: splitting, quoting, and errors that know their column.

A word is a run of characters without spaces or double quotes. A word that needs others is written
as a JSON string: `"two words"`, also behind a key: `note="two words"`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

_TOKEN = re.compile(
    r'(?P<key>[a-z-]+=)?(?P<quoted>"(?:[^"\\]|\\.)*")(?=\s|$)|(?P<plain>[^\s"]+)(?=\s|$)'
)
_KEY = re.compile(r"(?P<key>[a-z-]+)=")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:@+-]*")
_RESERVED = frozenset({"buy", "sell"})
"""Words that an optional name could be mistaken for."""
Member = TypeVar("Member", bound=Enum)


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
    """One word, decoded, and where it stands.

    Attributes:
        quoted: Whether it, or its value, stands in quotes: then it is no keyword.
        key: Of a word that reads `key=value`; empty for every other.
    """

    text: str
    column: int
    quoted: bool = False
    key: str = ""

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

    def account(self) -> str:
        """The next word, an account's name."""
        return self.take("an account's name").text

    def symbol(self) -> str:
        """The next word, an instrument's symbol."""
        return self.take("an instrument's symbol").text

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

    def member(self, kind: type[Member]) -> Member:
        """The next word, which must name a member of an enum."""
        members = {dashed(member): member for member in kind}
        return members[self.choose(*members)]

    def each_once(self, *keywords: str) -> Iterator[str]:
        """The keywords that follow, in any order; what belongs to each is read before the next.

        Raises:
            ScriptError: One of them comes again.
        """
        seen = set()
        while word := self.accept(*keywords):
            if word.text in seen:
                raise ScriptError(f"{word.text} is given twice; give it once", word.column)
            seen.add(word.text)
            yield word.text

    def option(self, *keys: str) -> tuple[str, Word] | None:
        """The key of the next word and its value, if it reads `key=value` with one of these."""
        word = self.peek()
        if word is None or word.key not in keys:
            return None
        self._next += 1
        return word.key, Word(word.text[len(word.key) + 1 :], word.column)

    def number_follows(self) -> bool:
        """Whether the next word begins as a number or a time does."""
        word = self.peek()
        return word is not None and not word.quoted and word.text[0] in "+-.0123456789"

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
        keyed = _KEY.match(match["plain"])
        return Word(match["plain"], column, key=keyed["key"] if keyed else "")
    try:
        text = json.loads(quoted)
        text.encode()
    except json.JSONDecodeError:
        raise ScriptError(f"{quoted} has an escape that JSON strings do not have", column) from None
    except UnicodeEncodeError:
        said = f"{quoted} has half a character: \\ud800 to \\udfff stand in pairs or not at all"
        raise ScriptError(said, column) from None
    key = match["key"] or ""
    return Word(key + text, column, quoted=True, key=key[:-1])


def pairs(word: Word, between: str, allowed: str) -> list[tuple[Word, Word]]:
    """The pairs that one word lists, with commas between them: `62000:1.5,61999:2`.

    Raises:
        ScriptError: A part is no pair; says what is `allowed`.
    """
    read = []
    column = word.column
    for text in word.text.split(","):
        left, found, right = text.partition(between)
        if not found:
            raise Word(text, column).wrong(allowed)
        read.append((Word(left, column), Word(right, column + len(left) + len(between))))
        column += len(text) + 1
    return read


def name(text: str) -> str:
    """A name as one word: plain where it can be, quoted where it must be."""
    if _PLAIN.fullmatch(text) and text not in _RESERVED:
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Any text as one word that is no keyword, and that nobody takes for a comment."""
    return json.dumps(text).replace(" #", " \\u0023")


def one_line(text: str) -> str:
    """A sentence as it can end a line, whatever names it quotes: its words with one space between.

    Line breaks would end the line, and a `#` behind two spaces would begin a comment.
    """
    return " ".join(text.split())


def dashed(member: Enum) -> str:
    """The word of an enum's member: its value, with dashes."""
    return str(member.value).replace("_", "-")

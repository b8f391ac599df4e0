"""Text into tokens, one at a time, each with its place in the line.

A word runs to the next space or `;`. A text in double quotes keeps spaces and `;`; inside it a
backslash stands before a quote or another backslash. `~` begins a note, which runs to the next `;`
or to the end of the line unless it is quoted itself.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from tui_exchange.command_line.refusals import GrammarRefusal
from tui_exchange.command_line.vocabulary import NOTE_MARK

LINE_CHARS_MAX = 2000
NOTE_CHARS_MAX = 280
SEPARATOR = ";"
QUOTE = '"'
ESCAPE = "\\"


class TokenKind(Enum):
    """What a token is, before anybody asks what it means."""

    WORD = "word"
    QUOTED = "quoted"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line; `text` is without quotes, escapes and the note's mark."""

    kind: TokenKind
    text: str
    start: int
    end: int


class Scanner:
    """Reads one line from left to right and refuses by position.

    Attributes:
        line: The whole line, aliases written out.
        position: Where the next token is looked for.
    """

    def __init__(self, line: str) -> None:
        self.line = line
        self.position = 0
        self._check_line()

    def take(self) -> Token | None:
        """The statement's next token; None at its end."""
        if self.at_statement_end():
            return None
        mark = self.line[self.position]
        if mark == QUOTE:
            return self._quoted(self.position, TokenKind.QUOTED)
        if mark == NOTE_MARK:
            return self._note(self.position, self.position + 1)
        return self._word()

    def peek(self) -> Token | None:
        """The token that `take` would give."""
        position = self.position
        token = self.take()
        self.position = position
        return token

    def take_text(self) -> Token | None:
        """What is left of the statement, read as a note's text; None when nothing is left."""
        if self.at_statement_end():
            return None
        return self._note(self.position, self.position)

    def at_statement_end(self) -> bool:
        """Whether only space is left before `;` or the end of the line."""
        while self.position < len(self.line) and self.line[self.position].isspace():
            self.position += 1
        return self.position == len(self.line) or self.line[self.position] == SEPARATOR

    def next_statement(self) -> bool:
        """Step over `;`; False at the end of the line."""
        if not self.at_statement_end() or self.position == len(self.line):
            return False
        self.position += 1
        return True

    def replace(self, token: Token, text: str) -> None:
        """Write `text` in a token's place and read on from its beginning."""
        self.line = self.line[: token.start] + text + self.line[token.end :]
        self.position = token.start
        self._check_line()

    def refuse(self, token: Token, sentence: str, suggestion: str = "") -> NoReturn:
        """Refuse the line because of a token.

        Raises:
            GrammarRefusal: Always.
        """
        raise GrammarRefusal(sentence, self.line, token.start, token.end, suggestion)

    def refuse_here(self, sentence: str, suggestion: str = "") -> NoReturn:
        """Refuse the line because something is missing here.

        Raises:
            GrammarRefusal: Always.
        """
        raise GrammarRefusal(sentence, self.line, self.position, self.position, suggestion)

    def _check_line(self) -> None:
        if len(self.line) > LINE_CHARS_MAX:
            raise GrammarRefusal(
                f"a line has at most {LINE_CHARS_MAX} characters, this one {len(self.line)};"
                " send it in parts",
                self.line,
                LINE_CHARS_MAX,
                len(self.line),
            )
        for index, char in enumerate(self.line):
            if not is_line_char(char):
                raise GrammarRefusal(
                    f"the character {char!r} cannot stand in a line; join statements with `;`",
                    self.line,
                    index,
                    index + 1,
                )

    def _word(self) -> Token:
        start = self.position
        while self.position < len(self.line):
            char = self.line[self.position]
            if char.isspace() or char == SEPARATOR:
                break
            self.position += 1
        return Token(TokenKind.WORD, self.line[start : self.position], start, self.position)

    def _note(self, start: int, begin: int) -> Token:
        if self.line[begin : begin + 1] == QUOTE:
            self.position = begin
            token = self._quoted(start, TokenKind.NOTE)
        else:
            end = self.line.find(SEPARATOR, begin)
            self.position = len(self.line) if end < 0 else end
            text = self.line[begin : self.position].strip()
            token = Token(TokenKind.NOTE, text, start, self.position)
        if not token.text.strip():
            self.refuse(token, "the note is empty: write it after `~`, or leave `~` out")
        if len(token.text) > NOTE_CHARS_MAX:
            self.refuse(
                token,
                f"a note has at most {NOTE_CHARS_MAX} characters, this one {len(token.text)}",
            )
        return token

    def _quoted(self, start: int, kind: TokenKind) -> Token:
        opening = self.position
        self.position += 1
        chars: list[str] = []
        while self.position < len(self.line):
            char = self.line[self.position]
            self.position += 1
            if char == QUOTE:
                return self._closed(Token(kind, "".join(chars), start, self.position))
            if char == ESCAPE:
                char = self._escaped()
            chars.append(char)
        self.position = opening
        raise GrammarRefusal(
            'a quoted text is not closed: end it with `"`', self.line, start, len(self.line)
        )

    def _escaped(self) -> str:
        char = self.line[self.position : self.position + 1]
        if char not in (QUOTE, ESCAPE) or not char:
            raise GrammarRefusal(
                'after `\\` inside quotes only `"` or `\\` can follow; write `\\\\` for one `\\`',
                self.line,
                self.position - 1,
                min(self.position + 1, len(self.line)),
            )
        self.position += 1
        return char

    def _closed(self, token: Token) -> Token:
        following = self.line[self.position : self.position + 1]
        if following and not following.isspace() and following != SEPARATOR:
            self.refuse(token, "a space or `;` must follow a quoted text")
        return token


def is_line_char(char: str) -> bool:
    """Whether a character can stand in a line: printable, or a space other than a line break."""
    return char.isprintable() or (char.isspace() and char.splitlines() != [""])


def quote(text: str) -> str:
    """A text in quotes, which the scanner reads back as it was."""
    escaped = text.replace(ESCAPE, ESCAPE * 2).replace(QUOTE, ESCAPE + QUOTE)
    return f"{QUOTE}{escaped}{QUOTE}"

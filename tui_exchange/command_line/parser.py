"""A line of text into statements.

Statements are joined by `;` and keep their order. A first word that names an alias is replaced by
the alias's text before anything is read, so an alias may hold several statements, and what follows
it belongs to the last of them.
"""

from collections.abc import Mapping

from tui_exchange.command_line.commands import COMMANDS
from tui_exchange.command_line.registry import Registry
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import AliasStatement, Statement

STATEMENTS_MAX = 32
EXPANSIONS_MAX = 16
"""Aliases written out in one line; more means that one leads back to itself."""

NO_ALIASES: Mapping[str, str] = {}


def parse_line(
    text: str, aliases: Mapping[str, str] = NO_ALIASES, registry: Registry = COMMANDS
) -> tuple[Statement, ...]:
    """Every statement of a line, in order; none for a line of spaces.

    Args:
        text: As typed.
        aliases: Text by lower-case name.
        registry: The commands that a statement can begin with.

    Raises:
        GrammarRefusal: Some statement is not one; then none of the line is to be run.
    """
    scanner = Scanner(text)
    if not text.strip():
        return ()
    parser = _LineParser(scanner, aliases, registry)
    return parser.statements()


class _LineParser:
    def __init__(self, scanner: Scanner, aliases: Mapping[str, str], registry: Registry) -> None:
        self.scanner = scanner
        self.aliases = aliases
        self.registry = registry
        self.expansions = 0

    def statements(self) -> tuple[Statement, ...]:
        found = [self.statement()]
        while self.scanner.next_statement():
            if self._is_trailing_separator():
                break
            if len(found) == STATEMENTS_MAX:
                self.scanner.refuse_here(f"a line joins at most {STATEMENTS_MAX} statements")
            found.append(self.statement())
        return tuple(found)

    def statement(self) -> Statement:
        while True:
            token = self._verb()
            command = self.registry.find(token.text)
            if command is not None:
                statement = command.parse(self.scanner)
                self._check_alias_name(statement, token)
                return statement
            self._write_out_alias(token)

    def _verb(self) -> Token:
        token = self.scanner.take()
        if token is None:
            self.scanner.refuse_here("a statement is missing at `;`; leave out the extra `;`")
        if token.kind is not TokenKind.WORD:
            self.scanner.refuse(token, "a statement begins with a command, such as `buy`")
        return token

    def _write_out_alias(self, token: Token) -> None:
        name = token.text.lower()
        if name not in self.aliases:
            sentence, suggestion = self.registry.unknown_sentence(token.text, self.aliases)
            self.scanner.refuse(token, sentence, suggestion)
        self.expansions += 1
        if self.expansions > EXPANSIONS_MAX:
            self.scanner.refuse(
                token, f"the alias `{name}` leads back to itself; define it again without itself"
            )
        self.scanner.replace(token, self.aliases[name])

    def _check_alias_name(self, statement: Statement, token: Token) -> None:
        if isinstance(statement, AliasStatement) and self.registry.is_reserved(statement.name):
            self.scanner.refuse(
                token, f"`{statement.name}` is a command; give the alias another name"
            )

    def _is_trailing_separator(self) -> bool:
        return not self.scanner.line[self.scanner.position :].strip()

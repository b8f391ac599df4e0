"""What the command line raises, and nothing else.

CommandLineRefusal        a sentence for the trader; retrying the same text cannot help
├── GrammarRefusal        the text is not a statement; knows where
├── ResolutionRefusal     a statement that has no meaning for this market and account
└── GuardRefusal          a meaningful order that a guard holds back
"""


class CommandLineRefusal(ValueError):
    """A line that does nothing.

    Attributes:
        sentence: What is wrong, what is allowed and the next step, for a person.
        suggestion: Text that would be accepted in its place; empty when none is near.
    """

    def __init__(self, sentence: str, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestion = suggestion


class GrammarRefusal(CommandLineRefusal):
    """Text that the grammar does not know.

    Attributes:
        line: The line that `start` and `end` count in: as typed, with aliases written out.
        start: First offending character, from 0.
        end: One past the last offending character; equal to `start` where something is missing.
    """

    def __init__(
        self, sentence: str, line: str, start: int, end: int, suggestion: str = ""
    ) -> None:
        super().__init__(sentence, suggestion)
        self.line = line
        self.start = start
        self.end = end


class ResolutionRefusal(CommandLineRefusal):
    """A statement that this market, position or account gives no meaning."""


class GuardRefusal(CommandLineRefusal):
    """An order held back by a guard: too large, or sent a moment ago."""

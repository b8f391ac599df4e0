"""The command `tui-exchange`: words into a subcommand, failures into a sentence and an exit code.

What a subcommand needs is imported when it runs, so that `--help` and `--version` cost nothing.
"""

import argparse
import difflib
import gc
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import TracebackType
from typing import NoReturn

from tui_exchange import __version__
from tui_exchange.failures import ExitCode, Failure, UsageFailure

PROGRAM = "tui-exchange"
INTERRUPTED = 130
"""What a shell expects of a program that ctrl+c ended."""
LOADING = 100_000, 20, 10
"""How seldom garbage is looked for until a session says otherwise: modules come to stay."""

EXIT_CODES = """exit codes:
  0  everything asked for was done
  1  refused: an order rejected, a scenario that went otherwise, a figure that could not be measured
  2  the command line or a setting is wrong; nothing was started
  3  no market: a feed, venue or recording that cannot be reached or read
  4  the profile is locked, damaged or not writable
  5  the terminal cannot show the workstation
 70  a defect of the program; details are in the log file"""

_CHOICE = re.compile(r"invalid choice: '([^']*)' \(choose from (.*)\)")


class Parser(argparse.ArgumentParser):
    """Argument parsing whose errors are failures with the nearest legal word."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line.

        Raises:
            UsageFailure: Always.
        """
        choice = _CHOICE.search(message)
        if choice is not None:
            legal = [word.strip(" '") for word in choice.group(2).split(",")]
            raise UsageFailure(
                f"{choice.group(1)!r} is not a command here; {nearest(choice.group(1), legal)}"
            )
        raise UsageFailure(f"{message}; `{self.prog} --help` shows what there is")

    def check_leading_options(self, words: Sequence[str]) -> None:
        """Refuse an unknown option that stands before the command: what follows it is its value.

        Raises:
            UsageFailure: Names the nearest option.
        """
        first = words[0].partition("=")[0] if words else ""
        if first.startswith("--") and len(first) > 2 and first not in self._option_string_actions:
            self.refuse_unknown(words)

    def command_first(self, words: Sequence[str]) -> list[str]:
        """The words with what stands before the command moved behind it, where it means the same.

        Left where it stood it would be overwritten by the defaults of the command.
        """
        from tui_exchange.cli_options import COMMANDS

        names = [name for name, _, _ in COMMANDS]
        for place, word in enumerate(words):
            before = self._option_string_actions.get(words[place - 1]) if place else None
            is_value = before is not None and before.nargs is None
            if word in names and not is_value:
                return [word, *words[:place], *words[place + 1 :]]
        return list(words)

    def refuse_unknown(self, words: Sequence[str]) -> NoReturn:
        """Refuse words that no option or argument takes.

        Raises:
            UsageFailure: Always.
        """
        word = words[0].partition("=")[0]
        legal = [option for option in self._option_string_actions if option.startswith("--")]
        if not word.startswith("-"):
            raise UsageFailure(
                f"{words[0]!r} is one word too many; `{self.prog} --help` shows usage"
            )
        raise UsageFailure(f"{word} is not an option of `{self.prog}`; {nearest(word, legal)}")


def nearest(word: str, legal: Sequence[str]) -> str:
    """A suggestion for a word that is not legal."""
    found = difflib.get_close_matches(word, legal, n=1, cutoff=0.5)
    return f"did you mean {found[0]}?" if found else f"there are {', '.join(legal)}"


class LastResort:
    """Turns a defect into a sentence and `ExitCode.INTERNAL`; its details go to the log file."""

    def __init__(self) -> None:
        self.failed = False

    def __enter__(self) -> "LastResort":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.failed = True
        logging.getLogger(PROGRAM).critical("the program failed", exc_info=error)
        where = log_file_text()
        say(f"{type(error).__name__}: {error}. This is a defect of the program; details: {where}")
        return True


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the exit code."""
    words = list(argv or ())
    if argv is None:
        words = sys.argv[1:]
        gc.set_threshold(*LOADING)
    code: int = ExitCode.INTERNAL
    with LastResort():
        try:
            code = run(words)
        except Failure as failure:
            say(str(failure))
            code = failure.exit_code
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:
            # Whoever read the output has seen enough; nothing more can be written.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = ExitCode.DONE
    return int(code)


def run(words: Sequence[str]) -> int:
    """Run one command line.

    Raises:
        Failure: It cannot be done; the message says why and what to do.
    """
    parser = build_parser()
    parser.check_leading_options(words)
    arguments, left = parser.parse_known_args(parser.command_first(words))
    chosen: Parser = getattr(arguments, "parser", parser)
    if left:
        chosen.refuse_unknown(left)
    start_logging()
    command = import_module(f"tui_exchange.commands.{arguments.command}")
    code: int = command.run(arguments)
    return code


def start_logging() -> None:
    """Send diagnostics to the log file; without a writable folder they are dropped."""
    from tui_exchange.logs import log_to_file
    from tui_exchange.paths import find_paths

    log_to_file(find_paths(os.environ).log_file)


def log_file_text() -> str:
    """Where the log file is, for a sentence."""
    from tui_exchange.paths import find_paths

    return str(find_paths(os.environ).log_file)


def say(sentence: str) -> None:
    """One sentence on the error stream."""
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)


def build_parser() -> Parser:
    """The whole command line."""
    from tui_exchange import cli_options

    parser = Parser(
        prog=PROGRAM,
        description="Paper trading in the terminal, with an exchange inside. Without a command it"
        " opens the workstation on the simulated market; orders never leave this machine.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.set_defaults(command="workstation_command", parser=parser)
    cli_options.workstation(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, help_text, fill in cli_options.COMMANDS:
        _add(commands, name, help_text, fill)
    return parser


def _add(
    commands: "argparse._SubParsersAction[Parser]",
    name: str,
    help_text: str,
    fill: Callable[[argparse.ArgumentParser], None],
) -> None:
    parser = commands.add_parser(
        name,
        help=help_text,
        description=help_text[:1].upper() + help_text[1:] + ".",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(command=f"{name}_command", parser=parser)
    fill(parser)

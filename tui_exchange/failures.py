"""What can stop the program, as typed exceptions, and the exit code that each means.

    Failure                 (1) refused
    ├── UsageFailure        (2) the words of the command line
    ├── ConfigError         (2) a setting (tui_exchange.config)
    ├── MarketFailure       (3) no market: a feed, a venue, a recording
    ├── JournalFailure      (4) the profile's log, lock or folder
    └── TerminalFailure     (5) not a terminal that the workstation can use

Every message is one sentence for a person: what is wrong, what is allowed, what to do next. None of
them is worth retrying without doing that.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells the shell."""

    DONE = 0
    """Everything asked for was done."""
    REFUSED = 1
    """The exchange or a check said no: an order rejected, a scenario that differs."""
    USAGE = 2
    """The command line, a setting or a file's content is wrong; nothing was started."""
    NO_MARKET = 3
    """The market could not be reached, read or awaited."""
    JOURNAL = 4
    """The profile is locked, unreadable, damaged or not writable."""
    TERMINAL = 5
    """The terminal cannot show the workstation."""
    INTERNAL = 70
    """A defect of this program; the log file has the details."""


class Failure(Exception):
    """The program cannot go on; its message is a sentence that says why and what to do."""

    exit_code = ExitCode.REFUSED


class UsageFailure(Failure):
    """The words given to the program do not say something it can do."""

    exit_code = ExitCode.USAGE


class MarketFailure(Failure):
    """There is no market to trade on."""

    exit_code = ExitCode.NO_MARKET


class JournalFailure(Failure):
    """The profile's files cannot be used."""

    exit_code = ExitCode.JOURNAL


class TerminalFailure(Failure):
    """The terminal cannot show the workstation."""

    exit_code = ExitCode.TERMINAL


class ReviewFailure(JournalFailure):
    """A history that cannot be read, or a note that cannot be kept; the sentence says why."""

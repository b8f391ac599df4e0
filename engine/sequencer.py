"""The one writer: stamps each command with seq and time, logs it, applies it, publishes events.

Only the sequencer calls `apply`. A reader that reacts to an event posts a command, which is applied
after the current one; nothing re-enters the exchange. One thread uses a sequencer.

    SequencerError
      LogUnavailable      the input log takes nothing now; trying again helps once its cause is gone
      ReentrantSubmit     a reader called submit: it should post
      CascadeTooLong      readers react to each other without end
      SequencerHalted     applying a command failed; start again from the log
"""

from collections import deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from engine.clock import Clock
from engine.core.commands import Command
from engine.core.events import Event
from engine.core.wire import encode_command

CASCADE_COMMANDS_MAX = 10_000
"""How many reactions, and reactions to reactions, one submitted command may cause."""

Reader = Callable[[Command, int, tuple[Event, ...]], None]
"""Is told each command that was applied, its time in nanoseconds, and its events."""


class SequencerError(Exception):
    """A command was not applied; the sentence says why and what to do."""


class LogUnavailable(SequencerError):
    """The input log cannot take commands, so none is applied."""


class ReentrantSubmit(SequencerError):
    """A reader submitted a command while another was being applied."""


class CascadeTooLong(SequencerError):
    """Reactions went on past their bound; those that were still waiting are dropped."""


class SequencerHalted(SequencerError):
    """The exchange failed to apply a command; its state is not to be trusted any more."""


class Engine(Protocol):
    """What the sequencer drives: the exchange, or a stand-in."""

    @property
    def seq(self) -> int:
        """How many commands have been applied."""
        ...

    @property
    def now_ns(self) -> int:
        """The time of the last command; 0 before the first."""
        ...

    def apply(self, command: Command, ts_ns: int) -> tuple[Event, ...]:
        """Apply one command."""
        ...


class CommandLog(Protocol):
    """Where commands are kept before they take effect."""

    @property
    def error(self) -> str:
        """Empty, or a sentence saying why nothing can be taken now and what to do."""
        ...

    def append(self, seq: int, ts_ns: int, payload: bytes) -> None:
        """Take one command; never blocks and never raises."""
        ...


EngineT = TypeVar("EngineT", bound=Engine)


class Sequencer(Generic[EngineT]):
    """Gives every command its place in one sequence.

    Args:
        exchange: Applies commands; its `seq` and `now_ns` say where the sequence stands.
        clock: Stamps commands. When it steps back, stamps stay where they were.
        log: Takes each command before it is applied; None keeps nothing (bench, previews, tests).
    """

    def __init__(self, exchange: EngineT, clock: Clock, log: CommandLog | None = None) -> None:
        self.exchange = exchange
        self._now_ns = clock.now_ns
        self._log = log
        self._readers: list[Reader] = []
        self._posted: deque[Command] = deque()
        self._last_ns = exchange.now_ns
        self._busy = False
        self._halted = ""
        """Empty, or the sentence of SequencerHalted."""

    @property
    def seq(self) -> int:
        """The sequence number of the last command that was applied."""
        return self.exchange.seq

    @property
    def posted(self) -> int:
        """Reactions that wait: none, unless the log became unavailable under them."""
        return len(self._posted)

    def subscribe(self, reader: Reader) -> None:
        """Tell `reader` of every command from now on, after the readers that came before it."""
        self._readers.append(reader)

    def submit(self, command: Command) -> tuple[Event, ...]:
        """Log and apply a command, publish its events, then apply what readers posted.

        Returns:
            The events of `command` alone.

        Raises:
            LogUnavailable: The log takes nothing now; the command had no effect.
            ReentrantSubmit: Called by a reader.
            CascadeTooLong: The command was applied, but its reactions did not end.
            SequencerHalted: An earlier command broke the exchange.
        """
        if self._busy:
            raise ReentrantSubmit(
                f"{type(command).__name__} was submitted while another command is being applied;"
                " a reader has to post its reactions"
            )
        self._busy = True
        try:
            if self._posted:
                self._apply_posted()
            events = self._step(command)
            if self._posted:
                self._apply_posted()
        finally:
            self._busy = False
        return events

    def submit_first(self, command: Command) -> tuple[Event, ...]:
        """Submit at the time of the last command: nothing that fell due since then comes before it.

        For what a program has to say after it was away, before time goes on.

        Raises:
            SequencerError: As `submit`.
        """
        clock_ns = self._now_ns
        self._now_ns = lambda: self._last_ns
        try:
            return self.submit(command)
        finally:
            self._now_ns = clock_ns

    def post(self, command: Command) -> None:
        """Queue a reader's reaction: applied after the current command, or at once when idle."""
        self._posted.append(command)
        if self._busy:
            return
        self._busy = True
        try:
            self._apply_posted()
        finally:
            self._busy = False

    def _step(self, command: Command) -> tuple[Event, ...]:
        if self._halted:
            raise SequencerHalted(self._halted)
        ts_ns = self._now_ns()
        if ts_ns < self._last_ns:
            ts_ns = self._last_ns
        seq = self.exchange.seq + 1
        log = self._log
        if log is not None:
            if log.error:
                raise LogUnavailable(log.error)
            log.append(seq, ts_ns, encode_command(command))
        self._last_ns = ts_ns
        try:
            events = self.exchange.apply(command, ts_ns)
        except BaseException as error:
            self._halted = (
                f"command {seq} ({type(command).__name__}) broke the exchange: {error!r};"
                " nothing more is applied, start again to recover from the log"
            )
            raise
        for reader in self._readers:
            reader(command, ts_ns, events)
        return events

    def _apply_posted(self) -> None:
        """Apply what waits. What an unavailable log refuses stays queued for the next time."""
        applied = 0
        while self._posted:
            if applied == CASCADE_COMMANDS_MAX:
                self._posted.clear()
                raise CascadeTooLong(
                    f"{applied} reactions followed one command and more were waiting;"
                    " look for two readers that answer each other"
                )
            command = self._posted.popleft()
            try:
                self._step(command)
            except LogUnavailable:
                self._posted.appendleft(command)
                return
            applied += 1

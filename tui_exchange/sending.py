"""Orders leave here and arrive later: the connection between a trader and the venue."""

from collections.abc import Callable

from engine.core.commands import Command, SendCommand
from engine.core.commands.sending import Sendable
from engine.core.events import Event
from engine.latency import Latency, delay_of
from tui_exchange.settings import Market

Submit = Callable[[Command], tuple[Event, ...]]


def latency_of(settings: Market) -> Latency:
    """The latency that the settings describe; drawn anew in each session, by the market's seed.

    Raises:
        ValueError: A text that describes none.
    """
    new = delay_of(settings.latency)
    amend = delay_of(settings.latency_amend) if settings.latency_amend else new
    cancel = delay_of(settings.latency_cancel) if settings.latency_cancel else new
    return Latency(new, amend, cancel, settings.seed)


class Sending:
    """Puts a trader's commands on their way.

    Args:
        submit: Takes each command.
        latency: How long each is on its way.
    """

    def __init__(self, submit: Submit, latency: Latency) -> None:
        self._submit = submit
        self._latency = latency

    def __call__(self, command: Command) -> tuple[Event, ...]:
        """Send one; without latency it is done at once, and so is what does not travel.

        Raises:
            SequencerError: The log takes nothing now; the command had no effect.
        """
        if self._latency.off or not isinstance(command, Sendable):
            return self._submit(command)
        delay_ns = self._latency.delay_ns(command)
        return self._submit(
            SendCommand(account=command.account, command=command, delay_ns=delay_ns)
        )

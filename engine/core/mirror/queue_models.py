"""Where displayed quantity that vanished without a trade is taken from.

A level's displayed quantity stands in runs, divided by our own orders. A venue says only that the
sum fell; which run lost it is an assumption with a name. No model makes our order lose priority.
"""

from collections.abc import Callable

from engine.core.commands import QueueModel


def proportional(runs: list[int], vanished: int) -> list[int]:
    """Each run loses its share; lots that do not divide are taken from behind."""
    total = sum(runs)
    losses = [run * vanished // total for run in runs]
    rest = vanished - sum(losses)
    for index in reversed(range(len(runs))):
        more = min(rest, runs[index] - losses[index])
        losses[index] += more
        rest -= more
    return losses


def ahead(runs: list[int], vanished: int) -> list[int]:
    """The front of the queue goes first."""
    losses = []
    for run in runs:
        losses.append(min(run, vanished))
        vanished -= losses[-1]
    return losses


def behind(runs: list[int], vanished: int) -> list[int]:
    """The back of the queue goes first."""
    return ahead(runs[::-1], vanished)[::-1]


LOSSES: dict[QueueModel, Callable[[list[int], int], list[int]]] = {
    QueueModel.PROPORTIONAL: proportional,
    QueueModel.AHEAD: ahead,
    QueueModel.BEHIND: behind,
}
"""(lots of each run, front first; lots that vanished) to the lots that each run loses."""

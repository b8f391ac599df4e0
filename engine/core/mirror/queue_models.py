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
    return _and_from_behind(runs, losses, vanished - sum(losses))


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


def probability(runs: list[int], vanished: int) -> list[int]:
    """A lot in front goes the likelier, the more stands there, in squares: the power probability
    queue model with exponent 2, at its expected value.

    Up to the end of each run, with `front` lots in all and `back` behind it, `vanished` times
    front² / (front² + back²) are lost; what a run does not have, the next one loses.
    """
    total = sum(runs)
    losses = []
    front = expected = carry = 0
    for run in runs:
        front += run
        back = total - front
        up_to_here = vanished * front**2 // (front**2 + back**2)
        due = up_to_here - expected + carry
        expected = up_to_here
        losses.append(min(run, due))
        carry = due - losses[-1]
    return _and_from_behind(runs, losses, carry)


def _and_from_behind(runs: list[int], losses: list[int], rest: int) -> list[int]:
    """What could not be taken elsewhere is taken from the back forward."""
    for index in reversed(range(len(runs))):
        more = min(rest, runs[index] - losses[index])
        losses[index] += more
        rest -= more
    return losses


LOSSES: dict[QueueModel, Callable[[list[int], int], list[int]]] = {
    QueueModel.PROPORTIONAL: proportional,
    QueueModel.AHEAD: ahead,
    QueueModel.BEHIND: behind,
    QueueModel.PROBABILITY: probability,
}
"""(lots of each run, front first; lots that vanished) to the lots that each run loses."""

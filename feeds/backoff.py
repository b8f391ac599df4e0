"""How long to wait before the next attempt: doubling, with jitter, up to a maximum."""

from collections.abc import Iterator
from random import Random

FIRST_S = 0.5
FACTOR = 2.0


def delays(rng: Random, max_s: float) -> Iterator[float]:
    """Seconds before each further attempt, without end.

    Each lies between half and all of a bound that doubles from half a second to `max_s`, so that
    many clients which lost the same server do not come back at the same moment.
    """
    bound_s = min(FIRST_S, max_s)
    while True:
        yield bound_s * (0.5 + 0.5 * rng.random())
        bound_s = min(bound_s * FACTOR, max_s)

"""Random numbers for models, the same for ever for the same seed.

They rest on what the standard library promises never to change: the sequence of `Random.random` for
a text seed. Exponentials are made by inversion and normals by pairs (G. Box, M. Muller, "A note on
the generation of random normal deviates", 1958), because no library promises those. What a
component gets depends only on its seed and on how many numbers it took before, never on the time or
on others. Nothing here costs start-up time, as loading numpy would.

The models add floats with `added` and not with `sum`, which rounds otherwise from Python 3.12 on.
"""

import math
import operator
import random
from collections.abc import Callable, Iterable, Iterator
from functools import reduce


def added(values: Iterable[float]) -> float:
    """The sum from left to right, rounded after each step."""
    return reduce(operator.add, values, 0.0)


class Draws:
    """The random stream of one component.

    Attributes:
        uniform: The next number, uniform on [0, 1).
        normal: The next standard normal.
        exponential: The next exponential with mean 1.
    """

    __slots__ = ("exponential", "normal", "uniform")

    def __init__(self, seed: int, component: str) -> None:
        """Streams of other seeds and of other components are independent of this one."""
        uniform = random.Random(f"{seed} {component}").random
        self.uniform: Callable[[], float] = uniform
        self.normal: Callable[[], float] = _normals(uniform).__next__
        self.exponential: Callable[[], float] = _exponentials(uniform).__next__


def _normals(uniform: Callable[[], float]) -> Iterator[float]:
    while True:
        angle = math.tau * uniform()
        radius = math.sqrt(-2.0 * math.log(1.0 - uniform()))
        yield radius * math.cos(angle)
        yield radius * math.sin(angle)


def _exponentials(uniform: Callable[[], float]) -> Iterator[float]:
    while True:
        yield -math.log(1.0 - uniform())

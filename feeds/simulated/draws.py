"""Random numbers for models, one at a time at little cost and always in the same order.

A stream is drawn from `numpy.random.Generator` in blocks and handed out singly. What a component
gets depends only on its seed and on how many numbers it took before, never on the time or on
others.
"""

from collections.abc import Callable, Iterator

import numpy as np

_BLOCK = 1024


class Draws:
    """The independent random streams of one component.

    Attributes:
        uniform: The next number, uniform on [0, 1).
        normal: The next standard normal.
        exponential: The next exponential with mean 1.
    """

    __slots__ = ("exponential", "normal", "uniform")

    def __init__(self, seed: np.random.SeedSequence) -> None:
        first, second, third = (np.random.Generator(np.random.PCG64(s)) for s in seed.spawn(3))
        self.uniform: Callable[[], float] = _stream(lambda: first.random(_BLOCK)).__next__
        self.normal: Callable[[], float] = _stream(lambda: second.standard_normal(_BLOCK)).__next__
        self.exponential: Callable[[], float] = _stream(
            lambda: third.standard_exponential(_BLOCK)
        ).__next__


def _stream(
    block: Callable[[], "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"],
) -> Iterator[float]:
    while True:
        yield from block().tolist()

"""What a target of the fuzzer is: inputs as bytes, a way to vary them, and what must hold of them.

A target needs nothing but the product, so its findings replay and shrink without a fuzzer.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

SECONDS_MAX = 2.0
"""Of processor time for one input; more is a finding of its own."""


class Wrong(AssertionError):
    """Something that must hold of every input does not."""


class TooSlow(Wrong):
    """An input that took longer than any input may."""


@dataclass(frozen=True)
class Target:
    """One thing that is fuzzed.

    Attributes:
        bytes_max: The longest input that is tried.
        seeds: Inputs to begin with.
        mutate: An input varied in the target's own terms: data, dice, the largest size.
        attempt: Tries one input; whatever it raises is a finding.
        split: The pieces of an input, of which shrinking leaves out as many as it can.
        join: An input of pieces.
        told: An input for a person to read.
    """

    bytes_max: int
    seeds: Callable[[], Iterable[bytes]]
    mutate: Callable[[bytes, Random, int], bytes]
    attempt: Callable[[bytes], None]
    split: Callable[[bytes], list[bytes]]
    join: Callable[[Sequence[bytes]], bytes]
    told: Callable[[bytes], str]


def attempt_in_time(target: Target, data: bytes) -> None:
    """Try one input.

    Raises:
        TooSlow: It came to an end, but late. Processor time is counted, so a busy machine does not
            make findings.
    """
    began = time.process_time()
    target.attempt(data)
    took = time.process_time() - began
    if took > SECONDS_MAX:
        raise TooSlow(f"an input takes longer than {SECONDS_MAX:.0f} seconds")


def shrunk(target: Target, data: bytes, still: Callable[[bytes], bool]) -> bytes:
    """The input with as many pieces left out as it can lose while `still` holds of it."""
    pieces = target.split(data)
    width = max(1, len(pieces) // 2)
    while pieces:
        for smaller in _without(pieces, width):
            if still(target.join(smaller)):
                pieces = smaller
                break
        else:
            if width == 1:
                break
            width = max(1, width // 2)
    return target.join(pieces)


def _without(pieces: list[bytes], width: int) -> Iterator[list[bytes]]:
    """The pieces without each run of so many, the last run first."""
    for start in range((len(pieces) - 1) // width * width, -1, -width):
        yield pieces[:start] + pieces[start + width :]

"""The pauses between attempts."""

from itertools import islice
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from feeds.backoff import delays


@given(st.integers())
def test_pauses_double_with_jitter_up_to_the_maximum(seed: int) -> None:
    bounds = [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    for pause, bound in zip(islice(delays(Random(seed), 30.0), 9), bounds, strict=True):
        assert bound / 2 <= pause <= bound


def test_the_same_seed_gives_the_same_pauses() -> None:
    once, again = (list(islice(delays(Random(7), 30.0), 5)) for _ in range(2))
    assert once == again

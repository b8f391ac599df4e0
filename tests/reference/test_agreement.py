"""The engine does what the slow, obvious twin does, whatever the sequence of commands."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.reference.agreement import Pair
from tests.reference.sequences import OPENING, Director, Step, seeded_steps, swarms, waited_ns


def run_both(steps: list[Step]) -> None:
    pair, director, now_ns = Pair(), Director(), 0
    for command in OPENING:
        pair.apply(command, now_ns)
    for step in steps:
        now_ns += waited_ns(step)
        director.learn(pair.apply(director.command(step), now_ns))
        pair.spot_is_never_owed()
    pair.same_views()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(swarms)
def test_the_engine_agrees_with_its_twin(steps: list[Step]) -> None:
    run_both(steps)


@pytest.mark.parametrize("seed", range(40))
def test_the_engine_agrees_with_its_twin_over_a_long_swarm(seed: int) -> None:
    run_both(seeded_steps(seed, 200))

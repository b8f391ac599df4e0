"""The engine does what the slow, obvious twin does, whatever the sequence of commands."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.reference.agreement import run_both
from tests.reference.sequences import Step, margined, seeded, swarms, worlds
from tests.reference.world import World


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds, swarms)
def test_the_engine_agrees_with_its_twin(on: World, steps: list[Step]) -> None:
    run_both(on, steps)


@pytest.mark.parametrize("seed", range(56))
def test_the_engine_agrees_with_its_twin_over_a_long_swarm(seed: int) -> None:
    run_both(*seeded(seed, 200))


@pytest.mark.parametrize("seed", range(32))
def test_the_engine_agrees_with_its_twin_about_margin(seed: int) -> None:
    """Positions of every mode while marks move, through liquidations where there are any."""
    run_both(*margined(seed, 160))

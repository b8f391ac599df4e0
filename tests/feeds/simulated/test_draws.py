"""Random numbers keep their law, and their values for ever."""

import math
import statistics

import pytest

from feeds.simulated.draws import Draws


def test_the_numbers_of_a_seed_never_change() -> None:
    draws = Draws(1, "latent")
    found = [draws.uniform(), draws.normal(), draws.normal(), draws.exponential()]
    assert found == pytest.approx([0.9835711608, 0.9274143019, -0.1283894857, 0.2030945631])


@pytest.mark.parametrize("seed", range(3))
def test_moments_are_those_of_the_law(seed: int) -> None:
    draws = Draws(seed, "latent")
    count = 20_000
    within = 5.0 / math.sqrt(count)
    normals = [draws.normal() for _ in range(count)]
    assert statistics.fmean(normals) == pytest.approx(0.0, abs=within)
    assert statistics.pvariance(normals) == pytest.approx(1.0, abs=2 * within)
    assert statistics.fmean(draws.exponential() for _ in range(count)) == pytest.approx(
        1.0, abs=within
    )
    assert statistics.fmean(draws.uniform() for _ in range(count)) == pytest.approx(0.5, abs=within)


def test_components_and_seeds_are_independent() -> None:
    firsts = {Draws(seed, name).uniform() for seed in range(3) for name in ("latent", "BTC-USDT")}
    assert len(firsts) == 6

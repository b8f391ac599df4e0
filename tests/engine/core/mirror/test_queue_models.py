"""Every queue model takes exactly what vanished, from runs that have it, in its own order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import QueueModel
from engine.core.mirror.queue_models import LOSSES

runs_and_loss = st.lists(st.integers(1, 10**9), min_size=1, max_size=8).flatmap(
    lambda runs: st.tuples(st.just(runs), st.integers(1, sum(runs)))
)


@given(runs_and_loss, st.sampled_from(QueueModel))
def test_losses_add_up_and_fit(case: tuple[list[int], int], model: QueueModel) -> None:
    runs, vanished = case
    losses = LOSSES[model](runs, vanished)
    assert sum(losses) == vanished
    assert all(0 <= loss <= run for run, loss in zip(runs, losses, strict=True))


@pytest.mark.parametrize(
    ("model", "losses"),
    [
        (QueueModel.AHEAD, [6, 1]),
        (QueueModel.BEHIND, [3, 4]),
        (QueueModel.PROPORTIONAL, [4, 3]),
        (QueueModel.PROBABILITY, [4, 3]),
    ],
)
def test_seven_of_six_ahead_and_four_behind(model: QueueModel, losses: list[int]) -> None:
    assert LOSSES[model]([6, 4], 7) == losses


@given(runs_and_loss)
def test_by_probability_the_losses_up_to_each_run_go_with_the_squares(
    case: tuple[list[int], int],
) -> None:
    runs, vanished = case
    losses = LOSSES[QueueModel.PROBABILITY](runs, vanished)
    total = sum(runs)
    for count in range(1, len(runs)):
        front = sum(runs[:count])
        expected = vanished * front**2 // (front**2 + (total - front) ** 2)
        lost = sum(losses[:count])
        left_behind = total - front - sum(losses[count:])
        assert lost == expected or (lost < expected and lost == front) or not left_behind


def test_by_probability_what_a_run_does_not_have_the_next_one_loses() -> None:
    assert LOSSES[QueueModel.PROBABILITY]([16, 44, 5], 55) == [6, 44, 5]
    assert LOSSES[QueueModel.PROBABILITY]([1, 1, 98], 50) == [0, 0, 50]
    assert LOSSES[QueueModel.PROBABILITY]([98, 1, 1], 50) == [49, 0, 1]


@given(runs_and_loss)
def test_proportional_never_strays_from_the_exact_share(case: tuple[list[int], int]) -> None:
    runs, vanished = case
    losses = LOSSES[QueueModel.PROPORTIONAL](runs, vanished)
    for run, loss in zip(runs, losses, strict=True):
        assert loss >= run * vanished // sum(runs)
        assert loss <= run * vanished // sum(runs) + len(runs)

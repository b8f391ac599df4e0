"""The engine's pure formulas of a mirrored market are those of the twin, whatever the numbers."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import QueueModel, Side
from engine.core.mirror.queue_models import LOSSES
from engine.core.mirror.synthetic import synthetic_levels
from tests.reference import naive_synthetic
from tests.reference.naive_mirror import losses
from tests.reference.naive_terms import PRICE_MAX

small, large = st.integers(1, 40), st.integers(1, PRICE_MAX)
sizes = small | st.integers(1, 5_000) | large
ppm = st.sampled_from((0, 1, 500, 40_000, 10**6)) | st.integers(0, 3 * 10**6)
touches = small | st.integers(90, 20_000) | large
sides = st.sampled_from(Side)


@given(touches, st.just(0) | sizes, sizes, ppm, ppm, sides)
def test_synthetic_levels_are_those_of_the_formula(
    touch: int, lots: int, liquidity: int, base: int, impact: int, side: Side
) -> None:
    terms = (touch, lots, liquidity, base, impact, side)
    assert synthetic_levels(*terms) == naive_synthetic.synthetic_levels(*terms)


@given(st.integers(10_000, 10**9), sizes, ppm, ppm, sides)
def test_taking_it_all_never_costs_less_than_the_slippage_formula_says(
    touch: int, liquidity: int, base: int, impact: int, side: Side
) -> None:
    """Unless all of it is at the touch, or a side ends where prices do."""
    levels = synthetic_levels(touch, 0, liquidity, base, impact, side)
    away = 1 if side is Side.SELL else -1
    prices = [price * away for price, _ in levels]
    assert prices == sorted(set(prices))
    if len(levels) == 1 or levels[-1][0] == 1:
        return
    slippage = Fraction(base + impact, 10**6)
    told = away * (sum(price * lots for price, lots in levels) - touch * liquidity)
    assert told >= touch * liquidity * slippage


@given(st.lists(small | sizes, min_size=1, max_size=7), st.data(), st.sampled_from(QueueModel))
def test_runs_lose_what_their_model_says(
    runs: list[int], data: st.DataObject, model: QueueModel
) -> None:
    vanished = data.draw(st.integers(1, sum(runs)))
    lost = LOSSES[model](list(runs), vanished)
    assert lost == losses(model, runs, vanished)
    assert sum(lost) == vanished
    assert all(0 <= part <= run for part, run in zip(lost, runs, strict=True))

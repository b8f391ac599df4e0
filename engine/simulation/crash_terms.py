"""What a simulated crash is like: its instruments, its falling mark, and how long it lasts."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from engine.core.instruments import SECOND_NS, AssetClass, Instrument
from engine.core.margin_terms import PRESETS

PERPETUAL = "BTC-USDT-PERP"
FUTURE = "BTC-USDT-FUT"
"""The second instrument, for those who hedge."""
MONEY = "USDT"
MARK_TICKS = 200_000
"""100,000 USDT, from where it falls."""
INTERVAL_NS = 8 * 3600 * SECOND_NS
BOUNDARY_NS = 60_000 * INTERVAL_NS
"""The funding payment that falls in the middle of the crash."""
JUMPS = 6
JUMPED = 0.6
"""So much of the fall comes in jumps, the rest as drift."""
NOISE = 0.0006
"""Of each second's move, as a standard deviation of its logarithm."""
BASIS = 0.0004
"""How far the future strays from the perpetual."""


@dataclass(frozen=True, slots=True)
class CrashTerms:
    """A crash to play: the same terms give the same commands.

    Attributes:
        accounts: How many traders on margin.
        fall_ppm: How far the mark falls in all, in millionths.
        seconds: How long the fall takes.
        check_every: The invariants of the exchange are checked each so many commands.
    """

    accounts: int = 200
    fall_ppm: int = 350_000
    seconds: int = 600
    seed: int = 1
    check_every: int = 1_000

    @property
    def start_ns(self) -> int:
        """When it begins, so that funding is paid half way."""
        return BOUNDARY_NS - self.seconds // 2 * SECOND_NS - SECOND_NS // 2


def instruments() -> tuple[Instrument, Instrument]:
    """The perpetual that crashes, and the future beside it."""
    return _contract(PERPETUAL, AssetClass.PERPETUAL), _contract(FUTURE, AssetClass.FUTURE)


def _contract(symbol: str, asset_class: AssetClass) -> Instrument:
    return Instrument(
        symbol=symbol,
        venue="simulated",
        asset_class=asset_class,
        base="BTC",
        quote=MONEY,
        settlement=MONEY,
        tick_size=Decimal("0.5"),
        lot_size=Decimal("0.001"),
        maker_fee_ppm=200,
        taker_fee_ppm=500,
        initial_margin_ppm=100_000,
        margin_tiers=PRESETS["perpetual"],
    )


def mark_path(terms: CrashTerms, draw: np.random.Generator) -> list[tuple[int, int]]:
    """The marks of both instruments in ticks, second by second; the last one has fallen wholly."""
    seconds = terms.seconds
    steps = draw.normal(0.0, NOISE, seconds)
    steps -= steps.mean()
    whole = float(np.log1p(-terms.fall_ppm / 1e6))
    steps += whole * (1 - JUMPED) / seconds
    at = draw.integers(seconds // 10, seconds, JUMPS)
    sizes = draw.dirichlet(np.ones(JUMPS))
    for second, size in zip(at, sizes, strict=True):
        steps[second] += whole * JUMPED * size
    path = MARK_TICKS * np.exp(np.cumsum(steps))
    future = path * (1 + draw.normal(0.0, BASIS, seconds))
    return [
        (max(1, round(float(one))), max(1, round(float(other))))
        for one, other in zip(path, future, strict=True)
    ]

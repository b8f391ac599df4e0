"""Scenarios: what happens to prices, volatility, correlation and liquidity, all at once.

A scenario says what the market does; what that does to an account is the monitor's part. Add one
by a line in `SCENARIOS`.
"""

from dataclasses import dataclass, field
from enum import Enum

from engine.quant.portfolio.crash_days import CRASH_DAYS, AssetClass, Moves

PRICE_SHOCKS = (-0.40, -0.20, -0.10, -0.05, 0.05, 0.10, 0.20, 0.40)


class Correlation(Enum):
    """How the assets go together while the scenario lasts."""

    AS_IS = "as_is"
    ONE = "one"
    """Every correlation is one: nothing diversifies, but a short still hedges a long."""
    AGAINST = "against"
    """Every position moves against its holder: no hedge holds."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing that may happen to the market.

    Attributes:
        moves: Of prices by asset class; a class that is missing does not move.
        volatility: Factor on every volatility.
        liquidity: Share of depth and volume that is left; 0.2 is divided by five.
    """

    name: str
    moves: Moves = field(default_factory=dict)
    volatility: float = 1.0
    correlation: Correlation = Correlation.AS_IS
    liquidity: float = 1.0

    def move(self, asset_class: AssetClass) -> float:
        """What a price of this class does."""
        return self.moves.get(asset_class, 0.0)


def parallel(shock: float) -> Moves:
    """All prices move alike."""
    return dict.fromkeys(AssetClass, shock)


SCENARIOS: tuple[Scenario, ...] = (
    *(Scenario(f"prices {shock:+.0%}", moves=parallel(shock)) for shock in PRICE_SHOCKS),
    Scenario("volatility x0.5", volatility=0.5),
    Scenario("volatility x2", volatility=2.0),
    Scenario("correlations to one", correlation=Correlation.ONE),
    Scenario("hedges fail", correlation=Correlation.AGAINST),
    Scenario("liquidity / 5", liquidity=0.2),
    *(Scenario(day, moves=moves) for day, moves in CRASH_DAYS.items()),
)
"""All that the monitor runs, in the order shown."""

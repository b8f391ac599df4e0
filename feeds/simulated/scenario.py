"""Named weathers of the simulated market: how wild, how busy, and how often news breaks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Regime:
    """One state of the hidden Markov chain that the whole market shares."""

    volatility: float
    """Multiplies the normal volatility."""
    activity: float
    """Multiplies the normal arrival rates."""
    mean_stay_s: float


QUIET = Regime(0.75, 1.0, 90.0)
ACTIVE = Regime(1.4, 1.5, 40.0)
STRESSED = Regime(3.0, 2.4, 8.0)
REGIMES = (QUIET, ACTIVE, STRESSED)
SUCCESSORS = ((1, 1, 1, 2), (0, 0, 0, 2), (0, 1, 1, 1))
"""For each regime the indexes of those that may follow it, equally likely."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A market's weather."""

    volatility: float
    activity: float
    jumps_per_hour: float
    jump_size: float
    """Mean absolute jump, as a fraction of the price: 0.0005 is five basis points."""
    drift_per_hour: float
    """Expected log return per hour."""


SCENARIOS: dict[str, Scenario] = {
    "calm": Scenario(1.0, 1.0, 24.0, 0.00025, 0.0),
    "volatile": Scenario(2.2, 1.6, 90.0, 0.0006, 0.0),
    "rally": Scenario(1.2, 1.2, 30.0, 0.0003, 0.02),
    "slide": Scenario(1.6, 1.4, 50.0, 0.0005, -0.04),
}


class UnknownScenario(ValueError):
    """No scenario has this name; the sentence lists those that exist."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no scenario {name!r}: choose one of {', '.join(SCENARIOS)}.")


def scenario_named(name: str) -> Scenario:
    """The scenario of that name.

    Raises:
        UnknownScenario: There is none; lists those that exist.
    """
    try:
        return SCENARIOS[name]
    except KeyError:
        raise UnknownScenario(name) from None

"""The prices that nobody displays: what each underlying is worth, a step at a time.

Log prices move by correlated normal shocks whose size is a product of a hidden regime (a Markov
chain) and two mean-reverting log volatilities, one fast and one slow; this gives volatility
clusters and heavy tails. News adds jumps of exponential size, up or down, that all underlyings
share in part. A jump is released over about a second, and `coming` tells what is still to come:
those who quote feel it before it is in the price. Orders move the price too, through `push`.

Sources: R. Cont, "Empirical properties of asset returns" (2001), for what to reproduce; S. Kou, "A
jump-diffusion model for option pricing" (2002), for the jump sizes.
"""

import math
from dataclasses import dataclass

from feeds.simulated.draws import Draws
from feeds.simulated.scenario import REGIMES, SUCCESSORS, Scenario

STEP_NS = 100_000_000
_STEP_S = STEP_NS / 1e9
_JUMP_RELEASE = 0.3
"""Share of a jump still to come that each step releases."""

_JUMP_JOLT = 0.6
"""What news adds to the fast log volatility."""


@dataclass(frozen=True, slots=True)
class Underlying:
    """How one underlying moves in normal times."""

    volatility: float
    """Standard deviation of the log return over one second."""
    market_share: float
    """Correlation with the factor that all underlyings share."""


UNDERLYINGS: dict[str, Underlying] = {
    "BTC": Underlying(3.6e-5, 0.93),
    "ETH": Underlying(4.6e-5, 0.90),
    "SOL": Underlying(7.0e-5, 0.80),
}


class LogVolatility:
    """A mean-reverting factor: its exponential multiplies the volatility and is 1 on average."""

    __slots__ = ("_keep", "_kick", "_offset", "_value")

    def __init__(self, deviation: float, memory_s: float) -> None:
        self._keep = math.exp(-_STEP_S / memory_s)
        self._kick = deviation * math.sqrt(1.0 - self._keep**2)
        self._offset = deviation**2 / 2.0
        self._value = 0.0

    def step(self, normal: float) -> float:
        """One step on; the multiplier now."""
        self._value = self._value * self._keep + self._kick * normal
        return math.exp(self._value - self._offset)

    def jolt(self, amount: float) -> None:
        """Something happened: the logarithm rises by this and falls back in time."""
        self._value += amount


class Latent:
    """The state of all underlyings.

    Attributes:
        moves: Log return since the start, by underlying.
        coming: The part of announced jumps that is not in `moves` yet, by underlying.
        volatility: The current multiple of normal volatility.
        activity: The current multiple of normal arrival rates.
    """

    def __init__(self, scenario: Scenario, draws: Draws) -> None:
        self.moves = dict.fromkeys(UNDERLYINGS, 0.0)
        self.coming = dict.fromkeys(UNDERLYINGS, 0.0)
        self.volatility = scenario.volatility
        self.activity = scenario.activity
        self._scenario = scenario
        self._draws = draws
        self._slow = LogVolatility(0.45, 400.0)
        self._fast = LogVolatility(0.50, 20.0)
        self._regime = 0

    def step(self) -> None:
        """`STEP_NS` pass."""
        self._change_weather()
        if self._draws.uniform() < self._scenario.jumps_per_hour * _STEP_S / 3600.0:
            self._announce_jump()
        factor = self._draws.normal()
        size = self.volatility * math.sqrt(_STEP_S)
        drift = self._scenario.drift_per_hour * _STEP_S / 3600.0
        for name, underlying in UNDERLYINGS.items():
            share = underlying.market_share
            shock = share * factor + math.sqrt(1.0 - share * share) * self._draws.normal()
            released = self.coming[name] * _JUMP_RELEASE
            self.coming[name] -= released
            self.moves[name] += drift + underlying.volatility * size * shock + released

    def push(self, underlying: str, move: float) -> None:
        """Orders convinced the market: the price moves by this log return and stays there."""
        self.moves[underlying] += move

    def _change_weather(self) -> None:
        uniform = self._draws.uniform
        if uniform() < _STEP_S / REGIMES[self._regime].mean_stay_s:
            followers = SUCCESSORS[self._regime]
            self._regime = followers[int(uniform() * len(followers))]
        regime = REGIMES[self._regime]
        wave = self._slow.step(self._draws.normal()) * self._fast.step(self._draws.normal())
        self.volatility = self._scenario.volatility * regime.volatility * wave
        self.activity = self._scenario.activity * regime.activity * math.sqrt(wave)

    def _announce_jump(self) -> None:
        uniform = self._draws.uniform
        sign = 1.0 if uniform() < 0.5 else -1.0
        size = sign * self._scenario.jump_size * (0.4 + 0.6 * self._draws.exponential())
        for name, underlying in UNDERLYINGS.items():
            scale = underlying.volatility / UNDERLYINGS["BTC"].volatility
            self.coming[name] += size * scale * (0.6 + 0.8 * uniform())
        self._fast.jolt(_JUMP_JOLT)

"""The prices that nobody displays: what each underlying is worth, a step at a time.

Log prices move by normal shocks: one of the whole market, one of each sector, one of its own. Their
size is a product of the scenario, a hidden regime (a Markov chain) and mean-reverting log
volatilities from seconds to a quarter of an hour, which falls raise more than rises do. Several
time scales together make volatility forget slowly, as it does in fact; their product makes tails
heavy. News adds jumps of exponential size, of the whole market or of one underlying. A jump is in
the air for a moment before it is released over about a second, and `coming` tells what is still to
come: those who quote feel it before it is in the price. Orders move the price too, through `push`.

Sources: R. Cont, "Empirical properties of asset returns" (2001), for what to reproduce; F. Corsi,
"A simple approximate long-memory model of realized volatility" (2009), for few time scales instead
of long memory; S. Kou, "A jump-diffusion model for option pricing" (2002), for the jump sizes.
"""

import math
from dataclasses import dataclass
from itertools import starmap

from feeds.simulated.draws import Draws, added
from feeds.simulated.scenario import REGIMES, SUCCESSORS, Scenario

STEP_NS = 100_000_000
STEP_S = STEP_NS / 1e9
_ROOT_STEP = math.sqrt(STEP_S)
_HOUR_STEPS = 3600.0 / STEP_S
_JUMP_RELEASE = 0.4
"""Share of a released jump still to come that each step brings."""
_JUMP_OVER = 1e-7
"""What is left of a jump when it is all released at once."""
_FUSE_MAX_STEPS = 20
_JUMP_JOLT = 0.3
"""What news adds to the fast log volatility."""
_LEVERAGE = -0.06
"""What a shock of one deviation adds to the fast log volatility: falls are feared."""
_OWN_NEWS = 0.35
"""Share of the news that concerns one underlying only."""
_SCALES = ((0.22, 12.0), (0.5, 150.0), (0.5, 1800.0))
"""(standard deviation, memory in seconds) of the log volatilities that all share."""
_LEARNT = 0.5
"""What an order in one underlying says of another of its sector."""
_OWN_SCALE = (0.28, 240.0)


@dataclass(frozen=True, slots=True)
class Underlying:
    """How one underlying moves in normal times."""

    volatility: float
    """Standard deviation of the log return over one second, orders left aside."""
    sector: str
    world_share: float
    """Correlation with the factor of the whole market; negative for a haven."""
    sector_share: float
    """Correlation with the factor of its sector."""

    @property
    def own_share(self) -> float:
        """What neither explains."""
        return math.sqrt(1.0 - self.world_share**2 - self.sector_share**2)


UNDERLYINGS: dict[str, Underlying] = {
    "BTC": Underlying(4.4e-5, "crypto", 0.50, 0.80),
    "ETH": Underlying(5.6e-5, "crypto", 0.50, 0.76),
    "TUIX": Underlying(5.0e-5, "shares", 0.50, 0.45),
    "TX50": Underlying(2.2e-5, "shares", 0.70, 0.62),
    "EUR": Underlying(1.1e-5, "currencies", 0.25, 0.60),
}
SECTORS = ("crypto", "shares", "currencies")
_NORMAL_VOLATILITY = UNDERLYINGS["BTC"].volatility
"""Of the underlying for which drifts and jumps are stated."""
_TERMS = tuple(
    (name, one.volatility, one.sector, one.world_share, one.sector_share, one.own_share)
    for name, one in UNDERLYINGS.items()
)


class LogVolatility:
    """A mean-reverting factor: its exponential multiplies the volatility and is 1 on average."""

    __slots__ = ("_keep", "_kick", "_offset", "_value")

    def __init__(self, deviation: float, memory_s: float, start: float = 0.0) -> None:
        """`start` is where it begins, in its standard deviations."""
        self._keep = math.exp(-STEP_S / memory_s)
        self._kick = deviation * math.sqrt(1.0 - self._keep**2)
        self._offset = deviation**2 / 2.0
        self._value = deviation * start

    def step(self, normal: float) -> float:
        """One step on; the logarithm of the multiplier now."""
        self._value = self._value * self._keep + self._kick * normal
        return self._value - self._offset

    def jolt(self, amount: float) -> None:
        """Something happened: the logarithm moves by this and returns in time."""
        self._value += amount


@dataclass(slots=True)
class _Jump:
    """News that is in the air."""

    steps_left: int
    sizes: dict[str, float]


class Latent:
    """The state of all underlyings.

    Attributes:
        weather: What the scenario makes of this moment.
        moves: Log return since the start, by underlying.
        coming: The part of jumps in the air that is not in `moves` yet, by underlying.
        volatility: The current multiple of normal volatility, by underlying.
        activity: The current multiple of normal arrival rates.
    """

    def __init__(self, scenario: Scenario, draws: Draws) -> None:
        self.moves = dict.fromkeys(UNDERLYINGS, 0.0)
        self.coming = dict.fromkeys(UNDERLYINGS, 0.0)
        self._releasing = dict.fromkeys(UNDERLYINGS, 0.0)
        self._in_the_air: list[_Jump] = []
        self._draws = draws
        self._shared = list(starmap(LogVolatility, _SCALES))
        self._own = {name: LogVolatility(*_OWN_SCALE) for name in UNDERLYINGS}
        self._regime = 0
        self.begin(scenario)

    def begin(self, scenario: Scenario) -> None:
        """The course of another scenario begins now."""
        self._scenario = scenario
        self._steps = 0
        self.weather = scenario.at(0.0)
        self.volatility = dict.fromkeys(UNDERLYINGS, self.weather.volatility)
        self.activity = self.weather.activity

    def step(self) -> None:
        """`STEP_NS` pass."""
        self._steps += 1
        weather = self.weather = self._scenario.at(self._steps * STEP_S)
        wave = self._change_volatility()
        self._break_news()
        normal = self._draws.normal
        world = normal()
        sectors = {sector: normal() for sector in SECTORS}
        self._shared[0].jolt(_LEVERAGE * world * _ROOT_STEP)
        drift = weather.drift_per_hour / _HOUR_STEPS / _NORMAL_VOLATILITY
        for name, usual, sector, world_share, sector_share, own_share in _TERMS:
            own = wave * math.exp(self._own[name].step(normal()))
            self.volatility[name] = own
            shock = world_share * world + sector_share * sectors[sector] + own_share * normal()
            self.moves[name] += usual * (drift + own * _ROOT_STEP * shock)
        for name, rest in self._releasing.items():
            if rest:
                self._release(name, rest)

    def push(self, underlying: str, move: float) -> None:
        """Orders convinced the market: the price moves by this log return and stays there.

        Those who quote others of its sector learn from it too.
        """
        pushed = UNDERLYINGS[underlying]
        for name, terms in UNDERLYINGS.items():
            if name == underlying:
                self.moves[name] += move
            elif terms.sector == pushed.sector:
                self.moves[name] += _LEARNT * move * terms.volatility / pushed.volatility

    def _change_volatility(self) -> float:
        """The multiple of normal volatility that all underlyings share now."""
        uniform, normal = self._draws.uniform, self._draws.normal
        if uniform() < STEP_S / REGIMES[self._regime].mean_stay_s:
            followers = SUCCESSORS[self._regime]
            self._regime = followers[int(uniform() * len(followers))]
        regime = REGIMES[self._regime]
        wave = math.exp(added(scale.step(normal()) for scale in self._shared))
        self.activity = self.weather.activity * regime.activity * wave**0.6
        return self.weather.volatility * regime.volatility * wave

    def _release(self, name: str, rest: float) -> None:
        released = rest * _JUMP_RELEASE if abs(rest) > _JUMP_OVER else rest
        self._releasing[name] -= released
        self.coming[name] -= released
        self.moves[name] += released

    def _break_news(self) -> None:
        if self._draws.uniform() < self.weather.jumps_per_hour / _HOUR_STEPS:
            self._announce(self._jump())
        for jump in self._in_the_air:
            jump.steps_left -= 1
            if jump.steps_left == 0:
                for name, size in jump.sizes.items():
                    self._releasing[name] += size
        if self._in_the_air and self._in_the_air[0].steps_left == 0:
            self._in_the_air = [jump for jump in self._in_the_air if jump.steps_left > 0]

    def _announce(self, jump: _Jump) -> None:
        for name, size in jump.sizes.items():
            self.coming[name] += size
        self._in_the_air.append(jump)

    def _jump(self) -> _Jump:
        uniform = self._draws.uniform
        sign = 1.0 if uniform() < 0.5 + 0.5 * self.weather.jump_lean else -1.0
        size = sign * self.weather.jump_size * (0.4 + 0.6 * self._draws.exponential())
        concerned = list(UNDERLYINGS)
        if uniform() < _OWN_NEWS:
            concerned = [concerned[int(uniform() * len(concerned))]]
        else:
            self._shared[0].jolt(_JUMP_JOLT)
        sizes: dict[str, float] = {}
        for name in concerned:
            terms = UNDERLYINGS[name]
            share = 1.0
            if len(concerned) > 1:
                share = 0.4 + terms.world_share * (0.6 + 0.8 * uniform())
            sizes[name] = size * share * terms.volatility / _NORMAL_VOLATILITY
            self._own[name].jolt(_JUMP_JOLT)
        return _Jump(steps_left=1 + int(uniform() * _FUSE_MAX_STEPS), sizes=sizes)

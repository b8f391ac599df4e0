"""Named weathers of the simulated market, and how each changes while it lasts.

A scenario is a course: what the weather is at certain times after it began, straight lines between
them, and the last one for ever, unless the course repeats. A crash thus thins out, breaks, bounces
and trembles, and a trader who begins it twice meets the same stages with other prices.
"""

from bisect import bisect_right
from dataclasses import dataclass, fields

from feeds.errors import FeedError


@dataclass(frozen=True, slots=True)
class Regime:
    """One state of the hidden Markov chain that the whole market shares."""

    volatility: float
    """Multiplies the normal volatility."""
    activity: float
    """Multiplies the normal arrival rates."""
    mean_stay_s: float


QUIET = Regime(0.8, 0.9, 240.0)
ACTIVE = Regime(1.35, 1.35, 90.0)
STRESSED = Regime(2.1, 1.8, 25.0)
REGIMES = (QUIET, ACTIVE, STRESSED)
SUCCESSORS = ((1, 1, 1, 2), (0, 0, 0, 2), (0, 1, 1, 1))
"""For each regime the indexes of those that may follow it, equally likely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """What a scenario makes of the market at one moment; the defaults are a usual day."""

    volatility: float = 1.0
    """Multiplies the normal volatility of everything."""
    activity: float = 1.0
    """Multiplies the normal arrival rates."""
    depth: float = 1.0
    """Multiplies what makers show."""
    drift_per_hour: float = 0.0
    """Expected log return per hour of what moves with the market one to one."""
    pressure: float = 0.0
    """Log odds that a new taker buys rather than sells."""
    jumps_per_hour: float = 20.0
    jump_size: float = 0.0003
    """Mean absolute jump, as a fraction of the price: 0.0005 is five basis points."""
    jump_lean: float = 0.0
    """Expected sign of a jump: 0 is either, -1 is always down."""
    premium: float = 0.0
    """What traders pay for a perpetual above its usual premium, as a fraction of the price."""
    leverage: float = 1.0
    """How many positions in perpetuals stand close to their liquidation; 0 for none."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A course of weathers."""

    about: str
    """One line that a trader chooses by."""
    course: tuple[tuple[float, Weather], ...]
    """(seconds after it began, weather), in order; the first at 0."""
    repeats: bool = False
    """Whether it begins anew at its last time, instead of staying there."""

    def at(self, elapsed_s: float) -> Weather:
        """The weather so many seconds after the scenario began."""
        course = self.course
        if len(course) == 1:
            return course[0][1]
        last_s = course[-1][0]
        if elapsed_s >= last_s:
            if not self.repeats:
                return course[-1][1]
            elapsed_s %= last_s
        after = bisect_right(course, elapsed_s, key=lambda stage: stage[0])
        (from_s, earlier), (to_s, later) = course[after - 1], course[after]
        if earlier is later:
            return earlier
        return _between(earlier, later, (elapsed_s - from_s) / (to_s - from_s))


def _between(earlier: Weather, later: Weather, share: float) -> Weather:
    values = {}
    for name in _WEATHER_FIELDS:
        value: float = getattr(earlier, name)
        values[name] = value + share * (getattr(later, name) - value)
    return Weather(**values)


_WEATHER_FIELDS = tuple(field.name for field in fields(Weather))

_USUAL = Weather()
_THINNING = Weather(volatility=1.5, activity=0.9, depth=0.35, pressure=-0.4, premium=-0.0002)
_CASCADE = Weather(
    volatility=3.6,
    activity=2.8,
    depth=0.14,
    drift_per_hour=-1.6,
    pressure=-2.0,
    jumps_per_hour=300.0,
    jump_size=0.0007,
    jump_lean=-0.7,
    premium=-0.0012,
    leverage=2.0,
)
_BOUNCE = Weather(
    volatility=3.2,
    activity=2.3,
    depth=0.22,
    drift_per_hour=0.9,
    pressure=0.9,
    jumps_per_hour=150.0,
    jump_size=0.0006,
    jump_lean=0.4,
    premium=-0.0006,
)
_AFTERSHOCK = Weather(
    volatility=2.2,
    activity=1.6,
    depth=0.4,
    pressure=-0.2,
    jumps_per_hour=120.0,
    jump_size=0.0008,
    jump_lean=-0.2,
    premium=-0.0003,
)
_AFTER = Weather(volatility=1.3, activity=1.2, depth=0.8, jumps_per_hour=30.0)

_SHORTS_BUILD = Weather(
    volatility=0.9, drift_per_hour=0.01, pressure=0.2, premium=-0.0018, leverage=2.0
)
_SHORTS_ARE_TIGHT = Weather(
    volatility=1.5, depth=0.5, drift_per_hour=0.1, pressure=0.6, premium=-0.001, leverage=3.0
)
_SQUEEZED = Weather(
    volatility=3.0,
    activity=2.8,
    depth=0.2,
    drift_per_hour=2.0,
    pressure=2.0,
    jumps_per_hour=250.0,
    jump_size=0.0008,
    jump_lean=0.8,
    premium=0.0018,
    leverage=4.0,
)
_SPENT = Weather(
    volatility=2.2,
    activity=1.7,
    depth=0.4,
    drift_per_hour=-0.5,
    pressure=-0.7,
    jumps_per_hour=80.0,
    jump_size=0.0006,
    premium=0.0006,
)

_LEG = Weather(volatility=1.1, activity=1.25, drift_per_hour=0.1, pressure=0.5, premium=0.0003)
_PULLBACK = Weather(volatility=0.9, activity=0.9, drift_per_hour=-0.06, pressure=-0.4)

_WAITING = Weather(volatility=0.5, activity=0.15, depth=0.3, jumps_per_hour=0.0)
_OPENED = Weather(
    volatility=3.4, activity=4.5, depth=0.6, jumps_per_hour=300.0, jump_size=0.0006, leverage=0.5
)
_FIRST_MINUTES = Weather(
    volatility=2.2, activity=2.2, depth=0.9, jumps_per_hour=80.0, jump_size=0.0004
)

SCENARIOS: dict[str, Scenario] = {
    "calm": Scenario(
        "a usual day: quiet and busy minutes in turn, some news",
        ((0.0, _USUAL),),
    ),
    "volatile": Scenario(
        "twice the usual moves, busy, news every minute",
        ((0.0, Weather(volatility=2.2, activity=1.4, jumps_per_hour=90.0, jump_size=0.0006)),),
    ),
    "rally": Scenario(
        "prices rise by about two percent an hour",
        ((0.0, Weather(volatility=1.2, activity=1.2, drift_per_hour=0.02, pressure=0.15)),),
    ),
    "slide": Scenario(
        "prices fall by about four percent an hour",
        (
            (
                0.0,
                Weather(
                    volatility=1.6,
                    activity=1.4,
                    drift_per_hour=-0.04,
                    pressure=-0.25,
                    jumps_per_hour=50.0,
                    jump_size=0.0005,
                ),
            ),
        ),
    ),
    "trend": Scenario(
        "up in legs of four minutes, with a pullback of a minute and a half after each",
        ((0.0, _LEG), (240.0, _LEG), (250.0, _PULLBACK), (330.0, _PULLBACK), (340.0, _LEG)),
        repeats=True,
    ),
    "crash": Scenario(
        "a minute of calm, the book thins, a cascade of some six percent, a bounce, aftershocks",
        (
            (0.0, _USUAL),
            (60.0, _USUAL),
            (120.0, _THINNING),
            (130.0, _CASCADE),
            (200.0, _CASCADE),
            (215.0, _BOUNCE),
            (275.0, _BOUNCE),
            (300.0, _AFTERSHOCK),
            (900.0, _AFTERSHOCK),
            (1800.0, _AFTER),
        ),
    ),
    "squeeze": Scenario(
        "shorts pay funding for two minutes, are forced to buy up some six percent, then it fades",
        (
            (0.0, _SHORTS_BUILD),
            (90.0, _SHORTS_BUILD),
            (130.0, _SHORTS_ARE_TIGHT),
            (145.0, _SQUEEZED),
            (210.0, _SQUEEZED),
            (230.0, _SPENT),
            (400.0, _SPENT),
            (900.0, _AFTER),
        ),
    ),
    "thin": Scenario(
        "a weekend: a quarter of the depth, wide spreads, few trades, sudden moves",
        (
            (
                0.0,
                Weather(
                    volatility=0.9,
                    activity=0.35,
                    depth=0.22,
                    jumps_per_hour=40.0,
                    jump_size=0.0006,
                ),
            ),
        ),
    ),
    "burst": Scenario(
        "half a minute of waiting, then all at once as after an opening auction, then easing",
        (
            (0.0, _WAITING),
            (30.0, _WAITING),
            (31.0, _OPENED),
            (60.0, _OPENED),
            (150.0, _FIRST_MINUTES),
            (600.0, _USUAL),
        ),
    ),
}
"""In the order in which they are offered."""


class UnknownScenario(FeedError, ValueError):
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
        raise UnknownScenario(name[:24]) from None

"""Random sequences of commands in which some kinds are switched off and others come often.

A step is abstract (a kind and some small numbers), so a failing sequence shrinks; `Director` turns
it into a command for the state that there is, mostly a sensible one and sometimes not.
"""

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from tests.reference.world import FLAGS, STEP_NS, World, world

DAY_NS = 86_400 * 10**9


@dataclass(frozen=True)
class Step:
    kind: str
    who: int
    where: int
    sell: bool
    size: int
    price: int
    choice: int
    twist: int
    """More choices, for the kinds that have many."""


PLAIN = (
    "limit",
    "post-only",
    "slide",
    "ioc",
    "fok",
    "market",
    "iceberg",
    "gtd",
    "day",
    "reduce-only",
    "close",
    "odd order",
)
WAITING = ("stop", "take profit", "stop limit", "take profit limit", "trail", "trail limit")
GROUPS = ("bracket", "oco", "basket", "protect")
CHANGES = ("cancel", "reduce", "move", "terms", "replace")
MASS = ("cancel all", "flatten", "reverse", "kill", "release")
VENUE = ("depth", "snapshot", "print", "down", "configure")
MARKET = ("mark", "index", "halt", "resume", "sessions", "breaker", "fees")
OTHER = ("wait", "sleep", "deposit", "relist", "open")
KINDS = (*PLAIN, *WAITING, *GROUPS, *CHANGES, *MASS, *VENUE, *MARKET, *OTHER)
THEMES = (
    (),
    ("bracket", "market", "snapshot", "print", "cancel"),
    ("oco", "market", "limit", "print"),
    ("iceberg", "fok", "ioc", "market", "terms", "move"),
    ("trail", "trail limit", "print", "mark", "market"),
    ("basket", "snapshot", "limit", "print"),
    ("protect", "market", "limit", "print", "reverse"),
    ("stop", "stop limit", "take profit", "take profit limit", "print", "limit", "market"),
    ("reduce-only", "market", "limit", "oco"),
    ("gtd", "day", "wait", "sessions", "stop"),
    ("limit", "market", "fees", "sleep", "wait"),
    ("close", "limit", "market", "snapshot"),
    ("halt", "resume", "stop", "trail", "print", "breaker", "index"),
)
"""Kinds that bring out a rule together; a swarm has one of these bags and others by chance."""
RARE = ("kill", "down", "halt", "sessions", "flatten", "sleep", "breaker", "open", "relist", "fees")
"""Kinds that stop everything else for a while, so they come less often."""


def _steps(kinds: list[str]) -> st.SearchStrategy[list[Step]]:
    step = st.builds(
        Step,
        kind=st.sampled_from(kinds),
        who=st.integers(0, 3),
        where=st.integers(0, 1),
        sell=st.booleans(),
        size=st.integers(0, 30),
        price=st.integers(-4, 4),
        choice=st.integers(0, 7),
        twist=st.integers(0, 63),
    )
    return st.lists(step, max_size=50)


swarms = st.lists(st.sampled_from(KINDS), min_size=1, max_size=14).flatmap(_steps)
"""Steps whose kinds are a random bag: what is not in it is off, what is in it often comes often."""

worlds = st.builds(world, st.integers(0, 2**FLAGS - 1))


def waited_ns(step: Step) -> int:
    """How much time passes before a step that waits."""
    if step.kind == "sleep":
        return (3_600 * 10**9, DAY_NS // 2, DAY_NS, 12 * DAY_NS, 31 * DAY_NS)[step.choice % 5]
    return step.size * STEP_NS if step.kind == "wait" else 0


def seeded(seed: int, length: int) -> tuple[World, list[Step]]:
    """A long swarm: some kinds off, the others with wild weights; the seed gives it again."""
    dice = Random(seed)
    on = world(dice.getrandbits(FLAGS) & dice.getrandbits(FLAGS))
    theme = THEMES[seed % len(THEMES)]
    kinds = ["limit", "snapshot", *theme, *dice.sample(KINDS, dice.randint(2, len(KINDS)))]
    weights = [2 ** dice.randint(0, 2 if kind in RARE else 5) for kind in kinds]
    weights[2 : 2 + len(theme)] = [32] * len(theme)
    only = None if "basket" in theme else dice.choice((None, None, 0, 1))
    largest = dice.choice((9, 30))
    poor = "close" in theme
    steps = [
        Step(
            kind=kind,
            who=dice.randint(1, 2) if poor else dice.randrange(4),
            where=dice.randrange(2) if only is None else only,
            sell=dice.random() < 0.5,
            size=dice.randint(0, largest),
            price=dice.randint(-4, 4),
            choice=dice.randrange(8),
            twist=dice.randrange(64),
        )
        for kind in dice.choices(kinds, weights, k=length)
    ]
    return on, steps

"""Random sequences of commands in which some kinds are switched off and others come often.

A step is abstract (a kind and some small numbers), so a failing sequence shrinks; `Director` turns
it into a command for the state that there is, mostly a sensible one and sometimes not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
VENUE = (
    "depth",
    "snapshot",
    "print",
    "down",
    "configure",
    "ripple",
    "hit",
    "report",
    "late",
    "regain",
    "quote",
    "join",
)
MARKET = ("mark", "index", "halt", "resume", "sessions", "breaker", "fees")
OTHER = ("send", "wait", "tick", "sleep", "deposit", "relist", "open")
MARGIN = ("mode", "leverage", "margin")
PORTFOLIO = ("portfolio", "limits", "reset", "archive")
PRICING = ("oracle", "source", "funding", "rate", "plunge", "gap", "nap", "doze")
KINDS = (*PLAIN, *WAITING, *GROUPS, *CHANGES, *MASS, *VENUE, *MARKET, *OTHER)
REALISTIC = (
    ("join", "ripple", "hit", "report", "late", "cancel"),
    ("join", "ripple", "late", "down", "regain", "regain", "iceberg"),
    ("join", "hit", "report", "late", "ripple", "bracket", "oco"),
    ("join", "ripple", "late", "hit", "configure", "move", "reduce"),
    ("quote", "join", "market", "hit", "limit"),
    ("send", "tick", "join", "hit", "ripple", "late"),
    ("send", "kill", "release", "tick", "limit", "print"),
    ("send", "tick", "gtd", "halt", "stop", "print", "limit"),
)
"""How a mirrored venue and the way to it behave."""
OFTEN = {"join": 64, "down": 32}
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
    *REALISTIC,
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
    if step.kind == "tick":
        return (1 + step.size % 4) * STEP_NS // 2
    if step.kind in ("nap", "doze"):
        return (1 + step.size) * (2 if step.kind == "nap" else 1_200) * 10**9
    return step.size * STEP_NS if step.kind == "wait" else 0


def seeded(seed: int, length: int) -> tuple[World, list[Step]]:
    """A long swarm: some kinds off, the others with wild weights; the seed gives it again."""
    dice = Random(seed)
    on = world(dice.getrandbits(FLAGS) & dice.getrandbits(FLAGS))
    theme = THEMES[seed % len(THEMES)]
    if theme in REALISTIC:
        return replace(on, band=False, timed=dice.random() < 0.9), _realistic(dice, theme, length)
    kinds = ["limit", "snapshot", *theme, *dice.sample(KINDS, dice.randint(2, len(KINDS)))]
    weights = [2 ** dice.randint(0, 2 if kind in RARE else 5) for kind in kinds]
    weights[2 : 2 + len(theme)] = [32] * len(theme)
    only = None if "basket" in theme else dice.choice((None, None, 0, 1))
    who = (1, 2) if "close" in theme else (0, 1, 2, 3)
    where = (0, 1) if only is None else (only,)
    chosen = dice.choices(kinds, weights, k=length)
    return on, _thrown(dice, chosen, who, where, dice.choice((9, 30)))


def margined(seed: int, length: int) -> tuple[World, list[Step]]:
    """A long swarm about margin: positions of every mode while marks move."""
    dice = Random(seed)
    on = replace(
        world(dice.getrandbits(FLAGS) & dice.getrandbits(FLAGS)),
        margined=True,
        band=False,
        small_tiers=dice.random() < 0.5,
        inverse=dice.random() < 0.4,
    )
    often = {"limit": 16, "snapshot": 12, "market": 24, "close": 8, "mark": 24}
    often |= {"mode": 3, "leverage": 6, "margin": 8}
    kinds = [*often, *dice.sample(KINDS, dice.randint(0, 12))]
    weights = [*often.values(), *(dice.choice((1, 2)) for _ in kinds[len(often) :])]
    chosen = ["snapshot", *["mode"] * 6, "leverage", "leverage"]
    chosen += dice.choices(kinds, weights, k=length - len(chosen))
    return on, _thrown(dice, chosen, (0, 1, 2, 3), (0, 1), dice.choice((9, 30)))


def breaching(seed: int, length: int) -> tuple[World, list[Step]]:
    """A long swarm in which accounts lose more than they have: marks jump, funding is dear."""
    dice = Random(seed)
    slow = dice.random() < 0.3
    on = replace(
        world(dice.getrandbits(FLAGS) & dice.getrandbits(FLAGS)),
        margined=True,
        band=False,
        poor=True,
        slow=slow,
        small_tiers=dice.random() < 0.4,
        inverse=dice.random() < 0.3,
        stepped=dice.random() < 0.3,
    )
    often = {"limit": 20, "snapshot": 10, "market": 24, "close": 4, "mark": 10, "plunge": 6}
    often |= {"mode": 3, "leverage": 6, "margin": 4, "fees": 2, "index": 4, "source": 4}
    often |= {"oracle": 2, "funding": 2, "rate": 3, "doze" if slow else "nap": 8}
    often |= {"portfolio": 2, "reset": 1, "archive": 1, "limits": 2, "gap": 8}
    others = [kind for kind in dice.sample(KINDS, dice.randint(0, 12)) if kind != "sleep"]
    kinds = [*often, *others]
    weights = [*often.values(), *(dice.choice((1, 2)) for _ in others)]
    chosen = ["snapshot", "portfolio", "portfolio", *["mode"] * 6, "leverage", "leverage"]
    chosen += ["funding", "rate", "fees"]
    chosen += dice.choices(kinds, weights, k=length - len(chosen))
    return on, _thrown(dice, chosen, (0, 1, 2, 3), (0, 1, 1), dice.choice((9, 30)))


def _realistic(dice: Random, theme: tuple[str, ...], length: int) -> list[Step]:
    """Mostly a theme, where there is money and the market goes on as it was."""
    others = dice.sample(KINDS, dice.randint(0, 5))
    kinds = ["snapshot", "configure", *theme, *others]
    often = [OFTEN.get(kind, 12 if kind in RARE or kind in CHANGES else 32) for kind in theme]
    weights = [2, 5, *often, *[2] * len(others)]
    where = (dice.randrange(2),)
    start = Step("snapshot", who=0, where=where[0], sell=False, size=12, price=0, choice=7, twist=0)
    chosen = dice.choices(kinds, weights, k=length - 1)
    return [start, *_thrown(dice, chosen, (0, 0, 3), where, dice.choice((9, 30)))]


def _thrown(
    dice: Random, kinds: list[str], who: Sequence[int], where: Sequence[int], largest: int
) -> list[Step]:
    return [
        Step(
            kind=kind,
            who=dice.choice(who),
            where=dice.choice(where),
            sell=dice.random() < 0.5,
            size=dice.randint(0, largest),
            price=dice.randint(-4, 4),
            choice=dice.randrange(8),
            twist=dice.randrange(64),
        )
        for kind in kinds
    ]

"""Long seeded sequences in which every kind of command occurs, with the times they come at."""

from collections.abc import Iterator

from engine.core.commands import Command
from engine.core.events import Event
from engine.core.exchange import Exchange
from tests.reference.directing import Director
from tests.reference.sequences import seeded, waited_ns
from tests.reference.world import STEP_NS, opening

Applied = tuple[Command, int, tuple[Event, ...]]


def swarm(exchange: Exchange, seed: int, length: int) -> Iterator[Applied]:
    """Apply a swarm to an exchange: each command, its time, and what it led to."""
    on, steps = seeded(seed, length)
    director, now_ns = Director(on), 0
    for command in opening(on):
        yield command, now_ns, exchange.apply(command, now_ns)
    for step in steps:
        now_ns += waited_ns(step) + step.twist % 4 * STEP_NS // 2
        command = director.command(step, now_ns)
        events = exchange.apply(command, now_ns)
        director.learn(events)
        yield command, now_ns, events

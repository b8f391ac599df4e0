"""The engine, over sequences of commands made of bytes.

A command takes one record of bytes: a step of the swarms in `tests/reference`, mostly a sensible
command, and then anything in some of its fields. After each command the invariants hold, nobody
has sold what he does not own, whatever stood ahead of an order is accounted for, and command and
events read back from the log's bytes and from their text. Now and then the exchange is saved and
restored; from then on both go on alike.
"""

from collections.abc import Iterator, Sequence
from random import Random

from engine.core import snapshot
from engine.core.commands import Command
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.core.invariants import check
from engine.core.script import Glossary, parse_command, render_command, render_event
from engine.core.wire import decode_command, decode_event, encode_command, encode_event
from tests.fuzz.anything import Source, with_anything
from tests.fuzz.target import Target, Wrong
from tests.reference.directing import Director
from tests.reference.sequences import KINDS, THEMES, Step, seeded, waited_ns
from tests.reference.world import ACCOUNTS, FLAGS, STEP_NS, bits, opening, world

RECORD = 24
COMMANDS_MAX = 64
BYTES_MAX = 1 + COMMANDS_MAX * RECORD
SENSIBLE = 160
"""A record whose ninth byte is below this is a sensible command."""
SAVED_EVERY = 8
SEED_COMMANDS = 40
OWNED = "BTC"
"""Only ever sold by who has it; USDT can be owed, by who lost more on margin than he had."""


def step_of(record: bytes) -> Step:
    """The step that the first bytes of a record say."""
    return Step(
        kind=KINDS[record[0] % len(KINDS)],
        who=record[1] % len(ACCOUNTS),
        where=record[2] % 2,
        sell=record[2] & 2 != 0,
        size=record[3] % 31,
        price=record[4] % 9 - 4,
        choice=record[5] % 8,
        twist=record[6] % 64,
    )


def record_of(step: Step) -> bytes:
    """The record of a step."""
    said = (
        KINDS.index(step.kind),
        step.who,
        step.where + 2 * step.sell,
        step.size,
        step.price + 4,
        step.choice,
        step.twist,
    )
    return bytes(said).ljust(RECORD, b"\0")


class Run:
    """The exchange of one input, a restored copy of it, and what both have said."""

    def __init__(self, flags: int) -> None:
        on = world(flags % 2**FLAGS)
        self.exchange = Exchange()
        self.restored = Exchange()
        self.director = Director(on)
        self.glossary = Glossary()
        self.now_ns = 0
        self.commands = 0
        for command in opening(on):
            self.apply(command)

    def next(self, record: bytes) -> Command:
        """The command of a record, at its time."""
        step = step_of(record)
        self.now_ns += waited_ns(step) + record[7] % 4 * STEP_NS // 2
        command = self.director.command(step, self.now_ns)
        fields = max(0, record[8] - SENSIBLE) // 24
        return with_anything(command, fields, Source(record[9:]))

    def apply(self, command: Command) -> None:
        """Apply a command and check all that must hold after it."""
        _reads_back(command, self.glossary, self.now_ns)
        events = self.exchange.apply(command, self.now_ns)
        check(self.exchange)
        if self.restored.apply(command, self.now_ns) != events:
            raise Wrong(f"a restored exchange goes on otherwise\n{command}")
        self.director.learn(events)
        self._said(events)
        self._nobody_owes()
        self._queues_add_up()
        self.commands += 1
        if self.commands % SAVED_EVERY == 0:
            self.restored = _restored(self.exchange)

    def _said(self, events: Sequence[Event]) -> None:
        for event in events:
            self.glossary.learn(event)
            payload = encode_event(event)
            if decode_event(payload) != event or encode_event(decode_event(payload)) != payload:
                raise Wrong(f"an event reads back as another one\n{event}")
            line = render_event(event, self.glossary)
            if len(line.splitlines()) != 1:
                raise Wrong(f"an event is not one line\n{line}")

    def _nobody_owes(self) -> None:
        for account in self.exchange.accounts():
            balance, held = self.exchange.balance(account, OWNED)
            if not 0 <= held <= balance:
                raise Wrong(f"{account} owns {balance} {OWNED} and {held} are held")

    def _queues_add_up(self) -> None:
        """Whatever stood ahead of an order stands there still, or has left, or was traded."""
        for account in self.exchange.accounts():
            for order in self.exchange.open_orders(account):
                at = self.exchange.queue(order.order_id)
                if at is None:
                    continue
                parts = (at.ahead_lots, at.cancelled_ahead_lots, at.traded_ahead_lots)
                if min(parts) < 0 or sum(parts) != at.ahead_at_rest_lots:
                    raise Wrong(f"the queue of order {order.order_id} does not add up\n{at}")


def _reads_back(command: Command, glossary: Glossary, now_ns: int) -> None:
    payload = encode_command(command)
    if decode_command(payload) != command or encode_command(decode_command(payload)) != payload:
        raise Wrong(f"a command reads back as another one\n{command}")
    line = render_command(command, glossary, now_ns)
    if parse_command(line, glossary, now_ns) != (command, now_ns):
        raise Wrong(f"a command's text reads back as another one\n{line}")


def _restored(exchange: Exchange) -> Exchange:
    payload = snapshot.encode(exchange)
    restored = snapshot.decode(payload)
    if snapshot.encode(restored) != payload:
        raise Wrong("a restored exchange is saved otherwise")
    check(restored)
    return restored


def records(data: bytes) -> list[bytes]:
    """The records after the first byte, the last one filled up."""
    starts = range(1, min(len(data), BYTES_MAX), RECORD)
    return [data[start : start + RECORD].ljust(RECORD, b"\0") for start in starts]


def attempt(data: bytes) -> None:
    """Run a sequence of commands; the first byte says which rules are on."""
    run = Run(data[0] if data else 0)
    for record in records(data):
        run.apply(run.next(record))


def told(data: bytes) -> str:
    """The sequence as a scenario script, up to what goes wrong."""
    flags = data[0] if data else 0
    lines = [f"# world {flags % 2**FLAGS}"]
    glossary = Glossary()
    for command in opening(world(flags % 2**FLAGS)):
        lines.append(f"> {render_command(command, glossary, 0)}")
        for event in Exchange().apply(command, 0):
            glossary.learn(event)
    run = Run(flags)
    now_ns = 0
    for record in records(data):
        command = run.next(record)
        if run.now_ns != now_ns:
            lines.append(f"> wait {run.now_ns - now_ns}ns")
            now_ns = run.now_ns
        lines.append(f"> {render_command(command, run.glossary, now_ns)}")
        try:
            run.apply(command)
        except Exception:
            break
    return "\n".join(lines)


def seeds() -> Iterator[bytes]:
    """Swarms that all rules take part in."""
    for seed in range(4 * len(THEMES)):
        on, steps = seeded(seed, SEED_COMMANDS)
        yield bytes([bits(on)]) + b"".join(record_of(step) for step in steps)


def mutate(data: bytes, dice: Random, size: int) -> bytes:
    """A sequence with some records changed, left out, doubled, moved or added."""
    flags = data[:1] or b"\0"
    found = records(data) or [bytes(RECORD)]
    for _ in range(dice.randint(1, 6)):
        at, other = dice.randrange(len(found)), dice.randrange(len(found))
        draw = dice.random()
        if draw < 0.5:
            record = bytearray(found[at])
            for _ in range(dice.randint(1, 4)):
                record[dice.randrange(RECORD)] = dice.randrange(256)
            found[at] = bytes(record)
        elif draw < 0.7:
            found.insert(at, dice.randbytes(8).ljust(RECORD, b"\0"))
        elif draw < 0.8:
            found.insert(other, found[at])
        elif draw < 0.9:
            found[at], found[other] = found[other], found[at]
        elif len(found) > 1:
            del found[at]
    return (flags + b"".join(found))[:size]


def split(data: bytes) -> list[bytes]:
    """The records, each behind the byte that says which rules are on."""
    return [data[:1] + record for record in records(data)]


def join(pieces: Sequence[bytes]) -> bytes:
    return b"".join((*(piece[:1] for piece in pieces[:1]), *(piece[1:] for piece in pieces)))


TARGET = Target(BYTES_MAX, seeds, mutate, attempt, split, join, told)

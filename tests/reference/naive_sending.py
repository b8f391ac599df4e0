"""Commands on their way to the venue, and everything that comes due when time passes."""

from dataclasses import dataclass

from engine.core import commands as c
from engine.core import events as e
from engine.core.events import EndCause
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_endings import end
from tests.reference.naive_halts import resume
from tests.reference.naive_state import NaiveState, Sent
from tests.reference.naive_timers import Timer, run_timers, timers


@dataclass
class Due:
    """Something that happens by itself at a time."""

    at_ns: int
    rank: int
    """Of equal times: expiries, then ends of halts, then timers, then arrivals."""
    number: int
    what: NaiveOrder | str | Sent | Timer


def due(x: NaiveState) -> list[Due]:
    """Everything that will happen by itself, in the order in which it does."""
    found = [
        Due(order.expires, 0, order.order_id, order)
        for order in x.live
        if order.expires is not None
    ]
    for index, symbol in enumerate(x.instruments):
        halt = x.halts.get(symbol)
        if halt is not None and halt.until_ns is not None:
            found.append(Due(halt.until_ns, 1, index, symbol))
    found += [Due(timer.at_ns, 2, 0, timer) for timer in timers(x)]
    found += [Due(sent.arrives_ns, 3, sent.sent_id, sent) for sent in x.on_the_way]
    return sorted(found, key=lambda one: (one.at_ns, one.rank, one.number))


def come_due(x: NaiveState) -> None:
    """Orders expire, halts end and commands arrive; after each, what is due is another matter."""
    while (next_ones := due(x)) and next_ones[0].at_ns <= x.now_ns:
        what = next_ones[0].what
        if isinstance(what, NaiveOrder):
            end(x, what, EndCause.EXPIRED)
        elif isinstance(what, Sent):
            _arrive(x, what)
        elif isinstance(what, Timer):
            run_timers(x, what.at_ns)
        else:
            resume(x, what)


def way_of(x: NaiveState, account: str) -> list[Sent]:
    """What an account has on its way, in the order of arrival."""
    return [sent for sent in x.on_the_way if sent.command.account == account]


def send(x: NaiveState, command: c.SendCommand) -> None:
    account, sent_id = command.account, x.next_sent
    x.next_sent += 1
    before = [sent.arrives_ns for sent in way_of(x, account)]
    arrives_ns = max(x.now_ns + command.delay_ns, *before, 0)
    sent = Sent(sent_id, arrives_ns, command.command)
    x.on_the_way.append(sent)
    x.say(e.CommandSent, account=account, sent_id=sent_id, arrives_ns=arrives_ns)
    if arrives_ns <= x.now_ns:
        _arrive(x, sent)


def _arrive(x: NaiveState, sent: Sent) -> None:
    x.on_the_way.remove(sent)
    x.say(e.CommandArrived, account=sent.command.account, sent_id=sent.sent_id)
    x.carry_out(sent.command)

"""Commands that take time to arrive: one line for each account, first in, first out.

What is on its way is no order yet. Meanwhile the book goes on: an order whose cancel is on its way
may be filled, and then the cancel is refused as any cancel of a dead order is.
"""

from heapq import heappop, heappush

from engine.core.accounts import Account, InFlight
from engine.core.commands import Sendable, SendCommand
from engine.core.events import CommandArrived, CommandSent
from engine.core.reasons import Reason, Refusal
from engine.core.state import NEVER_NS, State

DELAY_NS_MAX = 60_000_000_000
ON_THE_WAY_MAX = 1_000
"""How many commands of one account may be on their way."""


def send(state: State, account: Account, command: SendCommand) -> None:
    """Put a command on its way; it never overtakes one of the same account.

    Raises:
        Refusal: It is another account's, the delay is out of range, or too many are on their way.
    """
    _check(account, command)
    sent_id = state.next_sent_id
    state.next_sent_id = sent_id + 1
    arrives_ns = state.now_ns + command.delay_ns
    if account.line:
        arrives_ns = max(arrives_ns, account.line[-1].arrives_ns)
    account.line.append(InFlight(sent_id, arrives_ns, command.command))
    heappush(state.arrivals, (arrives_ns, sent_id, account.name))
    state.due_ns = min(state.due_ns, arrives_ns)
    state.events.append(
        CommandSent(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            sent_id=sent_id,
            arrives_ns=arrives_ns,
        )
    )


def next_arrival_ns(state: State) -> int:
    """When the next command arrives."""
    return state.arrivals[0][0] if state.arrivals else NEVER_NS


def take_arrival(state: State) -> Sendable:
    """The command that arrives first, of equal ones that which was sent first; says so."""
    _, sent_id, name = heappop(state.arrivals)
    arrived = state.accounts[name].line.popleft()
    state.events.append(
        CommandArrived(seq=state.seq, ts_ns=state.now_ns, account=name, sent_id=sent_id)
    )
    return arrived.command


def _check(account: Account, command: SendCommand) -> None:
    problem = ""
    if command.command.account != account.name:
        problem = f"the command is one of {command.command.account!r}, not of {account.name!r}"
    elif not 0 <= command.delay_ns <= DELAY_NS_MAX:
        problem = (
            f"a command is on its way for 0 to {DELAY_NS_MAX // 10**9} seconds,"
            f" not for {command.delay_ns} ns"
        )
    elif len(account.line) >= ON_THE_WAY_MAX:
        problem = (
            f"{len(account.line)} commands of {account.title} are on their way already:"
            " wait until one has arrived"
        )
    if problem:
        raise Refusal(Reason.NOT_SENDABLE, problem)

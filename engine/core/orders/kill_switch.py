"""The kill switch: everything is cancelled, and nothing new is risked until it is released."""

from engine.core.accounts import Account
from engine.core.commands import EngageKill
from engine.core.events import EndCause, KillEngaged, KillReleased
from engine.core.orders.cancelling import withdraw_matching
from engine.core.orders.flattening import close_all
from engine.core.state import State


def engage(state: State, account: Account, command: EngageKill) -> None:
    """Cancel every order, close every position if wanted, and stay engaged."""
    count = withdraw_matching(state, account, EndCause.KILLED)
    if command.close_positions:
        close_all(state, account, None)
    account.killed = True
    open_positions = sum(1 for position in account.positions.values() if position.lots)
    state.events.append(
        KillEngaged(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            cancelled_orders=count,
            open_positions=open_positions,
        )
    )


def release(state: State, account: Account) -> None:
    """Let the account trade again."""
    account.killed = False
    state.events.append(KillReleased(seq=state.seq, ts_ns=state.now_ns, account=account.name))

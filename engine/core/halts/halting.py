"""Stopping an instrument and letting it trade again."""

from engine.core.commands import HaltInstrument, SetSessions
from engine.core.events import EndCause, HaltCause, InstrumentHalted, InstrumentResumed, SessionsSet
from engine.core.halts.hours import Hours
from engine.core.market import Halt, Market
from engine.core.orders.ending import withdraw
from engine.core.perps.holders import holders
from engine.core.perps.marking import revalue
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import time_text


def set_sessions(state: State, market: Market, command: SetSessions) -> None:
    """State when an instrument trades.

    Raises:
        Refusal: Sessions that are empty, overlap or stand in the wrong order.
    """
    before_ns = None
    for open_ns, close_ns in command.sessions:
        if close_ns <= open_ns or (before_ns is not None and open_ns < before_ns):
            raise Refusal(
                Reason.INVALID_TERMS,
                f"the sessions of {command.symbol} must each open before they close, one after"
                " the other",
            )
        before_ns = close_ns
    market.hours = Hours(command.sessions)
    state.events.append(
        SessionsSet(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=command.symbol,
            sessions=len(command.sessions),
            until_ns=before_ns,
        )
    )


def halt_on_request(state: State, market: Market, command: HaltInstrument) -> None:
    """Halt as told, in place of a halt that may be in force.

    Raises:
        Refusal: It would be over already.
    """
    if command.until_ns is not None and command.until_ns <= state.now_ns:
        raise Refusal(
            Reason.EXPIRY_INVALID,
            f"a halt must end later than {time_text(state.now_ns)}, which is now",
        )
    halt(state, market, HaltCause.REQUESTED, command.until_ns, cancel=command.cancel_orders)


def resume_on_request(state: State, market: Market) -> None:
    """End a halt.

    Raises:
        Refusal: There is none.
    """
    if market.halt is None:
        symbol = market.instrument.symbol
        raise Refusal(Reason.NOT_HALTED, f"{symbol} is not halted: nothing to resume")
    resume(state, market)


def halt(
    state: State, market: Market, cause: HaltCause, until_ns: int | None, *, cancel: bool = False
) -> None:
    """Stop an instrument, and withdraw its orders if wanted, oldest first."""
    symbol = market.instrument.symbol
    market.halt = Halt(cause=cause, until_ns=until_ns)
    if until_ns is not None:
        state.due_ns = min(state.due_ns, until_ns)
    state.events.append(
        InstrumentHalted(
            seq=state.seq, ts_ns=state.now_ns, symbol=symbol, cause=cause, until_ns=until_ns
        )
    )
    if cancel:
        for order in [order for order in state.orders.values() if order.symbol == symbol]:
            if order.order_id in state.orders:
                withdraw(state, order, EndCause.HALTED)


def resume(state: State, market: Market) -> None:
    """Let an instrument trade again; a liquidation that waited for that goes on."""
    market.halt = None
    for account, position in holders(state, market):
        revalue(state, market, account, position)
    symbol = market.instrument.symbol
    state.events.append(InstrumentResumed(seq=state.seq, ts_ns=state.now_ns, symbol=symbol))

"""Telling which lots a closing took off a position, and what each of them realised."""

from engine.core.accounts.lots import Lot
from engine.core.accounts.position import Position
from engine.core.commands import BUY, SELL
from engine.core.events import ClosedLot, LotsClosed
from engine.core.state import State


def tell(state: State, account: str, symbol: str, position: Position, realised: int) -> None:
    """Tell what the latest closing of a position took, where it closed particular lots.

    Args:
        realised: What the closing realised in all; the lots are closed at one price each, so what
            it was worth is shared out by their number, in parts that add up to it.
    """
    taken, position.taken = position.taken, []
    whole = sum(abs(lot.lots) for lot in taken)
    value = -realised - sum(lot.cost_quanta for lot in taken)
    before, lots = 0, []
    for lot in taken:
        after = before + abs(lot.lots)
        lots.append(_closed(lot, value * after // whole - value * before // whole))
        before = after
    state.events.append(
        LotsClosed(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account,
            symbol=symbol,
            side=SELL if taken[0].lots > 0 else BUY,
            lots=tuple(lots),
        )
    )


def _closed(lot: Lot, value_quanta: int) -> ClosedLot:
    return ClosedLot(
        trade_id=lot.trade_id,
        opened_ns=lot.opened_ns,
        lots=abs(lot.lots),
        cost_quanta=abs(lot.cost_quanta),
        value_quanta=abs(value_quanta),
        realised_quanta=-(lot.cost_quanta + value_quanta),
    )

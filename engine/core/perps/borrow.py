"""What it costs to be short of an asset that has to be borrowed: a fee for each midnight, UTC."""

from engine.core.accounts import chart
from engine.core.events import BorrowFeePaid
from engine.core.market import MARK, Market
from engine.core.perps.holders import holders, purse
from engine.core.perps.marking import revalue
from engine.core.state import State
from engine.core.units import PPM, prorate_half_even

DAYS_PER_YEAR = 365


def charge(state: State, market: Market, day_ns: int) -> None:
    """Let every short pay for the day that ends, on what it is worth at the mark."""
    mark_ticks = market.price(MARK)
    if mark_ticks is None:
        return
    lending = state.ledger.account(chart.LENDING, market.instrument.settlement)
    for account, position in holders(state, market):
        fee = fee_quanta(market, position.lots, mark_ticks)
        if not fee:
            continue
        state.ledger.transfer(purse(state, account, market, position), lending, fee)
        position.funding_quanta += fee
        revalue(state, market, account, position)
        state.events.append(
            BorrowFeePaid(
                seq=state.seq,
                ts_ns=state.now_ns,
                account=account.name,
                symbol=market.instrument.symbol,
                day_ns=day_ns,
                lots=position.lots,
                paid_quanta=fee,
            )
        )


def fee_quanta(market: Market, signed_lots: int, mark_ticks: int) -> int:
    """A day's fee of a position, half even; 0 for a long."""
    if signed_lots >= 0:
        return 0
    worth = market.scale.notional_quanta(mark_ticks, -signed_lots)
    return prorate_half_even(worth, market.instrument.borrow_ppm, DAYS_PER_YEAR * PPM)

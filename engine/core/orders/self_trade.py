"""Self-trade prevention: what happens where an order meets another one of its owner group.

The incoming order's mode decides, and nothing trades.
"""

from engine.core.commands import SelfTrade
from engine.core.events import EndCause, ResizeCause, SelfTradePrevented
from engine.core.market import Market
from engine.core.orders.ending import shrink, withdraw
from engine.core.orders.order import Order
from engine.core.state import State

CANCEL_RESTING = SelfTrade.CANCEL_RESTING
CANCEL_SMALLEST = SelfTrade.CANCEL_SMALLEST


def yields(mode: SelfTrade, resting_lots: int, incoming_lots: int) -> bool:
    """Whether the resting order goes and the incoming one passes it undiminished."""
    if mode is CANCEL_RESTING:
        return True
    return mode is CANCEL_SMALLEST and resting_lots <= incoming_lots


def prevent(state: State, market: Market, incoming: Order, resting: Order) -> bool:
    """Keep two orders from trading; returns whether the incoming one goes on."""
    mode = incoming.command.self_trade
    resting_lots, incoming_lots = resting.unfilled_lots, incoming.open_lots
    state.events.append(
        SelfTradePrevented(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=market.instrument.symbol,
            mode=mode,
            resting_order_id=resting.order_id,
            incoming_order_id=incoming.order_id,
            price_ticks=resting.price_ticks,
            lots=min(resting_lots, incoming_lots),
        )
    )
    if yields(mode, resting_lots, incoming_lots):
        withdraw(state, resting, EndCause.SELF_TRADE)
        return True
    if mode is SelfTrade.CANCEL_BOTH:
        withdraw(state, resting, EndCause.SELF_TRADE)
    if mode is not SelfTrade.DECREMENT_BOTH:
        return False
    if resting_lots > incoming_lots:
        shrink(state, resting, incoming_lots, ResizeCause.SELF_TRADE)
        return False
    withdraw(state, resting, EndCause.SELF_TRADE)
    if resting_lots == incoming_lots:
        return False
    shrink(state, incoming, resting_lots, ResizeCause.SELF_TRADE)
    return True

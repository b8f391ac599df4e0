"""The prices that an instrument is known by, and what a new one sets in motion.

A trade moves the last price, `SetPrice` the mark and the index. Where a mark or an index was never
stated, the last price stands in for it. Prices are taken one at a time, in the order in which they
came: trailing stops follow, reached orders leave the trigger book, breakers are asked.
"""

from engine.core.commands import SetPrice, TriggerSource
from engine.core.events import TriggerMoved
from engine.core.halts import breaker, market_breaker
from engine.core.market import LAST, MARK, Market
from engine.core.orders.checks import check_price
from engine.core.orders.order import FIRED
from engine.core.perps.marking import set_mark
from engine.core.perps.oracle import state_price
from engine.core.reasons import Reason, Refusal
from engine.core.state import State


def set_price(state: State, market: Market, command: SetPrice) -> None:
    """Take a mark or index price from outside.

    Raises:
        Refusal: A last price, which only trades make, or a price that cannot exist.
    """
    if command.source is LAST:
        raise Refusal(Reason.INVALID_TERMS, "the last price comes from trades: set mark or index")
    check_price(market, command.price_ticks)
    if market.oracle is not None:
        state_price(state, market, market.oracle, command.source, command.price_ticks)
        return
    if command.source is MARK:
        set_mark(state, market, command.price_ticks)
        return
    market.index_ticks = command.price_ticks
    state.note_move(market, command.source, command.price_ticks)


def take_move(
    state: State, market: Market, source: TriggerSource, price_ticks: int, before_id: int
) -> None:
    """Let one price have its effects; what it fires is queued.

    Args:
        before_id: Orders of this number and later ones came after the price.
    """
    sources = market.counts_for(source)
    for order in market.triggers.follow(sources, price_ticks, before_id):
        assert order.trigger_ticks is not None, "an order that follows has a trigger"
        state.events.append(
            TriggerMoved(
                seq=state.seq,
                ts_ns=state.now_ns,
                order_id=order.order_id,
                account=order.owner.name,
                symbol=order.symbol,
                best_ticks=price_ticks,
                trigger_ticks=order.trigger_ticks,
            )
        )
    for order, watched in market.triggers.pop_reached(sources, price_ticks, before_id):
        order.stage = FIRED
        market.firing.append((order, watched, price_ticks))
    if market.firing:
        state.restless[market.instrument.symbol] = market
    if source is LAST:
        breaker.take_trade(state, market, price_ticks)
    market_breaker.take_price(state, market, source, price_ticks)

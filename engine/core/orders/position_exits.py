"""A take-profit and a stop-loss attached to a position: for the whole of it, whatever its size."""

from engine.core.accounts import Account
from engine.core.commands import BUY, SELL, OrderType, PlaceOrder, ProtectPosition
from engine.core.events import EndCause, ResizeCause
from engine.core.market import Market
from engine.core.orders import waiting
from engine.core.orders.acceptance import accept, draft
from engine.core.orders.checks import check_price
from engine.core.orders.ending import say_resized, shrink, withdraw
from engine.core.orders.linking import link
from engine.core.orders.order import Order
from engine.core.reasons import Reason, Refusal
from engine.core.state import State


def protect(state: State, market: Market, account: Account, command: ProtectPosition) -> None:
    """Replace the exits of a position.

    Raises:
        Refusal: There is no position, or the prices do not lie on its two sides.
    """
    position = account.positions.get(command.symbol)
    prices = (command.take_profit_ticks, command.stop_loss_ticks)
    for price_ticks in prices:
        if price_ticks is not None:
            check_price(market, price_ticks)
    held = 0 if position is None else position.lots
    long = held > 0
    profit, stop = prices
    if (
        held
        and profit is not None
        and stop is not None
        and (profit <= stop if long else profit >= stop)
    ):
        above, below = ("take-profit", "stop-loss") if long else ("stop-loss", "take-profit")
        raise Refusal(Reason.EXITS_INVALID, f"of this position the {above} lies above the {below}")
    if position is None or not position.lots:
        raise Refusal(
            Reason.NO_POSITION, f"{account.title} has no position in {command.symbol} to protect"
        )
    drafts = [
        _draft(state, market, account, command, kind, trigger_ticks, position.lots)
        for kind, trigger_ticks in (
            (OrderType.TAKE_PROFIT, profit),
            (OrderType.STOP, stop),
        )
        if trigger_ticks is not None
    ]
    for order in tuple(position.exits):
        withdraw(state, order, EndCause.REPLACED)
    if len(drafts) == 2:
        link(*drafts)
    for order in drafts:
        accept(state, market, order)
    for order in drafts:
        waiting.enter(state, market, order)


def follow(state: State, market: Market, account: Account) -> None:
    """Bring the exits of a position to its size; they vanish with it."""
    position = account.positions[market.instrument.symbol]
    for order in tuple(position.exits):
        if order.order_id not in state.orders:
            continue
        closable = position.closable(order.side)
        if not closable:
            withdraw(state, order, EndCause.POSITION_GONE)
        elif closable < order.open_lots:
            shrink(state, order, order.open_lots - closable, ResizeCause.POSITION)
        elif closable > order.open_lots:
            order.lots += closable - order.open_lots
            order.open_lots = closable
            say_resized(state, order, ResizeCause.POSITION)


def _draft(
    state: State,
    market: Market,
    account: Account,
    command: ProtectPosition,
    kind: OrderType,
    trigger_ticks: int,
    position_lots: int,
) -> Order:
    order = draft(
        state,
        market,
        account,
        PlaceOrder(
            account=account.name,
            symbol=command.symbol,
            side=SELL if position_lots > 0 else BUY,
            order_type=kind,
            lots=abs(position_lots),
            trigger_ticks=trigger_ticks,
            trigger_on=command.trigger_on or market.default_source,
            reduce_only=True,
        ),
    )
    order.source = order.command.trigger_on
    order.follows = True
    waiting.check_not_reached(market, order)
    return order

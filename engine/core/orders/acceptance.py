"""Giving an order its identity."""

from engine.core.accounts import Account, LedgerAccount
from engine.core.commands import SELL, PlaceOrder
from engine.core.events import OrderAccepted
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.state import State


def draft(state: State, market: Market, account: Account, command: PlaceOrder) -> Order:
    """The order that a command would become, with the id that it gets if `accept` is called."""
    purses = account.purses.get(command.symbol)
    if purses is None:
        purses = account.purses[command.symbol] = _purses(state, market, account)
    cash, asset = purses
    order = Order(state.next_order_id, account, cash, asset, command, state.now_ns)
    if market.spot and command.side is SELL:
        order.holding = asset
    return order


def _purses(state: State, market: Market, account: Account) -> tuple[LedgerAccount, LedgerAccount]:
    instrument = market.instrument
    return (
        state.ledger.account(account.name, instrument.settlement),
        state.ledger.account(account.name, instrument.base),
    )


def accept(state: State, order: Order, command: PlaceOrder) -> None:
    """Register a checked and funded order, and say so."""
    order_id = order.order_id
    state.next_order_id = order_id + 1
    owner = order.owner
    state.orders[order_id] = order
    owner.orders[order_id] = order
    if command.client_id:
        owner.remember(command.client_id, order_id)
    state.events.append(
        OrderAccepted(
            seq=state.seq,
            ts_ns=state.now_ns,
            order_id=order_id,
            account=owner.name,
            symbol=command.symbol,
            order=command,
            lots=command.lots,
            price_ticks=command.price_ticks,
            expires_ns=None,
            parent_id=None,
            linked_id=None,
        )
    )

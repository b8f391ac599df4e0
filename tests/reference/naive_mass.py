"""Withdrawing many orders, closing and reversing positions, the kill switch."""

from collections.abc import Iterator

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import OrderType, PlaceOrder, Side
from engine.core.events import EndCause
from engine.core.reasons import Reason
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_endings import end
from tests.reference.naive_limits import beyond_limits, too_many
from tests.reference.naive_margin import face
from tests.reference.naive_matching import market_limit
from tests.reference.naive_means import free
from tests.reference.naive_orders import (
    accept,
    can_pay,
    draft,
    enter,
    market_reasons,
    over_leveraged,
)
from tests.reference.naive_reach import reach
from tests.reference.naive_state import NaiveState


def withdraw(x: NaiveState, orders: list[NaiveOrder], cause: EndCause) -> int:
    for order in orders:
        end(x, order, cause)
    return len(orders)


def cancel_all(x: NaiveState, command: c.CancelAll) -> None:
    scope = [
        order
        for order in x.orders_of(command.account, command.symbol)
        if command.side in (None, order.side) and command.tag in (None, order.sent.tag)
    ]
    count = withdraw(x, scope, EndCause.REQUESTED)
    x.say(
        e.AllCancelled,
        account=command.account,
        symbol=command.symbol,
        tag=command.tag,
        orders=count,
    )


def flatten(x: NaiveState, command: c.Flatten) -> None:
    orders = x.orders_of(command.account, command.symbol)
    count = withdraw(x, orders, EndCause.FLATTENED)
    x.say(
        e.Flattened,
        account=command.account,
        symbol=command.symbol,
        cancelled_orders=count,
        open_positions=close_all(x, command.account, command.symbol),
    )


def close_all(x: NaiveState, account: str, only: str | None) -> int:
    """Close what the books allow; how many positions stay open."""
    still_open = 0
    for symbol in x.instruments:
        if only in (None, symbol) and x.position_lots(account, symbol):
            _close(x, account, symbol)
            still_open += x.position_lots(account, symbol) != 0
    return still_open


def _close(x: NaiveState, account: str, symbol: str) -> None:
    lots = x.position_lots(account, symbol)
    side = Side.SELL if lots > 0 else Side.BUY
    terms = x.instruments[symbol]
    if not x.margined(account, symbol):
        lots = min(lots, free(x, account, terms.base) // face(terms, 1))
    possible = x.book.side(symbol, side.opposite) and not list(market_reasons(x, symbol))
    if possible and lots:
        _at_market(x, account, symbol, side, abs(lots))


def _at_market(x: NaiveState, account: str, symbol: str, side: Side, lots: int) -> None:
    order = PlaceOrder(
        account=account, symbol=symbol, side=side, order_type=OrderType.MARKET, lots=lots
    )
    enter(x, accept(x, draft(x, order)))


def reverse(x: NaiveState, command: c.Reverse) -> None:
    account, symbol = command.account, command.symbol
    x.note_placed(account)
    withdraw(x, x.orders_of(account, symbol), EndCause.FLATTENED)
    lots = x.position_lots(account, symbol)
    side = Side.SELL if lots > 0 else Side.BUY
    _at_market(x, account, symbol, side, 2 * abs(lots))
    now = x.position_lots(account, symbol)
    x.say(e.Reversed, account=account, symbol=symbol, lots=now)


def reverse_reasons(x: NaiveState, command: c.Reverse) -> Iterator[Reason]:
    account, symbol = command.account, command.symbol
    if account in x.killed:
        yield Reason.KILL_SWITCH
    if not x.margined(account, symbol):
        yield Reason.FLAGS_CONFLICT
    yield from market_reasons(x, symbol)
    lots = x.position_lots(account, symbol)
    if not lots:
        yield Reason.NO_POSITION
        return
    side = Side.SELL if lots > 0 else Side.BUY
    sent = PlaceOrder(
        account=account, symbol=symbol, side=side, order_type=OrderType.MARKET, lots=2 * abs(lots)
    )
    with x.without(x.orders_of(account, symbol)):
        order = draft(x, sent)
        if not reach(x, order, order.lots, market_limit(x, order)):
            yield Reason.NO_LIQUIDITY
        if too_many(x, account, 1) or beyond_limits(x, order):
            yield Reason.LIMIT_EXCEEDED
        if over_leveraged(x, order):
            yield Reason.LEVERAGE_TOO_HIGH
        if not can_pay(x, order):
            yield Reason.INSUFFICIENT_FUNDS


def engage_kill(x: NaiveState, command: c.EngageKill) -> None:
    account = command.account
    x.killed.add(account)
    count = withdraw(x, x.orders_of(account), EndCause.KILLED)
    if command.close_positions:
        close_all(x, account, None)
    still_open = sum(x.position_lots(account, symbol) != 0 for symbol in x.instruments)
    x.say(e.KillEngaged, account=account, cancelled_orders=count, open_positions=still_open)


def release_kill(x: NaiveState, command: c.ReleaseKill) -> None:
    x.killed.discard(command.account)
    x.say(e.KillReleased, account=command.account)

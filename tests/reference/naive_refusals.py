"""Every reason for which a command must be refused, in no particular order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from engine.core import commands as c
from engine.core.commands import MARKET, Command, OrderType, PlaceOrder, Side, TimeInForce
from engine.core.instruments import AssetClass
from engine.core.reasons import Reason
from engine.core.units import Scale
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_money import hold_of, order_hold

if TYPE_CHECKING:
    from tests.reference.naive_exchange import NaiveExchange

PRICE_MAX = 10**15


def reasons(exchange: NaiveExchange, command: Command) -> list[Reason]:
    return list(RULES[type(command)](exchange, command))


def _scope(exchange: NaiveExchange, command: Any) -> Iterator[Reason]:
    """What every command of an account, about an instrument, has in common."""
    if command.account not in exchange.accounts:
        yield Reason.UNKNOWN_ACCOUNT
    symbol = getattr(command, "symbol", None)
    if symbol is not None and symbol not in exchange.instruments:
        yield Reason.UNKNOWN_INSTRUMENT


def _place(exchange: NaiveExchange, order: PlaceOrder) -> Iterator[Reason]:
    unknown = list(_scope(exchange, order))
    yield from unknown
    if unknown:
        return
    terms = exchange.instruments[order.symbol]
    if order.client_id in exchange.accounts[order.account]:
        yield Reason.DUPLICATE_CLIENT_ID
    limited = order.order_type is OrderType.LIMIT
    if limited and order.price_ticks is None:
        yield Reason.PRICE_MISSING
    if not limited and order.price_ticks is not None:
        yield Reason.PRICE_NOT_ALLOWED
    if limited and order.price_ticks is not None and not 0 < order.price_ticks <= PRICE_MAX:
        yield Reason.PRICE_OUT_OF_RANGE
    if order.post_only and not (limited and order.time_in_force is TimeInForce.GTC):
        yield Reason.FLAGS_CONFLICT
    if order.lots < terms.lots_min:
        yield Reason.QUANTITY_TOO_SMALL
    if order.lots > terms.lots_max:
        yield Reason.QUANTITY_TOO_LARGE
    if order.lots > 0:
        yield from _against_the_book(exchange, order)


def _against_the_book(exchange: NaiveExchange, order: PlaceOrder) -> Iterator[Reason]:
    terms = exchange.instruments[order.symbol]
    facing = exchange.book.side(order.symbol, order.side.opposite)
    limit = order.price_ticks
    price = limit if limit is not None else (facing[0].price if facing else None)
    if price is not None and _value(exchange, order, price) < terms.notional_min_quanta:
        yield Reason.NOTIONAL_TOO_SMALL
    if exchange.mirrors[order.symbol].state == "down":
        yield Reason.MARKET_STALE
    if order.order_type is OrderType.MARKET and not facing:
        yield Reason.NO_LIQUIDITY
    if order.post_only and exchange.book.facing(order.symbol, order.side, limit):
        yield Reason.POST_ONLY_WOULD_TAKE
    found = exchange.book.reachable(order.symbol, order.side, order.lots, limit)
    if order.time_in_force is TimeInForce.FOK and sum(lots for _, lots in found) < order.lots:
        yield Reason.FOK_NOT_FILLABLE
    if not can_pay(exchange, order):
        selling = terms.asset_class is AssetClass.SPOT and order.side is Side.SELL
        yield Reason.NOTHING_TO_SELL if selling else Reason.INSUFFICIENT_FUNDS


def _value(exchange: NaiveExchange, order: PlaceOrder, price: int) -> int:
    return Scale(exchange.instruments[order.symbol]).notional_quanta(price, order.lots)


def can_pay(exchange: NaiveExchange, order: PlaceOrder) -> bool:
    """Whether what an order must hold is free."""
    terms = exchange.instruments[order.symbol]
    if order.price_ticks is None:
        found = exchange.book.reachable(order.symbol, order.side, order.lots, None)
        lots = sum(part for _, part in found)
        value = sum(Scale(terms).notional_quanta(price, part) for price, part in found)
    else:
        lots = order.lots
        price = exchange.hold_price(order.symbol, order.side, order.price_ticks)
        value = Scale(terms).notional_quanta(price, lots)
    at_once = order.price_ticks is None
    closing = exchange.closing(order.account, order.symbol, order.side, lots, at_once=at_once)
    currency, needed = hold_of(terms, order.side, lots, value, closing)
    return needed <= exchange.free(order.account, currency)


def _of_an_order(exchange: NaiveExchange, command: Any) -> Iterator[Reason]:
    yield from _scope(exchange, command)
    order = exchange.find(command.order_id)
    if order is None:
        yield Reason.UNKNOWN_ORDER
    elif order.account != command.account:
        yield Reason.NOT_YOUR_ORDER


def amended(order: NaiveOrder, command: c.AmendOrder) -> tuple[int, int, int]:
    """(lots, price, open lots) after the amendment."""
    lots = order.lots if command.lots is None else command.lots
    price = order.price if command.price_ticks is None else command.price_ticks
    return lots, price, lots - order.filled


def _amend(exchange: NaiveExchange, command: c.AmendOrder) -> Iterator[Reason]:
    found = list(_of_an_order(exchange, command))
    yield from found
    order = exchange.find(command.order_id)
    if found or order is None:
        return
    terms = exchange.instruments[order.symbol]
    lots, price, open_lots = amended(order, command)
    if not 0 < price <= PRICE_MAX:
        yield Reason.PRICE_OUT_OF_RANGE
    if lots <= 0 or (lots < terms.lots_min and open_lots):
        yield Reason.QUANTITY_TOO_SMALL
    if lots > terms.lots_max and open_lots:
        yield Reason.QUANTITY_TOO_LARGE
    if (lots, price) == (order.lots, order.price):
        yield Reason.AMEND_CHANGES_NOTHING
    if open_lots < 0:
        yield Reason.AMEND_BELOW_FILLED
    if price != order.price or lots > order.lots:
        yield from _moved(exchange, order, lots, price)


def _moved(exchange: NaiveExchange, order: NaiveOrder, lots: int, price: int) -> Iterator[Reason]:
    """What an order must satisfy to stand in a new place."""
    terms = exchange.instruments[order.symbol]
    scale = Scale(terms)
    open_lots = lots - order.filled
    if scale.notional_quanta(price, lots) < terms.notional_min_quanta:
        yield Reason.NOTIONAL_TOO_SMALL
    if exchange.mirrors[order.symbol].state == "down":
        yield Reason.MARKET_STALE
    assert order.command is not None
    if order.command.post_only and exchange.book.facing(order.symbol, order.side, price):
        yield Reason.POST_ONLY_WOULD_TAKE
    value = scale.notional_quanta(exchange.hold_price(order.symbol, order.side, price), open_lots)
    closing = min(order.closing, open_lots)
    currency, needed = hold_of(terms, order.side, open_lots, value, closing)
    _, holds = order_hold(terms, order)
    if needed > exchange.free(order.account, currency) + holds:
        selling = terms.asset_class is AssetClass.SPOT and order.side is Side.SELL
        yield Reason.NOTHING_TO_SELL if selling else Reason.INSUFFICIENT_FUNDS


def _depth(exchange: NaiveExchange, command: c.MirrorDepth) -> Iterator[Reason]:
    if command.symbol not in exchange.instruments:
        yield Reason.UNKNOWN_INSTRUMENT
        return
    if any(price <= 0 or lots < 0 for price, lots in command.bids + command.asks):
        yield Reason.PRICE_OUT_OF_RANGE
    if exchange.mirrors[command.symbol].state == "down" and not command.snapshot:
        yield Reason.MARKET_STALE


def _print(exchange: NaiveExchange, command: c.MirrorTrade) -> Iterator[Reason]:
    if command.symbol not in exchange.instruments:
        yield Reason.UNKNOWN_INSTRUMENT
    if command.price_ticks <= 0 or command.lots <= 0:
        yield Reason.PRICE_OUT_OF_RANGE


def _of_an_instrument(exchange: NaiveExchange, command: Any) -> Iterator[Reason]:
    if command.symbol not in exchange.instruments:
        yield Reason.UNKNOWN_INSTRUMENT


def _list(exchange: NaiveExchange, command: c.ListInstrument) -> Iterator[Reason]:
    terms = command.instrument
    if exchange.instruments.get(terms.symbol) in (None, terms):
        return
    orders = any(order.symbol == terms.symbol for order in exchange.orders())
    positions = [exchange.money.position(name, terms.symbol) for name in exchange.accounts]
    if orders or any(position is not None and position.lots for position in positions):
        yield Reason.INSTRUMENT_IN_USE


def _open(exchange: NaiveExchange, command: c.OpenAccount) -> Iterator[Reason]:
    if command.account in exchange.accounts:
        yield Reason.ACCOUNT_EXISTS
    if command.account == MARKET or not command.account or ":" in command.account:
        yield Reason.RESERVED_ACCOUNT


def _deposit(exchange: NaiveExchange, command: c.Deposit) -> Iterator[Reason]:
    yield from _scope(exchange, command)
    if command.amount_quanta <= 0:
        yield Reason.AMOUNT_NOT_POSITIVE


def _advance(exchange: NaiveExchange, command: c.AdvanceTime) -> Iterator[Reason]:
    del exchange, command
    return iter(())


RULES: dict[type, Callable[[NaiveExchange, Any], Iterator[Reason]]] = {
    PlaceOrder: _place,
    c.CancelOrder: _of_an_order,
    c.AmendOrder: _amend,
    c.CancelAll: _scope,
    c.Flatten: _scope,
    c.MirrorDepth: _depth,
    c.MirrorTrade: _print,
    c.MirrorDown: _of_an_instrument,
    c.ConfigureMirror: _of_an_instrument,
    c.AdvanceTime: _advance,
    c.ListInstrument: _list,
    c.OpenAccount: _open,
    c.Deposit: _deposit,
}

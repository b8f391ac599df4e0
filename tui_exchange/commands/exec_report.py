"""What `exec` prints: exact decimals as text, in the units of each instrument."""

from collections.abc import Sequence
from typing import Any

import msgspec

from engine.core.commands import Side
from engine.core.exchange import Exchange
from engine.core.units import Scale, decimal_text, quanta_decimal
from tui_exchange.amount_text import average_text, fee_text, plain_price_text, plain_size_text
from tui_exchange.line_runner import LineResult
from tui_exchange.session import Session
from tui_exchange.views import FillView, OrderView, PositionView


def document(
    session: Session,
    results: Sequence[LineResult],
    meanwhile: Sequence[str],
    later: Sequence[FillView],
) -> dict[str, Any]:
    """Everything that the lines did, and the account afterwards.

    `events` are those of the engine, in its integers: ticks, lots, quanta (10^-12).
    """
    exchange = session.exchange
    account = session.account_view()
    return {
        "market": session.headline,
        "news": list(session.news),
        "ok": all(result.ok for result in results),
        "lines": [_line(result) for result in results],
        "told_while_waiting": list(meanwhile),
        "fills_while_waiting": [_fill(exchange, fill) for fill in later],
        "orders": [_order(exchange, order) for order in session.working_orders()],
        "positions": [_position(exchange, held) for held in session.positions()],
        "account": {
            "name": account.name,
            "currency": account.base_currency,
            "equity": _money(account.equity_quanta),
            "started": _money(account.started_quanta),
            "lent": _money(account.lent_quanta),
            "free": _money(account.free_quanta),
            "held": _money(account.held_quanta),
            "realised": _money(account.realised_quanta),
            "unrealised": _money(account.unrealised_quanta),
            "fees": _money(account.fees_quanta),
            "balances": {
                entry.currency: _money(entry.balance_quanta) for entry in account.balances
            },
        },
    }


def fill_lines(exchange: Exchange, fills: Sequence[FillView]) -> list[str]:
    """One line an order, in the order of its first fill; `fills` are oldest first."""
    orders: dict[int, list[FillView]] = {}
    for fill in fills:
        orders.setdefault(fill.order_id, []).append(fill)
    return [_fills_line(exchange, parts) for parts in orders.values()]


def _fills_line(exchange: Exchange, parts: Sequence[FillView]) -> str:
    """`order #12 filled: bought 0.5 BTC-USDT at 62,000, fee 31.00 USDT`."""
    first = parts[0]
    scale, symbol = exchange.scale(first.symbol), first.symbol
    lots = sum(part.lots for part in parts)
    value_quanta = sum(scale.notional_quanta(part.price_ticks, part.lots) for part in parts)
    did = "bought" if first.side is Side.BUY else "sold"
    size = plain_size_text(exchange, symbol, lots)
    if value_quanta == scale.notional_quanta(first.price_ticks, lots):
        price = plain_price_text(exchange, symbol, first.price_ticks)
    else:
        price = f"{average_text(exchange, symbol, value_quanta, lots)} average"
    fee_quanta = sum(part.fee_quanta for part in parts)
    paid = f"{fee_text(fee_quanta)} {exchange.instrument(symbol).settlement}"
    times = f", in {len(parts)} fills" if len(parts) > 1 else ""
    return f"order #{first.order_id} filled: {did} {size} {symbol} at {price}, fee {paid}{times}"


def _line(result: LineResult) -> dict[str, Any]:
    return {
        "line": result.text,
        "ok": result.ok,
        "refusal": result.refusal,
        "messages": result.messages,
        "events": [
            {"type": type(event).__name__} | msgspec.to_builtins(event) for event in result.events
        ],
    }


def _fill(exchange: Exchange, fill: FillView) -> dict[str, Any]:
    scale = exchange.scale(fill.symbol)
    return {
        "ts_ns": fill.ts_ns,
        "trade_id": fill.trade_id,
        "order_id": fill.order_id,
        "symbol": fill.symbol,
        "side": fill.side.value,
        "size": decimal_text(scale.size_decimal(fill.lots)),
        "price": decimal_text(scale.price_decimal(fill.price_ticks)),
        "liquidity": fill.liquidity.value,
        "fee": _money(fill.fee_quanta),
    }


def _order(exchange: Exchange, order: OrderView) -> dict[str, Any]:
    scale = exchange.scale(order.symbol)
    return {
        "order_id": order.order_id,
        "symbol": order.symbol,
        "side": order.side.value,
        "type": order.order_type.value,
        "state": order.stage.name.lower(),
        "price": _price(scale, order.price_ticks),
        "trigger": _price(scale, order.trigger_ticks),
        "size": decimal_text(scale.size_decimal(order.lots)),
        "filled": decimal_text(scale.size_decimal(order.filled_lots)),
        "ahead": None
        if order.ahead_lots is None
        else decimal_text(scale.size_decimal(order.ahead_lots)),
        "linked_id": order.linked_id,
        "parent_id": order.parent_id,
        "tag": order.tag,
        "note": order.note,
    }


def _position(exchange: Exchange, held: PositionView) -> dict[str, Any]:
    return {
        "symbol": held.symbol,
        "size": decimal_text(exchange.scale(held.symbol).size_decimal(held.lots)),
        "entry": decimal_text(held.entry),
        "unrealised": _money(held.unrealised_quanta),
        "realised": _money(held.realised_quanta),
        "fees": _money(held.fees_quanta),
        "funding": _money(held.funding_quanta),
        "opened_ns": held.opened_ns or None,
        "largest": decimal_text(exchange.scale(held.symbol).size_decimal(held.largest_lots)),
        "worst": _money(held.worst_quanta),
        "best": _money(held.best_quanta),
    }


def _price(scale: Scale, price_ticks: int | None) -> str | None:
    return None if price_ticks is None else decimal_text(scale.price_decimal(price_ticks))


def _money(quanta: int | None) -> str | None:
    return None if quanta is None else decimal_text(quanta_decimal(quanta))

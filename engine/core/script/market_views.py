"""Questions about an instrument: its book, its prices, and whether it trades.

| question | answer |
|---|---|
| `book SYMBOL [LEVELS]` | `bids PRICE SIZE (ORDERS), … \\| asks …`, best first |
| `bids SYMBOL PRICE`, `asks …` | the queue at a price: `NAME OPEN, …` in priority order |
| `queue ORDER` | the size in front of a resting order |
| `report ORDER` | how it has come there: `since CLOCK from … traded … cancelled … ahead …` |
| `last SYMBOL` | the last trade: `PRICE SIDE`, the aggressor's |
| `price SYMBOL last\\|mark\\|index` | the price that orders with this trigger watch |
| `market SYMBOL` | the state of the mirrored market |
| `session SYMBOL` | `open`, or `closed [until CLOCK]` |
| `halt SYMBOL` | `CAUSE [until CLOCK]` |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.commands import Side, TriggerSource
from engine.core.orders.order import Order
from engine.core.script.numbers import clock_text, integer_of, price_text, size_text, ticks_of
from engine.core.script.subjects import NOTHING, Views, listed, price_or_nothing, take_symbol
from engine.core.script.words import Words, name

if TYPE_CHECKING:
    from engine.core.exchange import Exchange


def _book(words: Words, exchange: Exchange) -> str:
    symbol = take_symbol(words, exchange)
    levels = None
    if words.peek() is not None:
        levels = integer_of(words.take("a number of levels"), "a number of levels")
    bids = _levels(exchange, symbol, Side.BUY, levels)
    return f"bids {bids} | asks {_levels(exchange, symbol, Side.SELL, levels)}"


def _levels(exchange: Exchange, symbol: str, side: Side, levels: int | None) -> str:
    scale = exchange.scale(symbol)
    return listed(
        f"{price_text(price, scale)} {size_text(lots, scale)} ({orders})"
        for price, lots, orders in exchange.depth(symbol, side, levels)
    )


def _bids(words: Words, exchange: Exchange) -> str:
    return _queue_at(words, exchange, Side.BUY)


def _asks(words: Words, exchange: Exchange) -> str:
    return _queue_at(words, exchange, Side.SELL)


def _queue_at(words: Words, exchange: Exchange, side: Side) -> str:
    symbol = take_symbol(words, exchange)
    scale = exchange.scale(symbol)
    price_ticks = ticks_of(words.take("a price"), scale)
    queue = exchange.queue_at(symbol, side, price_ticks)
    return listed(f"{name(account)} {size_text(lots, scale)}" for account, _, lots in queue)


def _take_order(words: Words, exchange: Exchange) -> Order:
    word = words.take("an order's number")
    order = exchange.order(integer_of(word, "an order's number"))
    if order is None:
        raise word.wrong("the number of a live order")
    return order


def _queue(words: Words, exchange: Exchange) -> str:
    order = _take_order(words, exchange)
    return size_text(exchange.queue_ahead(order.order_id), exchange.scale(order.symbol))


def _report(words: Words, exchange: Exchange) -> str:
    order = _take_order(words, exchange)
    place = exchange.queue(order.order_id)
    if place is None:
        return NOTHING
    said = {
        "from": place.ahead_at_rest_lots,
        "traded": place.traded_ahead_lots,
        "cancelled": place.cancelled_ahead_lots,
        "ahead": place.ahead_lots,
        "behind": place.behind_lots,
        "printed": place.printed_lots,
    }
    scale = exchange.scale(order.symbol)
    sizes = " ".join(f"{what} {size_text(lots, scale)}" for what, lots in said.items())
    return f"since {clock_text(place.rested_ns)} {sizes}"


def _last(words: Words, exchange: Exchange) -> str:
    symbol = take_symbol(words, exchange)
    last = exchange.last_trade(symbol)
    if last is None:
        return NOTHING
    price_ticks, side = last
    return f"{price_text(price_ticks, exchange.scale(symbol))} {side.value}"


def _price(words: Words, exchange: Exchange) -> str:
    symbol = take_symbol(words, exchange)
    price_ticks = exchange.price(symbol, words.member(TriggerSource))
    return price_or_nothing(price_ticks, exchange.scale(symbol))


def _market(words: Words, exchange: Exchange) -> str:
    return exchange.mirror_state(take_symbol(words, exchange)).value


def _session(words: Words, exchange: Exchange) -> str:
    symbol = take_symbol(words, exchange)
    return "open" if exchange.is_open(symbol) else f"closed{_until(exchange.opens_ns(symbol))}"


def _halt(words: Words, exchange: Exchange) -> str:
    halt = exchange.halt(take_symbol(words, exchange))
    return NOTHING if halt is None else f"{halt.cause.value}{_until(halt.until_ns)}"


def _until(ts_ns: int | None) -> str:
    return "" if ts_ns is None else f" until {clock_text(ts_ns)}"


READERS: Views = {
    "book": _book,
    "bids": _bids,
    "asks": _asks,
    "queue": _queue,
    "report": _report,
    "last": _last,
    "price": _price,
    "market": _market,
    "session": _session,
    "halt": _halt,
}

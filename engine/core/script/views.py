"""Views: questions about the state of the exchange, and their one-line answers.

| question | answer |
|---|---|
| `book SYMBOL [LEVELS]` | `bids PRICE SIZE (ORDERS), … \\| asks …`, best first |
| `bids SYMBOL PRICE`, `asks …` | the queue at a price: `NAME OPEN, …` in priority order |
| `queue ORDER` | the size in front of a resting order |
| `last SYMBOL` | the last trade: `PRICE SIDE`, the aggressor's |
| `market SYMBOL` | the state of the mirrored market |
| `orders NAME [SYMBOL]` | `ORDER SIDE OPEN at PRICE, …`, oldest first |
| `position NAME SYMBOL` | `SIZE [entry PRICE] realised PROFIT fees FEES margin MARGIN` |
| `balance NAME CURRENCY` | `BALANCE held HELD` |
| `ledger` | `zero`, or the currencies that do not sum to zero |

Nothing there is a dash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from engine.core.commands import Side
from engine.core.script.numbers import integer_of, money_text, price_text, size_text, ticks_of
from engine.core.script.words import Words, name
from engine.core.units import decimal_text

if TYPE_CHECKING:
    from engine.core.exchange import Exchange

NOTHING = "-"


def answer(question: str, exchange: Exchange) -> str:
    """The answer to a question such as `queue 3`.

    Raises:
        ScriptError: There is no such view, instrument or account; says what can be asked.
    """
    words = Words(question)
    subject = words.choose(*VIEWS)
    text = _READERS[subject](words, exchange)
    words.finish()
    return text


def _book(words: Words, exchange: Exchange) -> str:
    symbol = _symbol(words, exchange)
    levels = None
    if words.peek() is not None:
        levels = integer_of(words.take("a number of levels"), "a number of levels")
    bids = _levels(exchange, symbol, Side.BUY, levels)
    return f"bids {bids} | asks {_levels(exchange, symbol, Side.SELL, levels)}"


def _levels(exchange: Exchange, symbol: str, side: Side, levels: int | None) -> str:
    scale = exchange.scale(symbol)
    return _listed(
        f"{price_text(price, scale)} {size_text(lots, scale)} ({orders})"
        for price, lots, orders in exchange.depth(symbol, side, levels)
    )


def _bids(words: Words, exchange: Exchange) -> str:
    return _queue_at(words, exchange, Side.BUY)


def _asks(words: Words, exchange: Exchange) -> str:
    return _queue_at(words, exchange, Side.SELL)


def _queue_at(words: Words, exchange: Exchange, side: Side) -> str:
    symbol = _symbol(words, exchange)
    scale = exchange.scale(symbol)
    price_ticks = ticks_of(words.take("a price"), scale)
    queue = exchange.queue_at(symbol, side, price_ticks)
    return _listed(f"{name(account)} {size_text(lots, scale)}" for account, _, lots in queue)


def _queue(words: Words, exchange: Exchange) -> str:
    word = words.take("an order's number")
    order_id = integer_of(word, "an order's number")
    order = exchange.order(order_id)
    if order is None:
        raise word.wrong("the number of a live order")
    return size_text(exchange.queue_ahead(order_id), exchange.scale(order.symbol))


def _last(words: Words, exchange: Exchange) -> str:
    symbol = _symbol(words, exchange)
    last = exchange.last_trade(symbol)
    if last is None:
        return NOTHING
    price_ticks, side = last
    return f"{price_text(price_ticks, exchange.scale(symbol))} {side.value}"


def _market(words: Words, exchange: Exchange) -> str:
    return exchange.mirror_state(_symbol(words, exchange)).value


def _orders(words: Words, exchange: Exchange) -> str:
    account = _account(words, exchange)
    symbol = _symbol(words, exchange) if words.peek() else None
    return _listed(
        f"{order.order_id} {order.side.value} {size_text(order.open_lots, scale)}"
        f" at {price_text(order.price_ticks, scale)}"
        for order in exchange.open_orders(account, symbol)
        for scale in (exchange.scale(order.symbol),)
    )


def _position(words: Words, exchange: Exchange) -> str:
    account, symbol = _account(words, exchange), _symbol(words, exchange)
    scale = exchange.scale(symbol)
    held = exchange.position(account, symbol)
    if held is None:
        return NOTHING
    text = size_text(held.lots, scale)
    if held.lots:
        text += f" entry {decimal_text(scale.entry_decimal(held.cost_quanta, held.lots))}"
    return (
        f"{text} realised {money_text(held.realised_quanta)}"
        f" fees {money_text(held.fees_quanta)} margin {money_text(held.margin_quanta)}"
    )


def _balance(words: Words, exchange: Exchange) -> str:
    account = _account(words, exchange)
    balance, held = exchange.balance(account, words.take("a currency").text)
    return f"{money_text(balance)} held {money_text(held)}"


def _ledger(_words: Words, exchange: Exchange) -> str:
    totals = exchange.ledger_totals()
    wrong = _listed(f"{name(key)} {money_text(sum_)}" for key, sum_ in totals.items() if sum_)
    return "zero" if wrong == NOTHING else wrong


def _symbol(words: Words, exchange: Exchange) -> str:
    return _known(words, "a listed instrument", exchange.symbols())


def _account(words: Words, exchange: Exchange) -> str:
    return _known(words, "an open account", exchange.accounts())


def _known(words: Words, what: str, names: list[str]) -> str:
    word = words.take(what)
    if word.text not in names:
        raise word.wrong(f"{what}: {', '.join(names) or 'there is none yet'}")
    return word.text


def _listed(items: Iterable[str]) -> str:
    return ", ".join(items) or NOTHING


_READERS: dict[str, Callable[[Words, Exchange], str]] = {
    "book": _book,
    "bids": _bids,
    "asks": _asks,
    "queue": _queue,
    "last": _last,
    "market": _market,
    "orders": _orders,
    "position": _position,
    "balance": _balance,
    "ledger": _ledger,
}
VIEWS = tuple(_READERS)

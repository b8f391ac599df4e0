"""Questions about an account: its orders, positions, money and fees.

| question | answer |
|---|---|
| `orders NAME [SYMBOL]` | `ORDER SIDE OPEN at PRICE, …`, oldest first |
| `sent NAME` | `NUMBER at CLOCK, …` of the commands on their way |
| `position NAME SYMBOL` | `SIZE [entry PRICE] realised PROFIT fees FEES margin MARGIN` |
| `balance NAME CURRENCY` | `BALANCE held HELD` |
| `fees NAME SYMBOL` | `SCHEDULE tier TIER maker SHARE taker SHARE volume VOLUME [next VOLUME] …` |
| `killed NAME` | `yes` or `no` |
| `ledger` | `zero`, or the currencies that do not sum to zero |

OPEN of an iceberg is `SHOWN+HIDDEN`. An order that waits reads `ORDER SIDE OPEN TYPE TRIGGER
[at LIMIT]`; its trigger is a dash while a trailing stop does not follow the price yet. Fees end in
`uptime SHARE [needs SHARE]` where the account has quoted or must quote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.script.numbers import (
    bps_text,
    clock_text,
    money_text,
    percent_text,
    price_text,
    size_text,
)
from engine.core.script.subjects import (
    NOTHING,
    Views,
    listed,
    price_or_nothing,
    take_account,
    take_owner,
    take_symbol,
)
from engine.core.script.words import Words, dashed, name
from engine.core.units import Scale, decimal_text

if TYPE_CHECKING:
    from engine.core.exchange import Exchange
    from engine.core.fees import FeeStanding
    from engine.core.orders.order import Order


def _orders(words: Words, exchange: Exchange) -> str:
    account = take_account(words, exchange)
    symbol = take_symbol(words, exchange) if words.peek() else None
    orders = exchange.open_orders(account, symbol)
    return listed(_order(order, exchange.scale(order.symbol)) for order in orders)


def _order(order: Order, scale: Scale) -> str:
    text = f"{order.order_id} {order.side.value} {size_text(order.open_lots, scale)}"
    if order.hidden_lots:
        text += f"+{size_text(order.hidden_lots, scale)}"
    if order.waiting:
        text += f" {dashed(order.order_type)} {price_or_nothing(order.trigger_ticks, scale)}"
    if order.price_ticks:
        text += f" at {price_text(order.price_ticks, scale)}"
    return text


def _position(words: Words, exchange: Exchange) -> str:
    account, symbol = take_account(words, exchange), take_symbol(words, exchange)
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
    account = take_owner(words, exchange)
    balance, held = exchange.balance(account, words.take("a currency").text)
    return f"{money_text(balance)} held {money_text(held)}"


def _fees(words: Words, exchange: Exchange) -> str:
    account, symbol = take_account(words, exchange), take_symbol(words, exchange)
    standing = exchange.fee_standing(account, symbol)
    text = (
        f"{name(standing.schedule)} tier {standing.tier}"
        f" maker {bps_text(standing.maker_ppm)} taker {bps_text(standing.taker_ppm)}"
        f" volume {money_text(standing.volume_quanta)}"
    )
    if standing.next_from_quanta is not None:
        text += f" next {money_text(standing.next_from_quanta)}"
    return text + _uptime(standing)


def _uptime(standing: FeeStanding) -> str:
    needed = standing.uptime_needed_ppm
    if standing.uptime_ppm is None and not needed:
        return ""
    quoted = NOTHING if standing.uptime_ppm is None else percent_text(standing.uptime_ppm)
    return f" uptime {quoted}" + (f" needs {percent_text(needed)}" if needed else "")


def _sent(words: Words, exchange: Exchange) -> str:
    line = exchange.on_the_way(take_account(words, exchange))
    return listed(f"{sent.sent_id} at {clock_text(sent.arrives_ns)}" for sent in line)


def _killed(words: Words, exchange: Exchange) -> str:
    return "yes" if exchange.killed(take_account(words, exchange)) else "no"


def _ledger(_words: Words, exchange: Exchange) -> str:
    totals = exchange.ledger_totals()
    wrong = listed(f"{name(key)} {money_text(sum_)}" for key, sum_ in totals.items() if sum_)
    return "zero" if wrong == NOTHING else wrong


READERS: Views = {
    "orders": _orders,
    "sent": _sent,
    "position": _position,
    "balance": _balance,
    "fees": _fees,
    "killed": _killed,
    "ledger": _ledger,
}

"""What a command did, told to a trader in sentences made from its events."""

from collections.abc import Sequence
from decimal import Decimal

from engine.core.commands import OrderType, Side
from engine.core.events import (
    AllCancelled,
    CommandRejected,
    Deposited,
    EndCause,
    Event,
    Flattened,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRejected,
)
from engine.core.exchange import Exchange
from engine.core.units import decimal_text, quanta_decimal
from tui_exchange.number_text import UNKNOWN, entry_text, money_text, price_text, size_text

_DID = {Side.BUY: "bought", Side.SELL: "sold"}
_PARTLY_ENDED = {
    EndCause.IOC_REMAINDER: "nothing more stood at that price, the rest is cancelled",
    EndCause.NO_LIQUIDITY: "the book had nothing more, the rest is cancelled",
}


def plain_size_text(exchange: Exchange, symbol: str, lots: int) -> str:
    """A quantity without trailing zeros: `0.5`, `1,204`."""
    return _short(size_text(exchange.scale(symbol), lots))


def plain_price_text(exchange: Exchange, symbol: str, price_ticks: int) -> str:
    """A price, decimals only where it has any: `62,000`, `61,990.50`."""
    text = price_text(exchange.scale(symbol), price_ticks)
    return text.partition(".")[0] if not text.partition(".")[2].strip("0") else text


def told(exchange: Exchange, events: Sequence[Event]) -> tuple[str, ...]:
    """The sentences of one command's events; the exchange is as they left it."""
    sentences: list[str] = []
    orders = [event.order_id for event in events if isinstance(event, OrderAccepted)]
    for event in events:
        match event:
            case OrderRejected() | CommandRejected():
                sentences.append(event.text)
            case OrderAccepted():
                sentences.extend(_order_told(exchange, event, events))
            case OrderAmended():
                sentences.extend(_amended_told(exchange, event, events))
            case OrderDone() if event.order_id not in orders and not _is_amended(event, events):
                if event.cause in (EndCause.REQUESTED, EndCause.FLATTENED):
                    sentences.append(_cancelled_told(exchange, event))
            case AllCancelled():
                sentences.append(_count_told(event.orders))
            case Flattened():
                sentences.append(_flattened_told(event))
            case Deposited():
                amount = decimal_text(quanta_decimal(event.amount_quanta))
                sentences.append(f"deposited {Decimal(amount):,f} {event.currency}")
    return tuple(sentences)


def fills_told(exchange: Exchange, fills: Sequence[OrderFilled], wanted_lots: int) -> str:
    """`bought 0.5 BTC-USDT at 62,000.10 average, fee 31.00 USDT`."""
    first = fills[0]
    symbol = first.symbol
    scale, terms = exchange.scale(symbol), exchange.instrument(symbol)
    lots = sum(fill.lots for fill in fills)
    value_quanta = sum(scale.notional_quanta(fill.price_ticks, fill.lots) for fill in fills)
    size = plain_size_text(exchange, symbol, lots)
    if lots < wanted_lots:
        size += f" of {plain_size_text(exchange, symbol, wanted_lots)}"
    if len({fill.price_ticks for fill in fills}) == 1:
        price = plain_price_text(exchange, symbol, first.price_ticks)
    else:
        price = f"{average_text(exchange, symbol, value_quanta, lots)} average"
    fee_quanta = sum(fill.fee_quanta for fill in fills)
    paid = f"rebate {fee_text(-fee_quanta)}" if fee_quanta < 0 else f"fee {fee_text(fee_quanta)}"
    return f"{_DID[first.side]} {size} {symbol} at {price}, {paid} {terms.settlement}"


def average_text(exchange: Exchange, symbol: str, value_quanta: int, lots: int) -> str:
    """An average price: the instrument's decimals, and up to two more where they say something."""
    scale = exchange.scale(symbol)
    places = max(2, scale.price_decimals)
    text = entry_text(scale.entry_decimal(value_quanta, lots), places + 2)
    return text[:-2] + text[-2:].rstrip("0")


def fee_text(quanta: int) -> str:
    """An amount to two places, or to as many as it takes to show that it is not nothing."""
    for places in (2, 4, 6, 8):
        text = money_text(quanta, places)
        if quanta == 0 or text.strip("0.,-"):
            return text
    return money_text(quanta, 12)


def working_told(exchange: Exchange, order_id: int) -> str:
    """`order #12 works: buy 0.5 BTC-USDT at 61,990, 3.2 ahead`; empty when it does not rest."""
    order = exchange.order(order_id)
    if order is None:
        return ""
    symbol = order.symbol
    size = plain_size_text(exchange, symbol, order.open_lots)
    price = plain_price_text(exchange, symbol, order.price_ticks)
    ahead_lots = exchange.queue_ahead(order_id)
    ahead = f"{plain_size_text(exchange, symbol, ahead_lots)} ahead" if ahead_lots else "first"
    return f"order #{order_id} works: {order.side.value} {size} {symbol} at {price}, {ahead}"


def _order_told(exchange: Exchange, order: OrderAccepted, events: Sequence[Event]) -> list[str]:
    fills = [e for e in events if isinstance(e, OrderFilled) and e.order_id == order.order_id]
    sentences = [fills_told(exchange, fills, order.lots)] if fills else []
    ends = [e for e in events if isinstance(e, OrderDone) and e.order_id == order.order_id]
    if not ends:
        sentences.append(working_told(exchange, order.order_id))
    elif ends[0].cancelled_lots:
        what = "market order" if order.order.order_type is OrderType.MARKET else "order"
        reason = _PARTLY_ENDED.get(ends[0].cause, "the rest is cancelled")
        sentences.append(f"{what} #{order.order_id}: {reason}")
    return sentences


def _amended_told(exchange: Exchange, event: OrderAmended, events: Sequence[Event]) -> list[str]:
    fills = [e for e in events if isinstance(e, OrderFilled) and e.order_id == event.order_id]
    sentences = [fills_told(exchange, fills, event.open_lots)] if fills else []
    working = working_told(exchange, event.order_id)
    if working:
        place = "kept its place" if event.kept_priority else "went to the back of its queue"
        sentences.append(f"{working}; it {place}")
    elif not fills:
        sentences.append(f"order #{event.order_id} ended: it is amended down to what was filled")
    return sentences


def _is_amended(done: OrderDone, events: Sequence[Event]) -> bool:
    return any(isinstance(e, OrderAmended) and e.order_id == done.order_id for e in events)


def _cancelled_told(exchange: Exchange, done: OrderDone) -> str:
    size = plain_size_text(exchange, done.symbol, done.cancelled_lots)
    text = f"cancelled order #{done.order_id}: {size} {done.symbol} withdrawn"
    if done.filled_lots:
        text += f", {plain_size_text(exchange, done.symbol, done.filled_lots)} had filled"
    return text


def _count_told(orders: int) -> str:
    if orders == 0:
        return "no working order to cancel"
    return f"{orders} order{'s' if orders > 1 else ''} cancelled"


def _flattened_told(event: Flattened) -> str:
    if event.open_positions:
        return (
            f"not flat: the book could not close {event.open_positions} position"
            f"{'s' if event.open_positions > 1 else ''} entirely; try again or close by a limit"
        )
    if event.symbol is not None:
        return f"{event.symbol} is flat: no working order and no position left in it"
    return "flat: no working order and no position left"


def _short(text: str) -> str:
    if "." not in text or text == UNKNOWN:
        return text
    return text.rstrip("0").rstrip(".")

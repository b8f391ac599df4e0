"""What an account pays, and how a live order stands, in sentences."""

from engine.core.exchange import Exchange
from engine.core.fees import FeeStanding
from engine.core.instruments import Instrument
from engine.core.orders.order import Order
from tui_exchange.command_line.order_words import describe_order, moment_words, percent_words
from tui_exchange.number_text import money_text
from tui_exchange.sentences import plain_price_text, plain_size_text


def fees_told(standing: FeeStanding, terms: Instrument) -> tuple[str, ...]:
    """Rates, tier, distance to the next and quoting uptime of an account in an instrument."""
    read_on = f", published {standing.read_on}" if standing.read_on else ""
    rates = (
        f"{terms.symbol}: maker {percent_words(standing.maker_ppm)}, taker"
        f" {percent_words(standing.taker_ppm)}, tier {standing.tier + 1} of {standing.tiers} of"
        f" {standing.schedule}{read_on}"
    )
    volume = f"traded in 30 days: {money_text(standing.volume_quanta)} {terms.quote}"
    if standing.to_next_quanta is None:
        volume += "; this is the last tier"
    else:
        volume += f"; {money_text(standing.to_next_quanta)} more for the next tier"
    return tuple(filter(None, (rates, volume, _uptime_told(standing))))


def live_told(exchange: Exchange, order_id: int) -> str:
    """How an order stands now; a sentence too when it is not live."""
    order = exchange.order(order_id)
    if order is None:
        return f"order #{order_id} is not live; `tui-exchange orders show {order_id}` has its life"
    words = describe_order(order.command, exchange.scale(order.symbol))
    parts = [f"order #{order_id} was sent as: {words}", *_now(exchange, order)]
    return "; ".join([*parts, f"accepted {moment_words(order.accepted_ns)}"])


def _now(exchange: Exchange, order: Order) -> list[str]:
    symbol = order.symbol
    filled = plain_size_text(exchange, symbol, order.filled_lots)
    parts = [f"{filled} of {plain_size_text(exchange, symbol, order.lots)} filled"]
    if order.waiting and order.trigger_ticks is not None:
        parts.append(f"waits for {plain_price_text(exchange, symbol, order.trigger_ticks)}")
    elif order.price_ticks:
        parts.append(f"works at {plain_price_text(exchange, symbol, order.price_ticks)}")
    if order.linked_id is not None:
        parts.append(f"one of a pair with #{order.linked_id}")
    if order.parent_id is not None:
        parts.append(f"belongs to #{order.parent_id}")
    return parts


def _uptime_told(standing: FeeStanding) -> str:
    if not standing.uptime_needed_ppm:
        return ""
    uptime = "none" if standing.uptime_ppm is None else percent_words(standing.uptime_ppm)
    told = f"quoting uptime {uptime}, {percent_words(standing.uptime_needed_ppm)} needed"
    if standing.maker_ppm != standing.maker_tier_ppm:
        told += f" for the maker rebate of {percent_words(-standing.maker_tier_ppm)}"
    return told

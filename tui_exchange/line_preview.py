"""What a statement would do, in sentences, before it is sent."""

from decimal import Decimal

from engine.core.exchange import Exchange
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.describe import describe, describe_order
from tui_exchange.command_line.preview import OrderPreview, preview
from tui_exchange.line_context import LineContext
from tui_exchange.number_text import money_text
from tui_exchange.sentences import fee_text, plain_size_text

PPM_PER_PERCENT = 10_000


def previewed(exchange: Exchange, resolved: Resolved, context: LineContext) -> tuple[str, ...]:
    """The statement in words, then what it would cost."""
    found = preview(resolved, context)
    if found is None:
        return (describe(resolved.statement),)
    order = found.order
    words = describe_order(order, exchange.scale(order.symbol))
    return (words, *_costs(exchange, found))


def _costs(exchange: Exchange, found: OrderPreview) -> tuple[str, ...]:
    terms = exchange.instrument(found.order.symbol)
    if found.value_quanta is None or found.fee_quanta is None:
        return ("nothing to trade with at this price now",)
    parts = [
        f"value {money_text(found.value_quanta)} {terms.quote}",
        f"fee {fee_text(found.fee_quanta)} {terms.settlement}",
    ]
    if found.hold_quanta is not None:
        parts.append(f"holds {_amount(found.hold_quanta)} {found.hold_currency}")
    if found.mid_distance_ppm is not None:
        parts.append(f"{_percent(found.mid_distance_ppm)} from mid")
    return (", ".join(parts), _what_happens(exchange, found))


def _what_happens(exchange: Exchange, found: OrderPreview) -> str:
    """`takes 0.5 at once, slippage 0.01%; 0.2 rests; 0.1 would be cancelled`."""
    symbol = found.order.symbol
    parts: list[str] = []
    if found.takes.lots:
        text = f"takes {plain_size_text(exchange, symbol, found.takes.lots)} at once"
        if found.takes.slippage_ppm:
            text += f", slippage {_percent(found.takes.slippage_ppm).lstrip('+')}"
        parts.append(text)
    if found.rests_lots:
        parts.append(f"{plain_size_text(exchange, symbol, found.rests_lots)} rests")
    if found.unfilled_lots:
        parts.append(f"{plain_size_text(exchange, symbol, found.unfilled_lots)} would be cancelled")
    return "; ".join(parts)


def _percent(ppm: int) -> str:
    return f"{Decimal(ppm) / PPM_PER_PERCENT:+.3f}%"


def _amount(quanta: int) -> str:
    text = money_text(quanta, 8).rstrip("0").rstrip(".")
    return money_text(quanta) if quanta >= 10**14 else text

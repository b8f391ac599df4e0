"""What a line would do, in sentences, before it is sent."""

from collections.abc import Sequence
from decimal import Decimal

from engine.core.commands import PlaceBasket
from engine.core.exchange import Exchange
from tui_exchange.amount_text import fee_text, plain_price_text, plain_size_text
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.describe import describe
from tui_exchange.command_line.order_words import describe_order
from tui_exchange.command_line.preview import OrderPreview, preview
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.resolve import LINE_BEGINS, resolve
from tui_exchange.command_line.statements import ReplaceStatement, Statement
from tui_exchange.line_context import LineContext
from tui_exchange.number_text import money_text

PPM_PER_PERCENT = 10_000


def line_previewed(
    exchange: Exchange, statements: Sequence[Statement], context: LineContext
) -> tuple[str, ...]:
    """Every statement of a line in words, and what each would cost on the market as it is now.

    What a later one comes to may depend on what those before it do; where it cannot be told
    without them, only its words are.

    Raises:
        CommandLineRefusal: The first statement would be refused.
    """
    state = LINE_BEGINS
    messages: list[str] = []
    for number, statement in enumerate(statements):
        try:
            resolved = resolve(statement, context, state)
        except CommandLineRefusal as refusal:
            if number == 0:
                raise
            messages.append(f"then {describe(statement)}; as it stands now: {refusal.sentence}")
            continue
        state = resolved.state
        first, *rest = previewed(exchange, resolved, context)
        messages += [f"then {first}" if number else first, *rest]
    return tuple(messages)


def previewed(exchange: Exchange, resolved: Resolved, context: LineContext) -> tuple[str, ...]:
    """One statement in words, then what it would cost."""
    found = preview(resolved, context)
    if not found:
        return (describe(resolved.statement),)
    if isinstance(resolved.actions[0], PlaceBasket):
        return _basket_told(exchange, resolved, found)
    messages: list[str] = []
    for number, one in enumerate(found):
        words = describe_order(one.order, exchange.scale(one.order.symbol))
        messages += [f"or {words}" if number else words, *_costs(exchange, one)]
    if isinstance(resolved.statement, ReplaceStatement):
        messages[0] = f"replace order #{resolved.statement.order_id} with: {messages[0]}"
    return tuple(messages)


def _basket_told(
    exchange: Exchange, resolved: Resolved, found: Sequence[OrderPreview]
) -> tuple[str, ...]:
    messages = [describe(resolved.statement)]
    for one in found:
        words = describe_order(one.order, exchange.scale(one.order.symbol))
        messages.append(": ".join([words, *_costs(exchange, one)[:1]]))
    return tuple(messages)


def _costs(exchange: Exchange, found: OrderPreview) -> tuple[str, ...]:
    terms = exchange.instrument(found.order.symbol)
    if found.value_quanta is None or found.fee_quanta is None:
        if found.waits:
            return ("where it fires is not known before there is a price to watch",)
        return ("nothing to trade with at this price now",)
    parts = [
        f"value {money_text(found.value_quanta)} {terms.quote}",
        f"fee {fee_text(found.fee_quanta)} {terms.settlement}",
    ]
    if found.waits:
        parts.append("holds nothing until it fires")
    elif found.hold_quanta is not None:
        parts.append(f"holds {_amount(found.hold_quanta)} {found.hold_currency}")
    if found.mid_distance_ppm is not None and not found.waits:
        parts.append(f"{_percent(found.mid_distance_ppm)} from mid")
    happens = _waits_for(exchange, found) if found.waits else _what_happens(exchange, found)
    return tuple(filter(None, (", ".join(parts), happens, _exits_told(found, terms.quote))))


def _what_happens(exchange: Exchange, found: OrderPreview) -> str:
    """`takes 0.5 at once, slippage 0.01%; 0.2 rests; 0.1 would be cancelled`."""
    symbol = found.order.symbol
    if found.order.post_only and found.takes.lots:
        slides = "slides to the best price that does not" if found.order.slide else "is refused"
        return f"would trade on arrival, so it {slides}"
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


def _waits_for(exchange: Exchange, found: OrderPreview) -> str:
    """`fires at 61,000, 1,000 (1.613%) below the last price, 62,000`."""
    symbol, trigger, watched = found.order.symbol, found.price_ticks, found.watched_ticks
    if trigger is None:
        return ""
    fires = f"fires at {plain_price_text(exchange, symbol, trigger)}"
    source = found.order.trigger_on
    name = "watched" if source is None else source.value
    if watched is None:
        return f"{fires}; the {name} price is not known yet"
    away = plain_price_text(exchange, symbol, abs(trigger - watched))
    share = Decimal(abs(trigger - watched) * 100) / watched
    where = "below" if trigger < watched else "above"
    now = plain_price_text(exchange, symbol, watched)
    return f"{fires}, {away} ({share:.3f}%) {where} the {name} price, {now}"


def _exits_told(found: OrderPreview, quote: str) -> str:
    """`risks 500.00 USDT to win 1,500.00 USDT: 3.00 to 1`."""
    risk, reward = found.risk_quanta, found.reward_quanta
    if risk is None and reward is None:
        return ""
    if risk is None:
        return f"wins {money_text(reward or 0)} {quote} at its take-profit; no stop"
    told = f"risks {money_text(risk)} {quote}"
    if reward is None or not risk:
        return f"{told} at its stop; no take-profit"
    return f"{told} to win {money_text(reward)} {quote}: {Decimal(reward) / risk:.2f} to 1"


def _percent(ppm: int) -> str:
    return f"{Decimal(ppm) / PPM_PER_PERCENT:+.3f}%"


def _amount(quanta: int) -> str:
    text = money_text(quanta, 8).rstrip("0").rstrip(".")
    return money_text(quanta) if quanta >= 10**14 else text

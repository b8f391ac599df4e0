"""What a line would do, in sentences, before it is sent."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from engine.core.commands import (
    CancelAll,
    CancelOrder,
    ChangeMargin,
    EngageKill,
    Flatten,
    PlaceBasket,
    ProtectPosition,
    ReplaceOrder,
    Reverse,
    SetLeverage,
    SetMarginMode,
    Side,
)
from engine.core.exchange import Exchange
from tui_exchange.amount_text import fee_text, plain_price_text, plain_size_text
from tui_exchange.command_line.actions import Resolved, ShowSize
from tui_exchange.command_line.context import Market
from tui_exchange.command_line.describe import describe
from tui_exchange.command_line.order_words import describe_order
from tui_exchange.command_line.preview import OrderPreview, implied_orders, preview, preview_order
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.resolve import LINE_BEGINS, resolve
from tui_exchange.command_line.statements import CancelManyStatement, Statement
from tui_exchange.leverage_room import without_room
from tui_exchange.line_context import LineContext
from tui_exchange.line_foresight import foreseen_told
from tui_exchange.line_obstacles import margin_obstacle, obstacle
from tui_exchange.number_text import money_text, signed_money_text
from tui_exchange.risk.advising import Advising
from tui_exchange.size_sentences import size_told

PPM_PER_PERCENT = 10_000


def line_previewed(
    exchange: Exchange,
    statements: Sequence[Statement],
    context: LineContext,
    advising: Advising,
) -> tuple[str, ...]:
    """Every statement of a line in words, and what each would cost on the market as it is now.

    What a later one comes to may depend on what those before it do; where it cannot be told
    without them, only its words are.

    Raises:
        CommandLineRefusal: The first statement would be refused.
    """
    state = LINE_BEGINS
    messages: list[str] = []
    changed: set[str] = set()
    for number, statement in enumerate(statements):
        try:
            resolved = resolve(statement, context, state)
        except CommandLineRefusal as refusal:
            if number == 0:
                raise
            messages.append(f"then {describe(statement)}; as it stands now: {refusal.sentence}")
            continue
        state = resolved.state
        previewing = _Previewing(exchange, context, frozenset(changed), funded=number > 0)
        first, *rest = previewing.told(resolved)
        messages += [f"then {first}" if number else first, *rest]
        messages += advising.foreseen(resolved.actions)
        changed.update(
            action.symbol
            for action in resolved.actions
            if isinstance(action, SetLeverage | SetMarginMode)
        )
    return tuple(messages)


class _Previewing:
    """One statement in words, then what it would cost.

    Args:
        changed: Instruments whose mode or leverage statements before it change, so that what an
            order holds is not known yet.
        funded: Whether statements before it may pay for it.
    """

    def __init__(
        self, exchange: Exchange, context: LineContext, changed: frozenset[str], *, funded: bool
    ) -> None:
        self._exchange = exchange
        self._context = context
        self._changed = changed
        self._funded = funded

    def told(self, resolved: Resolved) -> tuple[str, ...]:
        """The sentences of a statement; at least one."""
        action = resolved.actions[0]
        if isinstance(action, SetLeverage | SetMarginMode | ChangeMargin):
            return tuple(filter(None, (describe(resolved.statement), self._on_margin(action))))
        if isinstance(action, ShowSize):
            return size_told(self._exchange, action)
        if isinstance(action, Reverse | ProtectPosition):
            return (describe(resolved.statement), *self._implied(action))
        self._funded = self._funded or isinstance(action, ReplaceOrder)
        found = preview(resolved, self._context)
        if not found:
            return (f"{describe(resolved.statement)}{_counted(resolved, self._context)}",)
        if isinstance(action, PlaceBasket):
            legs = (f"{self._words(one)}: {self._costs(one)[0]}" for one in found)
            return (describe(resolved.statement), *legs)
        messages: list[str] = []
        for number, one in enumerate(found):
            words = self._words(one)
            messages += [f"or {words}" if number else words, *self._costs(one)]
        if isinstance(action, ReplaceOrder):
            messages[0] = f"replace order #{action.order_id} with: {messages[0]}"
        return tuple(messages)

    def _on_margin(self, action: SetLeverage | SetMarginMode | ChangeMargin) -> str:
        blocked = "" if self._funded else margin_obstacle(self._exchange, action)
        if blocked:
            return f"would be refused: {blocked}"
        if not isinstance(action, SetLeverage):
            return ""
        return without_room(self._exchange, action.account, action.symbol, action.leverage)

    def _words(self, found: OrderPreview) -> str:
        return describe_order(found.order, self._exchange.scale(found.order.symbol))

    def _implied(self, action: Reverse | ProtectPosition) -> list[str]:
        """The orders that the exchange will send for a position; what it cancels pays for them."""
        market = self._context.market(action.symbol)
        self._funded = True
        messages: list[str] = []
        for order in implied_orders(action, market):
            levels = self._context.depth(action.symbol, order.side.opposite)
            messages += self._costs(preview_order(order, market, levels))
        return messages

    def _costs(self, found: OrderPreview) -> tuple[str, ...]:
        market = self._context.market(found.order.symbol)
        terms = market.instrument
        blocked = obstacle(self._exchange, market, found, funded=self._funded)
        refused = f"would be refused: {blocked}" if blocked else ""
        if found.value_quanta is None or found.fee_quanta is None:
            return tuple(filter(None, (refused, _UNPRICED[found.waits])))
        parts = [
            f"value {money_text(found.value_quanta)} {terms.quote}",
            f"fee {fee_text(found.fee_quanta)} {terms.settlement}",
        ]
        if found.waits:
            parts.append("holds nothing until it fires")
            happens = _waits_for(self._exchange, found, market)
        else:
            parts += _held(found, known=found.order.symbol not in self._changed)
            happens = _what_happens(self._exchange, found)
        foreseen = "" if found.waits else self._foreseen(found)
        told = (refused, ", ".join(parts), happens, foreseen, _exits_told(found, terms.settlement))
        return tuple(filter(None, told))

    def _foreseen(self, found: OrderPreview) -> str:
        if found.order.symbol in self._changed:
            return "margin and liquidation price follow from what stands before it"
        return foreseen_told(self._exchange, found)


_UNPRICED = {
    True: "where it fires is not known before there is a price to watch",
    False: "nothing to trade with at this price now",
}


def _held(found: OrderPreview, *, known: bool) -> list[str]:
    parts = []
    if known and found.hold_quanta is not None:
        parts.append(f"holds {_amount(found.hold_quanta)} {found.hold_currency}")
    if found.mid_distance_ppm is not None:
        parts.append(f"{_percent(found.mid_distance_ppm)} from mid")
    return parts


def _counted(resolved: Resolved, context: LineContext) -> str:
    """How many orders a mass action would withdraw now."""
    action = resolved.actions[0]
    if isinstance(resolved.statement, CancelManyStatement) and isinstance(action, CancelOrder):
        return _now(len(resolved.actions))
    if not isinstance(action, CancelAll | Flatten | EngageKill):
        return ""
    orders = context.working_orders()
    if not isinstance(action, EngageKill) and action.symbol is not None:
        orders = [order for order in orders if order.symbol == action.symbol]
    if isinstance(action, CancelAll):
        orders = [order for order in orders if action.side in (None, order.side)]
        orders = [order for order in orders if action.tag in (None, order.tag)]
    return _now(len(orders))


def _now(count: int) -> str:
    return f" ({count} order{'' if count == 1 else 's'} now)"


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


def _waits_for(exchange: Exchange, found: OrderPreview, market: Market) -> str:
    """`fires at 61,000, 1,000 (1.613%) below the last price, 62,000`."""
    symbol, trigger, watched = found.order.symbol, found.price_ticks, found.watched_ticks
    if trigger is None:
        return ""
    fires = f"fires at {plain_price_text(exchange, symbol, trigger)}"
    source = (found.order.trigger_on or market.default_source).value
    if watched is None:
        return f"{fires}; the {source} price is not known yet"
    away = plain_price_text(exchange, symbol, abs(trigger - watched))
    share = Decimal(abs(trigger - watched) * 100) / watched
    where = "below" if trigger < watched else "above"
    now = plain_price_text(exchange, symbol, watched)
    told = f"{fires}, {away} ({share:.3f}%) {where} the {source} price, {now}"
    return told + _result_told(found, market)


def _result_told(found: OrderPreview, market: Market) -> str:
    """What an order against the position wins or loses from its entry, fees apart."""
    order, entry = found.order, market.entry_ticks
    held = market.position_lots * (-1 if order.side is Side.BUY else 1)
    price = order.price_ticks or found.price_ticks
    if held <= 0 or not market.reducible or entry is None or price is None:
        return ""
    lots = min(order.lots, held)
    closed = lots if order.side is Side.SELL else -lots
    cost = Fraction(market.position_cost_quanta * closed, market.position_lots)
    gain = int(market.scale.signed_value_quanta(price, closed) - cost)
    return f"; that is {signed_money_text(gain)} {market.instrument.settlement} from the entry"


def _exits_told(found: OrderPreview, currency: str) -> str:
    """`risks 500.00 USDT to win 1,500.00 USDT: 3.00 to 1`."""
    risk, reward = found.risk_quanta, found.reward_quanta
    if risk is None and reward is None:
        return ""
    if not risk and not reward:
        return "it only reduces a position: no exits follow"
    if risk is None:
        return f"wins {money_text(reward or 0)} {currency} at its take-profit; no stop"
    told = f"risks {money_text(risk)} {currency}"
    if reward is None or not risk:
        return f"{told} at its stop; no take-profit"
    return f"{told} to win {money_text(reward)} {currency}: {Decimal(reward) / risk:.2f} to 1"


def _percent(ppm: int) -> str:
    return f"{Decimal(ppm) / PPM_PER_PERCENT:+.3f}%"


def _amount(quanta: int) -> str:
    text = money_text(quanta, 8).rstrip("0").rstrip(".")
    return money_text(quanta) if quanta >= 10**14 else text

"""What a command did, told to a trader in sentences made from its events."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from engine.core.events import (
    AllCancelled,
    BasketAccepted,
    CommandRejected,
    CommandSent,
    Deposited,
    Event,
    FeesSet,
    FeeTierReached,
    Flattened,
    HaltCause,
    InstrumentHalted,
    InstrumentResumed,
    KillEngaged,
    KillReleased,
    LiquidationStarted,
    MarketBreakerSet,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderRejected,
    OrderResized,
    OrderTriggered,
    Reversed,
    SelfTradePrevented,
    SessionsSet,
    TriggerMoved,
)
from engine.core.exchange import Exchange
from engine.core.reasons import Reason
from engine.core.units import PPM, decimal_text, quanta_decimal
from tui_exchange.alarm import Alarm
from tui_exchange.amount_text import plain_price_text, plain_size_text
from tui_exchange.command_line.order_words import moment_words, percent_words
from tui_exchange.margin_sentences import MARGIN_TELLERS, is_alarming
from tui_exchange.order_sentences import (
    accepted_told,
    amended_told,
    done_told,
    fills_told,
    prevented_told,
    refilled_told,
    resized_told,
    trailed_told,
    triggered_told,
)
from tui_exchange.portfolio_sentences import PORTFOLIO_TELLERS

NS_PER_MS = 1_000_000
LIQUIDATION_NOTE = "liquidation"
"""What the exchange writes on the orders of a liquidation."""
_HALTED = {
    HaltCause.REQUESTED: "on request",
    HaltCause.MOVED: "its price moved too far too fast",
    HaltCause.MARKET: "the whole market fell too far",
    HaltCause.CASCADE: "too many waiting orders fired at once",
}


def told(
    exchange: Exchange, events: Sequence[Event], account: str, *, general: bool = True
) -> tuple[str, ...]:
    """The sentences of one command's events; the exchange is as they left it.

    Args:
        account: Whose trader is told; what only concerns other accounts is left out.
        general: Whether what concerns no account in particular is told too.
    """
    about = (OrderAccepted, OrderDone, OrderResized)
    mine = (event for event in events if isinstance(event, about))
    numbers = {event.order_id for event in mine if event.account == account}
    whose = ("", account) if general else (account,)
    own = [event for event in events if _is_told(event, whose, numbers)]
    forced = _forced(own)
    own = [event for event in own if getattr(event, "order_id", None) not in forced]
    leading = _leading(own)
    sentences: list[str] = []
    for number, event in enumerate(own):
        if isinstance(event, OrderAccepted):
            sentences += accepted_told(exchange, event, own)
        elif isinstance(event, OrderAmended):
            sentences += amended_told(exchange, event, own)
        elif isinstance(event, OrderTriggered):
            sentences += triggered_told(exchange, event, own)
        elif isinstance(event, OrderFilled):
            sentences += _resting_fill_told(exchange, event, own, number, leading)
        elif not (isinstance(event, OrderDone) and event.order_id in leading):
            sentences.append(_told_alone(exchange, event))
    return tuple(filter(None, sentences))


def _forced(events: Sequence[Event]) -> set[int]:
    """The orders of liquidations: what they sold or bought, the liquidations tell."""
    if not any(isinstance(event, LiquidationStarted) for event in events):
        return set()
    accepted = (event for event in events if isinstance(event, OrderAccepted))
    return {event.order_id for event in accepted if event.order.note == LIQUIDATION_NOTE}


def _leading(events: Sequence[Event]) -> set[int]:
    """The orders whose fills and end are told with the event that set them going."""
    begins = (OrderAccepted, OrderAmended, OrderTriggered)
    return {event.order_id for event in events if isinstance(event, begins)}


def _resting_fill_told(
    exchange: Exchange, fill: OrderFilled, events: Sequence[Event], number: int, leading: set[int]
) -> list[str]:
    """The fills of a resting order, all of them at its first."""
    own = [one for one in events if isinstance(one, OrderFilled) and one.order_id == fill.order_id]
    earlier = any(event is own[0] for event in events[:number])
    if fill.order_id in leading or earlier:
        return []
    wanted = sum(one.lots for one in own) + own[-1].open_lots
    return [f"order #{fill.order_id} {fills_told(exchange, own, wanted)}"]


def _told_alone(exchange: Exchange, event: Event) -> str:
    """The sentence of an event that stands for itself; empty for one that says nothing new."""
    teller = _TELLERS.get(type(event))
    text = "" if teller is None else teller(exchange, event)
    return Alarm(text) if text and is_alarming(event) else text


def _is_told(event: Event, whose: tuple[str, ...], numbers: set[int]) -> bool:
    """Whether an event concerns one of these accounts."""
    if isinstance(event, SelfTradePrevented):
        return event.incoming_order_id in numbers or event.resting_order_id in numbers
    return getattr(event, "account", "") in whose


def _deposited_told(exchange: Exchange, event: Deposited) -> str:
    del exchange
    amount = decimal_text(quanta_decimal(event.amount_quanta))
    return f"deposited {Decimal(amount):,f} {event.currency}"


def _count_told(exchange: Exchange, event: AllCancelled) -> str:
    del exchange
    if event.orders == 0:
        return "no working order to cancel"
    return f"{_counted(event.orders, 'order')} cancelled"


def _flattened_told(exchange: Exchange, event: Flattened) -> str:
    if event.open_positions:
        left = f"not flat: {_counted(event.open_positions, 'position')} could not be closed"
        symbols = exchange.symbols() if event.symbol is None else [event.symbol]
        still = [
            symbol
            for symbol in symbols
            if (exchange.halt(symbol) is not None or not exchange.is_open(symbol))
            and (held := exchange.position(event.account, symbol)) is not None
            and held.lots
        ]
        if still:
            return f"{left} now: {', '.join(still)} does not trade; flatten again when it does"
        return f"{left} entirely; try again or close by a limit"
    if event.symbol is not None:
        return f"{event.symbol} is flat: no working order and no position left in it"
    return "flat: no working order and no position left"


def _reversed_told(exchange: Exchange, event: Reversed) -> str:
    if event.lots == 0:
        return f"{event.symbol} is flat: the book had nothing more to turn it round"
    way = "long" if event.lots > 0 else "short"
    return f"{event.symbol} is {way} {plain_size_text(exchange, event.symbol, abs(event.lots))} now"


def _killed_told(exchange: Exchange, event: KillEngaged) -> str:
    del exchange
    left = (
        f"{_counted(event.open_positions, 'position')} open"
        if event.open_positions
        else "no position open"
    )
    return (
        f"kill switch engaged: {_counted(event.cancelled_orders, 'order')} cancelled, {left};"
        " only what reduces a position is taken until `release`"
    )


def _halted_told(exchange: Exchange, event: InstrumentHalted) -> str:
    del exchange
    until = (
        "until it is resumed" if event.until_ns is None else f"until {moment_words(event.until_ns)}"
    )
    return f"{event.symbol} is halted {until}: {_HALTED[event.cause]}"


def _basket_told(exchange: Exchange, event: BasketAccepted) -> str:
    del exchange
    share = "" if event.share_ppm == PPM else f", {percent_words(event.share_ppm)} of each"
    return f"basket #{event.basket_id} trades {event.legs} legs{share}"


def _tier_told(exchange: Exchange, event: FeeTierReached) -> str:
    del exchange
    return (
        f"{event.symbol}: fee tier {event.tier + 1} from the next fill on: maker"
        f" {percent_words(event.maker_ppm)}, taker {percent_words(event.taker_ppm)}"
    )


def _breaker_told(exchange: Exchange, event: MarketBreakerSet) -> str:
    price = plain_price_text(exchange, event.symbol, event.reference_ticks)
    return f"a fall of {event.symbol} from {price} halts every instrument"


def _sessions_told(exchange: Exchange, event: SessionsSet) -> str:
    del exchange
    if event.until_ns is None:
        return f"{event.symbol} trades at all times"
    return (
        f"{event.symbol} has {_counted(event.sessions, 'session')} until"
        f" {moment_words(event.until_ns)}"
    )


def refused_words(text: str, reason: Reason, symbol: str) -> str:
    """Why an order was refused; whoever has not what it sells is told the way to sell it short."""
    if reason is not Reason.NOTHING_TO_SELL:
        return text
    return f"{text}; `mode {symbol} cross` lets you sell it short"


def _rejected_told(exchange: Exchange, event: OrderRejected) -> str:
    del exchange
    return refused_words(event.text, event.reason, event.symbol)


def _sent_told(exchange: Exchange, event: CommandSent) -> str:
    del exchange
    return f"on its way: reaches the venue in {(event.arrives_ns - event.ts_ns) // NS_PER_MS} ms"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


_TELLERS: dict[type, Callable[[Exchange, Any], str]] = {
    OrderRejected: _rejected_told,
    CommandRejected: lambda _, event: event.text,
    CommandSent: _sent_told,
    OrderDone: done_told,
    OrderResized: resized_told,
    OrderRefilled: refilled_told,
    TriggerMoved: trailed_told,
    SelfTradePrevented: prevented_told,
    AllCancelled: _count_told,
    Flattened: _flattened_told,
    Reversed: _reversed_told,
    KillEngaged: _killed_told,
    KillReleased: lambda _, event: "kill switch released: the account may trade again",
    BasketAccepted: _basket_told,
    InstrumentHalted: _halted_told,
    InstrumentResumed: lambda _, event: f"{event.symbol} trades again",
    FeesSet: lambda _, event: f"{event.symbol} is charged by {event.schedule} from now on",
    FeeTierReached: _tier_told,
    MarketBreakerSet: _breaker_told,
    SessionsSet: _sessions_told,
    Deposited: _deposited_told,
    **MARGIN_TELLERS,
    **PORTFOLIO_TELLERS,
}

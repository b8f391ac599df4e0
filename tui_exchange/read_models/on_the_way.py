"""Commands that have not reached the venue yet, in a few words each."""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    Flatten,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReplaceOrder,
    Reverse,
)
from engine.core.exchange import Exchange
from tui_exchange.command_line.order_words import describe_order
from tui_exchange.feed_views import OnTheWayView

NS_PER_MS = 1_000_000
WHOLE = "everything"


def on_the_way_views(exchange: Exchange, account: str, now_ns: int) -> tuple[OnTheWayView, ...]:
    """In the order of their arrival; none for an account that is not open."""
    if account not in exchange.accounts():
        return ()
    return tuple(
        OnTheWayView(
            sent_id=each.sent_id,
            what=_WORDS[type(each.command)](exchange, each.command),
            arrives_in_ms=max(0, each.arrives_ns - now_ns) // NS_PER_MS,
        )
        for each in exchange.on_the_way(account)
    )


def _order(exchange: Exchange, command: PlaceOrder) -> str:
    if command.symbol not in exchange.symbols():
        return f"an order in {command.symbol}"
    return describe_order(command, exchange.scale(command.symbol))


_WORDS: dict[type, Callable[[Exchange, Any], str]] = {
    PlaceOrder: _order,
    PlaceOco: lambda exchange, command: f"{_order(exchange, command.first)}, or its partner",
    PlaceBasket: lambda _, command: f"a basket of {len(command.legs)}",
    ProtectPosition: lambda _, command: f"exits of {command.symbol}",
    CancelOrder: lambda _, command: f"cancel #{command.order_id}",
    AmendOrder: lambda _, command: f"amend #{command.order_id}",
    ReplaceOrder: lambda exchange, command: (
        f"replace #{command.order_id} with {_order(exchange, command.order)}"
    ),
    CancelAll: lambda _, command: f"cancel all of {command.symbol or WHOLE}",
    Flatten: lambda _, command: f"flatten {command.symbol or WHOLE}",
    Reverse: lambda _, command: f"reverse {command.symbol}",
}

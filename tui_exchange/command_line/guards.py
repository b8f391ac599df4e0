"""What holds a meaningful order back: too large, sent a moment ago, sent already.

A repeated Enter is harmless in two ways. The pending line keeps its client ids until it is
answered, so the exchange refuses its second copy; and an equal order within two seconds is refused
here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from engine.core.commands import PlaceBasket, PlaceOco, PlaceOrder, ReplaceOrder, Reverse
from tui_exchange.command_line.context import Market
from tui_exchange.command_line.refusals import GuardRefusal

DUPLICATE_WINDOW_NS = 2_000_000_000
Doubled = PlaceOrder | PlaceOco | PlaceBasket | ReplaceOrder | Reverse
"""What does something else when it is sent a second time by mistake."""


@dataclass(frozen=True, slots=True)
class SentOrder:
    """An order or a group of them and when it was sent."""

    order: Doubled
    sent_ns: int


@dataclass(frozen=True, slots=True)
class PendingLine:
    """A line that was entered and not answered yet.

    Attributes:
        text: As typed.
        client_id_base: What the client ids of its orders begin with.
    """

    text: str
    client_id_base: str


def pending_line(text: str, counter: int, unanswered: PendingLine | None) -> PendingLine:
    """The line that an Enter sends: the unanswered one when it has the same text.

    Args:
        text: As typed.
        counter: Never given before for this account, also not before a restart.
        unanswered: The line that was entered last, while it waits for its answer.
    """
    if unanswered is not None and unanswered.text == text:
        return unanswered
    return PendingLine(text, f"line-{counter}")


def client_id(base: str, number: int) -> str:
    """The client id of a line's order; `number` counts the line's orders from 0."""
    return f"{base}-{number}"


def check_size_cap(lots: int, market: Market) -> None:
    """Hold back an order above the symbol's cap.

    Raises:
        GuardRefusal: Names the cap.
    """
    cap = market.size_cap_lots
    if cap is not None and lots > cap:
        size = market.scale.size_decimal
        raise GuardRefusal(
            f"{size(lots)} is above the size cap of {market.symbol}, {size(cap)};"
            f" reduce it or raise the cap",
            f"{size(cap):f}",
        )


def check_duplicate(order: Doubled, sent: Iterable[SentOrder], now_ns: int) -> None:
    """Hold back an order that equals one sent within the last two seconds, ids apart.

    Raises:
        GuardRefusal: Says how long ago, and how long to wait.
    """
    wanted = _without_id(order)
    for earlier in sent:
        age_ns = now_ns - earlier.sent_ns
        if age_ns < DUPLICATE_WINDOW_NS and _without_id(earlier.order) == wanted:
            raise GuardRefusal(
                f"the same order was sent {max(0, age_ns) // 1_000_000} ms ago; to send it again"
                f" wait {DUPLICATE_WINDOW_NS // 1_000_000_000} seconds, or change it"
            )


def recent(sent: Iterable[SentOrder], now_ns: int) -> tuple[SentOrder, ...]:
    """The orders that the duplicate check still looks at; the rest can be forgotten."""
    return tuple(one for one in sent if now_ns - one.sent_ns < DUPLICATE_WINDOW_NS)


def _without_id(sent: Doubled) -> Doubled:
    if isinstance(sent, PlaceOrder):
        return _order_without_id(sent)
    if isinstance(sent, PlaceOco):
        first, second = _order_without_id(sent.first), _order_without_id(sent.second)
        return msgspec.structs.replace(sent, first=first, second=second)
    if isinstance(sent, PlaceBasket):
        legs = tuple(_order_without_id(leg) for leg in sent.legs)
        return msgspec.structs.replace(sent, legs=legs)
    if isinstance(sent, ReplaceOrder):
        return msgspec.structs.replace(sent, order=_order_without_id(sent.order))
    return sent


def _order_without_id(order: PlaceOrder) -> PlaceOrder:
    """What tells two orders apart besides their id; an end counted from now moves with now."""
    return msgspec.structs.replace(order, client_id="", expires_ns=None)

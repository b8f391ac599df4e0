"""What the ladder's trading keys mean, as command lines. Pure: a view in, text out.

Prices are those that stand on the screen, never "the best at the moment of arrival": a key acts on
what the trader saw. Joining and bettering are post-only, so that a market that moved refuses them
instead of making them takers; lifting and hitting stop at the price seen.
"""

from collections.abc import Sequence

from engine.core.commands import OrderType, Side
from engine.core.units import Scale
from tui_exchange.number_text import plain_price, plain_size, price_text
from tui_exchange.views import LadderView, OrderView, OwnOrderAtPrice

NS_PER_SECOND = 1_000_000_000
HOLD_NS = 700_000_000
"""A key that comes again within this time is a key held down: terminals wait up to 660 ms before
they repeat one."""


class NoOrder(Exception):
    """The key means nothing here; the sentence says why and what to do."""


class HeldKeys:
    """Tells a key held down from a key pressed again, so that one press is one order."""

    def __init__(self) -> None:
        self._line = ""
        self._seen_ns: int | None = None

    def is_held(self, line: str, now_ns: int) -> bool:
        """The same line came a moment ago; each call counts as a press."""
        before, self._seen_ns = self._seen_ns, now_ns
        same, self._line = line == self._line, line
        return same and before is not None and 0 <= now_ns - before < HOLD_NS


def passive_line(view: LadderView, scale: Scale, side: Side, lots: int, better_ticks: int) -> str:
    """An order that joins its side of the touch, or stands `better_ticks` inside the spread."""
    price = view.bid_ticks if side is Side.BUY else view.ask_ticks
    if price is None:
        raise NoOrder(f"there is no {_touch(side)} to join; use : to name a price")
    other = view.ask_ticks if side is Side.BUY else view.bid_ticks
    better = price + better_ticks if side is Side.BUY else price - better_ticks
    touches = other is not None and (better >= other if side is Side.BUY else better <= other)
    if better_ticks and touches:
        raise NoOrder("the spread is one tick: there is no better price that does not trade")
    return order_line(view.symbol, scale, side, lots, better, "po")


def taking_line(view: LadderView, scale: Scale, side: Side, lots: int) -> str:
    """An order that trades at once with the best price seen, and no worse."""
    price = view.ask_ticks if side is Side.BUY else view.bid_ticks
    if price is None:
        raise NoOrder(f"there is no {_touch(side.opposite)} to trade with; use : to name a price")
    return order_line(view.symbol, scale, side, lots, price, "ioc")


def cursor_side(view: LadderView, price_ticks: int) -> Side | None:
    """What an order at a price would be: a buy up to the bid, a sell from the ask, else unclear."""
    if view.bid_ticks is not None and price_ticks <= view.bid_ticks:
        return Side.BUY
    if view.ask_ticks is not None and price_ticks >= view.ask_ticks:
        return Side.SELL
    if view.bid_ticks is None or view.ask_ticks is None:
        return None
    twice_from_bid = 2 * (price_ticks - view.bid_ticks)
    spread = view.ask_ticks - view.bid_ticks
    return None if twice_from_bid == spread else Side.BUY if twice_from_bid < spread else Side.SELL


def cursor_line(
    view: LadderView, scale: Scale, price_ticks: int, meant: Side | None, lots: int
) -> str:
    """An order at the cursor, of the side that the cursor had when it was put there."""
    price = price_text(scale, price_ticks)
    if meant is None:
        raise NoOrder(f"{price} is in the middle of the spread: move the cursor towards a side")
    if cursor_side(view, price_ticks) is not meant:
        raise NoOrder(f"the market has crossed {price}: move the cursor to say which side you mean")
    return order_line(view.symbol, scale, meant, lots, price_ticks, "")


def order_line(
    symbol: str, scale: Scale, side: Side, lots: int, price_ticks: int, flag: str
) -> str:
    """The command line of one limit order."""
    price, size = plain_price(scale, price_ticks), plain_size(scale, lots)
    return f"{side.value} {size} {symbol} at {price} {flag}".rstrip()


def cancel_line(own: tuple[OwnOrderAtPrice, ...]) -> str:
    """Withdraw the orders of one row."""
    if not own:
        raise NoOrder("no order of yours at the cursor; O goes to the list of working orders")
    return "; ".join(f"cancel #{order.order_id}" for order in own)


def nudge_line(own: tuple[OwnOrderAtPrice, ...], step_ticks: int) -> str:
    """Move the orders of one row by some ticks: limits, and the triggers of those that wait."""
    if not own:
        raise NoOrder("no order of yours at the cursor to move")
    return "; ".join(
        f"move #{order.order_id} {'trigger ' if order.waits else ''}{step_ticks:+d}t"
        for order in own
    )


def exit_line(view: LadderView, scale: Scale, price_ticks: int, lots: int, is_spot: bool) -> str:
    """A stop at the cursor; a take-profit where the position would gain.

    With a position it guards the whole of that and follows its size; without one it is a stop that
    enters when the price comes there.
    """
    price, last = plain_price(scale, price_ticks), view.last_ticks
    if last is None:
        raise NoOrder(f"{view.symbol} has not traded yet: no price would fire a stop")
    if price_ticks == last:
        raise NoOrder("the last trade was at the cursor: a stop there would fire at once")
    above = price_ticks > last
    if view.position_lots:
        gains = above is (view.position_lots > 0)
        return f"protect {view.symbol} {'tp' if gains else 'sl'} {price}"
    if is_spot and not above:
        raise NoOrder(f"no position in {view.symbol} to guard, and spot cannot be sold short")
    side = Side.BUY if above else Side.SELL
    return f"stop {side.value} {plain_size(scale, lots)} {view.symbol} at {price}"


def break_even_line(view: LadderView, scale: Scale, orders: Sequence[OrderView]) -> str:
    """Move the stops of a position to where closing it costs nothing; one is set if none is there.

    Args:
        orders: Every live order of the account.
    """
    if not view.position_lots or view.break_even_ticks is None:
        raise NoOrder(f"no position in {view.symbol} whose stop could go to break-even")
    price = plain_price(scale, view.break_even_ticks)
    against = Side.SELL if view.position_lots > 0 else Side.BUY
    stops = [
        order.order_id
        for order in orders
        if order.symbol == view.symbol
        and order.side is against
        and order.waits
        and order.order_type in (OrderType.STOP, OrderType.STOP_LIMIT)
    ]
    if not stops:
        return f"protect {view.symbol} sl {price}"
    return "; ".join(f"move #{order_id} trigger {price}" for order_id in stops)


def _touch(side: Side) -> str:
    return "bid" if side is Side.BUY else "ask"

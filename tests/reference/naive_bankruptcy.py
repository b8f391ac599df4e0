"""The price at which a position leaves its owner nothing, and orders that the exchange sends."""

from fractions import Fraction

from engine.core.commands import OrderType, PlaceOrder, Side, TimeInForce
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_margin import signed_worth
from tests.reference.naive_means import mark
from tests.reference.naive_orders import accept, draft, enter
from tests.reference.naive_state import NaiveState
from tests.reference.naive_terms import PRICE_MAX


def bankruptcy_value(x: NaiveState, account: str, symbol: str, left: int, lots: int) -> int:
    """What closing so many lots brings (negative: costs) at the price that leaves nothing.

    Where no price would, as no price is below zero or beyond all bounds, it is nothing.
    """
    held, at = x.position_lots(account, symbol), mark(x, symbol)
    assert at is not None, "what has no mark is not liquidated"
    part = lots if held > 0 else -lots
    worth = signed_worth(x.instruments[symbol], at, part)
    value = worth - round(Fraction(left * lots, abs(held)))
    return max(0, value) if worth > 0 else min(0, value)


def bankruptcy_ticks(x: NaiveState, account: str, symbol: str, left: int) -> int | None:
    """The last tick at which closing everything leaves nothing owed; None: there is none."""
    terms, held = x.instruments[symbol], x.position_lots(account, symbol)
    at = mark(x, symbol)
    assert at is not None, "what has no mark is not liquidated"
    now = signed_worth(terms, at, held)

    def pays(ticks: int) -> bool:
        return left + signed_worth(terms, ticks, held) - now >= 0

    best, worst = (PRICE_MAX, 1) if held > 0 else (1, PRICE_MAX)
    if pays(worst):
        return worst
    if not pays(best):
        return None
    while abs(best - worst) > 1:
        middle = (best + worst) // 2
        best, worst = (middle, worst) if pays(middle) else (best, middle)
    return best


def take(
    x: NaiveState, account: str, symbol: str, lots: int, limit: int, note: str
) -> NaiveOrder | None:
    """Sell (negative: buy) what the book takes at a limit or better; None: it takes nothing."""
    side = Side.SELL if lots > 0 else Side.BUY
    if not x.book.facing(symbol, side, limit):
        return None
    command = PlaceOrder(
        account=account,
        symbol=symbol,
        side=side,
        order_type=OrderType.LIMIT,
        lots=abs(lots),
        price_ticks=limit,
        time_in_force=TimeInForce.IOC,
        note=note,
    )
    order = accept(x, draft(x, command))
    enter(x, order)
    return order

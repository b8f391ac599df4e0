"""What follows from a command, or from what comes due by itself."""

from engine.core.events import EndCause
from tests.reference.naive_deficits import cover
from tests.reference.naive_endings import end
from tests.reference.naive_firing import after
from tests.reference.naive_fund import tend
from tests.reference.naive_liquidation import liquidate
from tests.reference.naive_means import available, held_in
from tests.reference.naive_money import INSURANCE
from tests.reference.naive_pools import breached, pool_of, warn
from tests.reference.naive_state import NaiveState


def conclude(x: NaiveState) -> None:
    """Orders fire, what they closed is covered, pools and the fund are looked at; and again."""
    while True:
        after(x)
        for account, symbol in x.shrunk:
            _cover(x, account, symbol)
        x.shrunk = []
        if not x.touched:
            return
        look(x)


def look(x: NaiveState) -> None:
    """Look at every pool that was touched, in order of its owner's opening, then at the fund.

    What is liquidated is touched by that: it is looked at again, once all that follows happened.
    """
    touched, x.touched = x.touched, []
    for account in x.accounts:
        listed = [symbol for symbol in x.instruments if (account, symbol) in touched]
        for pool in dict.fromkeys(pool_of(x, account, symbol) for symbol in listed):
            if breached(x, pool) and liquidate(x, pool):
                continue
            warn(x, pool)
            cover(x, pool)
    if any(account == INSURANCE for account, _ in touched):
        tend(x)
        x.touched = [place for place in x.touched if place[0] != INSURANCE]


def _cover(x: NaiveState, account: str, symbol: str) -> None:
    """Closing orders, newest first, hold margin for what there is no position to close."""
    currency = x.instruments[symbol].settlement
    for order in reversed(x.orders_of(account, symbol)):
        if order.reduce_only or not x.rests(order):
            continue
        closable = x.closable(account, symbol, order.side)
        cut = min(order.closing, x.counted(account, symbol) - closable)
        if cut > 0:
            before = held_in(x, account, symbol)
            order.closing -= cut
            if held_in(x, account, symbol) > before and available(x, account, currency) < 0:
                end(x, order, EndCause.MARGIN_MISSING)

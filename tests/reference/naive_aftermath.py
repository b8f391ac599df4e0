"""What follows from a command, or from what comes due by itself."""

from engine.core.events import EndCause
from tests.reference.naive_deficits import cover
from tests.reference.naive_endings import end
from tests.reference.naive_firing import after
from tests.reference.naive_fund import mend, offer
from tests.reference.naive_liquidation import liquidate
from tests.reference.naive_means import available, held_in
from tests.reference.naive_pools import breached, pool_of, warn
from tests.reference.naive_state import NaiveState


def conclude(x: NaiveState) -> None:
    """Orders fire, what they closed is covered, pools are looked at, then the fund; and again."""
    while True:
        after(x)
        for account, symbol in x.shrunk:
            _cover(x, account, symbol)
        x.shrunk = []
        if not look(x) and not tend_fund(x):
            return


def look(x: NaiveState) -> bool:
    """Look at every pool that was touched, in order of its owner's opening; whether that did more.

    What is liquidated is looked at again, once what followed from that has happened.
    """
    touched, x.touched = x.touched, []
    did = False
    for account in x.accounts:
        listed = [symbol for symbol in x.instruments if (account, symbol) in touched]
        for pool in dict.fromkeys(pool_of(x, account, symbol) for symbol in listed):
            if breached(x, pool):
                liquidate(x, pool)
                did = True
            else:
                warn(x, pool)
            cover(x, pool)
    return did


def tend_fund(x: NaiveState) -> bool:
    """Offer what the fund has where a mark changed, and see that it owes nothing."""
    marked, x.marked = x.marked, []
    did = [offer(x, symbol) for symbol in x.instruments if symbol in marked]
    if any(did):
        return True
    currencies = dict.fromkeys(terms.settlement for terms in x.instruments.values())
    mended = [mend(x, currency) for currency in currencies]
    return any(mended)


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

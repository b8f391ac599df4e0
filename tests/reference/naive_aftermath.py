"""What follows from a command, or from what comes due by itself."""

from engine.core.events import EndCause
from tests.reference.naive_endings import end
from tests.reference.naive_firing import after
from tests.reference.naive_means import available, held_in
from tests.reference.naive_pools import look
from tests.reference.naive_state import NaiveState


def conclude(x: NaiveState) -> None:
    """Orders fire, what they closed is covered, and what answers for positions is looked at."""
    after(x)
    for account, symbol in x.shrunk:
        _cover(x, account, symbol)
    x.shrunk = []
    look(x)


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

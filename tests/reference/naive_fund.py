"""The insurance fund: what it can carry, how it gets rid of it, and what it owes in the end."""

from tests.reference import naive_pools
from tests.reference.naive_bankruptcy import bankruptcy_value, take
from tests.reference.naive_deficits import socialise
from tests.reference.naive_deleveraging import deleverage
from tests.reference.naive_margin import signed_worth
from tests.reference.naive_means import mark
from tests.reference.naive_money import INSURANCE
from tests.reference.naive_pools import Pool
from tests.reference.naive_state import NaiveState


def fund(currency: str) -> Pool:
    return Pool(INSURANCE, None, currency)


def can_carry(x: NaiveState, pool: Pool, symbol: str, left: int, lots: int) -> int:
    """How many lots of a bankrupt position the fund can pay for; without a loss, any number."""
    able = naive_pools.equity(x, fund(x.instruments[symbol].settlement))
    return max(
        (part for part in range(lots + 1) if loss(x, pool, symbol, left, part) <= able), default=0
    )


def loss(x: NaiveState, pool: Pool, symbol: str, left: int, lots: int) -> int:
    """What the fund loses, at the mark, on so many lots that it takes over."""
    at, held = mark(x, symbol), x.position_lots(pool.account, symbol)
    assert at is not None, "what has no mark is not liquidated"
    worth = signed_worth(x.instruments[symbol], at, lots if held > 0 else -lots)
    return max(0, bankruptcy_value(x, pool.account, symbol, left, lots) - worth)


def tend(x: NaiveState) -> None:
    """Offer what the fund has at the mark; what it cannot carry is closed against its opposite."""
    held = [symbol for account, symbol in x.money.positions if account == INSURANCE]
    for symbol in held:
        lots, at = x.position_lots(INSURANCE, symbol), mark(x, symbol)
        if not lots or at is None or not x.trades(symbol) or x.stale(symbol):
            continue
        pool = fund(x.instruments[symbol].settlement)
        if naive_pools.equity(x, pool) >= 0:
            take(x, INSURANCE, symbol, lots, at, "insurance fund")
            continue
        left = naive_pools.equity(x, pool)
        value = bankruptcy_value(x, INSURANCE, symbol, left, abs(lots))
        deleverage(x, INSURANCE, symbol, abs(lots), value)
        owed = -naive_pools.equity(x, pool)
        if owed > 0:
            socialise(x, INSURANCE, INSURANCE, pool.currency, owed)

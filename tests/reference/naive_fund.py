"""The insurance fund: what it can carry, how it gets rid of it, and what it owes in the end."""

from fractions import Fraction

from tests.reference import naive_pools
from tests.reference.naive_bankruptcy import bankruptcy_value, take
from tests.reference.naive_deficits import socialise
from tests.reference.naive_deleveraging import deleverage
from tests.reference.naive_means import mark
from tests.reference.naive_money import INSURANCE
from tests.reference.naive_pools import Pool
from tests.reference.naive_state import NaiveState


def fund(currency: str) -> Pool:
    return Pool(INSURANCE, None, currency)


def can_carry(x: NaiveState, pool: Pool, symbol: str, equity: int, lots: int) -> int:
    """How many lots of a bankrupt position the fund can pay for; without a loss, any number."""
    held = abs(x.position_lots(pool.account, symbol))
    currency = x.instruments[symbol].settlement
    if equity >= 0:
        return lots if naive_pools.equity(x, fund(currency)) >= 0 else 0
    balance = x.money.balance(INSURANCE, currency)
    able = [t for t in range(lots + 1) if round(Fraction(-equity * t, held)) <= balance]
    return max(able, default=0)


def offer(x: NaiveState, symbol: str) -> bool:
    """What the fund has of a market goes to the book, not worse than at the mark."""
    lots, at = x.position_lots(INSURANCE, symbol), mark(x, symbol)
    if not lots or at is None or not x.trades(symbol) or x.stale(symbol):
        return False
    return take(x, INSURANCE, symbol, lots, at, "insurance fund") is not None


def mend(x: NaiveState, currency: str) -> bool:
    """A fund that owes more than it has is deleveraged itself, and what is left is shared."""
    pool = fund(currency)
    if naive_pools.equity(x, pool) >= 0:
        return False
    held = [symbol for symbol in naive_pools.symbols(x, pool) if mark(x, symbol) is not None]
    needs = {symbol: naive_pools.maintenance_of(x, INSURANCE, symbol) for symbol in held}
    for symbol in sorted(held, key=lambda one: -needs[one]):
        if naive_pools.equity(x, pool) < 0:
            _close(x, pool, symbol)
    owed = -naive_pools.equity(x, pool)
    if owed > 0:
        socialise(x, INSURANCE, INSURANCE, currency, owed)
    return True


def _close(x: NaiveState, pool: Pool, symbol: str) -> None:
    lots = abs(x.position_lots(INSURANCE, symbol))
    deleverage(
        x,
        INSURANCE,
        symbol,
        lots,
        lambda part: bankruptcy_value(x, INSURANCE, symbol, naive_pools.equity(x, pool), part),
    )

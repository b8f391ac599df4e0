"""Where the current portfolio stands on margin, as the exchange counts it."""

from typing import NamedTuple

from engine.core.exchange import Exchange
from engine.core.margin_terms import CROSS
from engine.core.perps.foresight import PoolStanding


class PoolView(NamedTuple):
    """The cross positions that settle in one currency, and what answers for them."""

    currency: str
    standing: PoolStanding


class FundingView(NamedTuple):
    """What the portfolio's position in one instrument has to do with its next funding."""

    expected_quanta: int
    """What it would pay if the interval ended now; negative: it would receive."""
    in_ns: int


def funding_view(exchange: Exchange, account: str, symbol: str, now_ns: int) -> FundingView | None:
    """The next funding of a position; None without a position, or where nothing is known of it."""
    if account not in exchange.accounts():
        return None
    standing = exchange.funding(symbol)
    expected = exchange.funding_expected(account, symbol)
    if standing is None or expected is None:
        return None
    return FundingView(expected, max(0, standing.next_ns - now_ns))


def pool_views(exchange: Exchange, account: str) -> tuple[PoolView, ...]:
    """Every pool that answers for an open position, in the order of first trades."""
    if account not in exchange.accounts():
        return ()
    held = exchange.positions(account)
    currencies = dict.fromkeys(
        exchange.instrument(symbol).settlement
        for symbol, position in held.items()
        if position.lots and exchange.margin_mode(account, symbol) is CROSS
    )
    return tuple(PoolView(each, exchange.pool(account, each)) for each in currencies)

"""Where the current portfolio stands on margin, as the exchange counts it."""

from typing import NamedTuple

from engine.core.exchange import Exchange
from engine.core.margin_terms import CROSS
from engine.core.perps.foresight import PoolStanding


class PoolView(NamedTuple):
    """The cross positions that settle in one currency, and what answers for them."""

    currency: str
    standing: PoolStanding


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

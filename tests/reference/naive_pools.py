"""What answers for positions, what it must not fall to, and the warnings before it does."""

from dataclasses import dataclass

from engine.core import events as e
from engine.core.margin_terms import MarginMode
from tests.reference import naive_margin
from tests.reference.naive_margin import worth
from tests.reference.naive_means import crossed, mark, unrealised
from tests.reference.naive_settling import isolated
from tests.reference.naive_state import NaiveState

LEVELS = (80, 90, 95)


@dataclass(frozen=True)
class Pool:
    """All cross positions of an account that settle in one currency, or one isolated position."""

    account: str
    symbol: str | None
    currency: str


def pool_of(x: NaiveState, account: str, symbol: str) -> Pool:
    alone = x.mode(account, symbol) is MarginMode.ISOLATED
    return Pool(account, symbol if alone else None, x.instruments[symbol].settlement)


def symbols(x: NaiveState, pool: Pool) -> list[str]:
    """The instruments of its open positions, in order of listing."""
    if pool.symbol is None:
        return crossed(x, pool.account, pool.currency)
    return [pool.symbol] if x.position_lots(pool.account, pool.symbol) else []


def cash(x: NaiveState, pool: Pool) -> int:
    owner = pool.account if pool.symbol is None else isolated(pool.account, pool.symbol)
    return x.money.balance(owner, pool.currency)


def equity(x: NaiveState, pool: Pool) -> int:
    profit = sum(unrealised(x, pool.account, symbol) for symbol in symbols(x, pool))
    return cash(x, pool) + profit


def maintenance_of(x: NaiveState, account: str, symbol: str) -> int:
    """Of one position: at the mark, but at cost while isolated or without a mark."""
    position, terms, at = x.money.position(account, symbol), x.instruments[symbol], mark(x, symbol)
    if position is None or not position.lots:
        return 0
    value = abs(position.cost)
    if at is not None and x.mode(account, symbol) is MarginMode.CROSS:
        value = worth(terms, at, abs(position.lots))
    return naive_margin.maintenance(terms, abs(position.lots), value)


def maintenance(x: NaiveState, pool: Pool) -> int:
    return sum(maintenance_of(x, pool.account, symbol) for symbol in symbols(x, pool))


def breached(x: NaiveState, pool: Pool) -> bool:
    return 0 < maintenance(x, pool) >= equity(x, pool)


def answers_for(x: NaiveState, pool: Pool, symbol: str) -> bool:
    """Whether a pool is the one that answers for what its account trades there on margin."""
    return x.margined(pool.account, symbol) and pool_of(x, pool.account, symbol) == pool


def warn(x: NaiveState, pool: Pool) -> None:
    """Say once how much of what answers for the positions is used; again after less than 80%."""
    needed, there = maintenance(x, pool), equity(x, pool)
    reached = [level for level in LEVELS if needed and needed * 100 >= level * there]
    before = x.warned.get(pool, 0)
    if not reached:
        x.warned[pool] = 0
    elif reached[-1] > before:
        x.warned[pool] = reached[-1]
        x.say(
            e.MarginWarning,
            account=pool.account,
            symbol=pool.symbol,
            currency=pool.currency,
            level_pct=reached[-1],
            equity_quanta=there,
            maintenance_quanta=needed,
        )

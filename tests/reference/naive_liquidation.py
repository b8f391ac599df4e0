"""What happens to a pool whose maintenance is more than it has, position by position."""

from dataclasses import dataclass, replace

from engine.core import events as e
from engine.core.commands import Side
from engine.core.events import EndCause, LiquidationOutcome, ReducedBy
from tests.reference import naive_margin, naive_pools
from tests.reference.naive_bankruptcy import bankruptcy_ticks, bankruptcy_value, take
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_deficits import cover
from tests.reference.naive_deleveraging import deleverage
from tests.reference.naive_endings import end
from tests.reference.naive_fund import can_carry
from tests.reference.naive_margin import PPM, signed_worth, worth
from tests.reference.naive_means import mark, own_hold, pays_in
from tests.reference.naive_money import INSURANCE, Fill, NaivePosition, fold, share
from tests.reference.naive_pools import Pool, breached, equity, maintenance, maintenance_of
from tests.reference.naive_settling import give_back, purse, settle_value
from tests.reference.naive_state import NaiveState


def liquidate(x: NaiveState, pool: Pool) -> bool:
    """Until it is healthy, flat, or only has what cannot be closed now; False: nothing can."""
    if _chosen(x, pool) is None:
        return False
    _say(x, e.LiquidationStarted, pool)
    for order in x.orders_of(pool.account):
        mine = naive_pools.answers_for(x, pool, order.symbol) or _takes(x, pool, order)
        if mine and order in x.live:
            end(x, order, EndCause.LIQUIDATION)
    x.liquidating = pool.account, pool.symbol
    outcome = LiquidationOutcome.HEALTHY
    while breached(x, pool):
        symbol = _chosen(x, pool)
        if symbol is None:
            outcome = LiquidationOutcome.WAITING
            break
        _reduce(x, pool, symbol, _wanted(x, pool, symbol))
    x.liquidating = None
    if not naive_pools.symbols(x, pool):
        outcome = LiquidationOutcome.CLOSED
        if pool.symbol is not None:
            give_back(x, pool.account, pool.symbol)
    cover(x, pool)
    _say(x, e.LiquidationEnded, pool, outcome=outcome)
    return True


def _takes(x: NaiveState, pool: Pool, order: NaiveOrder) -> bool:
    """Whether an order holds money that answers for cross positions."""
    cash = pool.symbol is None and pays_in(x, order) == pool.currency
    return cash and x.rests(order) and own_hold(x, order) > 0


def _say(x: NaiveState, kind: type, pool: Pool, **more: object) -> None:
    x.say(
        kind,
        account=pool.account,
        symbol=pool.symbol,
        currency=pool.currency,
        equity_quanta=equity(x, pool),
        maintenance_quanta=maintenance(x, pool),
        **more,
    )


def _chosen(x: NaiveState, pool: Pool) -> str | None:
    """The position that needs most, of those with a mark whose market trades."""
    able = [
        symbol
        for symbol in naive_pools.symbols(x, pool)
        if mark(x, symbol) is not None and x.trades(symbol) and not x.stale(symbol)
    ]
    return max(able, key=lambda symbol: maintenance_of(x, pool.account, symbol), default=None)


# How much


def _wanted(x: NaiveState, pool: Pool, symbol: str) -> int:
    """How many lots are to be closed now."""
    terms = x.instruments[symbol]
    held = abs(x.position_lots(pool.account, symbol))
    lots = held
    if equity(x, pool) > 0:
        if terms.liquidation_step_ppm is not None:
            lots = -(-held * terms.liquidation_step_ppm // PPM)
        else:
            there = equity(x, pool)
            others = maintenance(x, pool) - maintenance_of(x, pool.account, symbol)
            lots = next(
                (q for q in range(1, held) if _restores(x, pool, symbol, q, there, others)), held
            )
    lots = min(held, max(lots, terms.lots_min))
    return held if held - lots < terms.lots_min else lots


def _restores(x: NaiveState, pool: Pool, symbol: str, lots: int, there: int, others: int) -> bool:
    """Whether closing so many at the mark leaves 110% of maintenance, the fee paid.

    Args:
        there: The pool's equity.
        others: The maintenance of its other positions.
    """
    terms, at = x.instruments[symbol], mark(x, symbol)
    position = x.money.position(pool.account, symbol)
    assert position is not None
    assert at is not None
    fee = share(worth(terms, at, lots), terms.liquidation_fee_ppm)
    left = replace(position, tranches=list(position.tranches))
    _fold_at_mark(x, left, pool.account, symbol, lots, at)
    value = abs(left.cost) if pool.symbol is not None else worth(terms, at, abs(left.lots))
    needed = naive_margin.maintenance(terms, abs(left.lots), value)
    return 10 * (there - fee) >= 11 * (others + needed)


def _fold_at_mark(
    x: NaiveState, position: NaivePosition, account: str, symbol: str, lots: int, at: int
) -> None:
    signed = lots if position.lots > 0 else -lots
    value = -signed_worth(x.instruments[symbol], at, signed)
    fill = Fill(account, symbol, -signed, value, 0)
    fill.method = x.profile(account).lot_method
    fold(position, fill)


# Closing it


def _reduce(x: NaiveState, pool: Pool, symbol: str, lots: int) -> None:
    """By the book, then by the fund, then by holders of the opposite, then by the fund anyway."""
    lots -= _by_book(x, pool, symbol, lots)
    if lots:
        part = can_carry(x, pool, symbol, equity(x, pool), lots)
        lots -= _by_fund(x, pool, symbol, part)
    if lots:
        lots -= _by_deleveraging(x, pool, symbol, lots)
    if lots:
        _by_fund(x, pool, symbol, lots)


def _by_book(x: NaiveState, pool: Pool, symbol: str, lots: int) -> int:
    account = pool.account
    position = x.money.position(account, symbol)
    limit = bankruptcy_ticks(x, account, symbol, equity(x, pool))
    if limit is None or position is None:
        return 0
    long, before, first = position.lots > 0, position.realised, len(x.events)
    order = take(x, account, symbol, lots if long else -lots, limit, "liquidation")
    if order is None or not order.filled:
        return 0
    value = sum(
        worth(x.instruments[symbol], told.price_ticks, told.lots)
        for told in x.events[first:]
        if isinstance(told, e.OrderFilled) and told.order_id == order.order_id
    )
    done = Reduction(order.side, ReducedBy.BOOK, order.filled, value, position.realised - before)
    _say_reduced(x, pool, symbol, done)
    return order.filled


def _by_fund(x: NaiveState, pool: Pool, symbol: str, lots: int) -> int:
    """The insurance fund takes lots over at the price that leaves nothing."""
    if lots:
        held = x.position_lots(pool.account, symbol)
        part = lots if held > 0 else -lots
        value = bankruptcy_value(x, pool.account, symbol, equity(x, pool), lots)
        realised = settle_value(x, pool.account, symbol, -part, -value)
        settle_value(x, INSURANCE, symbol, part, value)
        done = Reduction(_closing(held), ReducedBy.FUND, lots, abs(value), realised)
        _say_reduced(x, pool, symbol, done)
    return lots


def _by_deleveraging(x: NaiveState, pool: Pool, symbol: str, lots: int) -> int:
    side = _closing(x.position_lots(pool.account, symbol))
    value = bankruptcy_value(x, pool.account, symbol, equity(x, pool), lots)
    lots, value, realised = deleverage(x, pool.account, symbol, lots, value)
    if lots:
        done = Reduction(side, ReducedBy.DELEVERAGING, lots, abs(value), realised)
        _say_reduced(x, pool, symbol, done)
    return lots


def _closing(lots: int) -> Side:
    return Side.SELL if lots > 0 else Side.BUY


@dataclass(frozen=True)
class Reduction:
    side: Side
    by: ReducedBy
    lots: int
    value: int
    realised: int


def _say_reduced(x: NaiveState, pool: Pool, symbol: str, done: Reduction) -> None:
    """The fee is never more than what is left."""
    terms, position = x.instruments[symbol], x.money.position(pool.account, symbol)
    assert position is not None
    fee = min(share(done.value, terms.liquidation_fee_ppm), max(0, equity(x, pool)))
    x.money.move(purse(x, pool.account, symbol), INSURANCE, terms.settlement, fee)
    position.fees += fee
    x.touch(pool.account, symbol)
    x.say(
        e.PositionLiquidated,
        account=pool.account,
        symbol=symbol,
        side=done.side,
        by=done.by,
        lots=done.lots,
        value_quanta=done.value,
        fee_quanta=fee,
        realised_quanta=done.realised,
        lots_left=position.lots,
    )

"""Closing positions whose margin is used up: orders first, then the book, the fund, deleveraging.

Only the mark decides. Each step takes what restores 110% of maintenance, or a fixed share where the
instrument says so, or all of it once the equity is gone. It is sent into the book no further than
the bankruptcy price, at which nothing would be left; what the book does not take goes to the
insurance fund at that price as far as it can pay, and the rest to the holders of the other side.
"""

from engine.core.accounts import Position
from engine.core.commands import LIMIT_ORDER, PlaceOrder, Side, TimeInForce
from engine.core.events import (
    EndCause,
    LiquidationEnded,
    LiquidationOutcome,
    LiquidationStarted,
    OrderFilled,
    PositionLiquidated,
    ReducedBy,
)
from engine.core.market import Market
from engine.core.orders.ending import withdraw
from engine.core.perps import debts, insurance, restoring
from engine.core.perps.bankruptcy import bankruptcy_ticks, bankruptcy_value, mark_value
from engine.core.perps.deleveraging import deleverage
from engine.core.perps.estate import Estate, can_trade
from engine.core.perps.transferring import close_part, closing_side, signed_part, take_over
from engine.core.state import State
from engine.core.units import share_toward_zero

STEPS_MAX = 1_000
"""A liquidation that takes longer waits for the next mark."""


def in_breach(state: State, estate: Estate) -> bool:
    """Whether what answers for an estate's positions has fallen to their maintenance."""
    needed = estate.maintenance_quanta(state)
    return needed > 0 and needed >= estate.equity_quanta(state)


def liquidate(state: State, estate: Estate) -> bool:
    """Bring an estate in breach back to health, as far as its instruments trade now.

    Returns:
        False when none of them does, so that nothing was done.
    """
    if _choose(state, estate) is None:
        return False
    state.events.append(
        LiquidationStarted(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=estate.account.name,
            symbol=estate.symbol,
            currency=estate.purse.currency,
            equity_quanta=estate.equity_quanta(state),
            maintenance_quanta=estate.maintenance_quanta(state),
        )
    )
    _withdraw_orders(state, estate)
    seized = [position for _, position in estate.positions(state)]
    for position in seized:
        position.seized = True
    outcome = _reduce(state, estate)
    for position in seized:
        position.seized = False
    _end(state, estate, outcome)
    return True


def _reduce(state: State, estate: Estate) -> LiquidationOutcome:
    for _ in range(STEPS_MAX):
        if not estate.positions(state):
            return LiquidationOutcome.CLOSED
        if not in_breach(state, estate):
            return LiquidationOutcome.HEALTHY
        chosen = _choose(state, estate)
        if chosen is None:
            break
        _step(state, estate, *chosen)
    return LiquidationOutcome.WAITING


def _choose(state: State, estate: Estate) -> tuple[Market, Position] | None:
    """The position that needs most, of those that can be traded; the first listed of equal ones."""
    tradable = [each for each in estate.positions(state) if can_trade(state, each[0])]
    if not tradable:
        return None
    return max(tradable, key=lambda each: each[1].maintenance_quanta)


def _withdraw_orders(state: State, estate: Estate) -> None:
    """Its orders go first, and with cross positions all that were to take of the money behind."""
    for order in tuple(estate.account.orders.values()):
        if order.order_id not in state.orders:
            continue
        market = state.markets[order.symbol]
        position = estate.account.positions.get(order.symbol)
        if estate.symbol is not None:
            concerned = order.symbol == estate.symbol
        else:
            cross = position is None or position.isolated is None
            same = estate.pooled or market.instrument.settlement == estate.purse.currency
            takes = order.holding is estate.purse and order.hold_quanta > 0
            concerned = takes or (order.margined and cross and same)
        if concerned:
            withdraw(state, order, EndCause.LIQUIDATION)


def _step(state: State, estate: Estate, market: Market, position: Position) -> None:
    """Close a part of one position: in the book, then by the fund, then by deleveraging."""
    lots = restoring.lots_to_close(state, estate, market, position)
    side = closing_side(position)
    equity = estate.equity_quanta(state, however_old=True)
    filled, value, realised = _into_book(state, estate, market, position, lots, equity)
    if filled:
        fee = _charge(state, estate, market, value)
        _say(state, estate, market, side, ReducedBy.BOOK, filled, value, fee, realised)
    rest = lots - filled
    if rest:
        rest -= _to_fund(state, estate, market, position, rest)
    if rest:
        rest -= _to_others(state, estate, market, position, rest)
    if rest:
        _hand_over(state, estate, market, position, rest)


def _into_book(
    state: State, estate: Estate, market: Market, position: Position, lots: int, equity: int
) -> tuple[int, int, int]:
    """Trade with whoever is there; returns (lots, value, realised) of what was closed."""
    limit_ticks = bankruptcy_ticks(market, position, equity)
    side = closing_side(position)
    if limit_ticks is None or not market.book.crosses(side, limit_ticks):
        return 0, 0, 0
    first = len(state.events)
    before = position.realised_quanta
    insurance.send_at_once(
        state,
        market,
        PlaceOrder(
            account=estate.account.name,
            symbol=market.instrument.symbol,
            side=side,
            order_type=LIMIT_ORDER,
            lots=lots,
            price_ticks=limit_ticks,
            time_in_force=TimeInForce.IOC,
            note="liquidation",
        ),
    )
    fills = [
        event
        for event in state.events[first:]
        if isinstance(event, OrderFilled) and event.account == estate.account.name
    ]
    value = sum(market.scale.notional_quanta(fill.price_ticks, fill.lots) for fill in fills)
    return sum(fill.lots for fill in fills), value, position.realised_quanta - before


def _to_fund(state: State, estate: Estate, market: Market, position: Position, lots: int) -> int:
    """What the fund can pay for, it takes over at the bankruptcy value."""
    equity = estate.equity_quanta(state, however_old=True)
    able, held = insurance.capacity(state, market), abs(position.lots)
    if able < 0:
        return 0
    loss = bankruptcy_value(market, position, equity, held) - mark_value(market, position, held)
    if loss > 0:
        lots = min(lots, able * held // loss)
    if lots:
        _give_to_fund(state, estate, market, position, lots)
    return lots


def _hand_over(state: State, estate: Estate, market: Market, position: Position, lots: int) -> None:
    """Nobody is left on the other side: the fund takes it, whatever it has."""
    _give_to_fund(state, estate, market, position, lots)


def _give_to_fund(
    state: State, estate: Estate, market: Market, position: Position, lots: int
) -> None:
    side, part = closing_side(position), signed_part(position, lots)
    equity = estate.equity_quanta(state, however_old=True)
    value = bankruptcy_value(market, position, equity, lots)
    realised = close_part(state, market, estate.account, part, value)
    take_over(state, market, state.fund, part, value)
    fee = _charge(state, estate, market, abs(value))
    _say(state, estate, market, side, ReducedBy.FUND, lots, abs(value), fee, realised)


def _to_others(state: State, estate: Estate, market: Market, position: Position, lots: int) -> int:
    """Close it against the holders of the other side, at the bankruptcy value."""
    side, part = closing_side(position), signed_part(position, lots)
    equity = estate.equity_quanta(state, however_old=True)
    value = bankruptcy_value(market, position, equity, lots)
    closed = deleverage(state, market, estate.account.name, part, value)
    if not closed:
        return 0
    given = value * closed // lots
    realised = close_part(state, market, estate.account, signed_part(position, closed), given)
    by = ReducedBy.DELEVERAGING
    _say(state, estate, market, side, by, closed, abs(given), 0, realised)
    return closed


def _charge(state: State, estate: Estate, market: Market, value_quanta: int) -> int:
    """The liquidation fee goes to the fund, as far as anything is left to pay it from."""
    fee = share_toward_zero(value_quanta, market.instrument.liquidation_fee_ppm)
    fee = min(fee, max(0, estate.equity_quanta(state, however_old=True)))
    state.ledger.transfer(estate.purse, market.insurance, fee)
    position = estate.account.positions[market.instrument.symbol]
    position.fees_quanta += fee
    return fee


def _say(
    state: State,
    estate: Estate,
    market: Market,
    side: Side,
    by: ReducedBy,
    lots: int,
    value: int,
    fee: int,
    realised: int,
) -> None:
    symbol = market.instrument.symbol
    state.events.append(
        PositionLiquidated(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=estate.account.name,
            symbol=symbol,
            side=side,
            by=by,
            lots=lots,
            value_quanta=value,
            fee_quanta=fee,
            realised_quanta=realised,
            lots_left=estate.account.positions[symbol].lots,
        )
    )


def _end(state: State, estate: Estate, outcome: LiquidationOutcome) -> None:
    """What is left and healthy, the fee paid, is looked at again: it may be close to a breach."""
    if outcome is LiquidationOutcome.CLOSED:
        settle_empty(state, estate)
    elif outcome is LiquidationOutcome.HEALTHY:
        state.touched[estate.account.name, estate.symbol] = None
    state.events.append(
        LiquidationEnded(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=estate.account.name,
            symbol=estate.symbol,
            currency=estate.purse.currency,
            outcome=outcome,
            equity_quanta=estate.equity_quanta(state),
            maintenance_quanta=estate.maintenance_quanta(state),
        )
    )


def settle_empty(state: State, estate: Estate) -> None:
    """An estate without positions: what it owes is covered, what is left of a stake goes back."""
    if estate.pooled:
        debts.settle(state, estate.account)
    elif estate.purse.balance_quanta < 0:
        insurance.cover(state, estate)
    elif estate.symbol is not None and estate.purse.balance_quanta:
        cash = state.ledger.account(estate.account.name, estate.purse.currency)
        state.ledger.transfer(estate.purse, cash, estate.purse.balance_quanta)

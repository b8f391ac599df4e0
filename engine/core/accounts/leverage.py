"""Choosing a leverage, and moving money behind an isolated position."""

from engine.core.accounts import Account, holds
from engine.core.accounts.collateral import available_quanta, spendable_quanta
from engine.core.accounts.pool import Pool
from engine.core.accounts.position import Position
from engine.core.accounts.requirements import initial
from engine.core.commands import ChangeMargin, SetLeverage
from engine.core.events import LeverageSet, MarginChanged
from engine.core.margin_terms import CASH, ISOLATED
from engine.core.market import Market
from engine.core.orders.ending import rehold
from engine.core.perps.marking import revalue
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import money_text


def set_leverage(state: State, market: Market, account: Account, command: SetLeverage) -> None:
    """Hold another share of the notional from now on.

    Raises:
        Refusal: No such leverage, not for a position as large as this, or not enough is free.
    """
    symbol, leverage = command.symbol, command.leverage
    position = account.position(symbol)
    if not 1 <= leverage <= market.tiers.leverage_max:
        raise Refusal(
            Reason.LEVERAGE_INVALID,
            f"the leverage of {symbol} is a whole number from 1 to {market.tiers.leverage_max}",
        )
    if market.spot and position.mode is CASH:
        raise Refusal(
            Reason.FLAGS_CONFLICT,
            f"{symbol} is paid in full: switch its margin mode to cross or isolated first",
        )
    _check_leverage(market, account, position, leverage)
    pool = pool_of(state, market, account)
    before, held_before = position.leverage, position.held_quanta
    position.leverage = leverage
    _rehold_all(market, account, position, pool)
    missing = _missing_stake(market, account, position)
    free_of = spendable_quanta if position.mode is ISOLATED else available_quanta
    free = free_of(state, account, pool.cash)
    rise = position.held_quanta - held_before
    if rise + missing > 0 and free < missing:
        short = rise + missing
        position.leverage = before
        _rehold_all(market, account, position, pool)
        raise Refusal(
            Reason.INSUFFICIENT_FUNDS,
            f"{leverage}x holds {money_text(short, pool.cash.currency)} more,"
            f" {money_text(max(0, free + rise), pool.cash.currency)} is free: choose a higher"
            " leverage or deposit",
        )
    if missing > 0 and position.isolated is not None:
        state.ledger.transfer(pool.cash, position.isolated, missing)
    revalue(state, market, account, position)
    state.events.append(
        LeverageSet(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            symbol=symbol,
            leverage=leverage,
            held_quanta=position.held_quanta,
        )
    )


def change_margin(state: State, market: Market, account: Account, command: ChangeMargin) -> None:
    """Move money between an account's cash and what stands behind its isolated position.

    Raises:
        Refusal: No such position, or the money is not free on the side that it comes from.
    """
    symbol, amount = command.symbol, command.amount_quanta
    position = account.positions.get(symbol)
    if not amount:
        raise Refusal(Reason.AMOUNT_NOT_POSITIVE, "the amount must be more or less than nothing")
    if position is None or position.mode is not ISOLATED:
        raise Refusal(
            Reason.FLAGS_CONFLICT,
            f"all of the account answers for {symbol}: only isolated positions have a margin of"
            " their own",
        )
    stake = position.isolated
    if not position.lots or stake is None:
        raise Refusal(Reason.NO_POSITION, f"{account.title} has no position in {symbol}")
    pool = account.pools[market.instrument.settlement]
    currency = stake.currency
    free = spendable_quanta(state, account, pool.cash)
    if amount > 0 and amount > free:
        raise Refusal(
            Reason.INSUFFICIENT_FUNDS,
            f"needs {money_text(amount, currency)}, {money_text(max(0, free), currency)} is free",
        )
    spare = removable_quanta(market, account, position)
    if amount < 0 and -amount > spare:
        raise Refusal(
            Reason.MARGIN_NOT_FREE,
            f"at most {money_text(max(0, spare), currency)} can be taken from {symbol}: the rest"
            " is its initial margin and its loss",
        )
    state.ledger.transfer(pool.cash, stake, amount)
    revalue(state, market, account, position)
    state.events.append(
        MarginChanged(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            symbol=symbol,
            amount_quanta=amount,
            margin_quanta=stake.balance_quanta,
        )
    )


def removable_quanta(market: Market, account: Account, position: Position) -> int:
    """What an isolated position does not need."""
    assert position.isolated is not None, "asked of isolated positions"
    needed = initial(account, position, market.instrument, market.tiers, abs(position.cost_quanta))
    loss = min(0, position.unrealised_quanta)
    return position.isolated.balance_quanta + loss - needed


def pool_of(state: State, market: Market, account: Account) -> Pool:
    """The pool of an account in an instrument's settlement currency, opened on first use."""
    settlement = market.instrument.settlement
    pool = account.pools.get(settlement)
    if pool is None:
        pool = account.pools[settlement] = Pool(state.ledger.account(account.name, settlement))
    return pool


def _check_leverage(market: Market, account: Account, position: Position, leverage: int) -> None:
    tiers = market.tiers
    symbol = market.instrument.symbol
    sides = {1: 0, -1: 0}
    for order in account.orders.values():
        if order.symbol == symbol and order.hold_ticks and not order.reduce_only:
            opening = order.unfilled_lots - order.closing_lots
            value = market.scale.quote_notional_quanta(order.hold_ticks, opening)
            sides[1 if order.side.value == "buy" else -1] += value
    held = abs(position.cost_quanta)
    if market.inverse:
        held = abs(position.lots) * market.scale.base_quanta_per_lot
    most = tiers.leverage_at(held + max(sides.values()))
    if leverage > most:
        raise Refusal(
            Reason.LEVERAGE_TOO_HIGH,
            f"{symbol}: a position with orders of"
            f" {money_text(held + max(sides.values()), market.instrument.quote)} may have"
            f" {most}x at most",
        )


def _rehold_all(market: Market, account: Account, position: Position, pool: Pool) -> None:
    """Hold what the chosen leverage asks for, for the position and its orders."""
    symbol = market.instrument.symbol
    for order in account.orders.values():
        if order.symbol == symbol:
            rehold(market, order)
    holds.remargin(market, account, position, pool.cash)


def _missing_stake(market: Market, account: Account, position: Position) -> int:
    """What an isolated position lacks of its initial margin."""
    if position.isolated is None or not position.lots:
        return 0
    needed = initial(account, position, market.instrument, market.tiers, abs(position.cost_quanta))
    return max(0, needed - position.isolated.balance_quanta)

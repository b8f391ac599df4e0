"""Where an account stands on margin, and where an order would take it: nothing here changes it."""

from __future__ import annotations

import msgspec

from engine.core.accounts import Account, Position
from engine.core.accounts.collateral import available_quanta, spendable_quanta
from engine.core.accounts.requirements import initial, leverage_of
from engine.core.commands import BUY, Side
from engine.core.margin_terms import CASH, CROSS, ISOLATED, MarginMode
from engine.core.market import MARK, Market
from engine.core.perps.deleveraging import lights
from engine.core.perps.estate import Estate
from engine.core.perps.liquidation_price import Exposed
from engine.core.state import State
from engine.core.units import PPM, prorate_half_even


class PoolStanding(msgspec.Struct, frozen=True, kw_only=True):
    """The cross positions of an account in one settlement currency, and what answers for them."""

    equity_quanta: int
    maintenance_quanta: int
    used_quanta: int
    """Initial margin of the open positions."""
    held_quanta: int
    """With what orders hold."""
    available_quanta: int
    """For new margin."""
    spendable_quanta: int
    """What may leave the pool."""
    usage_ppm: int | None
    """Maintenance over equity; at 1,000,000 positions are liquidated. None: no equity left."""
    warned_pct: int


class Stake(msgspec.Struct, frozen=True, kw_only=True):
    """One open position on margin."""

    mode: MarginMode
    leverage_ppm: int
    """Chosen: 10,000,000 is 10x."""
    lots: int
    margin_quanta: int
    """Initial margin of a cross position, what stands behind an isolated one."""
    maintenance_quanta: int
    equity_quanta: int
    """What answers for it; of a cross position, for all of its pool."""
    unrealised_quanta: int
    liquidation_ticks: int | None
    bankruptcy_ticks: int | None
    adl_lights: int
    """How near it is to being deleveraged, from 1 to 5."""
    usage_ppm: int | None


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """What an account would have after an order was filled at a price."""

    lots_after: int
    held_more_quanta: int
    """Negative where it gives something back."""
    available_after_quanta: int
    margin_after_quanta: int
    liquidation_ticks: int | None
    distance_ppm: int | None
    """From the mark to the liquidation price, as a share of the mark, without sign."""
    leverage_ppm: int


def mode_of(market: Market, position: Position | None) -> MarginMode:
    """How an account pays in an instrument."""
    mode = CASH if position is None else position.mode
    return CROSS if mode is CASH and not market.spot else mode


def leverage_ppm(market: Market, account: Account) -> int:
    """The leverage at which an account opens positions, in millionths."""
    instrument = market.instrument
    position = account.positions.get(instrument.symbol)
    chosen = leverage_of(account, position, instrument, market.tiers)
    if chosen is None:
        return PPM * PPM // instrument.initial_margin_ppm
    return chosen * PPM


def leverage_max(market: Market, account: Account) -> int:
    """The highest leverage that the present position may have."""
    position = account.positions.get(market.instrument.symbol)
    if position is None:
        return market.tiers.leverage_max
    notional = abs(position.cost_quanta)
    if market.inverse:
        notional = abs(position.lots) * market.scale.base_quanta_per_lot
    return market.tiers.leverage_at(notional)


def pool_standing(state: State, account: Account, currency: str) -> PoolStanding:
    """Where the cross positions of a currency stand."""
    purse = state.ledger.account(account.name, currency)
    estate = Estate(account, None, purse)
    equity, needed = estate.equity_quanta(state), estate.maintenance_quanta(state)
    pool = account.pools.get(currency)
    used = sum(position.margin_quanta for _, position in estate.positions(state))
    return PoolStanding(
        equity_quanta=equity,
        maintenance_quanta=needed,
        used_quanta=used,
        held_quanta=purse.held_quanta,
        available_quanta=available_quanta(state, account, purse),
        spendable_quanta=spendable_quanta(state, account, purse),
        usage_ppm=_usage_ppm(needed, equity),
        warned_pct=0 if pool is None else pool.warned_pct,
    )


def stake(state: State, market: Market, account: Account) -> Stake | None:
    """One position on margin; None when there is none."""
    position = account.positions.get(market.instrument.symbol)
    mode = mode_of(market, position)
    if position is None or not position.lots or mode is CASH:
        return None
    estate = _estate(state, market, account, position)
    equity, needed = estate.equity_quanta(state), estate.maintenance_quanta(state)
    exposed = _exposed(market, position, equity, needed)
    margin = position.margin_quanta
    if position.isolated is not None:
        margin = position.isolated.balance_quanta
    return Stake(
        mode=mode,
        leverage_ppm=leverage_ppm(market, account),
        lots=position.lots,
        margin_quanta=margin,
        maintenance_quanta=position.maintenance_quanta,
        equity_quanta=equity,
        unrealised_quanta=position.unrealised_quanta,
        liquidation_ticks=exposed.liquidation_ticks(),
        bankruptcy_ticks=exposed.bankruptcy_ticks(),
        adl_lights=lights(state, market, account),
        usage_ppm=_usage_ppm(needed, equity),
    )


def liquidation_ticks(state: State, market: Market, account: Account) -> int | None:
    """At which mark a position is liquidated: of `stake` what is asked in every frame.

    None: at no price, or there is no position on margin.
    """
    position = account.positions.get(market.instrument.symbol)
    if position is None or not position.lots or mode_of(market, position) is CASH:
        return None
    estate = _estate(state, market, account, position)
    equity, needed = estate.equity_quanta(state), estate.maintenance_quanta(state)
    return _exposed(market, position, equity, needed).liquidation_ticks()


def what_if(
    state: State, market: Market, account: Account, side: Side, lots: int, price_ticks: int
) -> WhatIf:
    """Where an account would stand once so many lots were filled at a price, at the highest fee."""
    present = account.positions.get(market.instrument.symbol)
    after = _copied(present)
    if side is not BUY and mode_of(market, present) is CASH:
        lots = min(lots, after.lots)
    signed = lots if side is BUY else -lots
    stood = after.lots
    realised = after.fill(signed, market.scale.signed_value_quanta(price_ticks, signed))
    fee = market.scale.notional_quanta(price_ticks, lots) * market.tariff.worst_ppm // PPM
    purse = state.ledger.account(account.name, market.instrument.settlement)
    margin = initial(account, present, market.instrument, market.tiers, abs(after.cost_quanta))
    exposed = _after(state, market, account, present, after, stood, realised - fee, margin)
    liquidation = exposed.liquidation_ticks()
    mark_ticks = market.price(MARK) or price_ticks
    held_before = 0 if present is None else present.margin_quanta
    if present is not None and present.isolated is not None:
        held_before = present.isolated.balance_quanta
    available = available_quanta(state, account, purse)
    return WhatIf(
        lots_after=after.lots,
        held_more_quanta=margin - held_before,
        available_after_quanta=available + realised - fee - (margin - held_before),
        margin_after_quanta=margin,
        liquidation_ticks=liquidation,
        distance_ppm=None
        if liquidation is None
        else abs(mark_ticks - liquidation) * PPM // mark_ticks,
        leverage_ppm=leverage_ppm(market, account),
    )


def _after(
    state: State,
    market: Market,
    account: Account,
    present: Position | None,
    after: Position,
    stood: int,
    gained: int,
    margin: int,
) -> Exposed:
    """The position after a fill, and what would answer for it."""
    if mode_of(market, present) is ISOLATED:
        stake_quanta = margin
        if present is not None and present.isolated is not None and stood * after.lots > 0:
            left = min(abs(after.lots), abs(stood))
            balance = present.isolated.balance_quanta
            kept = prorate_half_even(balance, left, abs(stood))
            grown = max(0, abs(after.cost_quanta) - abs(present.cost_quanta))
            more = initial(account, present, market.instrument, market.tiers, grown)
            stake_quanta = min(kept, balance + gained) if not grown else kept + more
        return Exposed(market, after.lots, after.cost_quanta, True, stake_quanta, 0)
    purse = state.ledger.account(account.name, market.instrument.settlement)
    estate = Estate(account, None, purse)
    equity = estate.equity_quanta(state) + gained
    others = estate.maintenance_quanta(state)
    if present is not None:
        equity -= present.unrealised_quanta
        others -= present.maintenance_quanta
    return Exposed(market, after.lots, after.cost_quanta, False, equity, others)


def _estate(state: State, market: Market, account: Account, position: Position) -> Estate:
    if position.isolated is not None:
        return Estate(account, market.instrument.symbol, position.isolated)
    purse = state.ledger.account(account.name, market.instrument.settlement)
    return Estate(account, None, purse)


def _exposed(market: Market, position: Position, equity: int, needed: int) -> Exposed:
    return Exposed(
        market=market,
        lots=position.lots,
        cost_quanta=position.cost_quanta,
        isolated=position.isolated is not None,
        equity_quanta=equity - position.unrealised_quanta,
        others_quanta=needed - position.maintenance_quanta,
    )


def _copied(position: Position | None) -> Position:
    copy = Position()
    if position is not None:
        copy.lots, copy.cost_quanta = position.lots, position.cost_quanta
        copy.method, copy.tranches = position.method, list(position.tranches)
    return copy


def _usage_ppm(needed: int, equity: int) -> int | None:
    if not needed:
        return 0
    return needed * PPM // equity if equity > 0 else None

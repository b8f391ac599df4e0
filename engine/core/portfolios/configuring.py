"""What a portfolio is called and how it keeps its books, what it may do, and which money counts."""

from engine.core.accounts import Account, chart
from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import ConfigureCurrency, ConfigurePortfolio, Profile, SetLimits
from engine.core.events import CurrencySet, LimitsSet, PortfolioConfigured
from engine.core.instruments import AssetClass
from engine.core.margin_terms import InstrumentLimit, Limits
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import PPM, money_text


def configure(state: State, account: Account, command: ConfigurePortfolio) -> None:
    """Replace the profile of an account.

    Raises:
        Refusal: It cannot be computed with, or what changes is in use.
    """
    profile = command.profile
    if problem := _problem(profile):
        raise Refusal(Reason.INVALID_TERMS, f"{account.title} cannot be configured: {problem}")
    if problem := _in_use(state, account, profile):
        raise Refusal(Reason.MODE_IN_USE, f"{account.title} {problem}")
    account.profile = profile
    state.note_pooling(account)
    for position in account.positions.values():
        position.method = profile.lot_method
    state.events.append(
        PortfolioConfigured(
            seq=state.seq, ts_ns=state.now_ns, account=account.name, profile=profile
        )
    )


def set_limits(state: State, account: Account, command: SetLimits) -> None:
    """Replace what an account may do; what it has already stays.

    Raises:
        Refusal: A limit that could never be kept, or of an instrument that is not listed.
    """
    limits = command.limits
    for symbol in limits.by_symbol:
        if symbol not in state.markets:
            listed = ", ".join(state.markets) or "none"
            raise Refusal(Reason.UNKNOWN_INSTRUMENT, f"{symbol} is not listed; listed: {listed}")
    if problem := _limit_problem(limits):
        raise Refusal(Reason.INVALID_TERMS, f"{account.title} cannot be limited so: {problem}")
    account.limits = NO_LIMITS if limits == NO_LIMITS else limits
    if limits.orders_per_second_max is None:
        account.placed.clear()
    state.events.append(
        LimitsSet(seq=state.seq, ts_ns=state.now_ns, account=account.name, limits=limits)
    )


def configure_currency(state: State, command: ConfigureCurrency) -> None:
    """Let a currency count as collateral, with its haircut, or be the same as another one.

    Raises:
        Refusal: No share of its value, or a peg that leads to another peg.
    """
    currency, target = command.currency, command.pegged_to
    pegged_here = [c.currency for c in state.currencies.values() if c.pegged_to == currency]
    further = state.currencies.get(target)
    problem = ""
    if not chart.is_name(currency) or (target and not chart.is_name(target)):
        problem = "a currency is printable text without spaces"
    elif not 0 <= command.haircut_ppm <= PPM:
        problem = "its haircut must lie between 0% and 100%"
    elif target == currency:
        problem = "it is pegged to itself: leave that out"
    elif further is not None and further.pegged_to:
        problem = f"{target} is pegged to {further.pegged_to}: peg it to {further.pegged_to} too"
    elif target and pegged_here:
        problem = f"{pegged_here[0]} is pegged to it: peg that to {target} first"
    if problem:
        raise Refusal(Reason.INVALID_TERMS, f"{currency} cannot be configured: {problem}")
    state.currencies[currency] = command
    state.touch_pooling()
    state.events.append(
        CurrencySet(
            seq=state.seq,
            ts_ns=state.now_ns,
            currency=currency,
            haircut_ppm=command.haircut_ppm,
            pegged_to=target,
        )
    )


def _problem(profile: Profile) -> str:
    if not chart.is_name(profile.base_currency):
        return "its base currency must be printable text without spaces"
    if profile.starting_quanta <= 0:
        return "its starting balance must be more than nothing"
    if any(leverage < 1 for leverage in profile.leverages.values()):
        return "a leverage is 1 or more"
    return ""


def _in_use(state: State, account: Account, profile: Profile) -> str:
    """Why a profile cannot come into force now; empty when it can."""
    before = account.profile
    if profile.lot_method is not before.lot_method and any(
        position.lots for position in account.positions.values()
    ):
        return "has positions: its lot method changes when there are none"
    if profile.collateral is not before.collateral:
        if _symbols_on_margin(state, account):
            return "has positions or orders on margin: its collateral changes when there are none"
        for pool in account.pools.values():
            owed = -pool.cash.balance_quanta
            if owed > 0:
                text = money_text(owed, pool.cash.currency)
                return f"owes {text}, for which its other currencies answer: pay it back first"
    for symbol in _symbols_on_margin(state, account):
        asset_class = state.markets[symbol].instrument.asset_class
        position = account.positions.get(symbol)
        chosen = None if position is None else position.leverage
        if chosen is None and _changes(before, profile, asset_class):
            return (
                f"has a position or orders in {symbol} at the leverage of its class:"
                " set the leverage of the instrument instead, or close them first"
            )
    return ""


def _changes(before: Profile, after: Profile, asset_class: AssetClass) -> bool:
    return before.leverages.get(asset_class) != after.leverages.get(asset_class)


def _symbols_on_margin(state: State, account: Account) -> list[str]:
    """Instruments in which an account has a position or live orders on margin."""
    found = {
        symbol: None
        for symbol, position in account.positions.items()
        if position.lots and position.is_margined(owned=state.markets[symbol].spot)
    }
    found |= {order.symbol: None for order in account.orders.values() if order.margined}
    return list(found)


def _limit_problem(limits: Limits) -> str:
    bounds = [
        limits.order_notional_max_quanta,
        limits.orders_per_second_max,
        limits.position_notional_max_quanta,
        limits.positions_max,
        limits.leverage_max_ppm,
    ]
    for each in limits.by_symbol.values():
        bounds += _bounds(each)
    if any(bound is not None and bound <= 0 for bound in bounds):
        return "a limit is more than nothing; leave out what is not limited"
    return ""


def _bounds(limit: InstrumentLimit) -> list[int | None]:
    return [limit.lots_max, limit.notional_max_quanta, limit.leverage_max]

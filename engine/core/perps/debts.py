"""What an account that pools its currencies owes in one of them, paid from the others.

While the account is sound a debt stays, and the other currencies answer for it. It is settled when
a liquidation has closed all positions in that currency, or when the account owes more than all that
answers for it. Then other currencies are sold at the rate at which they count: at the index, less
their haircut, which goes to the insurance fund. So a settled debt leaves what answers for the
remaining positions as it was. Those with the smallest haircut go first. What is still owed then is
paid by the insurance fund and socialised, once the account has no cross position left, and not
while a currency that would answer for it has no price that is recent enough.
"""

from typing import NamedTuple

from engine.core.accounts import Account, LedgerAccount, outside
from engine.core.accounts.collateral import share_counted_ppm
from engine.core.accounts.rates import Rate, rate
from engine.core.events import CollateralSold, EndCause
from engine.core.orders.ending import withdraw
from engine.core.perps import insurance
from engine.core.perps.estate import Estate
from engine.core.state import State
from engine.core.units import PPM


def settle(state: State, account: Account) -> None:
    """Pay what an account owes in the currencies in which it has no position any more."""
    base = account.profile.base_currency
    estates = [Estate(account, None, pool.cash) for pool in tuple(account.pools.values())]
    flat = [estate for estate in estates if not estate.positions(state)]
    for estate in flat:
        debt = rate(state, estate.purse.currency, base)
        if debt is None:
            continue
        for each in _collateral(state, account):
            if estate.purse.balance_quanta < 0:
                _sell(state, account, each, estate.purse, debt)
    if len(flat) < len(estates) or _waits_for_a_price(state, account):
        return
    for estate in flat:
        if estate.purse.balance_quanta < 0:
            insurance.cover(state, estate)


class _Owned(NamedTuple):
    """What an account owns that counts."""

    entry: LedgerAccount
    quanta: int
    to_base: Rate
    share_ppm: int
    """How much of it counts."""


def _collateral(state: State, account: Account) -> list[_Owned]:
    """All that counts, what counts most first."""
    base, found = account.profile.base_currency, []
    for currency in state.ledger.currencies:
        entry = state.ledger.accounts.get((account.name, currency))
        to_base = rate(state, currency, base)
        if entry is None or to_base is None:
            continue
        quanta = entry.balance_quanta - account.lent_quanta(currency)
        share_ppm = share_counted_ppm(state, currency, base, to_base)
        if quanta > 0 and share_ppm:
            found.append(_Owned(entry, quanta, to_base, share_ppm))
    return sorted(found, key=lambda each: -each.share_ppm)


def _sell(
    state: State, account: Account, owned: _Owned, debt: LedgerAccount, debt_to_base: Rate
) -> None:
    """Sell as much of a currency as a debt asks for, or all of it."""
    sold = owned.entry
    numerator = owned.to_base.numerator * debt_to_base.denominator
    denominator = owned.to_base.denominator * debt_to_base.numerator
    owed = -debt.balance_quanta
    quanta = -(-owed * denominator * PPM // (numerator * owned.share_ppm))
    quanta = min(quanta, owned.quanta)
    received = quanta * numerator * owned.share_ppm // (denominator * PPM)
    haircut = quanta * numerator // denominator - received
    if not received:
        return
    if quanta > sold.free_quanta:
        _withdraw_holders(state, account, sold)
    outside.take(state, sold, -quanta)
    outside.take(state, debt, received)
    outside.take(state, state.ledger.account(state.fund.name, debt.currency), haircut)
    state.events.append(
        CollateralSold(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            currency=debt.currency,
            paid_quanta=received,
            haircut_quanta=haircut,
            sold_currency=sold.currency,
            sold_quanta=quanta,
        )
    )


def _withdraw_holders(state: State, account: Account, sold: LedgerAccount) -> None:
    """Orders that were to pay with what is sold are cancelled."""
    for order in tuple(account.orders.values()):
        if order.order_id in state.orders and order.holding is sold and order.hold_quanta:
            withdraw(state, order, EndCause.LIQUIDATION)


def _waits_for_a_price(state: State, account: Account) -> bool:
    """Whether something that the account owns would answer for a debt but for an old price."""
    base = account.profile.base_currency
    for currency in state.currencies:
        entry = state.ledger.accounts.get((account.name, currency))
        found = rate(state, currency, base)
        if entry is None or found is None or not found.stale:
            continue
        if entry.balance_quanta > account.lent_quanta(currency):
            return True
    return False

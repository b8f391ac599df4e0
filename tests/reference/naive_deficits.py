"""Who pays what an account owes beyond all that it had."""

from engine.core import events as e
from tests.reference import naive_pools
from tests.reference.naive_means import spendable
from tests.reference.naive_money import FEES, INSURANCE
from tests.reference.naive_pools import Pool
from tests.reference.naive_settling import isolated
from tests.reference.naive_state import NaiveState


def cover(x: NaiveState, pool: Pool) -> None:
    """Nothing is left of a pool but a debt: the fund pays it, then everybody, then the exchange."""
    owed = -naive_pools.cash(x, pool)
    if naive_pools.symbols(x, pool) or owed <= 0:
        return
    currency = pool.currency
    debtor = pool.account if pool.symbol is None else isolated(pool.account, pool.symbol)
    paid = min(owed, max(0, x.money.balance(INSURANCE, currency)))
    if paid:
        x.money.move(INSURANCE, debtor, currency, paid)
        x.say(
            e.InsurancePaid,
            account=pool.account,
            currency=currency,
            amount_quanta=paid,
            fund_quanta=x.money.balance(INSURANCE, currency),
        )
    if owed > paid:
        socialise(x, pool.account, debtor, currency, owed - paid)


def socialise(x: NaiveState, account: str, debtor: str, currency: str, owed: int) -> None:
    """Everybody else with free money pays a share of it, by what may leave its cash account."""
    able = {name: spendable(x, name, currency) for name in x.accounts if name != account}
    able = {name: quanta for name, quanta in able.items() if quanta > 0}
    every, total, so_far, before = sum(able.values()), min(owed, sum(able.values())), 0, 0
    for name, quanta in able.items():
        so_far += quanta
        upto = total * so_far // every
        _bear(x, name, account, debtor, currency, upto - before)
        before = upto
    _bear(x, FEES, account, debtor, currency, owed - total)


def _bear(x: NaiveState, payer: str, account: str, debtor: str, currency: str, quanta: int) -> None:
    if quanta:
        x.money.move(payer, debtor, currency, quanta)
        x.say(
            e.LossSocialised,
            account=payer,
            debtor=account,
            currency=currency,
            amount_quanta=quanta,
        )

"""The portfolio and its first money."""

from decimal import Decimal

from engine.core.commands import ConfigurePortfolio, Deposit, OpenAccount, Profile
from engine.core.exchange import Exchange
from engine.core.units import quanta_exact
from tui_exchange.market_entry import Submit
from tui_exchange.settings import DOLLARS, Account


def open_portfolio(exchange: Exchange, settings: Account, submit: Submit) -> None:
    """Open the portfolio if there is none yet, with the base currency of the settings."""
    if settings.name in exchange.accounts():
        return
    submit(OpenAccount(account=settings.name))
    profile = Profile(
        base_currency=settings.base_currency,
        starting_quanta=quanta_exact(settings.starting_balance),
    )
    if profile != Profile():
        submit(ConfigurePortfolio(account=settings.name, profile=profile))


def fund_portfolio(exchange: Exchange, settings: Account, submit: Submit) -> None:
    """Give the starting balance of every currency that an instrument is paid in, once for ever.

    A currency that was deposited before is left alone, whatever has become of the money.
    """
    currencies: dict[str, None] = {}
    given = {currency for currency, _ in exchange.deposited(settings.name)}
    for symbol in exchange.symbols():
        currencies[exchange.instrument(symbol).settlement] = None
    for currency in currencies:
        amount = starting_amount(settings, currency)
        if amount is not None and currency not in given:
            quanta = quanta_exact(amount)
            submit(Deposit(account=settings.name, currency=currency, amount_quanta=quanta))


def starting_amount(settings: Account, currency: str) -> Decimal | None:
    """What a new portfolio gets of a currency; None where the settings name nothing."""
    if currency in settings.starting_balances:
        return settings.starting_balances[currency]
    return settings.starting_balance if currency in DOLLARS else None

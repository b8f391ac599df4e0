"""The portfolio and its first money."""

from decimal import Decimal

from engine.core.accounts.chart import OUTSIDE
from engine.core.commands import Deposit, OpenAccount
from engine.core.exchange import Exchange
from engine.core.units import quanta_exact
from tui_exchange.market_entry import Submit
from tui_exchange.settings import DOLLARS, Account


def open_portfolio(exchange: Exchange, settings: Account, submit: Submit) -> None:
    """Open the portfolio if there is none yet."""
    if settings.name not in exchange.accounts():
        submit(OpenAccount(account=settings.name))


def fund_portfolio(exchange: Exchange, settings: Account, submit: Submit) -> None:
    """Give the starting balance of every currency that an instrument is paid in, once for ever.

    A currency that was deposited before is left alone, whatever has become of the money.
    """
    currencies: dict[str, None] = {}
    for symbol in exchange.symbols():
        currencies[exchange.instrument(symbol).settlement] = None
    for currency in currencies:
        amount = starting_amount(settings, currency)
        if amount is not None and exchange.balance(OUTSIDE, currency)[0] == 0:
            quanta = quanta_exact(amount)
            submit(Deposit(account=settings.name, currency=currency, amount_quanta=quanta))


def starting_amount(settings: Account, currency: str) -> Decimal | None:
    """What a new portfolio gets of a currency; None where the settings name nothing."""
    if currency in settings.starting_balances:
        return settings.starting_balances[currency]
    return settings.starting_balance if currency in DOLLARS else None

"""The first portfolio, the currencies that count as collateral, and money to trade with.

A portfolio begins with one balance in its base currency. What is quoted in another currency is paid
in that one, which nothing here can be changed into: so each portfolio is lent as much as it began
with in every currency that a listed instrument is paid in. Lent money pays for orders, is part of
no equity and no profit, and goes back when the portfolio is reset, which then is lent it anew.
"""

from engine.core.commands import (
    Command,
    ConfigureCurrency,
    ConfigurePortfolio,
    Deposit,
    DepositKind,
    OpenAccount,
    Profile,
)
from engine.core.events import Deposited, Event, PortfolioReset
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass
from engine.core.units import PPM, quanta_exact
from tui_exchange.market_entry import Submit
from tui_exchange.settings import DOLLAR, DOLLARS, Account, Margin, Settings


def usual_profile(settings: Settings, base: str = "") -> Profile:
    """What a portfolio is like of which nothing else is said.

    Args:
        base: Its base currency; empty for that of the settings.
    """
    account, leverages = settings.account, settings.margin.leverage.items()
    base = base or account.base_currency
    return Profile(
        base_currency=base,
        starting_quanta=starting_quanta(account, base) or quanta_exact(account.starting_balance),
        leverages={AssetClass(name): leverage for name, leverage in leverages},
    )


def open_portfolio(exchange: Exchange, settings: Settings, submit: Submit) -> None:
    """Open the first portfolio with its starting balance, if there is none yet."""
    account, profile = settings.account.name, usual_profile(settings)
    if account in exchange.accounts():
        return
    submit(OpenAccount(account=account))
    submit(ConfigurePortfolio(account=account, profile=profile))
    submit(
        Deposit(
            account=account,
            currency=profile.base_currency,
            amount_quanta=profile.starting_quanta,
        )
    )


def state_collateral(exchange: Exchange, settings: Margin, submit: Submit) -> None:
    """Let the currencies of the settings count, and no other one that did before."""
    wanted = {DOLLAR: ConfigureCurrency(currency=DOLLAR)}
    for currency in settings.pegged:
        if currency != DOLLAR:
            wanted[currency] = ConfigureCurrency(currency=currency, pegged_to=DOLLAR)
    for currency, percent in settings.haircuts.items():
        haircut = ConfigureCurrency(currency=currency, haircut_ppm=percent * PPM // 100)
        wanted.setdefault(currency, haircut)
    known = exchange.collateral()
    for currency in known:
        nothing = ConfigureCurrency(currency=currency, haircut_ppm=PPM)
        wanted.setdefault(currency, nothing)
    for currency, terms in wanted.items():
        if known.get(currency) != terms:
            submit(terms)


class Lending:
    """Lends portfolios what they need to pay in currencies besides their own.

    It is a reader of the sequencer: a portfolio that begins, or begins anew, is lent at once.

    Args:
        submit: Takes each command while none is applied.
        post: Takes each command at any time.
    """

    def __init__(self, exchange: Exchange, settings: Account, submit: Submit, post: Submit) -> None:
        self._exchange = exchange
        self._settings = settings
        self._submit = submit
        self._post = post

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del command, ts_ns
        for event in events:
            if isinstance(event, PortfolioReset) or (
                isinstance(event, Deposited) and event.kind is DepositKind.START
            ):
                self._lend(event.account, self._post)

    def listed(self) -> None:
        """An instrument was listed, perhaps in a currency that nobody was lent yet.

        Raises:
            SequencerError: The log takes no command now.
        """
        for account in self._exchange.accounts():
            if not self._exchange.archived(account):
                self._lend(account, self._submit)

    def _lend(self, account: str, send: Submit) -> None:
        """Lend what is missing; a currency that was ever paid in is the trader's own affair."""
        exchange = self._exchange
        given = {currency for currency, _ in exchange.deposited(account)}
        given.update(exchange.lent(account), (exchange.profile(account).base_currency,))
        for currency in dict.fromkeys(
            exchange.instrument(s).settlement for s in exchange.symbols()
        ):
            quanta = 0 if currency in given else self._amount_quanta(account, currency)
            if quanta > 0:
                send(
                    Deposit(
                        account=account,
                        currency=currency,
                        amount_quanta=quanta,
                        kind=DepositKind.LENT,
                    )
                )

    def _amount_quanta(self, account: str, currency: str) -> int:
        """As much of a currency as the portfolio began with, by the amounts of the settings."""
        profile = self._exchange.profile(account)
        base = starting_quanta(self._settings, profile.base_currency)
        unit = starting_quanta(self._settings, currency)
        return unit * profile.starting_quanta // base if base else 0


def starting_quanta(settings: Account, currency: str) -> int:
    """What counts as one starting balance of a currency; 0 where the settings name none."""
    if currency in settings.starting_balances:
        return quanta_exact(settings.starting_balances[currency])
    return quanta_exact(settings.starting_balance) if currency in DOLLARS else 0

"""`portfolio`: several portfolios in one session, made, switched, filled and put away by words.

The exchange's name of a portfolio never changes; its title, which people call it by, may.
"""

from collections.abc import Callable

import msgspec

from engine.core.commands import (
    ArchivePortfolio,
    Command,
    ConfigurePortfolio,
    Deposit,
    DepositKind,
    OpenAccount,
    Profile,
    ResetPortfolio,
)
from engine.core.events import CommandRejected, Event
from engine.core.exchange import Exchange
from engine.core.units import quanta_exact
from tui_exchange.command_line.amounts import clip, read_number
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal, ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.number_text import money_text
from tui_exchange.portfolio_report import portfolio_lines
from tui_exchange.portfolio_sentences import title_of
from tui_exchange.portfolio_settings import with_settings
from tui_exchange.sentences import told

Submit = Callable[[Command], tuple[Event, ...]]
SUBWORDS = (
    "list",
    "new",
    "use",
    "rename",
    "reset",
    "topup",
    "archive",
    "unarchive",
    "clone",
    "set",
)


class PortfolioWords:
    """The word that makes and changes portfolios.

    Args:
        current: The choice that `use` changes.
        submit: Takes each command.
        switched: Is told that another portfolio is current.
        cloned: Is told that the first of two portfolios was cloned into the second.
        usual: What a new one in a base currency is like where nothing else is said; empty for the
            usual currency.
    """

    words = (
        application_word(
            "portfolio",
            "[list] | new|use|rename|clone <name> … | topup <money> [currency]"
            " | reset|archive|unarchive [name] | set <key>=<value> …",
            "List the portfolios, switch between them, make, fill, reset or put them away.",
            (
                "portfolio new swing base=USDT start=100000 lots=fifo",
                "portfolio use swing",
                "portfolio topup 10000 USD",
                'portfolio set lev=perpetual:10 "about=two days at most"',
                "portfolio reset",
            ),
        ),
    )

    def __init__(
        self,
        exchange: Exchange,
        current: CurrentPortfolio,
        submit: Submit,
        switched: Callable[[], None],
        cloned: Callable[[str, str], None],
        usual: Callable[[str], Profile],
    ) -> None:
        self._exchange = exchange
        self._current = current
        self._submit = submit
        self._switched = switched
        self._cloned = cloned
        self._usual = usual
        self._doers: dict[str, Callable[[tuple[str, ...]], tuple[str, ...]]] = {
            "list": self._list,
            "new": self._new,
            "use": self._use,
            "rename": self._rename,
            "reset": self._reset,
            "topup": self._topup,
            "archive": lambda arguments: self._archive(arguments, archived=True),
            "unarchive": lambda arguments: self._archive(arguments, archived=False),
            "clone": self._clone,
            "set": self._set,
        }

    def knows(self, word: str) -> bool:
        """Only this one."""
        return word == "portfolio"

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Do what follows the word; alone it lists.

        Raises:
            ResolutionRefusal: It means nothing here, or the exchange refuses it.
        """
        del word
        what, *rest = arguments or ("list",)
        doer = self._doers.get(what.lower())
        if doer is None:
            suggestion = nearest(what.lower(), SUBWORDS)
            raise ResolutionRefusal(
                f"portfolio cannot {clip(what)!r}{did_you_mean(suggestion)}; it takes"
                f" {', '.join(SUBWORDS)}",
                suggestion,
            )
        return doer(tuple(rest))

    def title(self, account: str) -> str:
        """What people call a portfolio."""
        return title_of(self._exchange, account)

    def find(self, name: str) -> str:
        """The account of a portfolio by its title or its name, whatever the case.

        Raises:
            ResolutionRefusal: There is none.
        """
        wanted = name.casefold()
        accounts = self._exchange.accounts()
        for account in accounts:
            if self.title(account).casefold() == wanted:
                return account
        for account in accounts:
            if account.casefold() == wanted:
                return account
        titles = [self.title(account) for account in accounts]
        suggestion = nearest(name, titles)
        raise ResolutionRefusal(
            f"there is no portfolio {clip(name)!r}{did_you_mean(suggestion)};"
            f" there is {', '.join(titles)}",
            suggestion,
        )

    def _list(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        del arguments
        return tuple(portfolio_lines(self._exchange, self._current.account))

    def _new(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        title, settings = _titled(arguments, "new")
        base = next((text[5:].upper() for text in settings if text.lower().startswith("base=")), "")
        return self._make(title, with_settings(self._usual(base), settings))

    def _clone(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        title, settings = _titled(arguments, "clone")
        source = [text for text in settings if text.startswith("from=")]
        account = self.find(source[0][len("from=") :]) if source else self._current.account
        rest = [text for text in settings if not text.startswith("from=")]
        told = self._make(title, with_settings(self._exchange.profile(account), rest))
        self._cloned(account, self.find(title))
        return told

    def _make(self, title: str, profile: Profile) -> tuple[str, ...]:
        self._check_free(title)
        account = self._free_name(title)
        profile = msgspec.structs.replace(profile, title=title)
        self._send(OpenAccount(account=account))
        self._send(ConfigurePortfolio(account=account, profile=profile))
        start = Deposit(
            account=account,
            currency=profile.base_currency,
            amount_quanta=profile.starting_quanta,
            kind=DepositKind.START,
        )
        self._send(start)
        return (
            f"portfolio {title} is there with {money_text(profile.starting_quanta)}"
            f" {profile.base_currency}; `portfolio use {title}` trades for it",
        )

    def _use(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        account = self.find(_one(arguments, "use"))
        if account == self._current.account:
            return (f"portfolio {self.title(account)} is the current one already",)
        left = self.title(self._current.account)
        self._current.choose(account)
        self._switched()
        return (
            f"portfolio {self.title(account)} is the current one now; orders and positions of"
            f" {left} go on",
        )

    def _rename(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        if len(arguments) == 1:
            account, title = self._current.account, arguments[0]
        elif len(arguments) == 2:
            account, title = self.find(arguments[0]), arguments[1]
        else:
            raise ResolutionRefusal(
                "portfolio rename takes a new name, or an old and a new one; names of several"
                ' words stand in quotes: `portfolio rename main "long term"`'
            )
        before = self.title(account)
        if title.casefold() != before.casefold():
            self._check_free(title)
        profile = msgspec.structs.replace(self._exchange.profile(account), title=title)
        self._send(ConfigurePortfolio(account=account, profile=profile))
        self._switched()
        return (f"portfolio {before} is called {title} now",)

    def _reset(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        account = self._named(arguments, "reset")
        return told(self._exchange, self._send(ResetPortfolio(account=account)), account)

    def _archive(self, arguments: tuple[str, ...], *, archived: bool) -> tuple[str, ...]:
        account = self._named(arguments, "archive" if archived else "unarchive")
        command = ArchivePortfolio(account=account, archived=archived)
        return told(self._exchange, self._send(command), account)

    def _topup(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        if not 1 <= len(arguments) <= 2:
            raise ResolutionRefusal(
                "portfolio topup takes an amount, and perhaps its currency:"
                " `portfolio topup 10000 USD`"
            )
        account = self._current.account
        currency = self._exchange.profile(account).base_currency
        if len(arguments) == 2:
            currency = self._currency(arguments[1])
        try:
            amount = read_number(arguments[0].lower())
        except CommandLineRefusal as refusal:
            raise ResolutionRefusal(refusal.sentence) from refusal
        command = Deposit(
            account=account,
            currency=currency,
            amount_quanta=quanta_exact(amount),
            kind=DepositKind.TOP_UP,
        )
        self._send(command)
        return (
            f"{money_text(command.amount_quanta)} {currency} added to portfolio"
            f" {self.title(account)}; it does not count as profit",
        )

    def _currency(self, text: str) -> str:
        """A currency that something here is paid or made of.

        Raises:
            ResolutionRefusal: Nothing is.
        """
        exchange, wanted = self._exchange, text.upper()
        known: dict[str, None] = {}
        for symbol in exchange.symbols():
            terms = exchange.instrument(symbol)
            known[terms.settlement] = None
            if terms.asset_class.owned:
                known[terms.base] = None
        known[exchange.profile(self._current.account).base_currency] = None
        if wanted in known:
            return wanted
        suggestion = nearest(wanted, known)
        raise ResolutionRefusal(
            f"nothing here is traded in {clip(text)!r}{did_you_mean(suggestion)}", suggestion
        )

    def _set(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        if not arguments:
            raise ResolutionRefusal("portfolio set needs what: `portfolio set lots=fifo`")
        account = self._current.account
        profile = with_settings(self._exchange.profile(account), arguments)
        events = self._send(ConfigurePortfolio(account=account, profile=profile))
        self._switched()
        return told(self._exchange, events, account)

    def _named(self, arguments: tuple[str, ...], what: str) -> str:
        """The portfolio that is named; the current one when none is."""
        return self.find(_one(arguments, what)) if arguments else self._current.account

    def _check_free(self, title: str) -> None:
        titles = {self.title(each).casefold() for each in self._exchange.accounts()}
        if not title.strip() or title.casefold() in titles:
            raise ResolutionRefusal(
                f"there is a portfolio {clip(title)!r} already; choose another name"
                if title.strip()
                else "a portfolio needs a name"
            )

    def _free_name(self, title: str) -> str:
        """A name for the exchange, made from a title, that no account has."""
        plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in title)
        stem = plain.lower().strip("-")[:24] or "portfolio"
        taken, name, number = set(self._exchange.accounts()), stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        return name

    def _send(self, command: Command) -> tuple[Event, ...]:
        """Send one.

        Raises:
            ResolutionRefusal: The exchange refuses it; the sentence says why.
        """
        events = self._submit(command)
        for event in events:
            if isinstance(event, CommandRejected):
                raise ResolutionRefusal(event.text)
        return events


def _titled(arguments: tuple[str, ...], what: str) -> tuple[str, list[str]]:
    """The name of a new portfolio, and what is set of it."""
    names = [text for text in arguments if "=" not in text]
    if len(names) != 1:
        raise ResolutionRefusal(
            f"portfolio {what} takes one name, in quotes when it has several words, then settings"
            " such as `base=USD`"
        )
    return names[0], [text for text in arguments if "=" in text]


def _one(arguments: tuple[str, ...], what: str) -> str:
    if len(arguments) != 1:
        raise ResolutionRefusal(
            f"portfolio {what} takes one name; names of several words stand in quotes"
        )
    return arguments[0]

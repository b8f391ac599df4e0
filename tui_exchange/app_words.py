"""Words of the command line that are not orders: what the screen itself can do."""

from collections.abc import Sequence
from dataclasses import dataclass

from feeds import FEEDS
from tui_exchange.command_line.scanner import quote
from tui_exchange.feed_switching import OTHERS
from tui_exchange.feed_views import FeedView


@dataclass(frozen=True, slots=True)
class AppWord:
    """One word, what follows it, and the action that it performs."""

    name: str
    argument: str
    help: str


APP_WORDS = (
    AppWord("quit", "", "leave; orders and positions are kept"),
    AppWord("theme", "[name]", "switch the theme, or list the themes"),
    AppWord("focus", "<symbol>", "put an instrument into focus"),
    AppWord("arm", "", "arm the trading keys"),
    AppWord("disarm", "", "disarm the trading keys"),
    AppWord("keys", "", "show the keys of the focused pane"),
    AppWord("log", "", "show what happened"),
)

BY_NAME = {word.name: word for word in APP_WORDS}
BY_NAME["q"] = BY_NAME["quit"]


def prepared_lines(
    carried: Sequence[FeedView], portfolios: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """(what it is for, the line) of each portfolio and each change of feeds that one may begin."""
    venues = (*FEEDS, *OTHERS)
    return [
        *((f"Portfolio: {title}", f"portfolio use {quoted(title)}") for title in portfolios),
        ("New portfolio", "portfolio new "),
        *((f"Add a feed: {venue}", f"feed add {venue} ") for venue in venues),
        *((f"Trade on one feed alone: {venue}", f"feed use {venue} ") for venue in venues),
        *((f"Drop the market {each.symbol}", f"unwatch {each.symbol}") for each in carried),
    ]


def quoted(title: str) -> str:
    """A title as the command line takes it: in quotes when it has several words."""
    return quote(title) if any(char.isspace() or char in "~;" for char in title) else title


def split_word(text: str) -> tuple[AppWord, str] | None:
    """The word that a line begins with and what follows it; None when it is not one of these."""
    first, _, rest = text.strip().partition(" ")
    word = BY_NAME.get(first.lower())
    return None if word is None else (word, rest.strip())


def position_named(text: str, held: Sequence[str]) -> str:
    """The open position that a line `position BTC-USDT` asks for, which the screen shows.

    The first where none is named; empty for any other line, and where there is none.
    """
    word, _, rest = text.strip().partition(" ")
    if word.lower() != "position":
        return ""
    wanted = rest.strip().upper()
    return next((symbol for symbol in held if wanted in ("", symbol.upper())), "")


def order_named(text: str) -> int | None:
    """The order that a line `order 7` asks for, which the screen shows instead of telling it."""
    word, _, rest = text.strip().partition(" ")
    number = rest.strip().removeprefix("#")
    named = word.lower() == "order" and number.isascii() and number.isdigit()
    return int(number) if named else None

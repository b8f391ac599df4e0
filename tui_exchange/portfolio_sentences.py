"""What happened to a portfolio as a whole, in sentences."""

from collections.abc import Callable
from typing import Any

from engine.core.events import (
    LimitsSet,
    PortfolioArchived,
    PortfolioConfigured,
    PortfolioReset,
)
from engine.core.exchange import Exchange
from tui_exchange.app_words import quoted
from tui_exchange.number_text import money_text


def title_of(exchange: Exchange, account: str) -> str:
    """What people call a portfolio."""
    known = account in exchange.accounts()
    return (exchange.profile(account).title if known else "") or account


def _configured_told(exchange: Exchange, event: PortfolioConfigured) -> str:
    del exchange
    profile = event.profile
    return (
        f"portfolio {profile.title or event.account}: base {profile.base_currency}, lots by"
        f" {profile.lot_method.value}, starts with {money_text(profile.starting_quanta)}"
    )


def _reset_told(exchange: Exchange, event: PortfolioReset) -> str:
    orders = f"{event.cancelled_orders} order{'' if event.cancelled_orders == 1 else 's'}"
    count = event.closed_positions
    positions = f"{count} position{'' if count == 1 else 's'}"
    return (
        f"portfolio {title_of(exchange, event.account)} begins again with"
        f" {money_text(event.starting_quanta)} {event.currency}: {orders} cancelled, {positions}"
        " closed at the mark, its history kept"
    )


def _archived_told(exchange: Exchange, event: PortfolioArchived) -> str:
    title = title_of(exchange, event.account)
    if event.archived:
        return (
            f"portfolio {title} is put away: it takes no orders, and nothing of it is lost;"
            f" `portfolio unarchive {quoted(title)}` takes it out again"
        )
    return f"portfolio {title} is taken out again and may trade"


def _limits_told(exchange: Exchange, event: LimitsSet) -> str:
    return f"the limits of portfolio {title_of(exchange, event.account)} are set"


PORTFOLIO_TELLERS: dict[type, Callable[[Exchange, Any], str]] = {
    PortfolioConfigured: _configured_told,
    PortfolioReset: _reset_told,
    PortfolioArchived: _archived_told,
    LimitsSet: _limits_told,
}
"""By the class of the event."""

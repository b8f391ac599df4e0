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
from tui_exchange.number_text import money_text


def _configured_told(exchange: Exchange, event: PortfolioConfigured) -> str:
    del exchange
    profile = event.profile
    return (
        f"portfolio {profile.title or event.account}: base {profile.base_currency}, lots by"
        f" {profile.lot_method.value}, starts with {money_text(profile.starting_quanta)}"
    )


def _reset_told(exchange: Exchange, event: PortfolioReset) -> str:
    del exchange
    orders = f"{event.cancelled_orders} order{'' if event.cancelled_orders == 1 else 's'}"
    count = event.closed_positions
    positions = f"{count} position{'' if count == 1 else 's'}"
    return (
        f"portfolio {event.account} begins again with {money_text(event.starting_quanta)}"
        f" {event.currency}: {orders} cancelled, {positions} closed at the mark, its history kept"
    )


def _archived_told(exchange: Exchange, event: PortfolioArchived) -> str:
    del exchange
    if event.archived:
        return (
            f"portfolio {event.account} is put away: it takes no orders, and nothing of it is lost;"
            f" `portfolio unarchive {event.account}` takes it out again"
        )
    return f"portfolio {event.account} is taken out again and may trade"


def _limits_told(exchange: Exchange, event: LimitsSet) -> str:
    del exchange
    return f"the limits of portfolio {event.account} are set"


PORTFOLIO_TELLERS: dict[type, Callable[[Exchange, Any], str]] = {
    PortfolioConfigured: _configured_told,
    PortfolioReset: _reset_told,
    PortfolioArchived: _archived_told,
    LimitsSet: _limits_told,
}
"""By the class of the event."""

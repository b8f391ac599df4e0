"""Writing what happens to a portfolio as a whole.

| line | event |
|---|---|
| `portfolio-set NAME` | PortfolioConfigured |
| `began-anew NAME AMOUNT CURRENCY cancelled COUNT closed COUNT` | PortfolioReset |
| `archived NAME`, `unarchived NAME` | PortfolioArchived |
| `limits-set NAME` | LimitsSet |
"""

from collections.abc import Callable
from typing import Any

from engine.core.events import LimitsSet, PortfolioArchived, PortfolioConfigured, PortfolioReset
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import money_text
from engine.core.script.words import name


def _portfolio_set(event: PortfolioConfigured, _glossary: Glossary) -> str:
    return f"portfolio-set {name(event.account)}"


def _began_anew(event: PortfolioReset, _glossary: Glossary) -> str:
    start = f"{money_text(event.starting_quanta)} {name(event.currency)}"
    counts = f"cancelled {event.cancelled_orders} closed {event.closed_positions}"
    return f"began-anew {name(event.account)} {start} {counts}"


def _archived(event: PortfolioArchived, _glossary: Glossary) -> str:
    return f"{'archived' if event.archived else 'unarchived'} {name(event.account)}"


def _limits_set(event: LimitsSet, _glossary: Glossary) -> str:
    return f"limits-set {name(event.account)}"


WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    PortfolioConfigured: _portfolio_set,
    PortfolioReset: _began_anew,
    PortfolioArchived: _archived,
    LimitsSet: _limits_set,
}

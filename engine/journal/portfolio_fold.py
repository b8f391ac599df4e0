"""Folds what happens to portfolios as a whole: who they are, what was paid in, how they pay."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from engine.core.commands import Profile
from engine.core.events import (
    AccountOpened,
    Deposited,
    LimitsSet,
    MarginModeSet,
    PortfolioArchived,
    PortfolioConfigured,
    PortfolioReset,
)
from engine.core.margin_terms import CASH, Limits
from engine.core.units import quanta_decimal
from engine.journal.margin_rows import PortfolioRow
from engine.journal.rows import DepositRow

RESET = "reset"
"""The kind of what an account is given when it begins anew."""


@dataclass(slots=True)
class PortfolioState:
    """What the fold remembers of portfolios."""

    rows: dict[str, PortfolioRow] = field(default_factory=dict)
    deposited: dict[str, dict[str, int]] = field(default_factory=dict)
    """Quanta paid in since the last reset, by account and currency."""
    margined: set[tuple[str, str]] = field(default_factory=set)
    """Accounts and symbols whose mode was last set to one on margin."""


class PortfolioFold:
    """Portfolios as they are now, and what was paid into them.

    Args:
        state: Kept up to date.
    """

    def __init__(self, state: PortfolioState) -> None:
        self._state = state
        self._touched: dict[str, PortfolioRow] = {}
        self._deposits: list[DepositRow] = []
        self.folds: dict[type, Callable[[Any], None]] = {
            AccountOpened: self._opened,
            Deposited: self._deposited,
            PortfolioConfigured: self._configured,
            PortfolioReset: self._reset,
            PortfolioArchived: self._archived,
            LimitsSet: self._limited,
            MarginModeSet: self._mode_set,
        }

    def take(self) -> tuple[dict[str, PortfolioRow], list[DepositRow]]:
        """What has changed and was paid in since the last time."""
        taken = self._touched, self._deposits
        self._touched, self._deposits = {}, []
        return taken

    def resets(self, account: str) -> int:
        """How often a portfolio has begun anew."""
        row = self._state.rows.get(account)
        return 0 if row is None else row.resets

    def _opened(self, event: AccountOpened) -> None:
        usual = Profile()
        row = PortfolioRow(
            account=event.account,
            title="",
            description="",
            base_currency="",
            starting=quanta_decimal(0),
            lot_method="",
            collateral="",
            leverages="",
            tags="",
            public=False,
            archived=False,
            limits=_json(Limits()),
            resets=0,
            opened_seq=event.seq,
            opened_at=event.ts_ns,
        )
        _describe(row, usual)
        self._state.rows[event.account] = self._touched[event.account] = row

    def _configured(self, event: PortfolioConfigured) -> None:
        _describe(self._row(event.account), event.profile)

    def _archived(self, event: PortfolioArchived) -> None:
        self._row(event.account).archived = event.archived

    def _limited(self, event: LimitsSet) -> None:
        self._row(event.account).limits = _json(event.limits)

    def _mode_set(self, event: MarginModeSet) -> None:
        key = event.account, event.symbol
        if event.mode is CASH:
            self._state.margined.discard(key)
        else:
            self._state.margined.add(key)

    def _deposited(self, event: Deposited) -> None:
        paid = self._state.deposited.setdefault(event.account, {})
        paid[event.currency] = paid.get(event.currency, 0) + event.amount_quanta
        self._paid_in(event, event.kind.value, event.amount_quanta, event.balance_quanta)

    def _reset(self, event: PortfolioReset) -> None:
        row = self._row(event.account)
        row.resets += 1
        row.reset_at = event.ts_ns
        self._state.deposited[event.account] = {event.currency: event.starting_quanta}
        self._paid_in(event, RESET, event.starting_quanta, event.starting_quanta)

    def _paid_in(
        self, event: Deposited | PortfolioReset, kind: str, amount_quanta: int, balance_quanta: int
    ) -> None:
        self._deposits.append(
            DepositRow(
                seq=event.seq,
                ts=event.ts_ns,
                account=event.account,
                kind=kind,
                currency=event.currency,
                amount=quanta_decimal(amount_quanta),
                balance=quanta_decimal(balance_quanta),
            )
        )

    def _row(self, account: str) -> PortfolioRow:
        row = self._touched[account] = self._state.rows[account]
        return row


def _describe(row: PortfolioRow, profile: Profile) -> None:
    row.title = profile.title
    row.description = profile.description
    row.base_currency = profile.base_currency
    row.starting = quanta_decimal(profile.starting_quanta)
    row.lot_method = profile.lot_method.value
    row.collateral = profile.collateral.value
    row.leverages = _json(profile.leverages)
    row.tags = _json(profile.tags)
    row.public = profile.public


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()

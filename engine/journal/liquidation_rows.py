"""Warnings and the steps of liquidations: one event, one row, one sentence for the trader."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.core.events import (
    CollateralSold,
    InsurancePaid,
    LiquidationEnded,
    LiquidationOutcome,
    LiquidationStarted,
    LossSocialised,
    MarginWarning,
    PositionDeleveraged,
    PositionLiquidated,
    ReducedBy,
)
from engine.core.units import Scale, decimal_text, quanta_decimal
from engine.journal.exact import average_price, weight_of_value
from engine.journal.margin_rows import LiquidationRow

_TAKEN = {
    ReducedBy.BOOK: "sold or bought in the book",
    ReducedBy.FUND: "taken over by the insurance fund at the bankruptcy price",
    ReducedBy.DELEVERAGING: "closed against holders of the opposite position",
}
_ENDED = {
    LiquidationOutcome.HEALTHY: "its margin is restored",
    LiquidationOutcome.CLOSED: "nothing is left to liquidate",
    LiquidationOutcome.WAITING: "it goes on when what is left trades and has a mark again",
}


def liquidation_row(event: Any, n: int, currency: str, scale: Scale | None) -> LiquidationRow:
    """The row of an event of `LIQUIDATION_EVENTS`.

    Args:
        currency: The settlement currency.
        scale: Of its instrument, where it is about one.
    """
    kind, fill = LIQUIDATION_EVENTS[type(event)]
    row = LiquidationRow(
        seq=event.seq,
        n=n,
        ts=event.ts_ns,
        kind=kind,
        account=event.account,
        symbol=getattr(event, "symbol", None),
        currency=currency,
        text="",
    )
    fill(row, event, scale)
    return row


def _warned(row: LiquidationRow, event: MarginWarning, _scale: Scale | None) -> None:
    row.level_percent = event.level_pct
    _health(row, event)
    row.text = f"maintenance uses {event.level_pct}% of what answers for {_pool(row)}"


def _started(row: LiquidationRow, event: LiquidationStarted, _scale: Scale | None) -> None:
    _health(row, event)
    row.text = f"maintenance exceeds what answers for {_pool(row)}: the exchange reduces it"


def _ended(row: LiquidationRow, event: LiquidationEnded, _scale: Scale | None) -> None:
    _health(row, event)
    row.outcome = event.outcome.value
    row.text = f"liquidation ended: {_ENDED[event.outcome]}"


def _health(
    row: LiquidationRow, event: MarginWarning | LiquidationStarted | LiquidationEnded
) -> None:
    row.equity = quanta_decimal(event.equity_quanta)
    row.maintenance = quanta_decimal(event.maintenance_quanta)


def _pool(row: LiquidationRow) -> str:
    return f"the positions in {row.currency}" if row.symbol is None else f"{row.symbol} alone"


def _reduced(row: LiquidationRow, event: PositionLiquidated, scale: Scale | None) -> None:
    row.taken_by = event.by.value
    row.fee = quanta_decimal(event.fee_quanta)
    _closed(row, event, scale)
    row.text = f"{_size(row)} {_TAKEN[event.by]}"


def _deleveraged(row: LiquidationRow, event: PositionDeleveraged, scale: Scale | None) -> None:
    row.other = event.against
    row.rank = event.rank
    row.score = quanta_decimal(event.score * 10**6)
    _closed(row, event, scale)
    row.text = (
        f"{_size(row)} closed against {event.against}, which nobody else could take:"
        f" place {event.rank} by profit and leverage"
    )


def _closed(
    row: LiquidationRow, event: PositionLiquidated | PositionDeleveraged, scale: Scale | None
) -> None:
    assert scale is not None
    row.side = event.side.value
    row.size = scale.size_decimal(event.lots)
    row.lots = event.lots
    row.value = quanta_decimal(event.value_quanta)
    if event.lots:
        row.price = average_price(weight_of_value(event.value_quanta, scale), event.lots, scale)
    row.realised = quanta_decimal(event.realised_quanta)
    row.lots_left = event.lots_left


def _size(row: LiquidationRow) -> str:
    return decimal_text(row.size or Decimal(0))


def _collateral_sold(row: LiquidationRow, event: CollateralSold, _scale: Scale | None) -> None:
    row.sold = quanta_decimal(event.sold_quanta)
    row.sold_currency = event.sold_currency
    row.amount = quanta_decimal(event.paid_quanta)
    row.fee = quanta_decimal(event.haircut_quanta)
    row.text = (
        f"{decimal_text(row.sold)} {event.sold_currency} was sold at the index to pay"
        f" {decimal_text(row.amount)} {event.currency} that it owed; the haircut,"
        f" {decimal_text(row.fee)} {event.currency}, went to the insurance fund"
    )


def _insurance_paid(row: LiquidationRow, event: InsurancePaid, _scale: Scale | None) -> None:
    row.amount = quanta_decimal(event.amount_quanta)
    row.fund = quanta_decimal(event.fund_quanta)
    row.text = f"the insurance fund paid {decimal_text(row.amount)} {row.currency} of what it owed"


def _socialised(row: LiquidationRow, event: LossSocialised, _scale: Scale | None) -> None:
    row.amount = quanta_decimal(event.amount_quanta)
    row.other = event.debtor
    row.text = f"{decimal_text(row.amount)} {row.currency} borne of the loss of {event.debtor}"


LIQUIDATION_EVENTS: dict[type, tuple[str, Callable[[LiquidationRow, Any, Scale | None], None]]] = {
    MarginWarning: ("warned", _warned),
    LiquidationStarted: ("started", _started),
    PositionLiquidated: ("reduced", _reduced),
    PositionDeleveraged: ("deleveraged", _deleveraged),
    LiquidationEnded: ("ended", _ended),
    CollateralSold: ("collateral_sold", _collateral_sold),
    InsurancePaid: ("insurance_paid", _insurance_paid),
    LossSocialised: ("socialised", _socialised),
}
"""Kinds by event."""

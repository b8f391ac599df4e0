"""What happened to margined positions, in sentences: margin, funding, liquidation, deleveraging."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.core.commands import Side
from engine.core.events import (
    BorrowFeePaid,
    CollateralSold,
    CurrencySet,
    FundingPaid,
    FundingSet,
    InsurancePaid,
    LeverageSet,
    LiquidationEnded,
    LiquidationOutcome,
    LiquidationStarted,
    LossSocialised,
    MarginChanged,
    MarginModeSet,
    MarginWarning,
    OracleChanged,
    OracleStatus,
    PositionDeleveraged,
    PositionLiquidated,
    ReducedBy,
)
from engine.core.exchange import Exchange
from engine.core.units import PPM
from tui_exchange.amount_text import (
    average_text,
    fee_text,
    plain_price_text,
    plain_size_text,
    precise_text,
    signed_precise_text,
)
from tui_exchange.command_line.order_words import percent_words
from tui_exchange.leverage_room import without_room
from tui_exchange.number_text import left_text
from tui_exchange.portfolio_sentences import title_of

PPB_PER_PPM = 1_000
_TOOK = {
    ReducedBy.BOOK: "in the book",
    ReducedBy.FUND: "taken over by the insurance fund at the bankruptcy price",
    ReducedBy.DELEVERAGING: "closed against opposite holders at the bankruptcy price",
}
_ENDED = {
    LiquidationOutcome.HEALTHY: "what is left is healthy",
    LiquidationOutcome.CLOSED: "nothing is left",
    LiquidationOutcome.WAITING: "the rest has no mark or does not trade now; it goes on then",
}


def rate_words(rate_ppb: int) -> str:
    """A funding rate as a percentage, exact: `0.01%`."""
    return f"{(Decimal(rate_ppb) / PPB_PER_PPM / 10_000).normalize():f}%"


def _in(quanta: int, currency: str) -> str:
    """`1,204.50 USDT`."""
    return f"{precise_text(quanta, currency)} {currency}"


def _settled_in(exchange: Exchange, symbol: str) -> str:
    return exchange.instrument(symbol).settlement


def _mode_told(exchange: Exchange, event: MarginModeSet) -> str:
    del exchange
    ways = {
        "cash": "is paid in full",
        "cross": "trades on cross margin: the whole balance answers for it",
        "isolated": "trades on isolated margin: only what is set aside answers for it",
    }
    return f"{event.symbol} {ways[event.mode.value]}"


def _leverage_told(exchange: Exchange, event: LeverageSet) -> str:
    currency = _settled_in(exchange, event.symbol)
    held = f"{precise_text(event.held_quanta, currency)} {currency}"
    holds = f"; its position and orders hold {held}" if event.held_quanta else ""
    told = f"{event.symbol} has {event.leverage}x leverage now{holds}"
    warning = without_room(exchange, event.account, event.symbol, event.leverage)
    return f"{told}; {warning}" if warning else told


def _margin_told(exchange: Exchange, event: MarginChanged) -> str:
    currency = _settled_in(exchange, event.symbol)
    did = "added to" if event.amount_quanta > 0 else "taken from"
    return (
        f"{_in(abs(event.amount_quanta), currency)} {did} the margin of {event.symbol};"
        f" {precise_text(event.margin_quanta, currency)} stands behind it now"
    )


def _what(symbol: str | None, currency: str) -> str:
    return f"cross positions in {currency}" if symbol is None else symbol


def _warning_told(exchange: Exchange, event: MarginWarning) -> str:
    del exchange
    needs = (
        f"{_what(event.symbol, event.currency)} need{'s' if event.symbol else ''}"
        f" {precise_text(event.maintenance_quanta, event.currency)} of"
        f" {_in(event.equity_quanta, event.currency)}"
    )
    if event.maintenance_quanta >= event.equity_quanta:
        return f"MARGIN used up: {needs}; the exchange liquidates once it trades: add money now"
    return (
        f"MARGIN {event.level_pct}%: {needs}; at 100% the exchange liquidates: reduce, or add money"
    )


def _started_told(exchange: Exchange, event: LiquidationStarted) -> str:
    del exchange
    return (
        f"LIQUIDATION of {_what(event.symbol, event.currency)} begins: maintenance"
        f" {precise_text(event.maintenance_quanta, event.currency)},"
        f" {_in(event.equity_quanta, event.currency)} left"
    )


def _liquidated_told(exchange: Exchange, event: PositionLiquidated) -> str:
    symbol = event.symbol
    way = "long" if event.side is Side.SELL else "short"
    size = plain_size_text(exchange, symbol, event.lots)
    price = _price(exchange, symbol, event.value_quanta, event.lots)
    currency = _settled_in(exchange, symbol)
    fee = f", fee {fee_text(event.fee_quanta)} {currency}" if event.fee_quanta else ""
    left = (
        f"; {plain_size_text(exchange, symbol, abs(event.lots_left))} is left"
        if event.lots_left
        else ""
    )
    return (
        f"LIQUIDATED: {size} {symbol} of your {way} {_TOOK[event.by]}{price}, realised"
        f" {signed_precise_text(event.realised_quanta, currency)} {currency}{fee}{left}"
    )


def _price(exchange: Exchange, symbol: str, value_quanta: int, lots: int) -> str:
    """` at 58,120`; nothing where the value is not price times size."""
    if _settled_in(exchange, symbol) != exchange.instrument(symbol).quote or not lots:
        return ""
    return f" at {average_text(exchange, symbol, abs(value_quanta), lots)}"


def _deleveraged_told(exchange: Exchange, event: PositionDeleveraged) -> str:
    symbol = event.symbol
    way = "short" if event.side is Side.BUY else "long"
    size = plain_size_text(exchange, symbol, event.lots)
    price = _price(exchange, symbol, event.value_quanta, event.lots)
    score = Decimal(event.score) / PPM
    currency = _settled_in(exchange, symbol)
    return (
        f"AUTO-DELEVERAGED: {size} {symbol} of your {way} was closed{price}, realised"
        f" {signed_precise_text(event.realised_quanta, currency)} {currency}: the other"
        " side was liquidated, and neither the book nor the insurance fund could take it; you were"
        f" number {event.rank} in the queue (profit times leverage {score:,.2f})"
    )


def _ended_told(exchange: Exchange, event: LiquidationEnded) -> str:
    del exchange
    return (
        f"liquidation of {_what(event.symbol, event.currency)} ended: {_ENDED[event.outcome]};"
        f" equity {precise_text(event.equity_quanta, event.currency)} {event.currency}"
    )


def _collateral_told(exchange: Exchange, event: CollateralSold) -> str:
    del exchange
    return (
        f"sold {_in(event.sold_quanta, event.sold_currency)} at the index to pay"
        f" {_in(event.paid_quanta, event.currency)} that was owed; the haircut,"
        f" {_in(event.haircut_quanta, event.currency)}, went to the insurance fund"
    )


def _insured_told(exchange: Exchange, event: InsurancePaid) -> str:
    del exchange
    return (
        f"the insurance fund paid {_in(event.amount_quanta, event.currency)} that was owed beyond"
        " all margin"
    )


def _socialised_told(exchange: Exchange, event: LossSocialised) -> str:
    return (
        f"SOCIALISED LOSS: {_in(event.amount_quanta, event.currency)} of a loss that neither"
        f" {title_of(exchange, event.debtor)} nor the insurance fund could pay"
    )


def _funding_told(exchange: Exchange, event: FundingPaid) -> str:
    if not event.paid_quanta:
        return ""
    currency = _settled_in(exchange, event.symbol)
    did = "paid" if event.paid_quanta > 0 else "received"
    size = plain_size_text(exchange, event.symbol, abs(event.lots))
    mark = plain_price_text(exchange, event.symbol, event.mark_ticks)
    return (
        f"funding {did}: {fee_text(abs(event.paid_quanta))} {currency} on {size} {event.symbol}"
        f" {'long' if event.lots > 0 else 'short'}, rate {rate_words(event.rate_ppb)} at mark"
        f" {mark}"
    )


def _borrowed_told(exchange: Exchange, event: BorrowFeePaid) -> str:
    size = plain_size_text(exchange, event.symbol, abs(event.lots))
    paid = f"{fee_text(event.paid_quanta)} {_settled_in(exchange, event.symbol)}"
    return f"borrow fee paid: {paid} for a day of {size} {event.symbol} short"


def _oracle_told(exchange: Exchange, event: OracleChanged) -> str:
    if event.status is OracleStatus.LOST:
        return f"ALARM: {event.symbol} has no mark price: nothing in it is liquidated until it has"
    price = (
        ""
        if event.mark_ticks is None
        else f", {plain_price_text(exchange, event.symbol, event.mark_ticks)}"
    )
    if event.status is OracleStatus.FALLBACK:
        return f"the mark of {event.symbol} is too old: the middle of the book stands in{price}"
    return f"the mark of {event.symbol} is reliable again{price}"


def _funding_set_told(exchange: Exchange, event: FundingSet) -> str:
    del exchange
    return (
        f"{event.symbol} pays funding by the {event.model.value} rate every"
        f" {left_text(event.interval_ns)}"
    )


def _currency_told(exchange: Exchange, event: CurrencySet) -> str:
    del exchange
    value = f"as {event.pegged_to}" if event.pegged_to else "at its market price"
    haircut = f", less {percent_words(event.haircut_ppm)}" if event.haircut_ppm else ""
    return f"{event.currency} counts as collateral {value}{haircut}"


_ALARMING = (
    MarginWarning,
    LiquidationStarted,
    PositionLiquidated,
    PositionDeleveraged,
    LossSocialised,
)


def is_alarming(event: object) -> bool:
    """Whether what happened is a threat or a loss that must not be overlooked."""
    if isinstance(event, OracleChanged):
        return event.status is OracleStatus.LOST
    return isinstance(event, _ALARMING)


MARGIN_TELLERS: dict[type, Callable[[Exchange, Any], str]] = {
    MarginModeSet: _mode_told,
    LeverageSet: _leverage_told,
    MarginChanged: _margin_told,
    MarginWarning: _warning_told,
    LiquidationStarted: _started_told,
    PositionLiquidated: _liquidated_told,
    PositionDeleveraged: _deleveraged_told,
    LiquidationEnded: _ended_told,
    CollateralSold: _collateral_told,
    InsurancePaid: _insured_told,
    LossSocialised: _socialised_told,
    FundingPaid: _funding_told,
    BorrowFeePaid: _borrowed_told,
    OracleChanged: _oracle_told,
    FundingSet: _funding_set_told,
    CurrencySet: _currency_told,
}
"""By the class of the event."""

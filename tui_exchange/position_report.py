"""Everything about one open position: its worth, what it went through, what it is made of."""

from engine.core.accounts import Position
from engine.core.accounts.lots import Lot
from engine.core.commands import LotMethod
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH
from engine.core.perps.foresight import Stake
from tui_exchange.amount_text import (
    average_text,
    plain_price_text,
    plain_size_text,
    precise_text,
    signed_precise_text,
)
from tui_exchange.command_line.order_words import moment_words
from tui_exchange.line_foresight import leverage_words
from tui_exchange.margin_text import LIGHTS, usage_text
from tui_exchange.number_text import left_text
from tui_exchange.position_labels import Labels

LOTS_SHOWN = 20
_METHODS = {
    LotMethod.FIFO: "first in, first out",
    LotMethod.LIFO: "last in, first out",
    LotMethod.AVERAGE: "one average cost, no lots apart",
}
Line = tuple[str, str]
"""What it is, and what is said of it."""


def position_lines(
    exchange: Exchange,
    account: str,
    symbol: str,
    mark_ticks: int | None,
    now_ns: int,
    labels: Labels,
) -> tuple[Line, ...]:
    """The position in an instrument; nothing where there is none.

    Args:
        mark_ticks: The price at which it is valued; None when not known.
        labels: What its trader wrote.
    """
    position = exchange.position(account, symbol)
    if position is None or not position.lots:
        return ()
    stake = exchange.stake(account, symbol)
    return tuple(
        line
        for line in (
            ("position", _held(exchange, symbol, position)),
            ("opened", _opened(position, now_ns)),
            ("price", _priced(exchange, symbol, position, mark_ticks)),
            ("excursion", _excursion(exchange, account, symbol, position)),
            ("realised", _paid(exchange, symbol, position)),
            ("margin", "" if stake is None else _margin(exchange, symbol, stake)),
            *_lots(exchange, symbol, position),
            ("tags", " ".join(f"#{tag}" for tag in labels.tags)),
            ("note", labels.note),
        )
        if line[1]
    )


def _held(exchange: Exchange, symbol: str, position: Position) -> str:
    way = "long" if position.lots > 0 else "short"
    size = plain_size_text(exchange, symbol, abs(position.lots))
    largest = plain_size_text(exchange, symbol, position.largest_lots)
    return f"{way} {size} {symbol}, {largest} at its largest"


def _opened(position: Position, now_ns: int) -> str:
    if not position.opened_ns:
        return ""
    return f"{moment_words(position.opened_ns)}, {left_text(now_ns - position.opened_ns)} ago"


def _priced(exchange: Exchange, symbol: str, position: Position, mark_ticks: int | None) -> str:
    entry = average_text(exchange, symbol, position.cost_quanta, position.lots)
    if mark_ticks is None:
        return f"entry {entry}; what it is worth is not known now"
    value = exchange.scale(symbol).signed_value_quanta(mark_ticks, position.lots)
    gained = _money(exchange, symbol, value - position.cost_quanta)
    mark = plain_price_text(exchange, symbol, mark_ticks)
    return f"entry {entry}, mark {mark}: unrealised {gained}"


def _excursion(exchange: Exchange, account: str, symbol: str, position: Position) -> str:
    """What is paid in full is not followed by the mark."""
    if exchange.margin_mode(account, symbol) is CASH:
        return ""
    worst = _money(exchange, symbol, position.worst_quanta)
    best = _money(exchange, symbol, position.best_quanta)
    return f"unrealised was {worst} at worst and {best} at best"


def _paid(exchange: Exchange, symbol: str, position: Position) -> str:
    currency = exchange.instrument(symbol).settlement
    told = (
        f"{_money(exchange, symbol, position.realised_quanta)},"
        f" fees {precise_text(position.fees_quanta, currency)} {currency},"
        " with those of earlier positions in it"
    )
    funding = position.funding_quanta
    if not funding:
        return told
    verb = "paid" if funding > 0 else "received"
    return f"{told}; funding {verb} by this one: {precise_text(abs(funding), currency)} {currency}"


def _margin(exchange: Exchange, symbol: str, stake: Stake) -> str:
    currency = exchange.instrument(symbol).settlement
    liquidation = "no price liquidates it"
    if stake.liquidation_ticks is not None:
        at = plain_price_text(exchange, symbol, stake.liquidation_ticks)
        liquidation = f"liquidation at {at}"
    return (
        f"{stake.mode.value} at {leverage_words(stake.leverage_ppm)},"
        f" {precise_text(stake.margin_quanta, currency)} {currency} behind it; maintenance takes"
        f" {usage_text(stake.usage_ppm)} of what answers; {liquidation};"
        f" {stake.adl_lights} of {LIGHTS} lights in the queue of deleveraging"
    )


def _lots(exchange: Exchange, symbol: str, position: Position) -> list[Line]:
    told = [("lots", _METHODS[position.method])]
    told.extend(("", _lot(exchange, symbol, lot)) for lot in position.tranches[:LOTS_SHOWN])
    more = len(position.tranches) - LOTS_SHOWN
    return told if more <= 0 else [*told, ("", f"and {more} more")]


def _lot(exchange: Exchange, symbol: str, lot: Lot) -> str:
    size = plain_size_text(exchange, symbol, abs(lot.lots))
    price = average_text(exchange, symbol, lot.cost_quanta, lot.lots)
    return f"{size} at {price} since {moment_words(lot.opened_ns)}"


def _money(exchange: Exchange, symbol: str, quanta: int) -> str:
    currency = exchange.instrument(symbol).settlement
    return f"{signed_precise_text(quanta, currency)} {currency}"

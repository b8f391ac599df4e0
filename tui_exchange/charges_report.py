"""Funding, borrow fees and the insurance fund over time, as lines for people and as objects.

Amounts and prices in objects are exact text, times ISO 8601 in UTC.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from engine.core.exchange import Exchange
from engine.core.units import decimal_text, quanta_decimal
from tui_exchange.amount_text import fee_text, plain_price_text, plain_size_text
from tui_exchange.margin_sentences import rate_words
from tui_exchange.number_text import clock_text, day_text, money_text, signed_money_text
from tui_exchange.read_models.charges import Charge, FundBalance, Settled
from tui_exchange.review.figures import iso_text

LINES_MAX = 20
"""Of each list on the command line of a session, the latest."""


def funding_lines(
    exchange: Exchange, charges: Sequence[Charge], settled: Sequence[Settled]
) -> list[str]:
    """What was paid at which rate, newest first; an interval without a position says its rate."""
    held = {(each.symbol, each.until_ns) for each in charges}
    rows = [(each.until_ns, each.symbol, _paid(exchange, each)) for each in charges]
    rows += [
        (each.until_ns, each.symbol, _rate(exchange, each))
        for each in settled
        if (each.symbol, each.until_ns) not in held
    ]
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [f"{_when(until_ns)} {symbol}: {told}" for until_ns, symbol, told in rows]


def insurance_lines(exchange: Exchange, fund: Sequence[FundBalance]) -> list[str]:
    """What the fund has of each currency now, then how it came to that, newest first."""
    currencies = dict.fromkeys(exchange.instrument(s).settlement for s in exchange.symbols())
    present = [(each, exchange.fund(each)) for each in currencies]
    lines = [f"the insurance fund has {money_text(has)} {each}" for each, has in present if has]
    for symbol, position in exchange.fund_positions().items():
        if position.lots:
            way = "long" if position.lots > 0 else "short"
            size = plain_size_text(exchange, symbol, abs(position.lots))
            lines.append(f"it holds {way} {size} {symbol} that it took over")
    lines = lines or ["the insurance fund has nothing yet: liquidation fees fill it"]
    return lines + [f"{_when(each.ts_ns)} {told}" for each, told in _moves(fund)]


def funding_document(
    exchange: Exchange, charges: Iterable[Charge], settled: Iterable[Settled]
) -> dict[str, Any]:
    """The same as an object."""
    return {
        "paid": [_charge_object(exchange, each) for each in charges],
        "rates": [
            {
                "symbol": each.symbol,
                "until": iso_text(each.until_ns),
                "rate_ppb": each.rate_ppb,
                "mark": decimal_text(exchange.scale(each.symbol).price_decimal(each.mark_ticks)),
            }
            for each in settled
        ],
    }


def insurance_document(exchange: Exchange, fund: Iterable[FundBalance]) -> dict[str, Any]:
    """The same as an object."""
    return {
        "positions": {
            symbol: decimal_text(exchange.scale(symbol).size_decimal(position.lots))
            for symbol, position in exchange.fund_positions().items()
            if position.lots
        },
        "balances": [
            {
                "at": iso_text(each.ts_ns),
                "currency": each.currency,
                "balance": _amount(each.balance_quanta),
            }
            for each in fund
        ],
    }


def _charge_object(exchange: Exchange, charge: Charge) -> dict[str, Any]:
    return {
        "kind": "borrow" if charge.rate_ppb is None else "funding",
        "account": charge.account,
        "symbol": charge.symbol,
        "until": iso_text(charge.until_ns),
        "rate_ppb": charge.rate_ppb,
        "size": decimal_text(exchange.scale(charge.symbol).size_decimal(charge.lots)),
        "paid": _amount(charge.paid_quanta),
        "currency": exchange.instrument(charge.symbol).settlement,
    }


def _paid(exchange: Exchange, charge: Charge) -> str:
    """`0.01%, long 2 paid 12.40 USDT`."""
    way = "long" if charge.lots > 0 else "short"
    size = plain_size_text(exchange, charge.symbol, abs(charge.lots))
    currency = exchange.instrument(charge.symbol).settlement
    verb = "got" if charge.paid_quanta < 0 else "paid"
    told = f"{way} {size} {verb} {fee_text(abs(charge.paid_quanta))} {currency}"
    if charge.rate_ppb is None:
        return f"{told} for borrowing"
    return f"{rate_words(charge.rate_ppb)}, {told}"


def _rate(exchange: Exchange, settled: Settled) -> str:
    mark = plain_price_text(exchange, settled.symbol, settled.mark_ticks)
    return f"{rate_words(settled.rate_ppb)} at a mark of {mark}"


def _moves(fund: Sequence[FundBalance]) -> list[tuple[FundBalance, str]]:
    """Each balance with what it is more or less than the one before, newest first."""
    moves = []
    before: dict[str, int] = {}
    for each in reversed(fund):
        change = each.balance_quanta - before.get(each.currency, 0)
        before[each.currency] = each.balance_quanta
        moves.append(
            (
                each,
                f"{signed_money_text(change)} {each.currency}, then"
                f" {money_text(each.balance_quanta)}",
            )
        )
    return moves[::-1]


def _when(ts_ns: int) -> str:
    return f"{day_text(ts_ns)} {clock_text(ts_ns)}"


def _amount(quanta: int) -> str:
    return decimal_text(quanta_decimal(quanta))

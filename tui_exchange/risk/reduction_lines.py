"""Liquidations, takeovers and deleveragings of a portfolio as sentences and objects."""

from collections.abc import Iterable
from typing import Any

from engine.core.commands import Side
from engine.core.exchange import Exchange
from engine.core.units import decimal_text, quanta_decimal
from tui_exchange.amount_text import fee_text, plain_size_text
from tui_exchange.number_text import UNKNOWN, clock_text, day_text, entry_text, signed_money_text
from tui_exchange.read_models.reductions import DELEVERAGED, Reduction
from tui_exchange.review.figures import iso_text

LINES_MAX = 20
"""On the command line of a session, the latest."""
_TOOK = {
    "book": "liquidated in the book",
    "fund": "taken over by the insurance fund",
    "deleveraging": "liquidated, closed against opposite holders",
    DELEVERAGED: "auto-deleveraged against a liquidated position",
}


def reduction_lines(exchange: Exchange, found: Iterable[Reduction]) -> list[str]:
    """One line each: when, what, how, price, fee, profit, what is left."""
    return [_line(exchange, each) for each in found]


def reduction_objects(exchange: Exchange, found: Iterable[Reduction]) -> list[dict[str, Any]]:
    """The same with amounts as exact text."""
    return [
        {
            "time": iso_text(each.ts_ns),
            "symbol": each.symbol,
            "kind": DELEVERAGED if each.by == DELEVERAGED else "liquidated",
            "taken_by": None if each.by == DELEVERAGED else each.by,
            "closed": "long" if each.side is Side.SELL else "short",
            "size": decimal_text(exchange.scale(each.symbol).size_decimal(each.lots)),
            "price": None if each.price is None else decimal_text(each.price),
            "fee": decimal_text(quanta_decimal(each.fee_quanta)),
            "realised": decimal_text(quanta_decimal(each.realised_quanta)),
            "currency": exchange.instrument(each.symbol).settlement,
            "rank": each.rank,
        }
        for each in found
    ]


def _line(exchange: Exchange, each: Reduction) -> str:
    symbol = each.symbol
    way = "long" if each.side is Side.SELL else "short"
    price = UNKNOWN if each.price is None else entry_text(each.price, _places(exchange, symbol))
    currency = exchange.instrument(symbol).settlement
    fee = f", fee {fee_text(each.fee_quanta)} {currency}" if each.fee_quanta else ""
    rank = f", number {each.rank} in the queue" if each.rank else ""
    left = plain_size_text(exchange, symbol, abs(each.lots_left)) if each.lots_left else "nothing"
    return (
        f"{day_text(each.ts_ns)} {clock_text(each.ts_ns)} {symbol}: {way}"
        f" {plain_size_text(exchange, symbol, each.lots)} {_TOOK[each.by]} at {price}{fee},"
        f" realised {signed_money_text(each.realised_quanta)} {currency}{rank}; {left} is left"
    )


def _places(exchange: Exchange, symbol: str) -> int:
    return max(2, exchange.scale(symbol).price_decimals)

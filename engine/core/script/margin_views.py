"""Questions about margin: positions, pools, marks, funding, the insurance fund.

| question | answer |
|---|---|
| `margin NAME SYMBOL` | `MODE TIMES margin MARGIN maintenance NEEDED unrealised PROFIT …` |
| `pool NAME CURRENCY` | `equity EQUITY maintenance NEEDED used MARGIN available MONEY …` |
| `mark SYMBOL` | `STATUS mark PRICE index PRICE` |
| `funding SYMBOL` | `MODEL rate RATE next CLOCK` |
| `fund CURRENCY` | `BALANCE [holding SIZE SYMBOL, …]` |
| `equity NAME` | `EQUITY CURRENCY [stale] [without CURRENCY, …]` |
| `line SYMBOL long\\|short` | `NAME SIZE SCORE, …`, the first to be deleveraged first |

Of a position on margin follow `liquidation PRICE lights COUNT`, of a pool `usage SHARE` where
equity is left. Without a position on margin, funding or holders the answer is a dash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.script.numbers import (
    clock_text,
    money_text,
    multiple_text,
    percent_text,
    rate_text,
    size_text,
)
from engine.core.script.subjects import (
    NOTHING,
    Views,
    listed,
    price_or_nothing,
    take_account,
    take_symbol,
)
from engine.core.script.words import Words, dashed, name

if TYPE_CHECKING:
    from engine.core.exchange import Exchange

_LONG, _SHORT = "long", "short"


def _margin(words: Words, exchange: Exchange) -> str:
    account, symbol = take_account(words, exchange), take_symbol(words, exchange)
    stake = exchange.stake(account, symbol)
    if stake is None:
        return NOTHING
    liquidation = price_or_nothing(stake.liquidation_ticks, exchange.scale(symbol))
    return (
        f"{dashed(stake.mode)} {multiple_text(stake.leverage_ppm)}"
        f" margin {money_text(stake.margin_quanta)}"
        f" maintenance {money_text(stake.maintenance_quanta)}"
        f" unrealised {money_text(stake.unrealised_quanta)}"
        f" liquidation {liquidation} lights {stake.adl_lights}"
    )


def _pool(words: Words, exchange: Exchange) -> str:
    account = take_account(words, exchange)
    pool = exchange.pool(account, words.take("a currency").text)
    text = (
        f"equity {money_text(pool.equity_quanta)}"
        f" maintenance {money_text(pool.maintenance_quanta)}"
        f" used {money_text(pool.used_quanta)} available {money_text(pool.available_quanta)}"
    )
    return text if pool.usage_ppm is None else f"{text} usage {percent_text(pool.usage_ppm)}"


def _mark(words: Words, exchange: Exchange) -> str:
    symbol = take_symbol(words, exchange)
    standing, scale = exchange.oracle(symbol), exchange.scale(symbol)
    mark = price_or_nothing(standing.mark_ticks, scale)
    return f"{dashed(standing.status)} mark {mark} index" + (
        f" {price_or_nothing(standing.index_ticks, scale)}"
    )


def _funding(words: Words, exchange: Exchange) -> str:
    standing = exchange.funding(take_symbol(words, exchange))
    if standing is None:
        return NOTHING
    rate = NOTHING if standing.rate_ppb is None else rate_text(standing.rate_ppb)
    return f"{dashed(standing.model)} rate {rate} next {clock_text(standing.next_ns)}"


def _fund(words: Words, exchange: Exchange) -> str:
    text = money_text(exchange.fund(words.take("a currency").text))
    held = listed(
        f"{size_text(position.lots, exchange.scale(symbol))} {name(symbol)}"
        for symbol, position in exchange.fund_positions().items()
    )
    return text if held == NOTHING else f"{text} holding {held}"


def _equity(words: Words, exchange: Exchange) -> str:
    equity = exchange.equity(take_account(words, exchange))
    text = f"{money_text(equity.quanta)} {name(equity.currency)}"
    if equity.stale:
        text += " stale"
    return f"{text} without {listed(map(name, equity.missing))}" if equity.missing else text


def _line(words: Words, exchange: Exchange) -> str:
    symbol = take_symbol(words, exchange)
    long = words.choose(_LONG, _SHORT) == _LONG
    scale = exchange.scale(symbol)
    return listed(
        f"{name(account)} {size_text(lots, scale)} {multiple_text(points)}"
        for account, lots, points in exchange.adl_line(symbol, long=long)
    )


READERS: Views = {
    "margin": _margin,
    "pool": _pool,
    "mark": _mark,
    "funding": _funding,
    "fund": _fund,
    "equity": _equity,
    "line": _line,
}

"""The numbers that sum up some trades, each with the formula that it was computed by.

Amounts of different settlement currencies are never added: there is one summary for each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from tui_exchange.review.model import CLOSED, EquityPoint, Trade

_EXACT = Context(prec=80)
"""Wide enough that sums of money never round."""
ZERO = Decimal(0)
HUNDRED = Decimal(100)
PLACES = Decimal("0.0001")
QUANTUM = Decimal(1).scaleb(-12)
"""Averages of money are given to the smallest amount that exists."""

FORMULAS = {
    "net": "gross - fees - funding",
    "gross": "realised profit, all trades",
    "fees": "paid - rebates, all trades",
    "funding": "paid - received, all trades",
    "closed": "trades that are flat again",
    "open": "trades that are not",
    "wins": "closed with net > 0",
    "losses": "closed with net < 0",
    "win_rate": "100 * wins / closed",
    "average_win": "net of wins / wins",
    "average_loss": "net of losses / losses",
    "expectancy": "net of closed / closed",
    "profit_factor": "net of wins / -net of losses",
    "max_drawdown": "highest profit before - profit",
    "max_drawdown_percent": "100 * drawdown / (deposits + highest profit before)",
}
"""By the names of `Summary`; profit in the last two is equity less deposits, at its worst."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Trades of one settlement currency; None where the formula divides by nothing."""

    currency: str
    net: Decimal
    gross: Decimal
    fees: Decimal
    funding: Decimal
    closed: int
    open: int
    wins: int
    losses: int
    win_rate: Decimal | None
    average_win: Decimal | None
    average_loss: Decimal | None
    expectancy: Decimal | None
    profit_factor: Decimal | None


@dataclass(frozen=True, slots=True)
class Drawdown:
    """The worst of an equity curve, in its currency; None without a curve."""

    amount: Decimal | None
    percent: Decimal | None


def summaries(trades: Sequence[Trade]) -> tuple[Summary, ...]:
    """One for each settlement currency, that of the most trades first."""
    by_currency: dict[str, list[Trade]] = {}
    for trade in trades:
        by_currency.setdefault(trade.currency, []).append(trade)
    ordered = sorted(by_currency.items(), key=lambda entry: -len(entry[1]))
    with localcontext(_EXACT):
        return tuple(_summarise(currency, group) for currency, group in ordered)


def worst_drawdown(equity: Sequence[EquityPoint]) -> Drawdown:
    """The largest amount and the largest share that the profit fell back by."""
    if not equity:
        return Drawdown(None, None)
    shares = [point.drawdown_percent for point in equity if point.drawdown_percent is not None]
    return Drawdown(max(point.drawdown for point in equity), max(shares, default=None))


def _summarise(currency: str, trades: Sequence[Trade]) -> Summary:
    nets = [trade.net for trade in trades if trade.state == CLOSED]
    wins = [net for net in nets if net > 0]
    losses = [net for net in nets if net < 0]
    return Summary(
        currency=currency,
        net=_sum(trade.net for trade in trades),
        gross=_sum(trade.gross for trade in trades),
        fees=_sum(trade.fees for trade in trades),
        funding=_sum(trade.funding for trade in trades),
        closed=len(nets),
        open=len(trades) - len(nets),
        wins=len(wins),
        losses=len(losses),
        win_rate=_ratio(HUNDRED * len(wins), Decimal(len(nets)), PLACES),
        average_win=_ratio(_sum(wins), Decimal(len(wins))),
        average_loss=_ratio(_sum(losses), Decimal(len(losses))),
        expectancy=_ratio(_sum(nets), Decimal(len(nets))),
        profit_factor=_ratio(_sum(wins), -_sum(losses), PLACES),
    )


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def _ratio(above: Decimal, below: Decimal, step: Decimal = QUANTUM) -> Decimal | None:
    return None if below == 0 else (above / below).quantize(step)

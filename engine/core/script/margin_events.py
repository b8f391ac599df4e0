"""Writing what happens to positions on margin: their terms, their warnings, their liquidation.

| line | event |
|---|---|
| `mode-set NAME SYMBOL MODE` | MarginModeSet |
| `leverage-set NAME SYMBOL TIMES held HELD` | LeverageSet |
| `margin-changed NAME SYMBOL AMOUNT margin MARGIN` | MarginChanged |
| `warned NAME POOL CURRENCY LEVEL HEALTH` | MarginWarning |
| `liquidating NAME POOL CURRENCY HEALTH` | LiquidationStarted |
| `liquidated NAME SYMBOL SIDE SIZE by WHOM value VALUE fee FEE CLOSED` | PositionLiquidated |
| `deleveraged NAME SYMBOL SIDE SIZE against NAME value VALUE PLACE CLOSED` | PositionDeleveraged |
| `liquidation-ended NAME POOL CURRENCY OUTCOME HEALTH` | LiquidationEnded |
| `collateral-sold NAME AMOUNT CURRENCY for AMOUNT CURRENCY haircut AMOUNT` | CollateralSold |
| `insurance-paid NAME AMOUNT CURRENCY fund FUND` | InsurancePaid |
| `socialised NAME AMOUNT CURRENCY of NAME` | LossSocialised |

POOL is the symbol of an isolated position, or `cross`. HEALTH is `equity EQUITY maintenance
MAINTENANCE`, CLOSED `realised PROFIT left SIZE`, PLACE `rank RANK score SCORE`.
"""

from collections.abc import Callable
from typing import Any

from engine.core.events import (
    CollateralSold,
    InsurancePaid,
    LeverageSet,
    LiquidationEnded,
    LiquidationStarted,
    LossSocialised,
    MarginChanged,
    MarginModeSet,
    MarginWarning,
    PositionDeleveraged,
    PositionLiquidated,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import money_text, multiple_text, signed_text, size_text
from engine.core.script.words import dashed, name

_CROSS = "cross"


def _mode_set(event: MarginModeSet, _glossary: Glossary) -> str:
    return f"mode-set {name(event.account)} {name(event.symbol)} {dashed(event.mode)}"


def _leverage_set(event: LeverageSet, _glossary: Glossary) -> str:
    held = money_text(event.held_quanta)
    return f"leverage-set {name(event.account)} {name(event.symbol)} {event.leverage} held {held}"


def _margin_changed(event: MarginChanged, _glossary: Glossary) -> str:
    amount, margin = signed_text(event.amount_quanta), money_text(event.margin_quanta)
    return f"margin-changed {name(event.account)} {name(event.symbol)} {amount} margin {margin}"


def _warned(event: MarginWarning, _glossary: Glossary) -> str:
    return f"warned {_pool(event)} {event.level_pct}% {_health(event)}"


def _liquidating(event: LiquidationStarted, _glossary: Glossary) -> str:
    return f"liquidating {_pool(event)} {_health(event)}"


def _ended(event: LiquidationEnded, _glossary: Glossary) -> str:
    return f"liquidation-ended {_pool(event)} {dashed(event.outcome)} {_health(event)}"


def _pool(event: MarginWarning | LiquidationStarted | LiquidationEnded) -> str:
    pool = _CROSS if event.symbol is None else name(event.symbol)
    return f"{name(event.account)} {pool} {name(event.currency)}"


def _health(event: MarginWarning | LiquidationStarted | LiquidationEnded) -> str:
    equity, maintenance = money_text(event.equity_quanta), money_text(event.maintenance_quanta)
    return f"equity {equity} maintenance {maintenance}"


def _liquidated(event: PositionLiquidated, glossary: Glossary) -> str:
    value, fee = money_text(event.value_quanta), money_text(event.fee_quanta)
    terms = f"by {dashed(event.by)} value {value} fee {fee}"
    return f"liquidated {_closed(event, glossary)} {terms} {_outcome(event, glossary)}"


def _deleveraged(event: PositionDeleveraged, glossary: Glossary) -> str:
    terms = f"against {name(event.against)} value {money_text(event.value_quanta)}"
    place = f"rank {event.rank} score {multiple_text(event.score)}"
    outcome = _outcome(event, glossary)
    return f"deleveraged {_closed(event, glossary)} {terms} {place} {outcome}"


def _closed(event: PositionLiquidated | PositionDeleveraged, glossary: Glossary) -> str:
    size = size_text(event.lots, glossary.scale(event.symbol))
    return f"{name(event.account)} {name(event.symbol)} {event.side.value} {size}"


def _outcome(event: PositionLiquidated | PositionDeleveraged, glossary: Glossary) -> str:
    left = size_text(event.lots_left, glossary.scale(event.symbol))
    return f"realised {money_text(event.realised_quanta)} left {left}"


def _collateral_sold(event: CollateralSold, _glossary: Glossary) -> str:
    sold = f"{money_text(event.sold_quanta)} {name(event.sold_currency)}"
    paid = f"{money_text(event.paid_quanta)} {name(event.currency)}"
    haircut = money_text(event.haircut_quanta)
    return f"collateral-sold {name(event.account)} {sold} for {paid} haircut {haircut}"


def _insurance_paid(event: InsurancePaid, _glossary: Glossary) -> str:
    amount, fund = money_text(event.amount_quanta), money_text(event.fund_quanta)
    return f"insurance-paid {name(event.account)} {amount} {name(event.currency)} fund {fund}"


def _socialised(event: LossSocialised, _glossary: Glossary) -> str:
    share = f"{money_text(event.amount_quanta)} {name(event.currency)}"
    return f"socialised {name(event.account)} {share} of {name(event.debtor)}"


WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    MarginModeSet: _mode_set,
    LeverageSet: _leverage_set,
    MarginChanged: _margin_changed,
    MarginWarning: _warned,
    LiquidationStarted: _liquidating,
    PositionLiquidated: _liquidated,
    PositionDeleveraged: _deleveraged,
    LiquidationEnded: _ended,
    CollateralSold: _collateral_sold,
    InsurancePaid: _insurance_paid,
    LossSocialised: _socialised,
}

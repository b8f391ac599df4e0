"""Writing what happens to marks, funding and collateral.

| line | event |
|---|---|
| `oracle-set SYMBOL mark METHOD sources COUNT` | OracleSet |
| `oracle SYMBOL STATUS [mark PRICE]` | OracleChanged |
| `funding-set SYMBOL MODEL every DURATION next CLOCK` | FundingSet |
| `funding-paid NAME SYMBOL SIZE at PRICE rate RATE paid AMOUNT for CLOCK` | FundingPaid |
| `funding-settled SYMBOL at PRICE rate RATE paid AMOUNT for CLOCK` | FundingSettled |
| `borrow-fee NAME SYMBOL SIZE paid AMOUNT for CLOCK` | BorrowFeePaid |
| `currency-set CURRENCY haircut SHARE [pegged CURRENCY]` | CurrencySet |

What was received reads as paid with a minus.
"""

from collections.abc import Callable
from typing import Any

from engine.core.events import (
    BorrowFeePaid,
    CurrencySet,
    FundingPaid,
    FundingSet,
    FundingSettled,
    OracleChanged,
    OracleSet,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    clock_text,
    duration_text,
    money_text,
    percent_text,
    price_text,
    rate_text,
    size_text,
)
from engine.core.script.words import dashed, name


def _oracle_set(event: OracleSet, _glossary: Glossary) -> str:
    return f"oracle-set {name(event.symbol)} mark {dashed(event.mark)} sources {event.sources}"


def _oracle(event: OracleChanged, glossary: Glossary) -> str:
    text = f"oracle {name(event.symbol)} {dashed(event.status)}"
    if event.mark_ticks is None:
        return text
    return f"{text} mark {price_text(event.mark_ticks, glossary.scale(event.symbol))}"


def _funding_set(event: FundingSet, _glossary: Glossary) -> str:
    when = f"every {duration_text(event.interval_ns)} next {clock_text(event.next_ns)}"
    return f"funding-set {name(event.symbol)} {dashed(event.model)} {when}"


def _funding_paid(event: FundingPaid, glossary: Glossary) -> str:
    size = size_text(event.lots, glossary.scale(event.symbol))
    holder = f"{name(event.account)} {name(event.symbol)} {size}"
    return f"funding-paid {holder} {_payment(event, glossary)}"


def _funding_settled(event: FundingSettled, glossary: Glossary) -> str:
    return f"funding-settled {name(event.symbol)} {_payment(event, glossary)}"


def _payment(event: FundingPaid | FundingSettled, glossary: Glossary) -> str:
    mark = price_text(event.mark_ticks, glossary.scale(event.symbol))
    paid = f"paid {money_text(event.paid_quanta)} for {clock_text(event.boundary_ns)}"
    return f"at {mark} rate {rate_text(event.rate_ppb)} {paid}"


def _borrow_fee(event: BorrowFeePaid, glossary: Glossary) -> str:
    size = size_text(event.lots, glossary.scale(event.symbol))
    paid = f"paid {money_text(event.paid_quanta)} for {clock_text(event.day_ns)}"
    return f"borrow-fee {name(event.account)} {name(event.symbol)} {size} {paid}"


def _currency_set(event: CurrencySet, _glossary: Glossary) -> str:
    text = f"currency-set {name(event.currency)} haircut {percent_text(event.haircut_ppm)}"
    return f"{text} pegged {name(event.pegged_to)}" if event.pegged_to else text


WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    OracleSet: _oracle_set,
    OracleChanged: _oracle,
    FundingSet: _funding_set,
    FundingPaid: _funding_paid,
    FundingSettled: _funding_settled,
    BorrowFeePaid: _borrow_fee,
    CurrencySet: _currency_set,
}

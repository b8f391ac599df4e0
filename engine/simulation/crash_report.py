"""What a simulated crash has done: who was liquidated, who paid, and whether everything adds up."""

from dataclasses import asdict, dataclass, field
from typing import Any

from engine.core.accounts import chart
from engine.core.events import (
    Event,
    FundingPaid,
    InsurancePaid,
    LiquidationEnded,
    LiquidationOutcome,
    LiquidationStarted,
    LossSocialised,
    MarginWarning,
    OrderFilled,
    PositionDeleveraged,
    PositionLiquidated,
    ReducedBy,
)
from engine.core.exchange import Exchange
from engine.core.units import decimal_text, money_text, quanta_decimal
from engine.simulation.crash_terms import MONEY


@dataclass(slots=True)
class Taken:
    """What one way of closing has taken from liquidated positions."""

    lots: int = 0
    value_quanta: int = 0


@dataclass(slots=True)
class CrashReport:
    """The figures of a crash; amounts in quanta of USDT.

    Attributes:
        liquidations: Begun ones; one account may be liquidated several times.
        waited: Liquidations that could not go on, and waited for the next mark.
        taken: What the book, the fund and deleveraging took, by the event's own word.
        fees_quanta: Liquidation fees, to the insurance fund.
        fund_lost_quanta: What the fund has lost on positions that it took over, and is rid of.
        insurance_quanta: What the fund paid for accounts that owed without a position left.
        fund_quanta, fund_lots: What the fund has in the end: money, and open positions.
        deleveraged: Holders who had to give up a position, or a part of it, each once.
        deleveraged_lots: What they gave up, to liquidated accounts and to the fund.
        below_zero: Accounts that owed more than they had when a second was over; must be 0.
        totals_quanta: The sum of the ledger by currency; must be 0.
        lots_apart: By how much longs and shorts differ in the end; must be 0.
    """

    commands: int = 0
    refused: int = 0
    fills: int = 0
    warnings: int = 0
    liquidations: int = 0
    liquidated: int = 0
    waited: int = 0
    taken: dict[str, Taken] = field(default_factory=lambda: {by.value: Taken() for by in ReducedBy})
    fees_quanta: int = 0
    fund_lost_quanta: int = 0
    insurance_quanta: int = 0
    fund_quanta: int = 0
    fund_lots: int = 0
    deleveraged: int = 0
    deleveraged_lots: int = 0
    socialised_quanta: int = 0
    funding_payments: int = 0
    below_zero: int = 0
    checks: int = 0
    totals_quanta: dict[str, int] = field(default_factory=dict)
    lots_apart: int = 0

    @property
    def sound(self) -> bool:
        """Whether nobody owes, the ledger sums to zero and every long has its short."""
        return not (self.below_zero or self.lots_apart or any(self.totals_quanta.values()))


class Tally:
    """Counts a crash from its events."""

    def __init__(self) -> None:
        self.report = CrashReport()
        self._liquidated: set[str] = set()
        self._deleveraged: set[tuple[str, str]] = set()
        self._below: set[str] = set()

    def count(self, events: tuple[Event, ...]) -> None:
        """Take note of what one command has caused."""
        report = self.report
        for event in events:
            match event:
                case OrderFilled():
                    report.fills += 1
                case MarginWarning():
                    report.warnings += 1
                case LiquidationStarted(account=account):
                    report.liquidations += 1
                    self._liquidated.add(account)
                case LiquidationEnded(outcome=outcome):
                    report.waited += outcome is LiquidationOutcome.WAITING
                case PositionLiquidated(by=by, lots=lots, value_quanta=value, fee_quanta=fee):
                    taken = report.taken[by.value]
                    taken.lots += lots
                    taken.value_quanta += value
                    report.fees_quanta += fee
                case PositionDeleveraged(account=account, symbol=symbol, lots=lots):
                    report.deleveraged_lots += lots
                    self._deleveraged.add((account, symbol))
                case InsurancePaid(amount_quanta=amount):
                    report.insurance_quanta += amount
                case LossSocialised(amount_quanta=amount):
                    report.socialised_quanta += amount
                case FundingPaid():
                    report.funding_payments += 1

    def note_debts(self, exchange: Exchange) -> None:
        """Take note of who owes more than he has, now that a command is done."""
        for account in exchange.state.accounts.values():
            stakes = [
                each.isolated.balance_quanta + each.unrealised_quanta
                for each in account.positions.values()
                if each.isolated is not None
            ]
            pools = [pool.equity_quanta for pool in account.pools.values()]
            cash = [] if pools else [exchange.balance(account.name, MONEY)[0]]
            if min((*stakes, *pools, *cash), default=0) < 0:
                self._below.add(account.name)

    def finish(self, exchange: Exchange) -> CrashReport:
        """The report, with what the exchange holds in the end."""
        report, state = self.report, exchange.state
        report.liquidated = len(self._liquidated)
        report.deleveraged = len(self._deleveraged)
        report.below_zero = len(self._below)
        report.fund_quanta = exchange.balance(chart.INSURANCE, MONEY)[0]
        report.fund_lost_quanta = -sum(
            position.realised_quanta for position in state.fund.positions.values()
        )
        report.fund_lots = sum(position.lots for position in state.fund.positions.values())
        report.totals_quanta = exchange.ledger_totals()
        report.lots_apart = sum(
            abs(sum(each.positions[symbol].lots for each in owners if symbol in each.positions))
            for owners in [(*state.accounts.values(), state.fund)]
            for symbol in state.markets
        )
        return report


def document(report: CrashReport) -> dict[str, Any]:
    """For programs: amounts as exact decimals in text."""
    told: dict[str, Any] = {}
    for name, value in asdict(report).items():
        if name == "taken":
            told["taken"] = {
                by: {"lots": one["lots"], "value": _exact(one["value_quanta"])}
                for by, one in value.items()
            }
        elif name == "totals_quanta":
            told["totals"] = {key: _exact(one) for key, one in value.items()}
        elif name.endswith("_quanta"):
            told[name.removesuffix("_quanta")] = _exact(value)
        else:
            told[name] = value
    told["sound"] = report.sound
    return told


def lines(report: CrashReport) -> list[str]:
    """For people."""
    rows = [
        ("commands", f"{report.commands:,}, {report.refused:,} of them refused"),
        ("fills", f"{report.fills:,}"),
        ("funding payments", f"{report.funding_payments:,}"),
        ("margin warnings", f"{report.warnings:,}"),
        ("liquidations", f"{report.liquidations:,} of {report.liquidated:,} accounts"),
    ]
    rows += [
        (f"  by {by}", f"{taken.lots:,} lots, {_money(taken.value_quanta)}")
        for by, taken in report.taken.items()
    ]
    rows += [
        ("fees to the fund", _money(report.fees_quanta)),
        ("lost by the fund", f"{_money(report.fund_lost_quanta)} on what it took over"),
        ("debts that it paid", f"{_money(report.insurance_quanta)}"),
        ("the fund in the end", f"{_money(report.fund_quanta)}, {report.fund_lots:,} lots"),
        ("deleveraged", f"{report.deleveraged:,} positions, {report.deleveraged_lots:,} lots"),
        ("socialised loss", _money(report.socialised_quanta)),
        ("accounts below zero", f"{report.below_zero:,}"),
        ("longs less shorts", f"{report.lots_apart:,} lots"),
    ]
    rows += [(f"ledger, {name}", f"{one} quanta") for name, one in report.totals_quanta.items()]
    rows.append(("invariants", f"checked {report.checks:,} times"))
    return [f"{what:<24}{said}" for what, said in rows]


def _exact(quanta: int) -> str:
    return decimal_text(quanta_decimal(quanta))


def _money(quanta: int) -> str:
    cent = 10**10
    return money_text(quanta // cent * cent, MONEY)

"""Held against the limits: an order before it is sent, and the portfolio all the time.

What only closes passes every limit, whatever is broken: nobody is kept from getting out. An order
that closes and then opens is judged by what it opens; the size that would pass counts both parts.

Every comparison of money is between ints. A limit is broken by going over it; a loss or drawdown
stop, by reaching it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from engine.monitor.facts import Facts, PositionFact, Proposal
from engine.monitor.limits import (
    LIMITS,
    PPM_PER_PERCENT,
    Action,
    LimitName,
    Limits,
    Response,
    Unit,
    shown,
)

_HUNDRED_PERCENT_PPM = 100 * PPM_PER_PERCENT
_HUNDREDTH = Decimal("0.01")
SizeText = Callable[[str, int], str]
"""How a person reads so many lots of a symbol."""


def lots_text(symbol: str, count: int) -> str:
    """`1 lot`, `25 lots`."""
    del symbol
    return "1 lot" if count == 1 else f"{count} lots"


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that an order would break, or that is broken.

    Attributes:
        value: What it would be or is, in the limit's unit: per cent rounded up to a hundredth,
            a correlation to the nearest thousandth; None when there is no equity to compare with.
        limit: What it may be.
        response: Whether an order is to be warned of or held back.
        action: What the session is asked to do, for `watch`.
        symbol: The position concerned; None when it is the whole portfolio.
        passing_lots: The largest size of the order that passes; for `watch`, the largest position
            that does. None where no size decides.
        sentence: All of this for a person.
    """

    name: LimitName
    value: Decimal | None
    limit: Decimal
    response: Response
    action: Action
    symbol: str | None
    passing_lots: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class _Finding:
    value: Decimal | None
    what: str
    symbol: str | None
    passing_lots: int | None


def check(
    limits: Limits, proposal: Proposal, facts: Facts, size: SizeText = lots_text
) -> tuple[Breach, ...]:
    """The limits that an order would break, in the order of the registry.

    Args:
        size: Words for the sizes in the sentences.
    """
    if not proposal.opens(facts):
        return ()
    found = []
    for name, judge in _ORDER_CHECKS.items():
        setting = limits[name]
        if setting.response is Response.OFF:
            continue
        finding = judge(proposal, facts, setting.value)
        if finding is not None:
            remedy = _size_sentence(finding.passing_lots or 0, proposal, size)
            found.append(_breach(name, limits, finding, remedy))
    return tuple(found)


def watch(limits: Limits, facts: Facts, size: SizeText = lots_text) -> tuple[Breach, ...]:
    """The limits that are broken now, in the order of the registry; `size` as for `check`."""
    found = []
    for name, look in _WATCHES.items():
        setting = limits[name]
        if setting.response is Response.OFF:
            continue
        for finding in look(facts, setting.value):
            lots, symbol = finding.passing_lots, finding.symbol or ""
            remedy = "" if lots is None else f"; {size(symbol, lots)} would be within it"
            found.append(_breach(name, limits, finding, remedy))
    return tuple(found)


def present(facts: Facts) -> Mapping[LimitName, Decimal | None]:
    """How near each watched limit is, in its unit; None where there is nothing to compare with."""
    equity = facts.equity_quanta
    largest = max((abs(f.signed_lots) * f.lot_value_quanta for f in facts.positions), default=0)
    return {
        LimitName.POSITION_SIZE: _percent(largest, equity),
        LimitName.DAILY_LOSS: _fall_percent(facts.day_start_quanta, equity),
        LimitName.OPEN_POSITIONS: Decimal(facts.open_count),
        LimitName.DRAWDOWN_STOP: _fall_percent(facts.peak_quanta, equity),
    }


def passing_lots(breaches: tuple[Breach, ...], asked_lots: int) -> int:
    """The size that passes all of the limits that an order breaks."""
    return min((b.passing_lots for b in breaches if b.passing_lots is not None), default=asked_lots)


def _breach(name: LimitName, limits: Limits, finding: _Finding, remedy: str) -> Breach:
    setting = limits[name]
    limit = shown(setting.value, LIMITS[name].unit)
    return Breach(
        name=name,
        value=finding.value,
        limit=setting.value,
        response=setting.response,
        action=setting.action,
        symbol=finding.symbol,
        passing_lots=finding.passing_lots,
        sentence=f"{finding.what}; the limit is {limit}{remedy}",
    )


def _size_sentence(lots: int, proposal: Proposal, size: SizeText) -> str:
    asked = size(proposal.symbol, proposal.lots)
    if not lots:
        return f": no size passes ({asked} asked)"
    return f": {size(proposal.symbol, lots)} would pass ({asked} asked)"


def _percent(part: int, whole: int) -> Decimal | None:
    """Rounded away from zero, so that what is over a limit never reads as being at it."""
    if whole <= 0:
        return None
    return (Decimal(100 * part) / whole).quantize(_HUNDREDTH, ROUND_UP)


def _over(part: int, whole: int, percent: Decimal) -> bool:
    return part * _HUNDRED_PERCENT_PPM > max(0, whole) * _ppm(percent)


def _ppm(percent: Decimal) -> int:
    return int(percent * PPM_PER_PERCENT)


def _units_within(whole: int, percent: Decimal, unit: int) -> int:
    """How many units of money fit into a share of the whole."""
    return max(0, whole) * _ppm(percent) // (_HUNDRED_PERCENT_PPM * unit)


def _order_size(proposal: Proposal, facts: Facts, limit: Decimal) -> _Finding | None:
    held = facts.signed_lots(proposal.symbol)
    working = facts.working_lots(proposal.symbol, proposal.side)
    coming = proposal.signed_lots + proposal.side * working
    after = abs(held + coming) * proposal.lot_value_quanta
    if not _over(after, facts.equity_quanta, limit):
        return None
    value = _percent(after, facts.equity_quanta)
    cap = _units_within(facts.equity_quanta, limit, proposal.lot_value_quanta)
    return _Finding(
        value,
        f"{proposal.symbol} would be {_of_equity(value)}{_with_orders(working)}",
        proposal.symbol,
        max(proposal.closing_lots(facts), cap - proposal.side * held - working),
    )


def _order_day(proposal: Proposal, facts: Facts, limit: Decimal) -> _Finding | None:
    return _closing_only(proposal, facts, _daily_loss(facts, limit))


def _order_drawdown(proposal: Proposal, facts: Facts, limit: Decimal) -> _Finding | None:
    return _closing_only(proposal, facts, _drawdown(facts, limit))


def _closing_only(proposal: Proposal, facts: Facts, state: list[_Finding]) -> _Finding | None:
    if not state:
        return None
    return _Finding(state[0].value, state[0].what, None, proposal.closing_lots(facts))


def _order_count(proposal: Proposal, facts: Facts, limit: Decimal) -> _Finding | None:
    count = facts.count_after(proposal.symbol)
    if facts.signed_lots(proposal.symbol) or count <= limit:
        return None
    return _Finding(Decimal(count), f"{count} positions would be open", proposal.symbol, 0)


def _order_risk(proposal: Proposal, facts: Facts, limit: Decimal) -> _Finding | None:
    if proposal.stop_loss_quanta is None:
        return None
    closing = proposal.closing_lots(facts)
    risk = (proposal.lots - closing) * proposal.stop_loss_quanta
    if not _over(risk, facts.equity_quanta, limit):
        return None
    value = _percent(risk, facts.equity_quanta)
    within = _units_within(facts.equity_quanta, limit, proposal.stop_loss_quanta)
    what = f"{proposal.symbol} at its stop would have lost {_of_equity(value)}"
    return _Finding(value, what, proposal.symbol, closing + within)


def _order_correlation(proposal: Proposal, facts: Facts, limit: Decimal) -> _Finding | None:
    """Judges by the strongest: a position in another symbol that gains and loses with this one."""
    strongest: tuple[float, str] | None = None
    for fact in facts.positions:
        known = facts.correlation(proposal.symbol, fact.symbol)
        if fact.symbol == proposal.symbol or not fact.signed_lots or known is None:
            continue
        together = known * proposal.side * (1 if fact.signed_lots > 0 else -1)
        if together > limit and (strongest is None or together > strongest[0]):
            strongest = together, fact.symbol
    if strongest is None:
        return None
    value = Decimal(f"{strongest[0]:.3f}").normalize()
    what = f"{proposal.symbol} moves with {strongest[1]}, which is held: correlation {value}"
    return _Finding(value, what, proposal.symbol, proposal.closing_lots(facts))


def _large_positions(facts: Facts, limit: Decimal) -> list[_Finding]:
    return [
        _large_position(fact, facts, limit)
        for fact in facts.positions
        if _over(abs(fact.signed_lots) * fact.lot_value_quanta, facts.equity_quanta, limit)
    ]


def _large_position(fact: PositionFact, facts: Facts, limit: Decimal) -> _Finding:
    value = _percent(abs(fact.signed_lots) * fact.lot_value_quanta, facts.equity_quanta)
    within = _units_within(facts.equity_quanta, limit, fact.lot_value_quanta)
    return _Finding(value, f"{fact.symbol} is {_of_equity(value)}", fact.symbol, within)


def _daily_loss(facts: Facts, limit: Decimal) -> list[_Finding]:
    return _fallen(facts, facts.day_start_quanta, limit, "the loss of the day is")


def _drawdown(facts: Facts, limit: Decimal) -> list[_Finding]:
    return _fallen(facts, facts.peak_quanta, limit, "the drawdown is")


def _fallen(facts: Facts, from_quanta: int | None, limit: Decimal, what: str) -> list[_Finding]:
    """A fall that has reached its limit."""
    if from_quanta is None or from_quanta <= 0:
        return []
    fall = from_quanta - facts.equity_quanta
    if fall * _HUNDRED_PERCENT_PPM < from_quanta * _ppm(limit):
        return []
    value = _percent(fall, from_quanta)
    text = "" if value is None else shown(value, Unit.PERCENT)
    return [_Finding(value, f"{what} {text}", None, None)]


def _many_positions(facts: Facts, limit: Decimal) -> list[_Finding]:
    count = facts.open_count
    if count <= limit:
        return []
    return [_Finding(Decimal(count), f"{count} positions are open", None, None)]


def _fall_percent(from_quanta: int | None, equity: int) -> Decimal | None:
    if from_quanta is None or from_quanta <= 0:
        return None
    return _percent(max(0, from_quanta - equity), from_quanta)


def _with_orders(working: int) -> str:
    return ", working orders included" if working else ""


def _of_equity(value: Decimal | None) -> str:
    if value is None:
        return "more than there is: equity is gone"
    return f"{shown(value, Unit.PERCENT)} of equity"


_ORDER_CHECKS: dict[LimitName, Callable[[Proposal, Facts, Decimal], _Finding | None]] = {
    LimitName.POSITION_SIZE: _order_size,
    LimitName.DAILY_LOSS: _order_day,
    LimitName.OPEN_POSITIONS: _order_count,
    LimitName.RISK_PER_TRADE: _order_risk,
    LimitName.DRAWDOWN_STOP: _order_drawdown,
    LimitName.CORRELATION: _order_correlation,
}

_WATCHES: dict[LimitName, Callable[[Facts, Decimal], list[_Finding]]] = {
    LimitName.POSITION_SIZE: _large_positions,
    LimitName.DAILY_LOSS: _daily_loss,
    LimitName.OPEN_POSITIONS: _many_positions,
    LimitName.DRAWDOWN_STOP: _drawdown,
}
WATCHED = tuple(_WATCHES)
"""Limits that can be broken while nothing is sent, and acted upon: the risk of a trade and the
correlation of a new position are judged once, before it."""

"""Funding rates, and who pays whom at the end of an interval; the fee for borrowed assets."""

from collections.abc import Iterator
from fractions import Fraction

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import MARKET, FundingModel, TriggerSource
from engine.core.instruments import AssetClass, Instrument
from engine.core.reasons import Reason
from tests.reference.naive_margin import worth
from tests.reference.naive_money import INSURANCE, LENDING
from tests.reference.naive_pricing import NaiveFunding, next_multiple
from tests.reference.naive_settling import clearing, purse
from tests.reference.naive_state import NaiveState

PPB = 10**9
DAYS = 365

# Commands


def configure(x: NaiveState, command: c.ConfigureFunding) -> None:
    next_ns = next_multiple(x.now_ns, command.interval_ns)
    x.fundings[command.symbol] = NaiveFunding(command, next_ns)
    x.sampled[command.symbol] = x.now_ns
    x.say(
        e.FundingSet,
        symbol=command.symbol,
        model=command.model,
        interval_ns=command.interval_ns,
        next_ns=next_ns,
    )


def configure_reasons(x: NaiveState, command: c.ConfigureFunding) -> Iterator[Reason]:
    if not is_perpetual(x.instruments[command.symbol]):
        yield Reason.INVALID_TERMS


def is_perpetual(terms: Instrument) -> bool:
    undated = terms.symbol.split(".")[0].endswith("-PERP")
    inverse = terms.asset_class is AssetClass.INVERSE
    return terms.asset_class is AssetClass.PERPETUAL or (inverse and undated)


def rate_reasons(x: NaiveState, command: c.SetFundingRate) -> Iterator[Reason]:
    funding = x.fundings.get(command.symbol)
    if funding is None or funding.terms.model is not FundingModel.VENUE:
        yield Reason.INVALID_TERMS
    if abs(command.rate_ppb) > PPB:
        yield Reason.INVALID_TERMS


def set_rate(x: NaiveState, command: c.SetFundingRate) -> None:
    x.fundings[command.symbol].stated_ppb = command.rate_ppb


# The rate


def clamp(value: int, most: int) -> int:
    return max(-most, min(most, value))


def note_premium(funding: NaiveFunding, at_ns: int, mark: int, index: int) -> None:
    premium = round(Fraction((mark - index) * PPB, index))
    funding.premiums.append((at_ns, premium))
    faded = round(Fraction(funding.damped_ppb * funding.terms.damping_ppm, 10**6))
    funding.damped_ppb = clamp(faded + premium, funding.terms.clamp_ppb)


def rate(funding: NaiveFunding, until_ns: int) -> int | None:
    """Of the present interval, as if it ended then; None: the venue has not published one."""
    terms = funding.terms
    if terms.model is FundingModel.VENUE:
        return funding.stated_ppb
    if terms.model is FundingModel.DAMPED:
        return funding.damped_ppb
    mean = mean_premium(funding, until_ns)
    pulled = mean + clamp(terms.interest_ppb - mean, terms.clamp_ppb)
    return clamp(pulled, terms.cap_ppb)


def mean_premium(funding: NaiveFunding, until_ns: int) -> int:
    """Weighted by how long each premium held in the interval; where none did, the last one."""
    start_ns = funding.next_ns - funding.terms.interval_ns
    ends = [since for since, _ in funding.premiums[1:]] + [until_ns]
    total = covered = 0
    for (since, premium), end in zip(funding.premiums, ends, strict=False):
        held = max(0, min(end, until_ns) - max(since, start_ns))
        total += premium * held
        covered += held
    if covered:
        return round(Fraction(total, covered))
    return funding.premiums[-1][1] if funding.premiums else 0


# Payment


def pay(x: NaiveState, symbol: str) -> None:
    """An interval ends: one side pays the other, in shares that add up to the quantum."""
    funding, terms = x.fundings[symbol], x.instruments[symbol]
    boundary_ns = funding.next_ns
    stated = rate(funding, boundary_ns) or 0
    funding.next_ns += funding.terms.interval_ns
    mark = x.price(symbol, TriggerSource.MARK)
    if mark is None:
        return
    owners = [*x.accounts, INSURANCE, MARKET]
    lots = {owner: x.position_lots(owner, symbol) for owner in owners}
    longs = {owner: held for owner, held in lots.items() if held > 0}
    shorts = {owner: -held for owner, held in lots.items() if held < 0}
    value = worth(terms, mark, sum(longs.values()))
    total = round(Fraction(value * abs(stated), PPB))
    paid: dict[str, int] = {}
    if total:
        payers, payees = (longs, shorts) if stated > 0 else (shorts, longs)
        paid |= shares(payers, total)
        paid |= {owner: -quanta for owner, quanta in shares(payees, total).items()}
    for owner in (*longs, *shorts):
        if owner in paid:
            source = purse(x, owner, symbol)
            x.money.move(source, clearing(symbol), terms.settlement, paid[owner])
            x.touch(owner, symbol)
    for owner in owners:
        if owner in paid:
            x.say(
                e.FundingPaid,
                account=owner,
                symbol=symbol,
                boundary_ns=boundary_ns,
                rate_ppb=stated,
                mark_ticks=mark,
                lots=lots[owner],
                paid_quanta=paid[owner],
            )
    x.say(
        e.FundingSettled,
        symbol=symbol,
        boundary_ns=boundary_ns,
        rate_ppb=stated,
        mark_ticks=mark,
        paid_quanta=total,
    )


def shares(lots: dict[str, int], total: int) -> dict[str, int]:
    """What each holder has of a total, by lots; the parts add up to it."""
    every, so_far, before = sum(lots.values()), 0, 0
    parts = {}
    for owner, held in lots.items():
        so_far += held
        upto = total * so_far // every
        parts[owner] = upto - before
        before = upto
    return parts


# Borrowed assets


def lend(x: NaiveState, symbol: str) -> None:
    """A midnight, UTC: who is short of what can be owned pays for a day."""
    terms, day_ns = x.instruments[symbol], next_midnight(x, symbol)
    x.lent[symbol] = day_ns
    mark = x.price(symbol, TriggerSource.MARK)
    if mark is None:
        return
    for owner in (*x.accounts, INSURANCE):
        lots = x.position_lots(owner, symbol)
        if lots >= 0 or not x.margined(owner, symbol):
            continue
        value = worth(terms, mark, -lots)
        fee = round(Fraction(value * terms.borrow_ppm, DAYS * 10**6))
        x.money.move(purse(x, owner, symbol), LENDING, terms.settlement, fee)
        x.touch(owner, symbol)
        if fee > 0:
            x.say(
                e.BorrowFeePaid,
                account=owner,
                symbol=symbol,
                day_ns=day_ns,
                lots=lots,
                paid_quanta=fee,
            )


def next_midnight(x: NaiveState, symbol: str) -> int:
    return next_multiple(x.lent[symbol], 24 * 3_600 * 10**9)

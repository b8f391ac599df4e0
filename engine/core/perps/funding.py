"""Funding: at the end of each interval, the holders of one side pay those of the other.

What one side pays is one rounded amount, which is shared out by lots so that the shares add up to
it: the first holders together always pay the whole part of their share. So nothing is made or lost,
to the quantum. It is paid on whatever stands at that moment, whether or not the instrument trades.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.core.accounts import Account, LedgerAccount, Position
from engine.core.commands import MARKET, ConfigureFunding, FundingModel, SetFundingRate
from engine.core.events import FundingPaid, FundingSet, FundingSettled
from engine.core.instruments import MINUTE_NS, AssetClass, Instrument
from engine.core.market import MARK, Market
from engine.core.perps.funding_rate import Funding
from engine.core.perps.holders import holders, purse
from engine.core.perps.marking import revalue
from engine.core.perps.premium import PPB, premium_ppb
from engine.core.perps.timetable import arm
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import PPM, prorate_half_even

INTERVAL_NS_MIN = MINUTE_NS
INTERVAL_NS_MAX = 30 * 86_400 * 10**9


def configure(state: State, market: Market, command: ConfigureFunding) -> None:
    """Let an instrument's funding come about in a new way; what was known of it is dropped.

    Raises:
        Refusal: It has no funding, or terms that cannot be computed with.
    """
    if not is_perpetual(market.instrument):
        raise Refusal(
            Reason.INVALID_TERMS,
            f"{command.symbol} has no funding: only perpetuals have,"
            " linear ones or inverse ones whose symbol ends in -PERP",
        )
    if problem := _problem(command):
        raise Refusal(
            Reason.INVALID_TERMS, f"{command.symbol} cannot be funded like this: {problem}"
        )
    market.funding = Funding(command)
    arm(state, market)
    state.events.append(
        FundingSet(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=command.symbol,
            model=command.model,
            interval_ns=command.interval_ns,
            next_ns=market.next_funding_ns,
        )
    )


def is_perpetual(instrument: Instrument) -> bool:
    """Whether a contract never expires; of inverse ones the symbol says it."""
    if instrument.asset_class is AssetClass.INVERSE:
        return instrument.symbol.partition(".")[0].endswith("-PERP")
    return instrument.asset_class is AssetClass.PERPETUAL


def set_rate(market: Market, command: SetFundingRate) -> None:
    """The venue published its rate.

    Raises:
        Refusal: The instrument's rate is not the venue's, or is beyond 100%.
    """
    funding = market.funding
    if funding is None or funding.terms.model is not FundingModel.VENUE:
        model = "not configured" if funding is None else funding.terms.model.value
        raise Refusal(
            Reason.INVALID_TERMS,
            f"the funding of {command.symbol} is {model}: only the model"
            f" {FundingModel.VENUE.value} takes a published rate",
        )
    if abs(command.rate_ppb) > PPB:
        raise Refusal(
            Reason.INVALID_TERMS,
            f"a funding rate lies between -{PPB} and {PPB} billionths, not at {command.rate_ppb}",
        )
    funding.stated_ppb = command.rate_ppb


def sample(state: State, market: Market, funding: Funding, at_ns: int) -> None:
    """Note the premium; without a mark, or an index that counts, the one before holds on."""
    oracle, mark_ticks, index_ticks = market.oracle, market.mark_ticks, market.index_ticks
    if oracle is not None and oracle.index_ticks(state.now_ns) is None:
        return
    if mark_ticks is not None and index_ticks is not None:
        funding.note(at_ns, premium_ppb(mark_ticks, index_ticks))


def settle(state: State, market: Market, funding: Funding, boundary_ns: int) -> None:
    """Pay the interval that ends; the mark is that of now, or the last price without one."""
    rate_ppb = funding.rate_ppb(boundary_ns) or 0
    funding.premium.begin(boundary_ns)
    mark_ticks = market.price(MARK)
    if mark_ticks is None:
        return
    stakes = list(_stakes(state, market))
    long_lots = sum(stake.position.lots for stake in stakes if stake.position.lots > 0)
    value = market.scale.notional_quanta(mark_ticks, long_lots)
    total = prorate_half_even(value, abs(rate_ppb), PPB)
    for stake, paid in _payments(stakes, total, longs_pay=rate_ppb > 0) if total else ():
        state.ledger.transfer(stake.purse, market.clearing, paid)
        stake.position.funding_quanta += paid
        if stake.account is not None:
            revalue(state, market, stake.account, stake.position)
        _tell(state, market, stake, boundary_ns, rate_ppb, mark_ticks, paid)
    state.events.append(
        FundingSettled(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=market.instrument.symbol,
            boundary_ns=boundary_ns,
            rate_ppb=rate_ppb,
            mark_ticks=mark_ticks,
            paid_quanta=total,
        )
    )


def shares(total: int, lots: Iterable[int]) -> Iterator[int]:
    """An amount shared out by lots: what the first so many get together is never a fraction off.

    Args:
        total: Not negative.
        lots: Positive.
    """
    weights = list(lots)
    whole, shared, reached = sum(weights), 0, 0
    for weight in weights:
        reached += weight
        share = total * reached // whole - shared
        shared += share
        yield share


class _Stake(NamedTuple):
    """One holder: who it is (None: the market participant), what it has, and who pays for it."""

    account: Account | None
    position: Position
    purse: LedgerAccount


def _stakes(state: State, market: Market) -> Iterator[_Stake]:
    """Traders in order of opening, the insurance fund, the market participant."""
    for account, position in holders(state, market):
        yield _Stake(account, position, purse(state, account, market, position))
    if market.shown_position.lots:
        yield _Stake(None, market.shown_position, market.shown_cash)


def _payments(stakes: list[_Stake], total: int, *, longs_pay: bool) -> Iterator[tuple[_Stake, int]]:
    """What each holder pays, in their order; negative: it receives."""
    by_longs = shares(total, [stake.position.lots for stake in stakes if stake.position.lots > 0])
    by_shorts = shares(total, [-stake.position.lots for stake in stakes if stake.position.lots < 0])
    for stake in stakes:
        is_long = stake.position.lots > 0
        share = next(by_longs if is_long else by_shorts)
        yield stake, share if is_long is longs_pay else -share


def _tell(
    state: State,
    market: Market,
    stake: _Stake,
    boundary_ns: int,
    rate_ppb: int,
    mark_ticks: int,
    paid: int,
) -> None:
    state.events.append(
        FundingPaid(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=MARKET if stake.account is None else stake.account.name,
            symbol=market.instrument.symbol,
            boundary_ns=boundary_ns,
            rate_ppb=rate_ppb,
            mark_ticks=mark_ticks,
            lots=stake.position.lots,
            paid_quanta=paid,
        )
    )


def _problem(terms: ConfigureFunding) -> str:
    if not INTERVAL_NS_MIN <= terms.interval_ns <= INTERVAL_NS_MAX:
        return "its interval must lie between a minute and 30 days"
    if abs(terms.interest_ppb) > PPB:
        return f"its interest must lie between -{PPB} and {PPB} billionths"
    if not (0 <= terms.clamp_ppb <= PPB and 0 <= terms.cap_ppb <= PPB):
        return f"its clamp and its cap must lie between 0 and {PPB} billionths"
    if not 0 <= terms.damping_ppm <= PPM:
        return f"its damping must lie between 0 and {PPM} millionths"
    return ""

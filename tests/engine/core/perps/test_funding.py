"""Funding: who pays whom, how much, when, and that nothing is made or lost on the way."""

from decimal import Decimal
from itertools import accumulate

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core import snapshot
from engine.core.accounts import Position, chart
from engine.core.accounts.pool import Pool
from engine.core.commands import (
    MARKET,
    AdvanceTime,
    ConfigureFunding,
    ConfigureOracle,
    FundingModel,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    SetFundingRate,
    Side,
)
from engine.core.events import FundingPaid, FundingSet, FundingSettled
from engine.core.instruments import AssetClass
from engine.core.margin_terms import CROSS
from engine.core.perps.funding import settle, shares
from engine.core.reasons import Reason
from tests.engine.core.perps.pit import HOUR_NS, PERP, SECOND_NS, SYMBOL, TICK_LOT_QUANTA, Pit

VENUE = ConfigureFunding(symbol=SYMBOL, model=FundingModel.VENUE)


def funded(*accounts: str, rate_ppb: int = 100_000, now_ns: int = 0) -> Pit:
    pit = Pit(*accounts, now_ns=now_ns)
    pit.do(VENUE)
    pit.do(SetFundingRate(symbol=SYMBOL, rate_ppb=rate_ppb))
    return pit


@given(st.integers(0, 10**15), st.lists(st.integers(1, 10**6), min_size=1, max_size=9))
def test_shares_add_up_and_none_is_a_quantum_off(total: int, lots: list[int]) -> None:
    parts = list(shares(total, lots))
    assert sum(parts) == total
    for reached, paid in zip(accumulate(lots), accumulate(parts), strict=True):
        assert paid == total * reached // sum(lots)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=6),
    st.integers(-50, 50),
    st.integers(-3_000_000, 3_000_000),
    st.integers(1, 10**7),
)
def test_funding_sums_to_zero_among_traders_the_fund_and_the_market(
    lots: list[int], fund_lots: int, rate_ppb: int, mark_ticks: int
) -> None:
    names = [f"t{number}" for number in range(len(lots))]
    pit = funded(*names, rate_ppb=rate_ppb)
    state = pit.exchange.state
    market = state.markets[SYMBOL]
    stakes = [state.accounts[name].position(SYMBOL) for name in names]
    stakes.append(state.fund.positions.setdefault(SYMBOL, Position(CROSS)))
    stakes.append(market.shown_position)
    for stake, signed in zip(stakes, [*lots, fund_lots, -sum(lots) - fund_lots], strict=True):
        stake.lots = signed
    for account in (*state.accounts.values(), state.fund):
        account.pools.setdefault("USDT", Pool(state.ledger.account(account.name, "USDT")))
    market.mark_ticks = mark_ticks
    before = {key: entry.balance_quanta for key, entry in state.ledger.accounts.items()}
    assert market.funding is not None
    settle(state, market, market.funding, HOUR_NS)
    total = state.events[-1]
    assert isinstance(total, FundingSettled)
    assert sum(stake.funding_quanta for stake in stakes) == 0
    assert sum(max(0, stake.funding_quanta) for stake in stakes) == total.paid_quanta
    assert market.clearing.balance_quanta == before["clearing:" + SYMBOL, "USDT"]
    assert state.ledger.totals() == {"USDT": 0, "BTC": 0}
    told = {
        each.account: each.paid_quanta for each in state.events if isinstance(each, FundingPaid)
    }
    for name, stake in zip(names, stakes, strict=False):
        purse = state.ledger.accounts[name, "USDT"]
        assert before[name, "USDT"] - purse.balance_quanta == stake.funding_quanta
        assert told.get(name, 0) == stake.funding_quanta
        if stake.lots and rate_ppb:
            assert stake.funding_quanta * stake.lots * rate_ppb >= 0
    assert told.get(chart.INSURANCE, 0) == stakes[-2].funding_quanta
    assert told.get(MARKET, 0) == stakes[-1].funding_quanta
    assert sum(told.values()) == 0


def test_longs_pay_shorts_what_the_position_is_worth_at_the_mark_times_the_rate() -> None:
    pit = funded("ann", "bob", "cat")
    pit.hold([("ann", 3), ("bob", -2), ("cat", -1)])
    pit.mark(1_100)
    before = {name: pit.exchange.balance(name, "USDT")[0] for name in ("ann", "bob", "cat")}
    assert pit.exchange.funding_expected("ann", SYMBOL) == 33_000_000
    events = pit.wait(8 * HOUR_NS)
    worth = 1_100 * 3 * TICK_LOT_QUANTA
    paid = [(e.account, e.lots, e.paid_quanta) for e in events if isinstance(e, FundingPaid)]
    assert paid == [("ann", 3, 33_000_000), ("bob", -2, -22_000_000), ("cat", -1, -11_000_000)]
    assert worth // 10_000 == 33_000_000
    settled = events[-1]
    assert isinstance(settled, FundingSettled)
    assert (settled.boundary_ns, settled.rate_ppb) == (8 * HOUR_NS, 100_000)
    assert (settled.mark_ticks, settled.paid_quanta) == (1_100, 33_000_000)
    for name, _, quanta in paid:
        assert pit.exchange.balance(name, "USDT")[0] == before[name] - quanta
        position = pit.exchange.position(name, SYMBOL)
        assert position is not None
        assert position.funding_quanta == quanta


def test_three_missed_days_are_nine_payments_in_order() -> None:
    pit = funded("ann", "bob", now_ns=HOUR_NS)
    pit.hold([("ann", 1), ("bob", -1)])
    events = pit.wait(HOUR_NS + 72 * HOUR_NS)
    settled = [event for event in events if isinstance(event, FundingSettled)]
    assert [each.boundary_ns for each in settled] == [8 * HOUR_NS * n for n in range(1, 10)]
    assert [type(event) for event in events[:3]] == [FundingPaid, FundingPaid, FundingSettled]
    standing = pit.exchange.funding(SYMBOL)
    assert standing is not None
    assert standing.next_ns == 80 * HOUR_NS
    assert not pit.wait(80 * HOUR_NS - 1)
    assert len(pit.wait(80 * HOUR_NS)) == 3


def test_a_boundary_is_paid_at_its_nanosecond_and_before_the_command_of_that_moment() -> None:
    pit = funded("ann", "bob")
    pit.hold([("ann", 1), ("bob", -1)])
    assert not pit.wait(8 * HOUR_NS - 1)
    events = pit.mark(2_000, 8 * HOUR_NS)
    assert isinstance(events[-1], FundingSettled)
    assert events[-1].mark_ticks == 1_000


def test_nothing_is_paid_while_the_venue_has_not_published_a_rate() -> None:
    pit = Pit("ann", "bob")
    pit.do(VENUE)
    pit.hold([("ann", 1), ("bob", -1)])
    assert pit.exchange.funding_expected("ann", SYMBOL) is None
    (settled,) = pit.wait(8 * HOUR_NS)
    assert isinstance(settled, FundingSettled)
    assert (settled.rate_ppb, settled.paid_quanta) == (0, 0)


def test_a_market_that_never_had_a_price_has_nothing_to_settle() -> None:
    assert not funded("ann").wait(24 * HOUR_NS)


def test_it_is_paid_while_the_depth_is_down_and_by_the_market_participant_too() -> None:
    pit = funded("ann", rate_ppb=-1_000_000)
    depth = MirrorDepth(symbol=SYMBOL, bids=((990, 5),), asks=((1_000, 5),), snapshot=True)
    pit.do(depth)
    pit.order("ann", Side.BUY, 2, 1_000)
    pit.do(MirrorDown(symbol=SYMBOL))
    paid, received, settled = pit.wait(8 * HOUR_NS)
    assert isinstance(paid, FundingPaid)
    assert isinstance(received, FundingPaid)
    assert (received.account, received.paid_quanta) == (MARKET, -paid.paid_quanta)
    assert paid.paid_quanta == -1_000 * 2 * TICK_LOT_QUANTA // 1_000
    shown = pit.exchange.state.markets[SYMBOL].shown_position
    assert shown.funding_quanta == -paid.paid_quanta
    assert isinstance(settled, FundingSettled)


def test_a_premium_is_noted_each_minute_and_weighed_over_the_interval() -> None:
    pit = Pit("ann", "bob")
    pit.do(ConfigureFunding(symbol=SYMBOL, interval_ns=HOUR_NS))
    pit.hold([("ann", 1), ("bob", -1)])
    pit.index(10_000)
    pit.mark(10_010)
    pit.wait(15 * 60 * SECOND_NS)
    standing = pit.exchange.funding(SYMBOL)
    assert standing is not None
    assert standing.premium_ppb == 1_000_000
    assert standing.rate_ppb == 500_000
    pit.mark(10_030, 30 * 60 * SECOND_NS)
    events = pit.wait(HOUR_NS)
    settled = events[-1]
    assert isinstance(settled, FundingSettled)
    # From 15:00 the first premium held until 31:00, the second for the other 29 minutes; the
    # sample before is the one that was due at 01:00 and was taken at 15:00.
    mean = (30 * 1_000_000 + 29 * 3_000_000) // 59
    assert abs(settled.rate_ppb - (mean - 500_000)) <= 1


def test_a_late_sample_is_taken_once_and_counts_from_when_it_was_due() -> None:
    pit = Pit("ann", "bob")
    pit.do(ConfigureFunding(symbol=SYMBOL, interval_ns=HOUR_NS))
    pit.hold([("ann", 1), ("bob", -1)])
    pit.index(10_000)
    pit.mark(10_020)
    events = pit.wait(3 * HOUR_NS + 1)
    rates = [event.rate_ppb for event in events if isinstance(event, FundingSettled)]
    assert rates == [1_500_000] * 3
    market = pit.exchange.state.markets[SYMBOL]
    assert market.next_sample_ns == 3 * HOUR_NS + 60 * SECOND_NS


def test_configured_anew_it_begins_anew() -> None:
    pit = funded("ann", "bob")
    (event,) = pit.do(msgspec.structs.replace(VENUE, interval_ns=HOUR_NS), 8 * HOUR_NS)
    assert isinstance(event, FundingSet)
    assert event.next_ns == 9 * HOUR_NS
    standing = pit.exchange.funding(SYMBOL)
    assert standing is not None
    assert standing.rate_ppb is None


def test_other_terms_of_an_instrument_drop_its_funding() -> None:
    pit = funded("ann")
    other = msgspec.structs.replace(PERP, tick_size=Decimal("0.5"))
    pit.do(ListInstrument(instrument=PERP))
    assert pit.exchange.funding(SYMBOL) is not None
    pit.do(ListInstrument(instrument=other))
    assert pit.exchange.funding(SYMBOL) is None
    assert not pit.wait(24 * HOUR_NS)


@pytest.mark.parametrize(
    ("asset_class", "symbol", "has"),
    [
        (AssetClass.PERPETUAL, "BTC-USDT-PERP", True),
        (AssetClass.INVERSE, "BTC-USD-PERP.okx", True),
        (AssetClass.INVERSE, "BTC-USD-261225", False),
        (AssetClass.FUTURE, "BTC-USDT-261225", False),
        (AssetClass.SPOT, "BTC-USDT", False),
    ],
)
def test_only_contracts_without_an_end_have_funding(
    asset_class: AssetClass, symbol: str, has: bool
) -> None:
    settlement = "BTC" if asset_class is AssetClass.INVERSE else "USDT"
    terms = msgspec.structs.replace(
        PERP,
        symbol=symbol,
        asset_class=asset_class,
        settlement=settlement,
        tick_size=Decimal(1),
        lot_size=Decimal(1),
    )
    pit = Pit(instrument=terms)
    command = ConfigureFunding(symbol=symbol)
    if has:
        pit.do(command)
    else:
        reason, text = pit.refused(command)
        assert reason is Reason.INVALID_TERMS
        assert "only perpetuals have" in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"interval_ns": SECOND_NS}, "between a minute and 30 days"),
        ({"clamp_ppb": -1}, "its clamp and its cap"),
        ({"cap_ppb": 10**9 + 1}, "its clamp and its cap"),
        ({"interest_ppb": -(10**9) - 1}, "its interest"),
        ({"damping_ppm": 1_000_001}, "its damping"),
    ],
)
def test_terms_that_cannot_be_computed_with_are_refused(change: dict[str, int], said: str) -> None:
    reason, text = Pit().refused(msgspec.structs.replace(VENUE, **change))
    assert reason is Reason.INVALID_TERMS
    assert said in text


def test_a_published_rate_needs_the_model_that_asks_for_it() -> None:
    pit = Pit("ann")
    rate = SetFundingRate(symbol=SYMBOL, rate_ppb=1)
    assert "not configured" in pit.refused(rate)[1]
    pit.do(ConfigureFunding(symbol=SYMBOL))
    assert "is exchange: only the model venue takes" in pit.refused(rate)[1]
    pit.do(VENUE)
    assert not pit.do(rate)
    assert "billionths" in pit.refused(SetFundingRate(symbol=SYMBOL, rate_ppb=2 * 10**9))[1]


def test_a_snapshot_in_the_middle_of_an_interval_goes_on_the_same() -> None:
    pit = Pit("ann", "bob")
    pit.do(ConfigureOracle(symbol=SYMBOL, max_age_ns=HOUR_NS))
    pit.do(ConfigureFunding(symbol=SYMBOL, model=FundingModel.DAMPED, interval_ns=HOUR_NS))
    pit.hold([("ann", 3), ("bob", -3)])
    pit.index(10_000)
    pit.mark(10_001, 17 * SECOND_NS)
    pit.wait(1_234 * SECOND_NS)
    twin = snapshot.decode(snapshot.encode(pit.exchange))
    for at_ns in (1_240 * SECOND_NS, HOUR_NS, 3 * HOUR_NS + 5, 9 * HOUR_NS):
        assert twin.apply(AdvanceTime(), at_ns) == pit.wait(at_ns)
    assert snapshot.encode(twin) == snapshot.encode(pit.exchange)

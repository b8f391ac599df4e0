"""The text of a command says all of it: reading it back gives the same command."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import (
    MARKET_ORDER,
    AdvanceTime,
    AmendOrder,
    ArchivePortfolio,
    CancelAll,
    CancelOrder,
    ChangeMargin,
    Command,
    ConfigureCurrency,
    ConfigureFees,
    ConfigureFunding,
    ConfigureMarketBreaker,
    ConfigureMirror,
    ConfigureOracle,
    ConfigurePortfolio,
    Deposit,
    DepositKind,
    EngageKill,
    Exits,
    Flatten,
    FundingModel,
    HaltInstrument,
    IndexSource,
    ListInstrument,
    MarkMethod,
    MirrorDepth,
    MirrorDown,
    MirrorQuote,
    MirrorTrade,
    OpenAccount,
    OrderType,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    QueueModel,
    ReleaseKill,
    ReplaceOrder,
    ResetPortfolio,
    ResumeInstrument,
    Reverse,
    SelfTrade,
    Sendable,
    SendCommand,
    SetFundingRate,
    SetIndexSource,
    SetLeverage,
    SetLimits,
    SetMarginMode,
    SetPrice,
    SetSessions,
    Side,
    TimeInForce,
)
from engine.core.events import InstrumentListed, OrderAccepted
from engine.core.instruments import (
    MARKET_BREAKER_LEVELS,
    AssetClass,
    Instrument,
)
from engine.core.margin_terms import (
    MarginMode,
)
from engine.core.script import Glossary, parse_command, render_command
from tests.engine.core.script.values import (
    breakers,
    durations,
    falls,
    integers,
    levels,
    limits,
    maybe,
    multipliers,
    names,
    profiles,
    schedules,
    shares,
    sides,
    sources,
    steps,
    symbols,
    tables,
    text,
    times,
)

SPOT = Instrument(
    symbol="BTC-USDT",
    venue="local",
    asset_class=AssetClass.SPOT,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.00001"),
)


def known() -> Glossary:
    """One listed instrument, and order 3 in it."""
    glossary = Glossary()
    glossary.learn(InstrumentListed(seq=1, ts_ns=0, instrument=SPOT))
    glossary.learn(
        OrderAccepted(
            seq=2,
            ts_ns=0,
            order_id=3,
            account="ann",
            symbol=SPOT.symbol,
            order=PlaceOrder(
                account="ann",
                symbol=SPOT.symbol,
                side=Side.BUY,
                order_type=OrderType.LIMIT,
                lots=1,
                price_ticks=1,
            ),
            lots=1,
            price_ticks=1,
            expires_ns=None,
            parent_id=None,
            linked_id=None,
        )
    )
    return glossary


exits = st.builds(
    Exits,
    take_profit_ticks=maybe,
    stop_loss_ticks=maybe,
    stop_limit_ticks=maybe,
    trigger_on=st.none() | sources,
)
orders = st.builds(
    PlaceOrder,
    account=names,
    symbol=symbols,
    side=sides,
    order_type=st.sampled_from(OrderType),
    lots=integers,
    price_ticks=maybe,
    time_in_force=st.sampled_from(TimeInForce),
    expires_ns=st.none() | times,
    post_only=st.booleans(),
    slide=st.booleans(),
    reduce_only=st.booleans(),
    display_lots=maybe,
    trigger_ticks=maybe,
    trigger_on=st.none() | sources,
    trail_ticks=maybe,
    trail_ppm=st.none() | shares,
    activation_ticks=maybe,
    limit_offset_ticks=maybe,
    protection_ppm=st.none() | shares,
    self_trade=st.sampled_from(SelfTrade),
    exits=st.none() | exits,
    client_id=text,
    tag=text,
    note=text,
)
market_orders = st.builds(
    PlaceOrder,
    account=st.sampled_from(["ann", "bob"]),
    symbol=symbols,
    side=sides,
    order_type=st.just(MARKET_ORDER),
    lots=st.integers(1, 2),
)
grouped = orders | market_orders
STRATEGIES: dict[type, st.SearchStrategy[Command]] = {
    ListInstrument: st.builds(
        ListInstrument,
        instrument=st.builds(
            Instrument,
            symbol=symbols,
            venue=names,
            asset_class=st.sampled_from(AssetClass),
            base=names,
            quote=names,
            settlement=names,
            tick_size=steps,
            lot_size=steps,
            lots_min=integers,
            lots_max=integers,
            notional_min_quanta=integers,
            multiplier=multipliers,
            maker_fee_ppm=shares,
            taker_fee_ppm=shares,
            initial_margin_ppm=shares,
            margin_tiers=tables,
            borrow_ppm=shares,
            liquidation_fee_ppm=shares,
            liquidation_step_ppm=st.none() | shares,
            calendar=names,
            band_ppm=st.none() | shares,
            breaker=st.none() | breakers,
            cascade_orders_max=integers,
        ),
    ),
    OpenAccount: st.builds(OpenAccount, account=names, group=names),
    Deposit: st.builds(
        Deposit,
        account=names,
        currency=names,
        amount_quanta=integers,
        kind=st.sampled_from(DepositKind),
    ),
    ConfigurePortfolio: st.builds(ConfigurePortfolio, account=names, profile=profiles),
    ResetPortfolio: st.builds(ResetPortfolio, account=names),
    ArchivePortfolio: st.builds(ArchivePortfolio, account=names, archived=st.booleans()),
    SetLimits: st.builds(SetLimits, account=names, limits=limits),
    SetMarginMode: st.builds(
        SetMarginMode, account=names, symbol=symbols, mode=st.sampled_from(MarginMode)
    ),
    SetLeverage: st.builds(SetLeverage, account=names, symbol=symbols, leverage=integers),
    ChangeMargin: st.builds(ChangeMargin, account=names, symbol=symbols, amount_quanta=integers),
    PlaceOrder: orders,
    PlaceOco: st.builds(
        PlaceOco, account=st.sampled_from(["ann", "bob"]), first=grouped, second=grouped
    ),
    PlaceBasket: st.builds(
        PlaceBasket,
        account=names,
        legs=st.lists(grouped, max_size=3).map(tuple),
        all_or_none=st.booleans(),
    ),
    ProtectPosition: st.builds(
        ProtectPosition,
        account=names,
        symbol=symbols,
        take_profit_ticks=maybe,
        stop_loss_ticks=maybe,
        trigger_on=st.none() | sources,
    ),
    CancelOrder: st.builds(CancelOrder, account=names, order_id=integers),
    AmendOrder: st.builds(
        AmendOrder,
        account=names,
        order_id=st.sampled_from([3, 4]),
        lots=maybe,
        price_ticks=maybe,
        display_lots=maybe,
        trigger_ticks=maybe,
        expires_ns=st.none() | times,
    ),
    ReplaceOrder: st.builds(ReplaceOrder, account=names, order_id=integers, order=grouped),
    CancelAll: st.builds(
        CancelAll,
        account=names,
        symbol=st.none() | symbols | names,
        side=st.none() | sides,
        tag=st.none() | names,
    ),
    Flatten: st.builds(Flatten, account=names, symbol=st.none() | symbols),
    Reverse: st.builds(Reverse, account=names, symbol=symbols),
    EngageKill: st.builds(EngageKill, account=names, close_positions=st.booleans()),
    ReleaseKill: st.builds(ReleaseKill, account=names),
    SendCommand: st.deferred(
        lambda: st.builds(
            SendCommand,
            account=names,
            command=st.one_of(*(STRATEGIES[kind] for kind in get_args(Sendable))),
            delay_ns=durations,
        )
    ),
    SetPrice: st.builds(SetPrice, symbol=symbols, source=sources, price_ticks=integers),
    SetIndexSource: st.builds(
        SetIndexSource,
        symbol=symbols,
        source=names,
        price_ticks=integers,
        confidence_ppm=shares,
    ),
    SetFundingRate: st.builds(SetFundingRate, symbol=symbols, rate_ppb=integers),
    ConfigureOracle: st.builds(
        ConfigureOracle,
        symbol=symbols,
        mark=st.sampled_from(MarkMethod),
        book_weight_ppm=st.just(500_000) | shares,
        max_age_ns=durations,
        sample_ns=durations,
        sources=st.lists(st.builds(IndexSource, name=names, weight=integers), max_size=3).map(
            tuple
        ),
        confidence_max_ppm=shares,
    ),
    ConfigureFunding: st.builds(
        ConfigureFunding,
        symbol=symbols,
        model=st.sampled_from(FundingModel),
        interval_ns=durations,
        interest_ppb=integers,
        clamp_ppb=integers,
        cap_ppb=integers,
        damping_ppm=shares,
    ),
    ConfigureCurrency: st.builds(
        ConfigureCurrency, currency=names, haircut_ppm=shares, pegged_to=names
    ),
    SetSessions: st.builds(
        SetSessions,
        symbol=symbols,
        sessions=st.lists(st.tuples(times, times), max_size=3).map(tuple),
    ),
    HaltInstrument: st.builds(
        HaltInstrument, symbol=symbols, until_ns=st.none() | times, cancel_orders=st.booleans()
    ),
    ResumeInstrument: st.builds(ResumeInstrument, symbol=symbols),
    ConfigureMarketBreaker: st.builds(
        ConfigureMarketBreaker,
        symbol=symbols,
        reference_ticks=integers,
        levels=st.just(MARKET_BREAKER_LEVELS) | falls,
    ),
    ConfigureFees: st.builds(ConfigureFees, symbol=symbols, schedule=schedules),
    MirrorDepth: st.builds(
        MirrorDepth,
        symbol=symbols,
        bids=levels,
        asks=levels,
        snapshot=st.booleans(),
        venue_ns=st.none() | times,
    ),
    MirrorTrade: st.builds(
        MirrorTrade,
        symbol=symbols,
        side=sides,
        price_ticks=integers,
        lots=integers,
        venue_ns=st.none() | times,
    ),
    MirrorQuote: st.builds(
        MirrorQuote,
        symbol=symbols,
        bid_ticks=integers,
        bid_lots=integers,
        ask_ticks=integers,
        ask_lots=integers,
        liquidity_lots=integers,
        base_ppm=shares,
        impact_ppm=shares,
    ),
    MirrorDown: st.builds(MirrorDown, symbol=symbols),
    ConfigureMirror: st.builds(
        ConfigureMirror,
        symbol=symbols,
        queue_model=st.sampled_from(QueueModel),
        taken_hold_ns=durations,
    ),
    AdvanceTime: st.builds(AdvanceTime),
}


def test_every_command_takes_part() -> None:
    assert list(STRATEGIES) == list(get_args(Command))


@pytest.mark.parametrize("kind", STRATEGIES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_command_reads_back_as_it_was(kind: type[Command], data: st.DataObject) -> None:
    command = data.draw(STRATEGIES[kind])
    glossary = known()
    line = render_command(command, glossary, 7)
    assert "\n" not in line
    assert parse_command(line, glossary, 7) == (command, 7)


@given(st.integers(0, 10**19))
def test_a_time_reads_back_to_the_nanosecond(ts_ns: int) -> None:
    glossary = known()
    line = render_command(AdvanceTime(), glossary, ts_ns)
    assert parse_command(line, glossary, 0) == (AdvanceTime(), ts_ns)

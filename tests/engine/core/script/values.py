"""Any values for the fields of commands: what a person may write, and what one hardly would."""

from decimal import Decimal

from hypothesis import strategies as st

from engine.core.commands import Collateral, LotMethod, Profile, Side, TriggerSource
from engine.core.instruments import (
    AssetClass,
    Breaker,
    BreakerLevel,
    FeeSchedule,
    FeeTier,
    MarginTier,
)
from engine.core.margin_terms import CAUTIOUS_TIERS, PERPETUAL_TIERS, InstrumentLimit, Limits

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
plain_names = ["ann", "bob", "buy", "stop", "|", "tag=x", "from", ""]
odd_names = [*plain_names, "two words", 'a "quote"', "a  #b"]
names = st.one_of(st.sampled_from(odd_names), text)
symbols = st.sampled_from(["BTC-USDT", "ETH-USDT", "BTC-USDT-PERP.kraken", "sell", "stop-limit"])
sides = st.sampled_from(Side)
sources = st.sampled_from(TriggerSource)
integers = st.integers(-(10**15), 10**15)
maybe = st.none() | integers
shares = st.integers(-(10**6), 10**7)
times = st.integers(-(10**12), 10**19)
durations = st.sampled_from([1, 1_000_000_000, 300_000_000_000, -1, 0]) | st.integers(0, 10**18)
levels = st.lists(st.tuples(integers, integers), max_size=3).map(tuple)
steps = st.decimals("-1", "1000", places=6, allow_nan=False)
multipliers = st.sampled_from([Decimal(1), Decimal(10), Decimal("0.001")])

breakers = st.builds(
    Breaker,
    move_ppm=shares,
    window_ns=durations,
    halt_ns=durations,
    cancel_orders=st.booleans(),
)
tiers = st.builds(MarginTier, below_quanta=maybe, leverage_max=integers, maintenance_ppm=shares)
tables = st.sampled_from([(), PERPETUAL_TIERS, CAUTIOUS_TIERS]) | st.lists(tiers, max_size=3).map(
    tuple
)
schedules = st.builds(
    FeeSchedule,
    name=names,
    tiers=st.lists(
        st.builds(
            FeeTier,
            from_quanta=integers,
            maker_ppm=shares,
            taker_ppm=shares,
            uptime_ppm=shares,
        ),
        max_size=3,
    ).map(tuple),
    insurance_share_ppm=shares,
    read_on=st.sampled_from(["", "2026-11-21", "last spring"]),
)
falls = st.lists(
    st.builds(BreakerLevel, fall_ppm=shares, halt_ns=st.none() | durations), max_size=3
).map(tuple)

profiles = st.builds(
    Profile,
    title=names,
    description=names,
    base_currency=names,
    starting_quanta=integers,
    lot_method=st.sampled_from(LotMethod),
    collateral=st.sampled_from(Collateral),
    leverages=st.dictionaries(st.sampled_from(AssetClass), integers, max_size=3),
    tags=st.lists(names, max_size=3).map(tuple),
    public=st.booleans(),
)
limits = st.builds(
    Limits,
    order_notional_max_quanta=maybe,
    orders_per_second_max=maybe,
    position_notional_max_quanta=maybe,
    positions_max=maybe,
    leverage_max_ppm=maybe,
    by_symbol=st.dictionaries(
        symbols | names,
        st.builds(InstrumentLimit, lots_max=maybe, notional_max_quanta=maybe, leverage_max=maybe),
        max_size=3,
    ),
)

"""The text of a command says all of it: reading it back gives the same command."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    ConfigureMirror,
    Deposit,
    Flatten,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OpenAccount,
    OrderType,
    PlaceOrder,
    QueueModel,
    Side,
    TimeInForce,
)
from engine.core.events import InstrumentListed, OrderAccepted
from engine.core.instruments import AssetClass, Instrument
from engine.core.script import Glossary, parse_command, render_command

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


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
names = st.one_of(st.sampled_from(["ann", "bob", "buy", "two words", 'a "quote"', ""]), text)
symbols = st.sampled_from([SPOT.symbol, "ETH-USDT", "BTC-USDT-PERP.kraken", "sell"])
sides = st.sampled_from(Side)
integers = st.integers(-(10**15), 10**15)
levels = st.lists(st.tuples(integers, integers), max_size=3).map(tuple)
steps = st.decimals("-1", "1000", places=6, allow_nan=False)
multipliers = st.sampled_from([Decimal(1), Decimal(10), Decimal("0.001")])

commands = st.one_of(
    st.builds(
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
            maker_fee_ppm=st.integers(-(10**6), 10**6),
            taker_fee_ppm=st.integers(-(10**6), 10**6),
            initial_margin_ppm=st.integers(0, 10**7),
        ),
    ),
    st.builds(OpenAccount, account=names),
    st.builds(Deposit, account=names, currency=names, amount_quanta=integers),
    st.builds(
        PlaceOrder,
        account=names,
        symbol=symbols,
        side=sides,
        order_type=st.sampled_from(OrderType),
        lots=integers,
        price_ticks=st.none() | integers,
        time_in_force=st.sampled_from(TimeInForce),
        post_only=st.booleans(),
        client_id=text,
        tag=text,
        note=text,
    ),
    st.builds(CancelOrder, account=names, order_id=integers),
    st.builds(
        AmendOrder,
        account=names,
        order_id=st.sampled_from([3, 4]),
        lots=st.none() | integers,
        price_ticks=st.none() | integers,
    ),
    st.builds(CancelAll, account=names, symbol=st.none() | symbols, side=st.none() | sides),
    st.builds(Flatten, account=names, symbol=st.none() | symbols),
    st.builds(MirrorDepth, symbol=symbols, bids=levels, asks=levels, snapshot=st.booleans()),
    st.builds(MirrorTrade, symbol=symbols, side=sides, price_ticks=integers, lots=integers),
    st.builds(MirrorDown, symbol=symbols),
    st.builds(
        ConfigureMirror,
        symbol=symbols,
        queue_model=st.sampled_from(QueueModel),
        taken_hold_ns=st.integers(0, 10**18),
    ),
)


@given(commands)
def test_a_command_reads_back_as_it_was(command: Command) -> None:
    glossary = known()
    line = render_command(command, glossary, 7)
    assert "\n" not in line
    assert parse_command(line, glossary, 7) == (command, 7)


@given(st.integers(0, 10**19))
def test_a_time_reads_back_to_the_nanosecond(ts_ns: int) -> None:
    glossary = known()
    line = render_command(AdvanceTime(), glossary, ts_ns)
    assert parse_command(line, glossary, 0) == (AdvanceTime(), ts_ns)

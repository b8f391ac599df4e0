"""Venue text to ticks and lots: exact, floored and counted, or left out and counted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import (
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    Side,
)
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import Scale, UnitError
from feeds.bridge import Bridge, BridgeSet
from feeds.messages import BookDelta, BookLost, BookSnapshot, InstrumentTerms, Notice, Trade

INSTRUMENT = Instrument(
    symbol="BTC-USDT",
    venue="binance",
    asset_class=AssetClass.SPOT,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.001"),
)


def delta(bids: tuple = (), asks: tuple = ()) -> BookDelta:
    return BookDelta(
        received_ns=0,
        venue_ns=0,
        symbol="BTC-USDT",
        first_update_id=1,
        last_update_id=1,
        previous_update_id=None,
        bids=bids,
        asks=asks,
    )


def trade(price: str, size: str) -> Trade:
    return Trade(
        received_ns=0,
        venue_ns=0,
        symbol="BTC-USDT",
        trade_id="1",
        side=Side.SELL,
        price=price,
        size=size,
    )


def test_levels_become_ticks_and_lots() -> None:
    message = delta((("61837.63000000", "0.12300000"),), (("62000", "0.00000000"),))
    assert Bridge(INSTRUMENT).commands(message) == (
        MirrorDepth(symbol="BTC-USDT", bids=((6183763, 123),), asks=((6200000, 0),)),
    )


@given(st.decimals(0, 10**6, places=2) | st.decimals(0, 10**6, places=8))
def test_conversion_equals_that_of_the_engines_units(number: Decimal) -> None:
    scale, bridge = Scale(INSTRUMENT), Bridge(INSTRUMENT)
    (command,) = bridge.commands(delta((("1.00", f"{number:f}"), (f"{number:f}", "1"))))
    assert isinstance(command, MirrorDepth)
    assert command.bids[0] == (100, scale.lots_floor(number))
    if number % INSTRUMENT.tick_size:
        assert len(command.bids) == bridge.counts.prices_off_tick == 1
    else:
        assert command.bids[1:] == ((scale.ticks_exact(number), 1000),)


def test_a_snapshot_says_that_it_is_the_whole_book() -> None:
    message = BookSnapshot(received_ns=0, symbol="BTC-USDT", update_id=1, bids=(), asks=())
    (command,) = Bridge(INSTRUMENT).commands(message)
    assert isinstance(command, MirrorDepth)
    assert command.snapshot


def test_a_size_finer_than_the_lot_is_floored_and_counted_each_time() -> None:
    bridge = Bridge(INSTRUMENT)
    for _ in range(2):
        (command,) = bridge.commands(delta((("1.00", "0.0129"),)))
        assert isinstance(command, MirrorDepth)
        assert command.bids == ((100, 12),)
    assert bridge.counts.sizes_floored == 2


def test_a_price_off_the_tick_is_left_out_and_counted_and_the_rest_is_shown() -> None:
    bridge = Bridge(INSTRUMENT)
    (command,) = bridge.commands(delta((("1.001", "1"), ("1.01", "1"))))
    assert isinstance(command, MirrorDepth)
    assert command.bids == ((101, 1000),)
    assert bridge.commands(trade("1.001", "1")) == ()
    assert bridge.counts.prices_off_tick == 2


def test_a_trade_keeps_the_aggressors_side() -> None:
    assert Bridge(INSTRUMENT).commands(trade("1.50", "0.5")) == (
        MirrorTrade(symbol="BTC-USDT", side=Side.SELL, price_ticks=150, lots=500),
    )


def test_a_trade_of_less_than_a_lot_is_left_out_and_counted() -> None:
    bridge = Bridge(INSTRUMENT)
    assert bridge.commands(trade("1.50", "0.0004")) == ()
    assert bridge.counts.dust_trades == 1


def test_a_lost_book_is_withdrawn_and_notices_change_nothing() -> None:
    bridge = Bridge(INSTRUMENT)
    lost = BookLost(received_ns=0, symbol="BTC-USDT", text="")
    assert bridge.commands(lost) == (MirrorDown(symbol="BTC-USDT"),)
    assert bridge.commands(Notice(received_ns=0, text="")) == ()


def test_an_instrument_is_bridged_from_its_terms_on() -> None:
    bridges = BridgeSet()
    assert bridges.commands(trade("1.50", "1")) == ()
    terms = InstrumentTerms(received_ns=0, instrument=INSTRUMENT, venue_symbol="BTCUSDT")
    assert bridges.commands(terms) == (ListInstrument(instrument=INSTRUMENT),)
    assert len(bridges.commands(trade("1.50", "1"))) == 1


def test_terms_that_no_integer_can_count_are_refused() -> None:
    fine = Instrument(
        symbol="A-B",
        venue="binance",
        asset_class=AssetClass.SPOT,
        base="A",
        quote="B",
        settlement="B",
        tick_size=Decimal("1e-9"),
        lot_size=Decimal("1e-9"),
    )
    with pytest.raises(UnitError):
        Bridge(fine)

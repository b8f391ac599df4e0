"""Round trips: whatever the fills, they add up to what the exchange says."""

from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from engine.core.accounts import Position
from engine.core.commands import Side
from engine.core.events import Liquidity, OrderFilled, PositionChanged
from engine.core.units import Scale
from engine.journal.round_trip import RoundTrip
from engine.journal.round_trips import RoundTrips
from tests.engine.journal.trading import PERP, instrument

SCALE = Scale(instrument(PERP))
fills = st.lists(
    st.tuples(st.sampled_from(Side), st.integers(1, 50), st.integers(100, 300), st.integers(-9, 99))
)


def folded(items: list[tuple[Side, int, int, int]]) -> tuple[Position, dict[int, RoundTrip]]:
    """The exchange's position and all round trips after fills of (side, lots, ticks, fee)."""
    position, trips, seen = Position(), RoundTrips(), {}
    for seq, (side, lots, ticks, fee) in enumerate(items, start=1):
        signed = lots if side is Side.BUY else -lots
        realised = position.fill(signed, SCALE.notional_quanta(ticks, signed))
        position.fees_quanta += fee
        stamp = {"seq": seq, "ts_ns": seq, "account": "me", "symbol": PERP}
        fill = OrderFilled(
            **stamp,
            trade_id=seq,
            order_id=seq,
            side=side,
            price_ticks=ticks,
            lots=lots,
            open_lots=0,
            liquidity=Liquidity.TAKER,
            fee_quanta=fee,
        )
        change = PositionChanged(
            **stamp,
            lots=position.lots,
            cost_quanta=position.cost_quanta,
            realised_quanta=realised,
        )
        for trip in trips.take(fill, change, "tag", SCALE):
            seen[trip.position_id] = trip
    return position, seen


@given(fills)
def test_profit_fees_and_lots_add_up_to_the_position(
    items: list[tuple[Side, int, int, int]],
) -> None:
    position, trips = folded(items)
    assert sum(trip.realised_quanta for trip in trips.values()) == position.realised_quanta
    assert sum(trip.fees_quanta for trip in trips.values()) == position.fees_quanta
    still_open = [trip for trip in trips.values() if trip.closed_seq is None]
    assert sum(trip.lots for trip in still_open) == position.lots
    assert sum(trip.cost_quanta for trip in still_open) == position.cost_quanta
    assert len(still_open) == (position.lots != 0)


@given(fills)
def test_each_round_trip_is_flat_at_its_end_and_only_there(
    items: list[tuple[Side, int, int, int]],
) -> None:
    _, trips = folded(items)
    for trip in trips.values():
        assert trip.entry_lots - trip.exit_lots == abs(trip.lots)
        assert (trip.lots == 0) == (trip.closed_seq is not None)
        assert 0 < trip.max_lots <= trip.entry_lots
    sides = [trips[number].side for number in sorted(trips)]
    assert sorted(trips) == list(range(1, len(sides) + 1))


@given(fills)
def test_rows_keep_prices_within_the_extremes(items: list[tuple[Side, int, int, int]]) -> None:
    _, trips = folded(items)
    for trip in trips.values():
        row = trip.row(SCALE)
        lowest = SCALE.price_decimal(trip.lowest_ticks)
        highest = SCALE.price_decimal(trip.highest_ticks)
        assert lowest <= row.entry_price <= highest
        assert row.exit_price is None or lowest <= row.exit_price <= highest
        assert min(row.mae, row.mfe) >= Decimal(0)


def test_coins_that_were_not_bought_here_belong_to_no_round_trip() -> None:
    trips = RoundTrips()
    stamp = {"seq": 1, "ts_ns": 1, "account": "me", "symbol": PERP}

    def sell(lots: int, left: int, realised: int) -> tuple[OrderFilled, PositionChanged]:
        fill = OrderFilled(
            **stamp,
            trade_id=1,
            order_id=1,
            side=Side.SELL,
            price_ticks=110,
            lots=lots,
            open_lots=0,
            liquidity=Liquidity.TAKER,
            fee_quanta=10,
        )
        change = PositionChanged(**stamp, lots=left, cost_quanta=0, realised_quanta=realised)
        return fill, change

    assert trips.take(*sell(5, 0, 0), "", SCALE) == []
    bought = msgspec.structs.replace(sell(3, 3, 0)[0], side=Side.BUY, price_ticks=100)
    (trip,) = trips.take(
        bought, PositionChanged(**stamp, lots=3, cost_quanta=9, realised_quanta=0), "", SCALE
    )
    assert trips.take(*sell(8, 0, 7), "", SCALE) == [trip]
    assert (trip.exit_lots, trip.realised_quanta, trip.closed_seq) == (3, 7, 1)
    assert trips.open == {}

"""What the fold remembered, as of the last command that a store has, read back from its rows."""

from engine.core.commands import Side
from engine.core.instruments import AssetClass, Instrument
from engine.journal.exact import quanta_of
from engine.journal.projection import FoldState
from engine.journal.round_trips import RoundTrip, RoundTrips
from engine.journal.rows import DepositRow, InstrumentRow, OrderRow, PositionRow
from engine.journal.store import HistoryStore


def fold_state(store: HistoryStore) -> FoldState:
    """The state with which a projection goes on behind `store.applied_seq`."""
    trips = RoundTrips(
        last_id=int(store.scalar("SELECT coalesce(max(position_id), 0) FROM positions"))
    )
    for row in store.rows(PositionRow, "state = 'open'"):
        trips.open[row.account, row.symbol] = _round_trip(row)
    deposited: dict[str, dict[str, int]] = {}
    for paid in store.rows(DepositRow):
        amounts = deposited.setdefault(paid.account, {})
        amounts[paid.currency] = amounts.get(paid.currency, 0) + quanta_of(paid.amount)
    return FoldState(
        instruments={row.symbol: _instrument(row) for row in store.rows(InstrumentRow)},
        orders={row.order_id: row for row in store.rows(OrderRow, "ended_seq IS NULL")},
        trips=trips,
        deposited=deposited,
    )


def _instrument(row: InstrumentRow) -> Instrument:
    """The terms that the history needs; bounds and margin are not among them."""
    return Instrument(
        symbol=row.symbol,
        venue=row.venue,
        asset_class=AssetClass(row.asset_class),
        base=row.base,
        quote=row.quote,
        settlement=row.settlement,
        tick_size=row.tick_size.normalize(),
        lot_size=row.lot_size.normalize(),
        multiplier=row.multiplier.normalize(),
        maker_fee_ppm=row.maker_fee_ppm,
        taker_fee_ppm=row.taker_fee_ppm,
    )


def _round_trip(row: PositionRow) -> RoundTrip:
    return RoundTrip(
        position_id=row.position_id,
        account=row.account,
        symbol=row.symbol,
        side=Side.BUY if row.side == "long" else Side.SELL,
        tag=row.tag,
        opened_seq=row.opened_seq,
        opened_ns=row.opened_at,
        lowest_ticks=row.lowest_ticks,
        highest_ticks=row.highest_ticks,
        lots=row.lots,
        cost_quanta=quanta_of(row.cost),
        max_lots=row.max_lots,
        entry_lots=row.entry_lots,
        entry_tick_lots=int(row.entry_tick_lots),
        exit_lots=row.exit_lots,
        exit_tick_lots=int(row.exit_tick_lots),
        realised_quanta=quanta_of(row.realised),
        fees_quanta=quanta_of(row.fees),
        fills=row.fills,
    )

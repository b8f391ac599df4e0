"""What the fold remembered, as of the last command that a store has, read back from its rows."""

from engine.core.commands import Side
from engine.core.instruments import AssetClass, Instrument
from engine.core.margin_terms import MarginMode
from engine.journal.exact import quanta_of
from engine.journal.margin_rows import InsuranceRow, PortfolioRow
from engine.journal.portfolio_fold import RESET, PortfolioState
from engine.journal.projection import FoldState
from engine.journal.round_trip import RoundTrip
from engine.journal.round_trips import RoundTrips
from engine.journal.rows import (
    DepositRow,
    InstrumentRow,
    OrderRow,
    PositionRow,
    VenueEventRow,
)
from engine.journal.store import HistoryStore


def fold_state(store: HistoryStore) -> FoldState:
    """The state with which a projection goes on behind `store.applied_seq`."""
    trips = RoundTrips(
        last_id=int(store.scalar("SELECT coalesce(max(position_id), 0) FROM positions"))
    )
    for row in store.rows(PositionRow, "state = 'open'"):
        trips.open[row.account, row.symbol] = _round_trip(row)
    return FoldState(
        instruments={row.symbol: _instrument(row) for row in store.rows(InstrumentRow)},
        orders={row.order_id: row for row in store.rows(OrderRow, "ended_seq IS NULL")},
        trips=trips,
        portfolios=PortfolioState(
            rows={row.account: row for row in store.rows(PortfolioRow)},
            deposited=_deposited(store),
            margined=_margined(store),
        ),
        fund={row.currency: quanta_of(row.balance) for row in store.rows(InsuranceRow)},
    )


def _deposited(store: HistoryStore) -> dict[str, dict[str, int]]:
    """What was paid into each account since it last began anew."""
    deposited: dict[str, dict[str, int]] = {}
    for paid in store.rows(DepositRow):
        amounts = deposited.setdefault(paid.account, {})
        if paid.kind == RESET:
            amounts.clear()
        amounts[paid.currency] = amounts.get(paid.currency, 0) + quanta_of(paid.amount)
    return deposited


def _margined(store: HistoryStore) -> set[tuple[str, str]]:
    """Accounts and symbols whose mode was last set to one on margin."""
    margined = set()
    for row in store.rows(VenueEventRow, "kind = 'margin_mode'"):
        assert row.account is not None
        assert row.symbol is not None
        key = row.account, row.symbol
        if row.cause == MarginMode.CASH.value:
            margined.discard(key)
        else:
            margined.add(key)
    return margined


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
        entry_weight=int(row.entry_weight),
        exit_lots=row.exit_lots,
        exit_weight=int(row.exit_weight),
        realised_quanta=quanta_of(row.realised),
        fees_quanta=quanta_of(row.fees),
        funding_quanta=quanta_of(row.funding),
        fills=row.fills,
    )

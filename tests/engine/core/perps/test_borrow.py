"""Borrow fees: shorts of assets that have to be borrowed pay for each midnight."""

from decimal import Decimal

from engine.core.accounts import chart
from engine.core.commands import SetMarginMode
from engine.core.events import BorrowFeePaid
from engine.core.instruments import AssetClass, Instrument
from engine.core.margin_terms import MarginMode
from tests.engine.core.perps.pit import HOUR_NS, Pit

STOCK = Instrument(
    symbol="ACME",
    venue="local",
    asset_class=AssetClass.STOCK,
    base="ACME",
    quote="USD",
    settlement="USD",
    tick_size=Decimal("0.01"),
    lot_size=Decimal(1),
    maker_fee_ppm=0,
    taker_fee_ppm=0,
    initial_margin_ppm=250_000,
    borrow_ppm=36_500,
)
DAY_NS = 24 * HOUR_NS


def test_a_short_on_margin_pays_a_365th_of_the_yearly_rate_for_each_midnight() -> None:
    pit = Pit("ann", "bob", instrument=STOCK, now_ns=DAY_NS + HOUR_NS)
    pit.do(SetMarginMode(account="ann", symbol="ACME", mode=MarginMode.CROSS))
    pit.hold([("bob", 10), ("ann", -10)], 10_000)
    before = pit.exchange.balance("ann", "USD")[0]
    events = pit.wait(4 * DAY_NS)
    fee = 10 * 100 * 10**12 // 10_000
    assert [
        (e.account, e.day_ns, e.lots, e.paid_quanta) for e in events if isinstance(e, BorrowFeePaid)
    ] == [("ann", day * DAY_NS, -10, fee) for day in (2, 3, 4)]
    assert pit.exchange.balance("ann", "USD")[0] == before - 3 * fee
    assert pit.exchange.balance(chart.LENDING, "USD")[0] == 3 * fee
    position = pit.exchange.position("ann", "ACME")
    assert position is not None
    assert position.funding_quanta == 3 * fee


def test_who_owns_or_owes_nothing_pays_nothing() -> None:
    pit = Pit("ann", "bob", instrument=STOCK)
    pit.hold([("bob", 10), ("ann", -10)], 10_000)
    assert not pit.wait(3 * DAY_NS)

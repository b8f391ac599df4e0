"""Greeks of a portfolio: holdings, linear and inverse positions, and what a day costs."""

from decimal import Decimal

from engine.core.commands import (
    ConfigureFunding,
    Deposit,
    DepositKind,
    FundingModel,
    ListInstrument,
    SetFundingRate,
)
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.margin_terms import MarginMode
from tests.engine.published.desk import Desk, contract
from tui_exchange.read_models.greeks import greeks_view

ONE = 10**12
TIERS = ((None, Decimal("0.005")),)
LINEAR = contract("BTC-USDT-PERP", tick="1", lot="0.001", tiers=TIERS)
INVERSE = contract("BTC-USDT-INV", tick="1", lot="1", tiers=TIERS, inverse=True)
ETHER = contract("ETH-USDT-PERP", tick="1", lot="0.001", tiers=TIERS)
SPOT = Instrument(
    symbol="BTC-USDT",
    venue="test",
    asset_class=AssetClass.SPOT,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal(1),
    lot_size=Decimal("0.001"),
    maker_fee_ppm=0,
    taker_fee_ppm=0,
    borrow_ppm=365_000,
)


def desk() -> Desk:
    made = Desk(LINEAR, INVERSE, ETHER)
    made.do(ListInstrument(instrument=SPOT))
    made.open("counterparty", "BTC", Decimal(1000))
    made.open("me", "USDT", Decimal(1_000_000))
    return made


def deltas(exchange: Exchange) -> dict[str, Decimal | None]:
    return {row.underlying: row.delta for row in greeks_view(exchange, "me").rows}


def test_what_is_owned_and_what_hedges_it_add_up() -> None:
    made = desk()
    made.trade("me", "BTC-USDT", long=True, size=Decimal(2), price=Decimal(50_000))
    made.trade("me", "BTC-USDT-PERP", long=False, size=Decimal("0.5"), price=Decimal(50_000))
    made.trade("me", "ETH-USDT-PERP", long=True, size=Decimal(3), price=Decimal(3_000))
    view = greeks_view(made.exchange, "me")
    assert deltas(made.exchange) == {"BTC": Decimal("1.5"), "ETH": Decimal(3)}
    assert [row.value_quanta for row in view.rows] == [75_000 * ONE, 9_000 * ONE]
    assert [row.gamma for row in view.rows] == [None, None]
    assert (view.funding_quanta, view.borrow_quanta) == (None, None)


def test_an_inverse_contract_adds_its_face_over_the_price_and_what_it_has_gained() -> None:
    made = desk()
    made.open("me", "BTC", Decimal(1))
    made.trade("me", "BTC-USDT", long=True, size=Decimal("0.001"), price=Decimal(40_000))
    made.trade("me", "BTC-USDT-INV", long=True, size=Decimal(10_000), price=Decimal(40_000))
    assert deltas(made.exchange) == {"BTC": Decimal("1.251")}
    made.open("bob", "BTC", Decimal(10))
    made.trade("bob", "BTC-USDT-INV", long=True, size=Decimal(1), price=Decimal(50_000))
    (row,) = greeks_view(made.exchange, "me").rows
    assert (row.delta, row.gamma) == (Decimal("1.251"), Decimal("-0.002"))


def test_lent_coins_are_nobodys_delta() -> None:
    made = desk()
    lent = Deposit(account="me", currency="BTC", amount_quanta=ONE, kind=DepositKind.LENT)
    made.do(lent)
    assert deltas(made.exchange) == {}
    assert greeks_view(made.exchange, "nobody").rows == ()


def test_funding_and_borrow_fees_are_counted_for_a_day() -> None:
    made = desk()
    hour_ns = 3_600 * 10**9
    made.do(
        ConfigureFunding(symbol="BTC-USDT-PERP", model=FundingModel.VENUE, interval_ns=8 * hour_ns),
    )
    made.trade("me", "BTC-USDT-PERP", long=True, size=Decimal(1), price=Decimal(50_000))
    assert greeks_view(made.exchange, "me").unknown == ("BTC-USDT-PERP",)
    made.do(SetFundingRate(symbol="BTC-USDT-PERP", rate_ppb=100_000))
    made.mark("BTC-USDT-PERP", Decimal(50_000))
    made.trade_as("me", "BTC-USDT", MarginMode.CROSS)
    made.trade("me", "BTC-USDT", long=False, size=Decimal(2), price=Decimal(50_000))
    view = greeks_view(made.exchange, "me")
    assert view.funding_quanta == -15 * ONE
    assert view.borrow_quanta == -100 * ONE
    assert view.unknown == ()
    assert deltas(made.exchange) == {"BTC": Decimal(-1)}

"""What a market is listed with: tiers, borrow fees, marks, from its venue or from the settings."""

from decimal import Decimal

import pytest

from engine.core.commands import (
    ConfigureFees,
    Deposit,
    MarkMethod,
    OpenAccount,
    OrderType,
    PlaceOrder,
    Side,
)
from engine.core.fees.presets import PRESETS as FEES
from engine.core.instruments import AssetClass, MarginTier
from engine.core.margin_terms import CAUTIOUS_TIERS, PERPETUAL_TIERS, tier
from engine.core.units import QUANTA_PER_UNIT
from tests.tui_exchange.entered import Entered, instrument
from tests.tui_exchange.paper import Paper
from tui_exchange.settings import Margin

PERP, SPOT = "BTC-USDT-PERP", "BTC-USDT"


def tiers(
    margin: Margin, symbol: str = PERP, *, leverage_stated: bool = False, **terms: object
) -> tuple[MarginTier, ...]:
    listed = instrument(symbol, "one", **terms)
    return Entered(margin).list(listed, leverage_stated=leverage_stated).margin_tiers


def test_a_perpetual_has_the_tiers_of_the_settings_where_its_venue_states_nothing() -> None:
    assert tiers(Margin()) == PERPETUAL_TIERS
    assert tiers(Margin(tiers="cautious")) == CAUTIOUS_TIERS
    assert tiers(Margin(tiers="venue")) == ()


def test_tiers_that_a_venue_states_stay() -> None:
    own = (tier(None, 3, 200_000),)
    assert tiers(Margin(), margin_tiers=own) == own


def test_no_tier_has_more_leverage_than_the_venue_allows() -> None:
    found = tiers(Margin(), initial_margin_ppm=25_000, leverage_stated=True)
    assert [each.leverage_max for each in found] == [40, 40, 20, 10, 5]
    assert [each.maintenance_ppm for each in found] == [12_500, 12_500, 25_000, 50_000, 100_000]
    (only,) = tiers(Margin(tiers="venue"), initial_margin_ppm=333_334, leverage_stated=True)
    assert (only.below_quanta, only.leverage_max) == (None, 3)


def test_bounds_in_dollars_are_not_those_of_another_quote() -> None:
    assert tiers(Margin(), symbol="ETH-BTC-PERP") == ()


@pytest.mark.parametrize(
    ("kind", "borrow_ppm"), [(AssetClass.STOCK, 10_000), (AssetClass.SPOT, 50_000)]
)
def test_being_short_of_what_is_owned_costs_what_the_settings_say(
    kind: AssetClass, borrow_ppm: int
) -> None:
    listed = Entered().list(instrument(SPOT, asset_class=kind))
    assert listed.borrow_ppm == borrow_ppm
    assert Entered().list(instrument(SPOT, borrow_ppm=7)).borrow_ppm == 7


def test_what_is_owned_is_marked_by_its_book_and_derivatives_as_the_settings_say() -> None:
    at = Entered(Margin(mark="weighted", mark_weight=25))
    at.list(instrument(SPOT))
    at.list(instrument(PERP))
    assert at.exchange.oracle(SPOT).method is MarkMethod.BOOK
    assert at.exchange.oracle(PERP).method is MarkMethod.WEIGHTED


def test_a_fee_schedule_that_was_chosen_outlives_other_margin_terms() -> None:
    at = Entered(Margin(tiers="venue"))
    at.list(instrument(PERP))
    at.submit(ConfigureFees(symbol=PERP, schedule=FEES["standard"]))
    Entered.list(at, instrument(PERP, margin_tiers=PERPETUAL_TIERS))
    assert at.exchange.instrument(PERP).margin_tiers == PERPETUAL_TIERS
    assert at.exchange.fee_schedule(PERP) == FEES["standard"]


def test_terms_under_an_open_order_stay_and_the_trader_is_told() -> None:
    at = Entered(Margin(tiers="venue"))
    at.list(instrument(PERP))
    at.book(PERP, "100", "100.1")
    at.submit(OpenAccount(account="ann"))
    money = 1_000_000 * QUANTA_PER_UNIT
    at.submit(Deposit(account="ann", currency="USDT", amount_quanta=money))
    order = PlaceOrder(
        account="ann",
        symbol=PERP,
        side=Side.BUY,
        order_type=OrderType.LIMIT,
        lots=100,
        price_ticks=900,
    )
    at.submit(order)
    kept = at.list(instrument(PERP, margin_tiers=CAUTIOUS_TIERS))
    assert kept.margin_tiers == ()
    assert at.news == [
        f"{PERP} keeps its margin tiers and borrow fee, because orders or positions of it are open;"
        " those of the settings apply once they are closed and it is listed anew"
    ]


def test_a_new_portfolio_has_the_leverages_of_the_settings_and_a_stock_lives_at_its_own() -> None:
    paper = Paper()
    exchange = paper.session.exchange
    assert exchange.leverage_ppm("main", "TUIX-USD") == 2_000_000
    assert exchange.leverage_ppm("main", PERP) == 10_000_000
    paper.line("mode cross; s 10", "TUIX-USD")
    paper.run(6)
    stake = exchange.stake("main", "TUIX-USD")
    assert stake is not None
    assert stake.liquidation_ticks is not None
    assert exchange.instrument("TUIX-USD").borrow_ppm == 10_000
    paper.line("portfolio new swing")
    assert exchange.leverage_ppm("swing", PERP) == 10_000_000


def test_collateral_counts_as_the_settings_say() -> None:
    exchange = Paper().session.exchange
    rate = exchange.rate("USDT", "USD")
    assert rate is not None
    assert (rate.numerator, rate.denominator) == (1, 1)
    assert exchange.collateral()["BTC"].haircut_ppm == 50_000
    assert Decimal(exchange.collateral()["ETH"].haircut_ppm) / 10_000 == 10

"""What things are worth: exact integers, None where a price is unknown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import (
    Deposit,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OpenAccount,
    Side,
)
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import PPM, QUANTA_PER_UNIT, Scale
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.read_models.portfolio import Portfolio
from tui_exchange.read_models.valuation import (
    at_par,
    break_even_ticks,
    entry_ticks,
    mark_ticks,
    value_in,
)


def spot(base: str, quote: str) -> Instrument:
    return Instrument(
        symbol=f"{base}-{quote}",
        venue="test",
        asset_class=AssetClass.SPOT,
        base=base,
        quote=quote,
        settlement=quote,
        tick_size=Decimal("0.5"),
        lot_size=Decimal("0.001"),
    )


@pytest.fixture
def exchange() -> Exchange:
    exchange = Exchange()
    for instrument in (spot("BTC", "USDT"), spot("ETH", "BTC")):
        exchange.apply(ListInstrument(instrument=instrument), 1)
    exchange.apply(OpenAccount(account="main"), 1)
    return exchange


def show(exchange: Exchange, symbol: str, bid: int, ask: int) -> None:
    bids, asks = ((bid, 10),), ((ask, 10),)
    exchange.apply(MirrorDepth(symbol=symbol, bids=bids, asks=asks, snapshot=True), 2)


def test_dollars_are_worth_one_another() -> None:
    assert at_par("USDT", "USDC")
    assert at_par("BTC", "BTC")
    assert not at_par("BTC", "USDT")


def test_the_mark_is_the_mid_then_the_last_trade_then_unknown(exchange: Exchange) -> None:
    assert mark_ticks(exchange, "BTC-USDT") is None
    trade = MirrorTrade(symbol="BTC-USDT", side=Side.BUY, price_ticks=99, lots=1)
    show(exchange, "BTC-USDT", 100, 103)
    exchange.apply(trade, 3)
    assert mark_ticks(exchange, "BTC-USDT") == 101
    exchange.apply(MirrorDown(symbol="BTC-USDT"), 4)
    assert mark_ticks(exchange, "BTC-USDT") == 99


def test_an_amount_is_converted_both_ways_through_the_spot_market(exchange: Exchange) -> None:
    show(exchange, "BTC-USDT", 119_999, 120_001)
    one = QUANTA_PER_UNIT
    assert value_in(exchange, "BTC", one, "USDT") == 60_000 * one
    assert value_in(exchange, "BTC", one, "USD") == 60_000 * one
    assert value_in(exchange, "USDT", 60_000 * one, "BTC") == one
    assert value_in(exchange, "DOGE", one, "USDT") is None
    assert value_in(exchange, "DOGE", 0, "USDT") == 0


def test_equity_is_unknown_when_one_needed_price_is(exchange: Exchange) -> None:
    exchange.apply(Deposit(account="main", currency="BTC", amount_quanta=QUANTA_PER_UNIT), 2)
    portfolio = Portfolio(exchange, CurrentPortfolio("main"), lambda _: None, lambda _: None)
    assert portfolio.equity_quanta() is None
    assert portfolio.account_view().equity_quanta is None
    show(exchange, "BTC-USDT", 119_999, 120_001)
    assert portfolio.equity_quanta() == 60_000 * QUANTA_PER_UNIT
    assert portfolio.started_quanta() == 60_000 * QUANTA_PER_UNIT


@given(st.integers(1, 10**6), st.integers(1, 10**7), st.booleans())
def test_break_even_is_the_first_tick_that_pays(lots: int, price: int, long: bool) -> None:
    terms = spot("BTC", "USDT")
    scale = Scale(terms)
    sign = 1 if long else -1
    cost = sign * scale.notional_quanta(price, lots)
    found = break_even_ticks(scale, terms, sign * lots, cost)
    assert found is not None

    def profit(ticks: int) -> int:
        value = scale.notional_quanta(ticks, lots)
        fees = (value + abs(cost)) * terms.taker_fee_ppm
        return (sign * value - cost) * PPM - fees

    assert profit(found) >= 0
    assert profit(found - sign) < 0


@given(st.integers(1, 10**6), st.integers(1, 10**7), st.sampled_from([1, -1]))
def test_the_entry_of_one_fill_is_its_price(lots: int, price: int, sign: int) -> None:
    scale = Scale(spot("BTC", "USDT"))
    assert entry_ticks(scale, sign * lots, sign * scale.notional_quanta(price, lots)) == price
    assert entry_ticks(scale, 0, 0) is None

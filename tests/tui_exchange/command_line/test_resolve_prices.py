"""A price becomes ticks: exactly, or rounded away from the market, or it is refused."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import PlaceOrder, Side
from tests.tui_exchange.command_line.trader import Trader, actions_of
from tui_exchange.command_line import ResolutionRefusal
from tui_exchange.command_line.prices import away_from_the_market

# Bid 61,999.9, ask 62,000.1, last 62,000.0; spot entry 61,500; perpetual entry 62,500.05.
PRICES = [
    ("62000", 620_000, 620_000),
    ("bid", 619_999, 619_999),
    ("ask", 620_001, 620_001),
    ("last", 620_000, 620_000),
    ("mid", 620_000, 620_000),
    ("best", 619_999, 620_001),
    ("bid+1t", 620_000, 620_000),
    ("ask-2t", 619_999, 619_999),
    ("mid+100", 621_000, 621_000),
    ("last-0.5%", 616_900, 616_900),
    ("bid-0.5%", 616_899, 616_900),
    ("+2t", 620_001, 620_003),
    ("-0.5%", 616_899, 616_901),
    ("+100", 620_999, 621_001),
    ("$ask+1%", 626_201, 626_202),
    ("entry", 615_000, 615_000),
]


@pytest.mark.parametrize(("price", "buy_ticks", "sell_ticks"), PRICES)
def test_each_form_of_price_on_both_sides(price, buy_ticks, sell_ticks):
    for verb, ticks in (("b", buy_ticks), ("s", sell_ticks)):
        (order,) = actions_of(f"{verb} 0.1 at {price}")
        assert order.price_ticks == ticks


def test_an_entry_between_two_ticks_rounds_away_from_the_market():
    (buy,) = actions_of("b 0.1 btc-usdt-perp at entry")
    (sell,) = actions_of("s 0.1 btc-usdt-perp at entry")
    assert (buy.price_ticks, sell.price_ticks) == (625_000, 625_001)


def test_a_mid_between_two_ticks_rounds_away_from_the_market():
    desk = Trader()
    desk.markets["BTC-USDT"] = replace(desk.markets["BTC-USDT"], ask_ticks=620_002)
    (buy,) = actions_of("b 0.1 at mid", desk)
    (sell,) = actions_of("s 0.1 at mid", desk)
    assert (buy.price_ticks, sell.price_ticks) == (620_000, 620_001)


@given(st.fractions(min_value=1), st.sampled_from(Side))
def test_rounding_never_pays_more_or_asks_less(ticks: Fraction, side: Side):
    rounded = away_from_the_market(ticks, side)
    worse = rounded - ticks if side is Side.BUY else ticks - rounded
    assert -1 < worse <= 0


def test_an_offset_counts_from_the_order_that_the_line_placed():
    buy, sell, second = actions_of("b 0.1 at 61000; s 0.1 at +20 po; s 0.1 at +1t")
    assert isinstance(buy, PlaceOrder)
    assert (sell.price_ticks, second.price_ticks) == (610_200, 610_201)


def test_an_offset_counts_from_the_touch_that_a_market_order_met():
    _, sell = actions_of("b 0.1; s 0.1 at +20")
    assert sell.price_ticks == 620_201


def test_an_offset_in_another_symbol_counts_from_its_own_touch():
    _, sell = actions_of("b 0.1 at 61000; s 0.1 btc-usdt-perp at +20")
    assert sell.price_ticks == 620_201


REFUSED = [
    ("b 0.1 at 62000.05", "price: 62000.05 is not a multiple of the tick size 0.1; nearest: 62000"),
    ("b 0.1 at bid+0.05", "offset: 0.05 is not a multiple of the tick size 0.1"),
    ("b 0.1 eth at bid", "ETH-USDT has no bid price now; give a number"),
    ("b 0.1 eth at +1t", "ETH-USDT has no bid price now"),
    ("b 0.1 eth at mid", "ETH-USDT has no mid price now"),
    ("b 0.1 eth at entry", "ETH-USDT has no position; give a number"),
    ("b 0.1 at bid-100%", "a price is above zero"),
    ("b 0.1 at bid-62000", "a price is above zero"),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_prices_that_are_not_known_or_not_exact_are_refused(text, sentence):
    with pytest.raises(ResolutionRefusal) as caught:
        actions_of(text)
    assert sentence in caught.value.sentence

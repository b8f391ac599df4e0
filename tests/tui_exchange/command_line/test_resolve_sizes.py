"""A size becomes lots: exactly, or rounded down, or it is refused."""

from dataclasses import replace

import pytest

from tests.tui_exchange.command_line.trader import Trader, actions_of
from tui_exchange.command_line import GuardRefusal, ResolutionRefusal

# 10,000 USDT are free, equity is 50,000. Spot: long 0.4, of which 0.3 free, entry 61,500.
# Perpetual at 10% margin: short 0.2. Lots are 0.001.
SIZES = [
    ("b 0.123", 123),
    ("b $500", 8),
    ("b $500 at 50000", 10),
    ("b $500.01 at 1000", 500),
    ("s $500", 8),
    ("s $500 at 100000", 5),
    ("b 25%", 40),
    ("b 25% at 50000", 49),
    ("b 100% at 62000", 161),
    ("s 50%", 150),
    ("s 33%", 99),
    ("b 50%pos at bid", 200),
    ("s 33%pos", 132),
    ("b 500%pos", 2_000),
    ("s all", 300),
    ("b all at 62000", 161),
    ("s all at 70000", 300),
    ("b $size at bid", 400),
    ("b 1r@61500 at 62000", 2_000),
    ("b 1r@61500 at 61,600", 10_000),
    ("b 0.5r@61500 at 62000", 1_000),
    ("s 1r@62500 at 62000", 2_000),
    ("b 1r@-1% at 62000", 1_612),
    ("s 1r@bid+100t at ask", 102_040),
    ("s 25% btc-usdt-perp at 62000", 399),
    ("b 25% btc-usdt-perp at 62000", 399),
    ("s 25% btc-usdt-perp at 50000", 399),
    ("b all btc-usdt-perp", 200),
    ("s all btc-usdt-perp at ask", 1_596),
    ("s 50%pos btc-usdt-perp", 100),
    ("c", 400),
    ("c 25%", 100),
    ("c 0.25", 250),
    ("c $500 at 62000", 8),
    ("c btc-usdt-perp 50%pos", 100),
]


@pytest.mark.parametrize(("text", "lots"), SIZES)
def test_each_form_of_size(text, lots):
    desk = Trader()
    desk.markets["BTC-USDT"] = replace(desk.markets["BTC-USDT"], size_cap_lots=None)
    (order,) = actions_of(text, desk)
    assert order.lots == lots


def test_the_risk_unit_is_the_configured_share_of_equity():
    (order,) = actions_of("b 1r@61500 at 62000", Trader(risk_ppm=5_000))
    assert order.lots == 500


def test_a_market_order_by_money_walks_the_book_that_is_shown():
    # 100 lots at 62,000.1, then 62,001.0: 0.1 + 3,799.99 / 62.001 lots.
    (order,) = actions_of("b $10000")
    assert order.lots == 161
    (order,) = actions_of("b $900k")
    assert order.lots == 2_500


REFUSED = [
    ("b 0.12345", "size: 0.12345 is not a multiple of the lot size 0.001; nearest: 0.123"),
    ("b $5", "less than one lot of BTC-USDT, which is 0.001 BTC"),
    ("b 0.1%", "less than one lot"),
    ("s 0.1%pos", "less than one lot"),
    ("b 0.0001r@61500", "less than one lot"),
    ("b $500 eth", "ETH-USDT has no ask price now"),
    ("s 1r@2000 eth", "ETH-USDT has no bid price now"),
    ("s 25% eth", "there is no free ETH to sell"),
    ("s all eth", "there is no free ETH to sell"),
    ("b 50%pos eth at 2000", "there is no position in ETH-USDT"),
    ("b 1r@63000 at 62000", "to buy, the stop is below the price"),
    ("s 1r@61000 at 62000", "to sell, the stop is above the price"),
    ("c eth", "there is no position in ETH-USDT to close"),
    ("reverse eth", "there is no position in ETH-USDT to reverse"),
    ("reverse", "is spot and cannot be sold short"),
    ("c 0.401", "closing 0.401 is more than the position of 0.400 BTC-USDT"),
    ("c $50000", "is more than the position"),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_sizes_that_cannot_be_are_refused(text, sentence):
    with pytest.raises(ResolutionRefusal) as caught:
        actions_of(text)
    assert sentence in caught.value.sentence


def test_shares_and_risk_units_need_what_they_are_measured_by():
    poor = Trader(equity=None)
    with pytest.raises(ResolutionRefusal, match="equity is not known"):
        actions_of("b 1r@61500", poor)
    with pytest.raises(ResolutionRefusal, match="no position in ETH-USDT"):
        actions_of("b 50%pos", Trader(focus="ETH-USDT"))


@pytest.mark.parametrize("text", ["b 50.001", "s 1r@bid+100t at ask", "amend #12 size 50.001"])
def test_an_order_above_the_cap_is_held_back(text):
    with pytest.raises(GuardRefusal, match=r"above the size cap of BTC-USDT, 50\.000"):
        actions_of(text)


def test_closing_is_never_held_back_by_the_cap():
    desk = Trader()
    desk.markets["BTC-USDT"] = replace(desk.markets["BTC-USDT"], size_cap_lots=10)
    (order,) = actions_of("c", desk)
    assert order.lots == 400

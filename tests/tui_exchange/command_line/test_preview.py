"""A preview says before sending what the exchange will do."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from engine.core.units import quanta_exact
from tests.tui_exchange.command_line.trader import Trader, desk_markets, resolve_all
from tui_exchange.command_line import OrderPreview, preview
from tui_exchange.command_line.preview import walk

SPOT = desk_markets()["BTC-USDT"]


def previewed(text: str, desk: Trader | None = None) -> OrderPreview:
    trader = desk or Trader()
    (found,) = preview(resolve_all(text, trader)[-1], trader)
    return found


def money(text: str) -> int:
    return quanta_exact(Decimal(text))


def test_a_market_order_walks_the_book():
    found = previewed("b 0.5")
    # 0.1 at 62,000.1 and 0.4 at 62,001.0
    assert found.value_quanta == money("31000.41")
    assert found.fee_quanta == money("31.00041")
    assert found.hold_quanta == money("31031.41041")
    assert found.takes.last_ticks == 620_010
    assert found.takes.slippage_ppm == 12
    assert (found.rests_lots, found.unfilled_lots) == (0, 0)
    assert found.size == Decimal("0.500")


def test_a_limit_order_takes_up_to_its_limit_and_rests_with_the_remainder():
    found = previewed("b 0.5 at ask")
    assert (found.takes.lots, found.rests_lots) == (100, 400)
    assert found.value_quanta == money("31000.05")
    assert found.fee_quanta == money("6.20001") + money("12.40002")
    assert found.hold_quanta == money("31031.05005")


def test_what_cannot_rest_is_shown_as_unfilled():
    found = previewed("b 0.5 at ask ioc")
    assert (found.takes.lots, found.rests_lots, found.unfilled_lots) == (100, 0, 400)


def test_a_spot_sale_holds_the_base_asset():
    found = previewed("s 0.2 at 63000")
    assert (found.hold_quanta, found.hold_currency) == (money("0.2"), "BTC")


def test_a_perpetual_holds_margin_only_for_what_it_opens():
    opening = previewed("s 0.1 btc-usdt-perp at 63000")
    assert opening.hold_quanta == money("630") + money("6.3")
    closing = previewed("b 0.2 btc-usdt-perp at 61000")
    assert closing.hold_quanta == money("12.2")
    flipping = previewed("b 0.3 btc-usdt-perp at 61000")
    assert flipping.hold_quanta == money("610") + money("18.3")


def test_lots_that_another_order_closes_are_not_closed_twice():
    desk = Trader()
    desk.markets["BTC-USDT-PERP"] = replace(desk.markets["BTC-USDT-PERP"], closing_lots=200)
    assert previewed("b 0.2 btc-usdt-perp at 61000", desk).hold_quanta == money("1232.2")


def test_distance_from_the_mid_has_the_sign_of_the_price():
    assert previewed("b 0.1 at 61380").mid_distance_ppm == -10_000
    assert previewed("s 0.1 at 62620").mid_distance_ppm == 10_000


def test_an_unknown_price_is_none_and_never_zero():
    found = previewed("b 0.5 eth")
    assert (found.price_ticks, found.value_quanta, found.fee_quanta) == (None, None, None)
    assert (found.hold_quanta, found.mid_distance_ppm) == (None, None)
    assert found.unfilled_lots == 5_000


@pytest.mark.parametrize("text", ["x #12", "flatten", "note #12 a", "help"])
def test_what_sends_no_order_has_no_preview(text):
    trader = Trader()
    assert preview(resolve_all(text, trader)[0], trader) == ()


levels = st.lists(st.tuples(st.integers(1, 500), st.integers(1, 50)), max_size=8)


@given(levels, st.sampled_from(Side), st.integers(1, 300), st.none() | st.integers(1, 500))
def test_a_walk_never_takes_more_than_is_shown_or_beyond_the_limit(shown, side, lots, limit):
    best_first = sorted(shown, reverse=side is Side.SELL)
    book = [(ticks, size, 1) for ticks, size in best_first]
    found = walk(book, side, lots, limit, SPOT)
    inside = [
        (ticks, size)
        for ticks, size in best_first
        if limit is None or (ticks <= limit if side is Side.BUY else ticks >= limit)
    ]
    assert found.lots == min(lots, sum(size for _, size in inside))
    assert (found.slippage_ppm is None) == (found.lots == 0)
    if found.lots:
        worst = SPOT.scale.notional_quanta(inside[-1][0], found.lots)
        touch = SPOT.scale.notional_quanta(best_first[0][0], found.lots)
        assert min(worst, touch) <= found.value_quanta <= max(worst, touch)

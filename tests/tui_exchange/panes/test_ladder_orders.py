"""What the ladder's trading keys mean, and when they mean nothing."""

from decimal import Decimal

import msgspec
import pytest

from engine.core.commands import OrderType, Side
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import Scale
from tui_exchange.panes.ladder_orders import (
    HOLD_NS,
    HeldKeys,
    NoOrder,
    cancel_line,
    cursor_line,
    cursor_side,
    exit_line,
    nudge_line,
    passive_line,
    taking_line,
)
from tui_exchange.views import FeedState, LadderView, MarketView, OwnOrderAtPrice

OPEN = MarketView("BTC-USDT", None, None, True, None)

SCALE = Scale(
    Instrument(
        symbol="BTC-USDT",
        venue="test",
        asset_class=AssetClass.SPOT,
        base="BTC",
        quote="USDT",
        settlement="USDT",
        tick_size=Decimal("0.5"),
        lot_size=Decimal("0.001"),
    )
)


def view(bid: int | None = 100, ask: int | None = 104) -> LadderView:
    return LadderView("BTC-USDT", (), bid, ask, None, 0, None, None, FeedState.LIVE, OPEN)


@pytest.mark.parametrize(
    ("side", "better", "line"),
    [
        (Side.BUY, 0, "buy 0.010 BTC-USDT at 50.0 po"),
        (Side.BUY, 1, "buy 0.010 BTC-USDT at 50.5 po"),
        (Side.SELL, 0, "sell 0.010 BTC-USDT at 52.0 po"),
        (Side.SELL, 1, "sell 0.010 BTC-USDT at 51.5 po"),
    ],
)
def test_joining_and_bettering_are_post_only_at_the_price_seen(
    side: Side, better: int, line: str
) -> None:
    assert passive_line(view(), SCALE, side, 10, better) == line


@pytest.mark.parametrize("side", list(Side))
def test_there_is_no_better_price_in_a_spread_of_one_tick(side: Side) -> None:
    with pytest.raises(NoOrder, match="one tick"):
        passive_line(view(100, 101), SCALE, side, 10, 1)


@pytest.mark.parametrize(
    ("side", "line"),
    [
        (Side.BUY, "buy 0.010 BTC-USDT at 52.0 ioc"),
        (Side.SELL, "sell 0.010 BTC-USDT at 50.0 ioc"),
    ],
)
def test_lifting_and_hitting_stop_at_the_price_seen(side: Side, line: str) -> None:
    assert taking_line(view(), SCALE, side, 10) == line


def test_an_empty_side_is_refused_in_words() -> None:
    with pytest.raises(NoOrder, match="no ask to trade with"):
        taking_line(view(ask=None), SCALE, Side.BUY, 10)
    with pytest.raises(NoOrder, match="no bid to join"):
        passive_line(view(bid=None), SCALE, Side.BUY, 10, 0)


@pytest.mark.parametrize(
    ("price", "side"),
    [
        (99, Side.BUY),
        (100, Side.BUY),
        (101, Side.BUY),
        (102, None),
        (103, Side.SELL),
        (104, Side.SELL),
    ],
)
def test_the_side_at_the_cursor_is_that_of_the_nearer_touch(price: int, side: Side | None) -> None:
    assert cursor_side(view(), price) is side


def test_an_order_whose_side_has_changed_under_the_cursor_is_refused() -> None:
    with pytest.raises(NoOrder, match="has crossed"):
        cursor_line(view(90, 94), SCALE, 100, Side.BUY, 10)


def test_own_orders_of_a_row_are_cancelled_and_moved_by_number() -> None:
    own = tuple(OwnOrderAtPrice(number, Side.BUY, 1, 0) for number in (7, 9))
    assert cancel_line(own) == "cancel #7; cancel #9"
    assert nudge_line(own, -1) == "move #7 -1t; move #9 -1t"
    with pytest.raises(NoOrder):
        cancel_line(())


def test_a_line_that_comes_again_at_once_is_a_key_held_down() -> None:
    keys = HeldKeys()
    assert not keys.is_held("buy", 0)
    assert keys.is_held("buy", HOLD_NS - 1)
    assert keys.is_held("buy", 2 * HOLD_NS - 2)
    assert not keys.is_held("buy", 3 * HOLD_NS)
    assert not keys.is_held("sell", 3 * HOLD_NS + 1)


def test_an_order_that_waits_is_moved_by_its_trigger() -> None:
    waiting = OwnOrderAtPrice(7, Side.SELL, 5, 0, OrderType.STOP, waits=True)
    resting = OwnOrderAtPrice(8, Side.SELL, 5, 0)
    assert nudge_line((waiting, resting), -1) == "move #7 trigger -1t; move #8 -1t"


@pytest.mark.parametrize(
    ("position", "price", "line"),
    [
        (500, 90, "protect BTC-USDT sl 45.0"),
        (500, 110, "protect BTC-USDT tp 55.0"),
        (-500, 90, "protect BTC-USDT tp 45.0"),
        (-500, 110, "protect BTC-USDT sl 55.0"),
        (0, 110, "stop buy 0.010 BTC-USDT at 55.0"),
        (0, 90, "stop sell 0.010 BTC-USDT at 45.0"),
    ],
)
def test_a_stop_at_the_cursor_guards_or_enters(position: int, price: int, line: str) -> None:
    seen = msgspec.structs.replace(view(), last_ticks=100, position_lots=position)
    assert exit_line(seen, SCALE, price, 10, is_spot=False) == line


@pytest.mark.parametrize(
    ("last", "price", "words"),
    [(None, 90, "not traded yet"), (90, 90, "fire at once"), (100, 90, "sold short")],
)
def test_a_stop_that_could_only_be_refused_is_not_sent(
    last: int | None, price: int, words: str
) -> None:
    with pytest.raises(NoOrder, match=words):
        exit_line(msgspec.structs.replace(view(), last_ticks=last), SCALE, price, 10, is_spot=True)

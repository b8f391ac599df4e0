"""An order's life reads like what happened."""

from decimal import Decimal

import pytest

from engine.core.commands import Exits, OrderType, SelfTrade, TriggerSource
from engine.core.events import (
    EndCause,
    OrderAmended,
    OrderEnd,
    OrderRefilled,
    OrderTriggered,
    TriggerMoved,
)
from tests.engine.journal.order_events import ME, SELL, TS_NS, Told
from tui_exchange.order_life.model import OrderLife, Terms
from tui_exchange.order_life.report import life_document, life_text
from tui_exchange.order_life.words import (
    _ENDED,
    group_words,
    life_lines,
    order_words,
    standing_words,
)

TERMS = Terms(Decimal("0.5"), Decimal("0.001"), "USDT")


def life(told: Told, order_id: int) -> OrderLife:
    order = told.order(order_id)
    group = [
        other
        for other in told.batch.orders.values()
        if order.group_id is not None and other.group_id == order.group_id
    ]
    return OrderLife(order, tuple(told.events_of(order_id)), tuple(group), TERMS)


def words(told: Told, order_id: int) -> list[str]:
    return [line.words for line in life_lines(life(told, order_id))]


@pytest.fixture
def told() -> Told:
    return Told()


def test_every_cause_of_an_end_has_words() -> None:
    assert set(_ENDED) == {cause.value for cause in EndCause} - {"filled"}


def test_an_order_says_all_of_its_terms(told: Told) -> None:
    told.command(
        "PlaceOrder",
        told.accepted(
            1,
            OrderType.STOP_LIMIT,
            side=SELL,
            price_ticks=190,
            trigger_ticks=192,
            trigger_on=TriggerSource.INDEX,
            reduce_only=True,
            self_trade=SelfTrade.CANCEL_BOTH,
        ),
        told.accepted(
            2,
            OrderType.TRAILING_STOP,
            side=SELL,
            trail_ppm=15_000,
            activation_ticks=210,
            protection_ppm=5_000,
            expires_ns=TS_NS,
        ),
        told.accepted(
            3,
            OrderType.ICEBERG,
            price_ticks=200,
            display_lots=3,
            post_only=True,
            slide=True,
            exits=Exits(take_profit_ticks=220, stop_loss_ticks=180, stop_limit_ticks=179),
        ),
    )
    assert order_words(told.order(1), TERMS) == (
        "sell 0.01 BTC-USDT-PERP stop limit 95.0, trigger 96.0 on index, gtc, reduce-only,"
        " against own orders cancel both"
    )
    assert order_words(told.order(2), TERMS) == (
        "sell 0.01 BTC-USDT-PERP trailing stop, trailing by 1.5%, from 105.0 on mark, gtc,"
        " until 11-14 22:13:20.000 UTC, protected at 0.5%"
    )
    assert order_words(told.order(3), TERMS) == (
        "buy 0.01 BTC-USDT-PERP iceberg 100.0, gtc, post-only slide, shows 0.003,"
        " takes profit at 110.0, stops loss at 90.0 with limit 89.5"
    )


def test_an_average_has_the_decimals_that_say_something(told: Told) -> None:
    order = told.accepted(1, OrderType.MARKET)
    told.command("PlaceOrder", order, *told.fill(1, 10, 0, 10))
    row = told.order(1)
    assert " filled at 100.0 average" in standing_words(life(told, 1))
    row.average_price = Decimal("1000.0333333")
    assert " filled at 1,000.033 average" in standing_words(life(told, 1))


def test_an_amendment_is_told_as_the_difference_that_it_made(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, price_ticks=200))

    def amend(lots: int, price_ticks: int, kept: bool, expires_ns: int | None = None) -> None:
        told.command(
            "AmendOrder",
            OrderAmended(
                **told.stamp(),
                **ME,
                order_id=1,
                lots=lots,
                open_lots=lots,
                price_ticks=price_ticks,
                kept_priority=kept,
                display_lots=None,
                trigger_ticks=None,
                expires_ns=expires_ns,
            ),
        )

    amend(8, 200, True)
    amend(9, 202, False)
    amend(9, 202, True, TS_NS)
    assert words(told, 1) == [
        "buy 0.01 at 100.0",
        "size 0.008, keeps its place",
        "size 0.009, price 101.0, goes to the back of its queue",
        "until 11-14 22:13:20.000, keeps its place",
    ]


def test_a_trailing_stop_reads_from_acceptance_to_its_last_fill(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, OrderType.TRAILING_STOP, side=SELL, trail_ticks=3))
    told.command(
        "MirrorTrade",
        TriggerMoved(**told.stamp(), **ME, order_id=1, best_ticks=212, trigger_ticks=209),
    )
    told.command(
        "MirrorTrade",
        OrderTriggered(
            **told.stamp(),
            **ME,
            order_id=1,
            source=TriggerSource.MARK,
            reached_ticks=208,
            trigger_ticks=209,
            price_ticks=None,
        ),
        *told.fill(1, 10, 0, -10, SELL),
        told.done(1, OrderEnd.FILLED, EndCause.FILLED, filled=10),
    )
    assert words(told, 1) == [
        "sell 0.01",
        "trigger 104.5: follows 106",
        "the mark price reached 104: trades at market",
        "0.01 at 100.0 as taker, fee 0.00 USDT, 0 open",
        "0.01 in all",
    ]
    text = life_text(life(told, 1))
    assert text[1].strip() == "filled, 0.01 of 0.01 filled at 100.0 average, fees 0.00 USDT"
    assert text[3].endswith("trailed     waiting           trigger 104.5: follows 106")


def test_an_order_names_its_group_and_how_the_others_stand(told: Told) -> None:
    told.command(
        "PlaceOco",
        told.accepted(1, side=SELL, price_ticks=220),
        told.accepted(2, OrderType.STOP, side=SELL, trigger_ticks=180, linked_id=1),
    )
    assert group_words(life(told, 2)) == "second of oco 1: #1 first accepted"
    told.command(
        "MirrorTrade",
        *told.fill(1, 10, 0, -10, SELL),
        told.done(2, OrderEnd.CANCELLED, EndCause.LINKED_FILLED, cancelled=10),
    )
    assert words(told, 2)[-1] == "0.01 not filled: the order it was paired with was filled"


def test_a_refill_and_a_prevented_trade_say_their_numbers(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, OrderType.ICEBERG, price_ticks=200, display_lots=3))
    told.command(
        "PlaceOrder",
        told.accepted(2, side=SELL, price_ticks=200),
        told.prevented(1, 2),
        OrderRefilled(**told.stamp(), **ME, order_id=1, shown_lots=3, hidden_lots=3),
    )
    assert words(told, 1)[1:] == [
        "0.004 at 100.0: met order 2 of the same owner: both lose as much",
        "shows 0.003: at the back of its queue, 0.003 hidden behind the new slice",
    ]


def test_json_has_every_column_and_the_same_words(told: Told) -> None:
    told.command("PlaceOrder", told.accepted(1, price_ticks=200, expires_ns=TS_NS))
    found = life_document(life(told, 1), "behind")
    assert found["notice"] == "behind"
    assert found["order"]["price"] == "100"
    assert found["order"]["expires_at"] == "2023-11-14T22:13:20.000000000Z"
    assert found["order"]["trigger"] is None
    assert [event["words"] for event in found["events"]] == words(told, 1)
    assert found["events"][0]["state"] == "accepted"

"""How orders and groups of orders are said, and that what is said is written back the same."""

import pytest

from engine.core.commands import (
    AmendOrder,
    CancelAll,
    Exits,
    OrderType,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReplaceOrder,
    SelfTrade,
    Side,
    TimeInForce,
    TriggerSource,
)
from engine.core.script import parse_command, render_command
from tests.engine.core.script.test_parse import parsed, refusal
from tests.engine.core.script.test_round_trip import known

SECOND_NS = 1_000_000_000


@pytest.mark.parametrize(
    "line",
    [
        "place ann BTC-USDT sell 0.5 stop trigger 61000 on mark",
        "place ann BTC-USDT sell 0.5 stop-limit 60990 reduce-only trigger 61000",
        "place ann BTC-USDT sell 0.5 take-profit-limit 65000 day trigger 64990 on index",
        "place ann BTC-USDT sell 0.5 trailing-stop trail 50 activate 62000",
        "place ann BTC-USDT sell 0.5 trailing-stop-limit trail 1.5% offset 5",
        "place ann BTC-USDT buy 0.5 iceberg 62000 gtd 10:30:00 post-only slide show 0.1",
        "place ann BTC-USDT buy 0.5 market protect 50bps stp cancel-smallest id=a tag=b note=c",
        "place ann BTC-USDT buy 0.5 limit 62000 exits tp 65000 sl 60000 limit 59990 on mark",
        "place ann BTC-USDT buy 0.5 limit 62000 expires 20778d10:00:00.5",
        "place ann BTC-USDT buy 0.5 limit gtd",
        "oco ann BTC-USDT sell 0.5 limit 65000 | stop trigger 61000",
        "oco ann BTC-USDT sell 0.5 limit 65000 tag=a | BTC-USDT sell 0.4 stop trigger 61000",
        "oco ann BTC-USDT buy 1 limit 1 account=bob | limit 2 post-only",
        "basket ann all BTC-USDT buy 0.1 market | DOGE-USDT sell 2 limit 5 ioc",
        "basket ann share BTC-USDT buy 0.1 market",
        "protect ann BTC-USDT tp 65000 sl 61000 on last",
        "protect ann BTC-USDT",
        "replace ann 3 with BTC-USDT buy 0.2 limit 61900 post-only",
        "amend ann 3 size 0.4 price 61000 show 0.1 trigger 62000 expires 11:00:00",
        "cancel-all ann BTC-USDT sell tag=grid",
        'cancel-all ann tag=""',
        "reverse ann BTC-USDT",
        "kill ann close",
        "kill ann",
        "release ann",
        "account ann group desk",
        "price BTC-USDT mark 62000.5",
        "sessions BTC-USDT 1d14:30:00..1d21:00:00,2d14:30:00..2d18:00:00",
        "sessions BTC-USDT",
        "halt BTC-USDT until 10:05:00 cancel",
        "halt BTC-USDT",
        "resume BTC-USDT",
        "market-breaker BTC-USDT reference 62000",
        "market-breaker BTC-USDT reference 62000 falls 5%:1m,10%:day",
        "market-breaker BTC-USDT reference 62000 falls none",
        "fees BTC-USDT flat from 0 maker -0.5bps taker 4bps uptime 80% from 1000000 maker -1bps"
        " taker 3bps insurance 20% read 2026-11-21",
        "instrument AAPL-USD spot tick 0.01 lot 1 calendar us-equities band 10% cascade 50"
        " breaker 5% within 1m halt 10m cancel",
    ],
)
def test_a_line_in_its_full_form_is_written_back_as_it_stands(line: str) -> None:
    command, _ = parse_command(line, known(), 0)
    assert render_command(command, known(), 0) == line


def stop(lots: int, trigger_ticks: int) -> PlaceOrder:
    return PlaceOrder(
        account="ann",
        symbol="BTC-USDT",
        side=Side.SELL,
        order_type=OrderType.STOP,
        lots=lots,
        trigger_ticks=trigger_ticks,
    )


def limit(lots: int, price_ticks: int, side: Side = Side.SELL) -> PlaceOrder:
    return PlaceOrder(
        account="ann",
        symbol="BTC-USDT",
        side=side,
        order_type=OrderType.LIMIT,
        lots=lots,
        price_ticks=price_ticks,
    )


def test_flags_come_in_any_order() -> None:
    first = parsed("place ann BTC-USDT sell 0.5 stop reduce-only on mark trigger 61000 day")
    assert first == parsed("place ann BTC-USDT sell 0.5 stop day trigger 61000 on mark reduce-only")
    assert first == PlaceOrder(
        account="ann",
        symbol="BTC-USDT",
        side=Side.SELL,
        order_type=OrderType.STOP,
        lots=50_000,
        time_in_force=TimeInForce.DAY,
        reduce_only=True,
        trigger_ticks=6_100_000,
        trigger_on=TriggerSource.MARK,
    )


def test_a_distance_is_a_price_or_a_share() -> None:
    by_price = parsed("place ann BTC-USDT buy 1 trailing-stop trail 50.5")
    by_share = parsed("place ann BTC-USDT buy 1 trailing-stop trail 25bps")
    assert isinstance(by_price, PlaceOrder)
    assert (by_price.trail_ticks, by_price.trail_ppm) == (5050, None)
    assert isinstance(by_share, PlaceOrder)
    assert (by_share.trail_ticks, by_share.trail_ppm) == (None, 2_500)


def test_what_stands_behind_exits_is_theirs() -> None:
    order = parsed("place ann BTC-USDT buy 1 market stp decrement-both exits on mark sl 60000")
    assert isinstance(order, PlaceOrder)
    assert order.exits == Exits(stop_loss_ticks=6_000_000, trigger_on=TriggerSource.MARK)
    assert order.trigger_on is None
    assert order.self_trade is SelfTrade.DECREMENT_BOTH


def test_the_second_order_of_a_pair_may_begin_with_its_type() -> None:
    pair = PlaceOco(account="ann", first=limit(50_000, 6_500_000), second=stop(50_000, 6_100_000))
    assert parsed("oco ann BTC-USDT sell 0.5 limit 65000 | stop trigger 61000") == pair
    spelt = "oco ann BTC-USDT sell 0.5 limit 65000 | BTC-USDT sell 0.5 stop trigger 61000"
    assert parsed(spelt) == pair


def test_a_basket_has_any_number_of_legs() -> None:
    legs = (limit(1_000, 100, Side.BUY), limit(2_000, 200))
    line = "basket ann share BTC-USDT buy 0.01 limit 1 | BTC-USDT sell 0.02 limit 2"
    assert parsed(line) == PlaceBasket(account="ann", legs=legs, all_or_none=False)
    assert parsed("basket ann all") == PlaceBasket(account="ann", legs=())


def test_an_order_of_a_group_is_sent_by_the_group_unless_it_says_by_whom() -> None:
    line = "replace ann 3 with BTC-USDT sell 0.5 limit 65000"
    order = limit(50_000, 6_500_000)
    assert parsed(line) == ReplaceOrder(account="ann", order_id=3, order=order)
    other = parsed(f"{line} account=bob")
    assert isinstance(other, ReplaceOrder)
    assert other.order.account == "bob"


def test_an_amendment_changes_what_it_names() -> None:
    changed = AmendOrder(
        account="ann",
        order_id=3,
        display_lots=10_000,
        trigger_ticks=6_200_000,
        expires_ns=36_000 * SECOND_NS,
    )
    assert parsed("amend ann 3 expires 10:00:00 show 0.1 trigger 62000") == changed


def test_a_protection_may_have_one_side_or_none() -> None:
    one = ProtectPosition(account="ann", symbol="BTC-USDT", stop_loss_ticks=6_100_000)
    assert parsed("protect ann BTC-USDT sl 61000") == one


def test_a_label_is_told_from_a_symbol_that_looks_like_one() -> None:
    assert parsed("cancel-all ann tag=x") == CancelAll(account="ann", tag="x")
    assert parsed('cancel-all ann "tag=x"') == CancelAll(account="ann", symbol="tag=x")


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("place ann BTC-USDT buy 1 limit 62000 day gtc", 42, "said already"),
        ("place ann BTC-USDT buy 1 limit 62000 gtd 10:30:00 expires 11:00:00", 51, "said already"),
        ("place ann BTC-USDT buy 1 limit 62000 gtd 10:30", 42, "10:00:00"),
        ("place ann BTC-USDT sell 1 stop trigger", 39, "price after trigger"),
        ("place ann BTC-USDT sell 1 stop trigger 61000 on bid", 49, "last or mark or index"),
        ("place ann BTC-USDT sell 1 trailing-stop trail 1.00001%", 47, "millionths"),
        ("place ann BTC-USDT sell 1 market protect 50", 42, "bps"),
        ("place ann BTC-USDT sell 1 market stp cancel", 38, "cancel-resting"),
        ("place ann BTC-USDT buy 1 market exits tp 1 tp 2", 44, "twice"),
        ("place ann BTC-USDT buy 1 market account=bob", 33, "id="),
        ("place ann BTC-USDT buy 1 market | stop", 33, "end of the line"),
        ("oco ann BTC-USDT buy 1 limit 1", 31, "|"),
        ("oco ann BTC-USDT buy 1 limit 1 |", 33, "symbol"),
        ("oco ann BTC-USDT buy 1 limit 1 | limit 0.001", 40, "nearest: 0"),
        ("basket ann some", 12, "all or share"),
        ("basket ann all BTC-USDT buy 1 limit 1 BTC-USDT", 39, "post-only"),
        ("protect ann BTC-USDT limit 1", 22, "tp PRICE"),
        ("replace ann 3 BTC-USDT", 15, "with"),
        ("amend ann 3 size 1 size 2", 20, "twice"),
        ("kill ann positions", 10, "end of the line"),
        ("price BTC-USDT bid 1", 16, "mark"),
        ("sessions BTC-USDT 10:00:00-11:00:00", 19, "1d14:30:00..1d21:00:00"),
        ("sessions BTC-USDT 10:00:00..25:00:00", 29, "10:00:00"),
        ("halt BTC-USDT cancel until 10:00:00", 22, "until CLOCK, then cancel"),
        ("market-breaker BTC-USDT 62000", 25, "reference"),
        ("market-breaker BTC-USDT reference 1 falls 7%:15m,13:1h", 50, "in % or bps"),
        ("market-breaker BTC-USDT reference 1 falls 7%:week", 46, "5s"),
        ("fees BTC-USDT flat from 0 taker 1bps", 27, "maker"),
        ("fees BTC-USDT flat from 0 maker 1bps taker 1bps read 2026 insurance 1%", 59, "then"),
        ("instrument X spot tick 1 lot 1 breaker 5% breaker 6%", 43, "each once"),
        ("instrument X spot tick 1 lot 1 cascade many", 40, "whole number"),
        ("instrument X spot tick 1 lot 1 band 5", 37, "%"),
    ],
)
def test_a_wrong_line_is_told_where_and_what_is_allowed(line: str, column: int, says: str) -> None:
    error = refusal(line)
    assert says in str(error)
    assert error.column == column

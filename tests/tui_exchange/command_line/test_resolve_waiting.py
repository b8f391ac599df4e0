"""Stops, pairs, brackets, baskets and exits of a position get the numbers that their text means."""

from dataclasses import replace

import pytest

from engine.core.commands import (
    AmendOrder,
    CancelOrder,
    ConfigureFees,
    EngageKill,
    Exits,
    HaltInstrument,
    OrderType,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReleaseKill,
    ReplaceOrder,
    ResumeInstrument,
    SelfTrade,
    Side,
    TimeInForce,
    TriggerSource,
)
from engine.core.fees.presets import PRESETS
from tests.tui_exchange.command_line.trader import NOW_NS, Trader, actions_of, resolve_all
from tui_exchange.command_line import (
    GuardRefusal,
    ResolutionRefusal,
    RunWord,
    ShowFees,
    ShowOrder,
    WorkingOrder,
    render_line,
)

MINUTE = 60 * 10**9
PERP = "BTC-USDT-PERP"


def order_of(text: str, trader: Trader | None = None) -> PlaceOrder:
    order = resolve_all(text, trader)[-1].order
    assert order is not None
    return order


def fields(text: str, *names: str) -> tuple[object, ...]:
    order = order_of(text)
    return tuple(getattr(order, name) for name in names)


def test_flags_become_the_fields_of_an_order():
    order = order_of("b 5 at 61990 po=slide gtd=15m show=0.5 stp=decrement_both tag=a ~b")
    assert order == PlaceOrder(
        account="me",
        symbol="BTC-USDT",
        side=Side.BUY,
        order_type=OrderType.ICEBERG,
        lots=5_000,
        price_ticks=619_900,
        time_in_force=TimeInForce.GTD,
        expires_ns=NOW_NS + 15 * MINUTE,
        post_only=True,
        slide=True,
        display_lots=500,
        self_trade=SelfTrade.DECREMENT_BOTH,
        client_id="line-7-0",
        tag="a",
        note="b",
    )
    assert fields("b 0.5 protect=50bps", "protection_ppm", "price_ticks") == (5_000, None)


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "limit"),
    [
        ("stop sell 0.2 at 61000", OrderType.STOP, 610_000, None),
        ("stop sell 0.2 at 61000 limit -10t", OrderType.STOP_LIMIT, 610_000, 609_990),
        ("tp sell 0.2 at 65000", OrderType.TAKE_PROFIT, 650_000, None),
        ("tp sell 0.2 at 65000 limit 64990", OrderType.TAKE_PROFIT_LIMIT, 650_000, 649_900),
        ("stop sell 0.2 at -1%", OrderType.STOP, 613_800, None),
        ("stop sell 0.2 at -1% on=mark", OrderType.STOP, 613_850, None),
        (f"stop sell 0.2 {PERP} at -1%", OrderType.STOP, 613_850, None),
        ("b 0.1 at 60000; stop sell 0.1 at -1%", OrderType.STOP, 594_000, None),
        ("stop buy 0.2 at ask+1%", OrderType.STOP, 626_201, None),
    ],
)
def test_a_stop_has_its_trigger_and_its_limit(text, kind, trigger, limit):
    order = order_of(text)
    assert (order.order_type, order.trigger_ticks, order.price_ticks) == (kind, trigger, limit)


def test_a_stop_that_sells_never_fires_below_its_text_nor_one_that_buys_above():
    assert order_of("stop sell 0.2 at last-0.0001%").trigger_ticks == 620_000
    assert order_of("stop buy 0.2 at last+0.0001%").trigger_ticks == 620_000


def test_without_a_side_an_order_is_against_the_position_and_only_reduces_it():
    names = ("side", "lots", "reduce_only")
    assert fields("stop 0.1 at 61000", *names) == (Side.SELL, 100, True)
    assert fields("stop 50% at 61000", *names) == (Side.SELL, 200, True)
    assert fields(f"tp 50% {PERP} at 61000", *names) == (Side.BUY, 100, True)
    assert fields("trail by 1%", *names) == (Side.SELL, 400, True)
    assert fields("stop all at 61000", *names) == (Side.SELL, 400, True)
    assert fields("stop sell 0.1 at 61000", *names) == (Side.SELL, 100, False)


def test_what_was_deposited_is_left_by_a_plain_order():
    desk = Trader()
    desk.markets["BTC-USDT"] = replace(desk.markets["BTC-USDT"], position_cost_quanta=0)
    assert not order_of("c", desk).reduce_only
    assert not order_of("stop all at 61000", desk).reduce_only


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("stop 1 at 61000", "more than the position of 0.400"),
        ("stop 0.1 eth at 2000", "no position in ETH-USDT to leave; say `stop buy`"),
        ("stop sell 0.1 eth at -1%", "has no ask price now"),
        ("protect eth tp 2500", "no position in ETH-USDT to protect"),
        ("b 0.5 at 62000 sl=62500", "to buy, the stop is below the price"),
        ("b 0.5 at 62000 tp=61000", "to buy, it is above the price"),
        ("s 0.2 at 62000 sl=61000", "to sell, the stop is above the price"),
        ("b 0.5 at 62000 show=0.6", "more than the order"),
        ("b 0.5 at 62000 show=0.0001", "not a multiple of the lot size"),
        ("trail sell 0.1 by 0.05", "not a multiple of the tick size"),
        ("trail sell 0.1 by 0.00001%", "steps of 0.0001%"),
        ("move #13 gtd=2026-11-21T13:00", "has passed"),
        ("move #14 to 61500 trigger 61400", "a trigger and no limit"),
        ("basket buy BTC:1 ETH:2", "BTC could be BTC-USDT"),
        ("basket buy btc-usdt:1 btcusdt:2", "named twice"),
        ("basket buy $1000 btc-usdt:60% eth:40%", "no ask price now"),
        ("x eth stops", "no order waits for its trigger in ETH-USDT"),
    ],
)
def test_what_has_no_meaning_is_refused_with_what_would_have(text, sentence):
    with pytest.raises(ResolutionRefusal) as caught:
        actions_of(text)
    assert sentence in caught.value.sentence


def test_a_trailing_stop_has_one_distance():
    names = ("order_type", "trail_ticks", "trail_ppm", "activation_ticks", "limit_offset_ticks")
    trailing = OrderType.TRAILING_STOP
    assert fields("trail sell 0.2 by 50", *names) == (trailing, 500, None, None, None)
    assert fields("trail sell 0.2 by 20t", *names) == (trailing, 20, None, None, None)
    assert fields("trail sell 0.2 by 1.5%", *names) == (trailing, None, 15_000, None, None)
    limited = (OrderType.TRAILING_STOP_LIMIT, None, 10_000, 630_000, 0)
    assert fields("trail sell 0.2 by 1% from 63000 limit 0", *names) == limited


def test_exits_count_from_the_entry_and_the_limit_of_the_stop_from_the_stop():
    exits = Exits(take_profit_ticks=632_400, stop_loss_ticks=613_800, stop_limit_ticks=613_799)
    assert order_of("b 0.5 at 62000 sl=-1%/-1t tp=+2%").exits == exits
    assert order_of("b 0.5 at 62000 sl=-100").exits == Exits(stop_loss_ticks=619_000)
    # At market from the touch that it meets, 62,000.1; a stop from its limit or its trigger.
    assert order_of("b 0.5 tp=+1%").exits == Exits(take_profit_ticks=626_202)
    assert order_of("stop buy 0.1 at 63000 sl=-1%").exits == Exits(stop_loss_ticks=623_700)
    on_index = Exits(stop_loss_ticks=610_000, trigger_on=TriggerSource.INDEX)
    entry = order_of("b 0.5 at 62000 sl=61000 on=index")
    assert (entry.exits, entry.trigger_on) == (on_index, None)


def test_a_pair_is_two_orders_with_ids_of_their_own():
    (pair,) = actions_of("oco sell 0.2 at 65000 stop 61000 limit 60990 po tag=out")
    assert isinstance(pair, PlaceOco)
    first, second = pair.first, pair.second
    assert (first.order_type, first.price_ticks, first.post_only) == (
        OrderType.LIMIT,
        650_000,
        True,
    )
    assert (second.order_type, second.trigger_ticks, second.price_ticks) == (
        OrderType.STOP_LIMIT,
        610_000,
        609_900,
    )
    assert (first.lots, first.tag) == (second.lots, second.tag) == (200, "out")
    assert (first.client_id, second.client_id) == ("line-7-0", "line-7-1")
    again = actions_of("oco sell 0.2 at 65000 stop 61000; s 0.1")[1]
    assert again.client_id == "line-7-2"


def test_a_basket_weighs_its_money_and_rounds_every_leg_down():
    (basket,) = actions_of(f"basket buy $1000 BTC-USDT:60% -{PERP}:40%@62000 share")
    assert isinstance(basket, PlaceBasket)
    legs = [(leg.symbol, leg.side, leg.lots, leg.price_ticks) for leg in basket.legs]
    assert legs == [("BTC-USDT", Side.BUY, 9, None), (PERP, Side.SELL, 6, 620_000)]
    assert not basket.all_or_none
    assert [leg.client_id for leg in basket.legs] == ["line-7-0", "line-7-1"]


def attached(trigger: int, kind: OrderType) -> WorkingOrder:
    return WorkingOrder(
        20,
        "BTC-USDT",
        Side.SELL,
        None,
        400,
        order_type=kind,
        waits=True,
        trigger_ticks=trigger,
        trigger_on=TriggerSource.MARK,
        follows=True,
    )


def test_what_a_statement_does_not_name_stays_attached_to_the_position():
    desk = Trader(orders=(attached(650_000, OrderType.TAKE_PROFIT),))
    (both,) = actions_of("stop at 61000", desk)
    assert both == ProtectPosition(
        account="me",
        symbol="BTC-USDT",
        take_profit_ticks=650_000,
        stop_loss_ticks=610_000,
        trigger_on=TriggerSource.MARK,
    )
    (none,) = actions_of("protect off", desk)
    assert (none.take_profit_ticks, none.stop_loss_ticks) == (None, None)
    (moved,) = actions_of("protect tp +10% on=index", desk)
    # From the average entry, 61,500.
    assert (moved.take_profit_ticks, moved.trigger_on) == (676_500, TriggerSource.INDEX)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("x stops", CancelOrder(account="me", order_id=14)),
        ("x all stops tag=guard", CancelOrder(account="me", order_id=14)),
        ("move #14 to 61500", AmendOrder(account="me", order_id=14, trigger_ticks=615_000)),
        ("move #14 -50", AmendOrder(account="me", order_id=14, trigger_ticks=609_500)),
        (
            "amend #12 show=0.1 gtd=1m",
            AmendOrder(account="me", order_id=12, display_lots=100, expires_ns=NOW_NS + MINUTE),
        ),
        (
            "amend #14 size $6100 trigger 61000",
            AmendOrder(account="me", order_id=14, lots=100, trigger_ticks=610_000),
        ),
        ("kill", EngageKill(account="me")),
        ("kill close", EngageKill(account="me", close_positions=True)),
        ("release", ReleaseKill(account="me")),
        ("halt", HaltInstrument(symbol="BTC-USDT")),
        (
            "halt eth 15m cancel",
            HaltInstrument(symbol="ETH-USDT", until_ns=NOW_NS + 15 * MINUTE, cancel_orders=True),
        ),
        ("resume eth", ResumeInstrument(symbol="ETH-USDT")),
        ("resume", RunWord("resume", ())),
        ("fees", ShowFees("BTC-USDT")),
        ("fees eth zero", ConfigureFees(symbol="ETH-USDT", schedule=PRESETS["zero"])),
        ("order #99", ShowOrder(99)),
    ],
)
def test_what_each_verb_comes_to(text, command):
    assert actions_of(text) == [command]


def test_a_replacement_is_in_the_same_instrument_unless_it_names_another():
    desk = Trader(focus="ETH-USDT")
    (found,) = actions_of("replace #12 with b 0.4 at 61950 po", desk)
    assert isinstance(found, ReplaceOrder)
    assert (found.order_id, found.order.symbol, found.order.price_ticks) == (
        12,
        "BTC-USDT",
        619_500,
    )
    (other,) = actions_of(f"replace #12 with stop buy {PERP} 0.4 at 63000", desk)
    assert (other.order.symbol, other.order.order_type) == (PERP, OrderType.STOP)


@pytest.mark.parametrize(
    "text",
    [
        "stop sell 60 at 61000",
        "oco sell 60 at 65000 stop 61000",
        f"basket buy BTC-USDT:60 {PERP}:0.1",
        "replace #12 with b 60 at 61000",
    ],
)
def test_the_size_cap_measures_every_order_of_a_group(text):
    with pytest.raises(GuardRefusal, match="size cap"):
        actions_of(text)


def test_what_is_kept_of_a_group_names_its_symbols():
    resolved = resolve_all(f"stop sell 0.1 at 61000; basket buy btcusdt:1 {PERP}:1; protect off")
    assert render_line(one.statement for one in resolved) == (
        f"stop sell BTC-USDT 0.1 at 61000; basket buy BTC-USDT:1 {PERP}:1;"
        f" protect {PERP} tp off sl off"
    )

"""Sizes and previews agree with the exchange that gets the order."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import (
    Deposit,
    ListInstrument,
    MirrorDepth,
    OpenAccount,
    PlaceOrder,
    Side,
)
from engine.core.events import OrderAccepted, OrderFilled, OrderRejected
from engine.core.exchange import Exchange
from engine.core.reasons import Reason
from engine.core.units import quanta_exact
from tests.tui_exchange.command_line.trader import PERP, SPOT, Trader, make_market
from tui_exchange.command_line import Market, parse_line, preview, resolve

BIDS = ((619_999, 100), (619_990, 400), (619_900, 2_000))
ASKS = ((620_001, 100), (620_010, 400), (620_100, 2_000))


def open_exchange(cash: int = 10_000) -> Exchange:
    exchange = Exchange()
    for instrument in (SPOT, PERP):
        exchange.apply(ListInstrument(instrument=instrument), 1)
        exchange.apply(
            MirrorDepth(symbol=instrument.symbol, bids=BIDS, asks=ASKS, snapshot=True), 1
        )
    exchange.apply(OpenAccount(account="me"), 1)
    deposits = (("USDT", Decimal(cash)), ("BTC", Decimal("0.7")))
    for currency, amount in deposits:
        quanta = quanta_exact(amount)
        exchange.apply(Deposit(account="me", currency=currency, amount_quanta=quanta), 1)
    return exchange


def free(exchange: Exchange, currency: str) -> int:
    balance, held = exchange.balance("me", currency)
    return balance - held


def seen(exchange: Exchange, symbol: str) -> Market:
    instrument, scale = exchange.instrument(symbol), exchange.scale(symbol)
    bid, ask = exchange.best_bid(symbol), exchange.best_ask(symbol)
    position = exchange.position("me", symbol)
    spot = instrument is SPOT
    return make_market(
        instrument,
        bid_ticks=bid and bid[0],
        ask_ticks=ask and ask[0],
        position_lots=position.lots if position else 0,
        position_cost_quanta=position.cost_quanta if position else 0,
        buying_power_quanta=free(exchange, instrument.settlement),
        closing_lots=position.closing_lots if position else 0,
        sellable_lots=free(exchange, "BTC") // scale.base_quanta_per_lot if spot else None,
    )


def desk_of(exchange: Exchange, line: int = 0) -> Trader:
    levels = {side: tuple(exchange.depth(SPOT.symbol, side)) for side in Side}
    markets = {symbol: seen(exchange, symbol) for symbol in exchange.symbols()}
    return Trader(markets=markets, levels=levels, client_id_base=f"line-{line}", orders=())


def order_of(text: str, exchange: Exchange) -> PlaceOrder:
    (statement,) = parse_line(text)
    order = resolve(statement, desk_of(exchange)).order
    assert order is not None
    return order


EVERYTHING = [
    "b all at 62000",
    "b all",
    "b all at ask",
    "s all at 62500",
    "s all",
    "b all btc-usdt-perp at 61000",
    "b all btc-usdt-perp",
    "s all btc-usdt-perp at 62500",
    "s all btc-usdt-perp at 61990",
    "s all btc-usdt-perp",
]


@pytest.mark.parametrize("text", EVERYTHING)
def test_all_is_accepted_and_one_lot_more_is_not(text):
    exchange = open_exchange()
    order = order_of(text, exchange)
    more = msgspec.structs.replace(order, lots=order.lots + 1)
    refused = exchange.apply(more, 2)[0]
    assert isinstance(refused, OrderRejected)
    assert refused.reason in (Reason.INSUFFICIENT_FUNDS, Reason.NOTHING_TO_SELL)
    assert isinstance(exchange.apply(order, 3)[0], OrderAccepted)


@given(
    st.sampled_from(["b", "s"]),
    st.sampled_from([SPOT.symbol, PERP.symbol]),
    st.integers(1, 300),
    st.sampled_from(
        [
            "",
            " at ask",
            " at bid",
            " at bid-1%",
            " at ask+1%",
            " at mid",
            " at bid+30t",
            " at ask gtd=1h",
            " at bid day",
            " at mid show=0.001",
            " protect=0.0001%",
            " sl=-1%",
        ]
    ),
)
def test_a_preview_tells_the_fills_fees_and_hold_of_the_order(verb, symbol, lots, price):
    exchange = open_exchange(cash=1_000_000)
    size = exchange.scale(symbol).size_decimal(lots)
    desk = desk_of(exchange)
    (statement,) = parse_line(f"{verb} {symbol} {size}{price}")
    resolved = resolve(statement, desk)
    (told,) = preview(resolved, desk)
    events = exchange.apply(resolved.order, 2)
    fills = [event for event in events if isinstance(event, OrderFilled)]
    scale = exchange.scale(symbol)
    assert told.takes.lots == sum(fill.lots for fill in fills)
    assert told.takes.value_quanta == sum(
        scale.notional_quanta(fill.price_ticks, fill.lots) for fill in fills
    )
    orders = exchange.open_orders("me")
    assert told.rests_lots == sum(order.unfilled_lots for order in orders if not order.waiting)
    if told.rests_lots and not fills:
        held = exchange.balance("me", told.hold_currency)[1]
        assert told.hold_quanta == held


@pytest.mark.parametrize("entry", ["b 0.3 btc-usdt-perp", "s 0.3 btc-usdt-perp", "b 0.1"])
def test_close_leaves_nothing(entry):
    exchange = open_exchange()
    opened = order_of(entry, exchange)
    exchange.apply(opened, 2)
    closing = msgspec.structs.replace(order_of(f"c {opened.symbol}", exchange), client_id="")
    exchange.apply(closing, 3)
    assert exchange.position("me", opened.symbol).lots == 0


def test_reverse_turns_a_perpetual_round():
    exchange = open_exchange()
    exchange.apply(order_of("b 0.2 btc-usdt-perp", exchange), 2)
    (statement,) = parse_line("reverse btc-usdt-perp")
    (reverse,) = resolve(statement, desk_of(exchange)).actions
    exchange.apply(reverse, 3)
    assert exchange.position("me", PERP.symbol).lots == -200


def test_the_same_line_sent_twice_is_one_order():
    exchange = open_exchange()
    order = order_of("b 0.1 at 61000", exchange)
    assert isinstance(exchange.apply(order, 2)[0], OrderAccepted)
    assert exchange.apply(order, 3)[0].reason is Reason.DUPLICATE_CLIENT_ID


@pytest.mark.parametrize(
    "text",
    [
        "stop buy 0.1 at 63000",
        "stop sell 0.1 at 61000 limit 60990 gtd=1h",
        "tp buy 0.1 at 61000 protect=0.5%",
        "tp sell 0.1 at 63000 limit 63000 stp=cancel_both",
        "trail sell 0.1 by 1% from 63000",
        "trail buy 0.1 by 20t limit 5 day",
        "stop buy 0.1 at 63000 sl=-1%/-5t tp=+2%",
    ],
)
@pytest.mark.parametrize("symbol", [SPOT.symbol, PERP.symbol])
def test_what_waits_is_accepted_and_holds_what_its_preview_tells(text, symbol):
    exchange = open_exchange()
    verb, _, rest = text.partition(" ")
    desk = desk_of(exchange)
    resolved = resolve(parse_line(f"{verb} {symbol} {rest}")[0], desk)
    (told,) = preview(resolved, desk)
    before = free(exchange, "USDT"), free(exchange, "BTC")
    accepted = exchange.apply(resolved.order, 2)[0]
    assert isinstance(accepted, OrderAccepted)
    assert (free(exchange, "USDT"), free(exchange, "BTC")) == before
    assert (told.hold_quanta, told.waits, told.takes.lots) == (0, True, 0)
    assert exchange.order(accepted.order_id).waiting


@pytest.mark.parametrize(
    "text",
    [
        "oco sell 0.1 at 63000 stop 61000 limit 60990",
        "oco buy 0.1 at 61000 stop 63000 show=0.05",
        "basket buy $1000 BTC-USDT:60% BTC-USDT-PERP:40%",
        "basket +BTC-USDT:0.01 -BTC-USDT-PERP:0.01@61000 share",
    ],
)
def test_every_order_of_a_group_is_accepted(text):
    exchange = open_exchange()
    resolved = resolve(parse_line(text)[0], desk_of(exchange))
    events = exchange.apply(resolved.actions[0], 2)
    accepted = [event for event in events if isinstance(event, OrderAccepted)]
    assert [event.order for event in accepted] == list(resolved.orders)


def test_a_trailing_stop_begins_where_its_preview_tells():
    exchange = open_exchange()
    exchange.apply(order_of("b 0.1 btc-usdt-perp", exchange), 2)
    desk = desk_of(exchange, line=1)
    last, _ = exchange.last_trade(PERP.symbol)
    desk.markets[PERP.symbol] = replace(desk.markets[PERP.symbol], mark_ticks=last)
    for text in ("trail sell 0.1 by 1%", "trail buy 0.1 by 1.5%", "trail sell 0.1 by 33t"):
        verb, _, rest = text.partition(" ")
        resolved = resolve(parse_line(f"{verb} {PERP.symbol} {rest}")[0], desk)
        (told,) = preview(resolved, desk)
        order = msgspec.structs.replace(resolved.order, client_id="")
        accepted = exchange.apply(order, 3)[0]
        assert exchange.order(accepted.order_id).trigger_ticks == told.price_ticks

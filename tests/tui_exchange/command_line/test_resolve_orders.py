"""What each verb sends, for which symbol, under which id."""

import pytest

from engine.core.commands import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    Flatten,
    OrderType,
    PlaceOrder,
    Reverse,
    Side,
    TimeInForce,
)
from tests.tui_exchange.command_line.trader import Trader, actions_of, resolve_all
from tui_exchange.command_line import (
    COMMANDS,
    DefineAlias,
    ForgetAlias,
    LineState,
    ListAliases,
    NoteOrder,
    ResolutionRefusal,
    RunWord,
    ShowHelp,
    TagOrder,
    application_word,
    parse_line,
    render_line,
    resolve,
)


def test_a_limit_order_carries_everything_it_was_given():
    assert actions_of("b 0.5 at 61000 po tag=dip ~second try") == [
        PlaceOrder(
            account="me",
            symbol="BTC-USDT",
            side=Side.BUY,
            order_type=OrderType.LIMIT,
            lots=500,
            price_ticks=610_000,
            post_only=True,
            client_id="line-7-0",
            tag="dip",
            note="second try",
        )
    ]


def test_no_price_means_market():
    (order,) = actions_of("s 0.1 fok")
    assert (order.order_type, order.price_ticks) == (OrderType.MARKET, None)
    assert order.time_in_force is TimeInForce.FOK


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("x #12", CancelOrder(account="me", order_id=12)),
        ("x bids", CancelAll(account="me", symbol="BTC-USDT", side=Side.BUY)),
        ("x eth", CancelAll(account="me", symbol="ETH-USDT")),
        ("x all", CancelAll(account="me")),
        ("x all asks", CancelAll(account="me", side=Side.SELL)),
        ("flatten", Flatten(account="me", symbol="BTC-USDT")),
        ("flatten eth", Flatten(account="me", symbol="ETH-USDT")),
        ("flatten all", Flatten(account="me")),
        ("move #12 to 62010", AmendOrder(account="me", order_id=12, price_ticks=620_100)),
        ("move #12 +2t", AmendOrder(account="me", order_id=12, price_ticks=619_002)),
        ("move #13 -0.1%", AmendOrder(account="me", order_id=13, price_ticks=629_370)),
        ("move #12 to best", AmendOrder(account="me", order_id=12, price_ticks=619_999)),
        ("amend #12 size 0.4", AmendOrder(account="me", order_id=12, lots=400)),
        ("amend #12 size $6190", AmendOrder(account="me", order_id=12, lots=100)),
        (
            "amend #12 size 0.4 at 62000",
            AmendOrder(account="me", order_id=12, lots=400, price_ticks=620_000),
        ),
        ("note #99 done", NoteOrder(99, "done")),
        ("tag #99 breakout", TagOrder(99, "breakout")),
        ('alias up "b 0.1"', DefineAlias("up", "b 0.1")),
        ("unalias scalp", ForgetAlias("scalp")),
        ("alias", ListAliases()),
        ("help buy", ShowHelp("buy")),
    ],
)
def test_what_each_verb_comes_to(text, command):
    assert actions_of(text) == [command]


def test_reverse_and_close_trade_against_the_position():
    reverse, close = actions_of("reverse btc-usdt-perp; c btc-usdt")
    assert reverse == Reverse(account="me", symbol="BTC-USDT-PERP")
    assert (close.side, close.lots, close.symbol) == (Side.SELL, 400, "BTC-USDT")


def test_a_line_goes_on_with_the_symbol_it_named_last():
    first, second, third = actions_of("b 0.1 btc-usdt-perp at bid; s 0.1 at +20; x asks")
    assert {first.symbol, second.symbol, third.symbol} == {"BTC-USDT-PERP"}


def test_what_is_kept_of_a_line_names_its_symbols():
    resolved = resolve_all("b 0.1 at +1t; x bids; c; flatten all; s 0.1 btc-perp at bid; x asks")
    assert render_line(one.statement for one in resolved) == (
        "buy BTC-USDT 0.1 at +1t; cancel BTC-USDT bids; close BTC-USDT; flatten all;"
        " sell BTC-USDT-PERP 0.1 at bid; cancel BTC-USDT-PERP asks"
    )


def test_each_order_of_a_line_has_its_own_id_and_the_line_repeats_them():
    ids = [order.client_id for order in actions_of("b 0.1; x bids; s 0.1")[::2]]
    again = [order.client_id for order in actions_of("b 0.1; x bids; s 0.1")[::2]]
    assert ids == again == ["line-7-0", "line-7-1"]


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("btc-usdt", "BTC-USDT"),
        ("eth", "ETH-USDT"),
        ("BtcUsdt", "BTC-USDT"),
        ("btc-perp", "BTC-USDT-PERP"),
        ("btcusdtperp", "BTC-USDT-PERP"),
    ],
)
def test_symbols_by_case_by_part_and_unseparated(typed, symbol):
    assert actions_of(f"flatten {typed}") == [Flatten(account="me", symbol=symbol)]


@pytest.mark.parametrize(
    ("text", "sentence", "suggestion"),
    [
        ("b 1 btc", "BTC could be BTC-USDT, BTC-USDT-PERP", "BTC-USDT"),
        ("b 1 bct-usdt", "no symbol BCT-USDT; did you mean `BTC-USDT`?", "BTC-USDT"),
        ("b 1 ico", "no symbol ICO; did you mean `ioc`?", "ioc"),
        ("b 1 zzz", "there is BTC-USDT, BTC-USDT-PERP, ETH-USDT", ""),
        ("x #15", "no working order #15; working: #12, #13, #14", ""),
        ("move #15 +1t", "no working order #15", ""),
        ("unalias sclap", "did you mean `scalp`?", "scalp"),
    ],
)
def test_names_that_nothing_has_are_refused_with_those_that_are_near(text, sentence, suggestion):
    with pytest.raises(ResolutionRefusal) as caught:
        actions_of(text)
    assert sentence in caught.value.sentence
    assert caught.value.suggestion == suggestion


def test_without_focus_a_symbol_is_asked_for():
    with pytest.raises(ResolutionRefusal, match="no symbol is focused"):
        actions_of("b 1", Trader(focus=None))
    with pytest.raises(ResolutionRefusal, match="no order is working"):
        actions_of("x #1", Trader(orders=()))


def test_an_application_word_is_handed_to_the_session():
    words = COMMANDS.extended([application_word("theme", "<name>", "Colours.", ())])
    (statement,) = parse_line("theme amber", registry=words)
    resolved = resolve(statement, Trader(), LineState())
    assert resolved.actions == (RunWord("theme", ("amber",)),)
    assert resolved.order is None

"""What has not reached the venue yet is told in a few words, in the order of its arrival."""

import pytest

from engine.core.commands import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    Flatten,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReplaceOrder,
    Reverse,
    SendCommand,
    Side,
)
from engine.core.commands.sending import Sendable
from engine.core.exchange import Exchange
from tests.tui_exchange.test_market_entry import TERMS
from tui_exchange.read_models.on_the_way import on_the_way_views

SYMBOL = TERMS.symbol
NOW_NS = 1_000_000_000
NS_PER_MS = 1_000_000


def order(symbol: str = SYMBOL, **terms: object) -> PlaceOrder:
    fields = {
        "account": "main",
        "symbol": symbol,
        "side": Side.BUY,
        "order_type": OrderType.LIMIT,
        "lots": 500,
        "price_ticks": 6_200_000,
    }
    return PlaceOrder(**(fields | terms))  # type: ignore[arg-type]


STOP = order(side=Side.SELL, order_type=OrderType.STOP, price_ticks=None, trigger_ticks=6_100_000)
ORDER_WORDS = "buy 0.500 BTC-USDT limit 62,000.00 good till cancelled"
OTHER = order("SOL-USDT")
WORDS: list[tuple[Sendable, str]] = [
    (order(), ORDER_WORDS),
    (OTHER, "an order in SOL-USDT"),
    (PlaceOco(account="main", first=order(side=Side.SELL), second=STOP), ", or its partner"),
    (PlaceBasket(account="main", legs=(order(), OTHER)), "a basket of 2"),
    (ProtectPosition(account="main", symbol=SYMBOL), "exits of BTC-USDT"),
    (CancelOrder(account="main", order_id=7), "cancel #7"),
    (AmendOrder(account="main", order_id=7, lots=1), "amend #7"),
    (
        ReplaceOrder(account="main", order_id=7, order=order()),
        f"replace #7 with {ORDER_WORDS}",
    ),
    (CancelAll(account="main"), "cancel all of everything"),
    (CancelAll(account="main", symbol=SYMBOL), "cancel all of BTC-USDT"),
    (Flatten(account="main"), "flatten everything"),
    (Flatten(account="main", symbol=SYMBOL), "flatten BTC-USDT"),
    (Reverse(account="main", symbol=SYMBOL), "reverse BTC-USDT"),
]


@pytest.fixture
def exchange() -> Exchange:
    exchange = Exchange()
    exchange.apply(ListInstrument(instrument=TERMS), NOW_NS)
    exchange.apply(OpenAccount(account="main"), NOW_NS)
    return exchange


def send(exchange: Exchange, command: Sendable, delay_ms: int) -> None:
    sent = SendCommand(account="main", command=command, delay_ns=delay_ms * NS_PER_MS)
    exchange.apply(sent, NOW_NS)


@pytest.mark.parametrize(("command", "words"), WORDS, ids=lambda value: str(value)[:24])
def test_each_kind_of_command_has_its_words(
    exchange: Exchange, command: Sendable, words: str
) -> None:
    send(exchange, command, 80)
    (view,) = on_the_way_views(exchange, "main", NOW_NS)
    assert view.what.endswith(words)
    assert view.arrives_in_ms == 80


def test_every_command_that_travels_has_words() -> None:
    assert {type(command) for command, _ in WORDS} == set(Sendable.__args__)


def test_they_stand_in_the_order_of_their_arrival_and_count_down(exchange: Exchange) -> None:
    for delay_ms in (150, 60, 200):
        send(exchange, order(), delay_ms)
    views = on_the_way_views(exchange, "main", NOW_NS + 40 * NS_PER_MS)
    assert [view.sent_id for view in views] == [1, 2, 3]
    assert [view.arrives_in_ms for view in views] == [110, 110, 160]
    late = on_the_way_views(exchange, "main", NOW_NS + 10**9)
    assert {view.arrives_in_ms for view in late} == {0}


def test_an_account_that_is_not_open_has_sent_nothing(exchange: Exchange) -> None:
    assert on_the_way_views(exchange, "nobody", NOW_NS) == ()

"""What travels to the venue: how much of it, how long, and what is known of it meanwhile."""

from engine.core import snapshot
from engine.core.commands import (
    AdvanceTime,
    CancelOrder,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SendCommand,
    Side,
)
from engine.core.events import CommandArrived, CommandRejected, CommandSent, OrderAccepted
from engine.core.exchange import Exchange
from engine.core.invariants import check
from engine.core.reasons import Reason
from engine.core.sending import DELAY_NS_MAX, ON_THE_WAY_MAX
from engine.core.state import NEVER_NS
from tests.engine.core.script.test_round_trip import SPOT


def cancel(order_id: int, delay_ns: int, account: str = "ann") -> SendCommand:
    command = CancelOrder(account=account, order_id=order_id)
    return SendCommand(account=account, command=command, delay_ns=delay_ns)


def opened() -> Exchange:
    exchange = Exchange()
    exchange.apply(ListInstrument(instrument=SPOT), 0)
    for name in ("ann", "bob"):
        exchange.apply(OpenAccount(account=name), 0)
    return exchange


def test_so_many_of_an_account_may_be_on_their_way_and_no_more() -> None:
    exchange = opened()
    for count in range(ON_THE_WAY_MAX):
        assert isinstance(exchange.apply(cancel(count, 10), 0)[0], CommandSent)
    (refused,) = exchange.apply(cancel(0, 10), 0)
    assert isinstance(refused, CommandRejected)
    assert refused.reason is Reason.NOT_SENDABLE
    assert "1000 commands of ann are on their way already" in refused.text
    assert isinstance(exchange.apply(cancel(0, 10, "bob"), 0)[0], CommandSent)
    check(exchange)
    arrived = exchange.apply(AdvanceTime(), 10)
    assert sum(isinstance(event, CommandArrived) for event in arrived) == ON_THE_WAY_MAX + 1
    assert isinstance(exchange.apply(cancel(0, 10), 10)[0], CommandSent)


def test_a_command_travels_for_a_minute_at_most() -> None:
    exchange = opened()
    assert isinstance(exchange.apply(cancel(1, DELAY_NS_MAX), 0)[0], CommandSent)
    assert isinstance(exchange.apply(cancel(1, DELAY_NS_MAX + 1), 0)[0], CommandRejected)


def test_what_is_on_its_way_can_be_read_in_the_order_of_its_arrival() -> None:
    exchange = opened()
    exchange.apply(cancel(1, 50), 100)
    exchange.apply(cancel(2, 10), 100)
    exchange.apply(cancel(3, 10, "bob"), 100)
    line = exchange.on_the_way("ann")
    assert [(sent.sent_id, sent.arrives_ns) for sent in line] == [(1, 150), (2, 150)]
    assert line[1].command == CancelOrder(account="ann", order_id=2)
    assert exchange.next_due_ns() == 110
    exchange.apply(AdvanceTime(), 110)
    assert exchange.on_the_way("bob") == ()
    assert exchange.next_due_ns() == 150
    assert snapshot.decode(snapshot.encode(exchange)).on_the_way("ann") == line
    exchange.apply(AdvanceTime(), 1_000)
    assert exchange.next_due_ns() == NEVER_NS


def test_a_command_is_judged_on_arrival_and_takes_its_number_then() -> None:
    exchange = opened()
    order = PlaceOrder(
        account="ann",
        symbol=SPOT.symbol,
        side=Side.BUY,
        order_type=OrderType.LIMIT,
        lots=1,
        price_ticks=1,
        reduce_only=False,
    )
    sent = SendCommand(account="ann", command=order, delay_ns=5)
    assert [type(event) for event in exchange.apply(sent, 0)] == [CommandSent]
    assert exchange.latest_order_id() == 0
    (arrived, judged) = exchange.apply(AdvanceTime(), 5)
    assert isinstance(arrived, CommandArrived)
    assert not isinstance(judged, OrderAccepted)
    assert (judged.seq, judged.ts_ns) == (arrived.seq, arrived.ts_ns) == (5, 5)

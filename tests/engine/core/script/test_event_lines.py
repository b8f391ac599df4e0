"""What a line of an event says, and that every event has one."""

from typing import get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.commands import (
    ListInstrument,
    OrderType,
    PlaceOrder,
    SelfTrade,
    Side,
    TimeInForce,
    TriggerSource,
)
from engine.core.events import (
    BasketAccepted,
    EndCause,
    Event,
    FeeTierReached,
    HaltCause,
    InstrumentHalted,
    KillEngaged,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderEnd,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
    ResizeCause,
    Reversed,
    SelfTradePrevented,
    SessionsSet,
    TriggerMoved,
)
from engine.core.instruments import Instrument
from engine.core.script import render_event
from engine.core.script.events import WRITERS
from tests.engine.core.script.test_round_trip import SPOT, STRATEGIES, known

STAMP = {"seq": 9, "ts_ns": 0}
ORDER = STAMP | {"order_id": 4, "account": "ann", "symbol": SPOT.symbol}
SENT = PlaceOrder(
    account="ann",
    symbol=SPOT.symbol,
    side=Side.SELL,
    order_type=OrderType.LIMIT,
    lots=50_000,
    price_ticks=6_200_000,
)
ACCEPTED = OrderAccepted(
    **ORDER,
    order=SENT,
    lots=SENT.lots,
    price_ticks=SENT.price_ticks,
    expires_ns=None,
    parent_id=None,
    linked_id=None,
)
EXIT = msgspec.structs.replace(
    SENT,
    order_type=OrderType.STOP,
    price_ticks=None,
    trigger_ticks=6_100_000,
    reduce_only=True,
)


def line(event: Event) -> str:
    return render_event(event, known())


def accepted(**changes: object) -> str:
    return line(msgspec.structs.replace(ACCEPTED, **changes))


def test_every_event_has_its_line() -> None:
    assert set(WRITERS) == set(get_args(Event))


def events(kind: type[Event]) -> st.SearchStrategy[Event]:
    """Events of one kind with anything in their fields; their sentences are the exchange's own."""
    known_fields = {
        PlaceOrder: STRATEGIES[PlaceOrder],
        Instrument: STRATEGIES[ListInstrument].map(lambda command: command.instrument),
    }
    fields = {
        field: known_fields[hint] if hint in known_fields else st.from_type(hint)
        for field, hint in get_type_hints(kind).items()
    }
    if "text" in fields:
        fields["text"] = st.just("a sentence")
    return st.builds(kind, **fields)


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_whatever_an_event_holds_is_said_in_one_line(
    kind: type[Event], data: st.DataObject
) -> None:
    said = line(data.draw(events(kind)))
    assert said == said.strip()
    assert len(said.splitlines()) == 1


def test_of_an_order_that_was_taken_as_sent_only_the_number_is_said() -> None:
    assert line(ACCEPTED) == "accepted 4"
    lasting = msgspec.structs.replace(SENT, time_in_force=TimeInForce.GTD, expires_ns=10**9)
    assert accepted(order=lasting, expires_ns=10**9) == "accepted 4"


def test_what_became_of_an_order_is_said() -> None:
    assert accepted(lots=20_000) == "accepted 4 as 0.2"
    assert accepted(price_ticks=6_200_001) == "accepted 4 at 62000.01"
    assert accepted(expires_ns=86_400 * 10**9) == "accepted 4 until 1d00:00:00"
    assert accepted(linked_id=3) == "accepted 4 linked 3"


def test_an_exit_of_a_bracket_is_written_whole() -> None:
    said = accepted(order=EXIT, price_ticks=None, parent_id=2, linked_id=3)
    assert said == "accepted 4 sell 0.5 stop reduce-only trigger 61000 of 2 linked 3"


def test_an_exit_of_a_position_is_written_whole() -> None:
    said = accepted(order=EXIT, price_ticks=None)
    assert said == "accepted 4 sell 0.5 stop reduce-only trigger 61000"


def test_a_leg_of_a_basket_is_what_the_command_says() -> None:
    glossary = known()
    basket = BasketAccepted(**STAMP, basket_id=2, account="ann", legs=3, share_ppm=400_000)
    glossary.learn(basket)
    assert render_event(basket, glossary) == "basket 2 ann legs 3 share 40%"
    leg = msgspec.structs.replace(ACCEPTED, parent_id=2)
    assert render_event(leg, glossary) == "accepted 4 of 2"


def test_an_amendment_says_all_that_holds_now() -> None:
    event = OrderAmended(
        **ORDER,
        lots=50_000,
        open_lots=40_000,
        price_ticks=6_200_000,
        kept_priority=False,
        display_lots=None,
        trigger_ticks=None,
        expires_ns=None,
    )
    assert line(event) == "amended 4 size 0.5 at 62000 open 0.4 loses priority"
    waits = msgspec.structs.replace(
        event,
        price_ticks=None,
        kept_priority=True,
        display_lots=10_000,
        trigger_ticks=6_100_000,
        expires_ns=10**9,
    )
    terms = "trigger 61000 show 0.1 until 00:00:01"
    assert line(waits) == f"amended 4 size 0.5 {terms} open 0.4 keeps priority"


def test_what_the_exchange_does_to_an_order_is_said_in_its_units() -> None:
    resized = OrderResized(**ORDER, lots=30_000, open_lots=20_000, cause=ResizeCause.POSITION)
    assert line(resized) == "resized 4 size 0.3 open 0.2 position"
    refilled = OrderRefilled(**ORDER, shown_lots=10_000, hidden_lots=25_000)
    assert line(refilled) == "refilled 4 shows 0.1 hidden 0.25"
    trailed = TriggerMoved(**ORDER, best_ticks=6_300_000, trigger_ticks=6_250_050)
    assert line(trailed) == "trailed 4 best 63000 trigger 62500.5"


def test_a_trigger_says_what_fired_it_and_the_limit_if_there_is_one() -> None:
    event = OrderTriggered(
        **ORDER,
        source=TriggerSource.MARK,
        reached_ticks=6_100_000,
        trigger_ticks=6_100_500,
        price_ticks=None,
    )
    assert line(event) == "triggered 4 by mark 61000"
    limited = msgspec.structs.replace(event, price_ticks=6_099_000)
    assert line(limited) == "triggered 4 by mark 61000 at 60990"


def test_a_self_trade_that_was_prevented_names_both_orders() -> None:
    event = SelfTradePrevented(
        **STAMP,
        symbol=SPOT.symbol,
        mode=SelfTrade.DECREMENT_BOTH,
        resting_order_id=3,
        incoming_order_id=5,
        price_ticks=6_200_000,
        lots=50_000,
    )
    assert line(event) == "prevented 5x3 at 62000 size 0.5 decrement-both"


def test_an_order_that_did_not_fill_says_how_much_of_it_went_and_why() -> None:
    event = OrderDone(
        **ORDER,
        end=OrderEnd.EXPIRED,
        cause=EndCause.EXPIRED,
        filled_lots=10_000,
        cancelled_lots=40_000,
    )
    assert line(event) == "done 4 filled 0.1 cancelled 0.4 expired"


def test_what_happens_to_accounts_and_instruments() -> None:
    symbol = {"symbol": SPOT.symbol}
    halted = InstrumentHalted(**STAMP, **symbol, cause=HaltCause.MOVED, until_ns=300 * 10**9)
    assert line(halted) == "halted BTC-USDT moved until 00:05:00"
    assert line(SessionsSet(**STAMP, **symbol, sessions=0, until_ns=None)) == (
        "sessions-set BTC-USDT 0"
    )
    ann = STAMP | {"account": "ann"}
    assert line(Reversed(**ann, **symbol, lots=-50_000)) == "reversed ann BTC-USDT -0.5"
    killed = KillEngaged(**ann, cancelled_orders=2, open_positions=1)
    assert line(killed) == "killed ann cancelled 2 open 1"
    tier = FeeTierReached(
        **ann, **symbol, tier=1, volume_quanta=10**18, maker_ppm=-50, taker_ppm=400
    )
    assert line(tier) == "tier ann BTC-USDT 1 volume 1000000 maker -0.5bps taker 4bps"

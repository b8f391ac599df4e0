"""What holds for every sequence of commands."""

import hashlib
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from engine.core import snapshot
from engine.core.commands import Command, OpenAccount, Side
from engine.core.events import (
    Event,
    InstrumentHalted,
    InstrumentResumed,
    OrderAccepted,
    OrderDone,
    OrderFilled,
    OrderTriggered,
    PositionChanged,
    Traded,
)
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass
from engine.core.invariants import check
from engine.core.wire import encode_event
from tests.reference.directing import Director
from tests.reference.sequences import seeded, waited_ns
from tests.reference.world import STEP_NS, opening

LENGTH = 200
SEEDS = range(100, 113)

Stamped = tuple[Command, int]


def history(seed: int) -> tuple[Exchange, list[Stamped], list[Event]]:
    """A swarm run to its end: the exchange, what went in, what came out."""
    on, steps = seeded(seed, LENGTH)
    exchange, director, now_ns = Exchange(), Director(on), 0
    commands: list[Stamped] = []
    events: list[Event] = []
    for command in opening(on):
        commands.append((command, now_ns))
        events += exchange.apply(command, now_ns)
    for step in steps:
        now_ns += waited_ns(step) + step.twist % 4 * STEP_NS // 2
        command = director.command(step, now_ns)
        commands.append((command, now_ns))
        out = exchange.apply(command, now_ns)
        director.learn(out)
        events += out
    return exchange, commands, events


def digest(seed: int) -> str:
    """The bytes of all that a swarm says, and of what is left in the end, as one hash."""
    exchange, _, events = history(seed)
    said = b"".join(map(encode_event, events))
    return hashlib.sha256(said + snapshot.encode(exchange)).hexdigest()


@pytest.mark.parametrize("seed", SEEDS)
def test_invariants_hold_and_the_ledger_sums_to_zero_after_every_command(seed: int) -> None:
    exchange = Exchange()
    for command, ts_ns in history(seed)[1]:
        exchange.apply(command, ts_ns)
        check(exchange)
        assert set(exchange.ledger_totals().values()) <= {0}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_accepted_order_is_alive_or_has_ended_exactly_once(seed: int) -> None:
    exchange, _, events = history(seed)
    accepted = {event.order_id for event in events if isinstance(event, OrderAccepted)}
    ends = Counter(event.order_id for event in events if isinstance(event, OrderDone))
    assert set(ends.values()) <= {1}
    assert ends.keys() <= accepted
    alive = {order_id for order_id in accepted if exchange.order(order_id) is not None}
    assert alive == accepted - ends.keys()


@pytest.mark.parametrize("seed", SEEDS)
def test_an_order_is_in_one_state_and_an_iceberg_shows_no_more_than_is_left(seed: int) -> None:
    exchange = Exchange()
    for command, ts_ns in history(seed)[1]:
        exchange.apply(command, ts_ns)
        for account in exchange.accounts():
            for order in exchange.open_orders(account):
                assert order.waiting == (order.level is None)
                assert 0 < order.unfilled_lots == order.lots - order.filled_lots
                if not order.waiting:
                    assert 0 < order.open_lots <= order.unfilled_lots
                    assert order.hidden_lots == order.unfilled_lots - order.open_lots


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_holds_less_than_nothing(seed: int) -> None:
    exchange = Exchange()
    for command, ts_ns in history(seed)[1]:
        exchange.apply(command, ts_ns)
        for account in exchange.accounts():
            assert all(held >= 0 for _, held in exchange.balances(account).values())


@pytest.mark.parametrize("seed", SEEDS)
def test_an_order_is_gone_when_its_time_has_come(seed: int) -> None:
    exchange = Exchange()
    for command, ts_ns in history(seed)[1]:
        exchange.apply(command, ts_ns)
        for account in exchange.accounts():
            for order in exchange.open_orders(account):
                assert order.expires_ns is None or order.expires_ns > exchange.now_ns


@pytest.mark.parametrize("seed", SEEDS)
def test_an_owner_group_never_trades_with_itself(seed: int) -> None:
    _, commands, events = history(seed)
    groups = {c.account: c.group or c.account for c, _ in commands if isinstance(c, OpenAccount)}
    traders: dict[int, list[str]] = {}
    for event in events:
        if isinstance(event, OrderFilled):
            owners = traders.setdefault(event.trade_id, [])
            owners.append(groups[event.account])
            assert len(set(owners)) == len(owners)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_trades_while_its_instrument_is_halted(seed: int) -> None:
    halted: set[str] = set()
    for event in history(seed)[2]:
        if isinstance(event, InstrumentHalted):
            halted.add(event.symbol)
        elif isinstance(event, InstrumentResumed):
            halted.discard(event.symbol)
        elif isinstance(event, Traded | OrderTriggered):
            assert event.symbol not in halted


@pytest.mark.parametrize("seed", SEEDS)
def test_a_reduce_only_order_only_ever_reduces(seed: int) -> None:
    _, _, events = history(seed)
    only = {e.order_id for e in events if isinstance(e, OrderAccepted) and e.order.reduce_only}
    lots: Counter[tuple[str, str]] = Counter()
    for fill, change in pairwise(events):
        if isinstance(fill, OrderFilled) and isinstance(change, PositionChanged):
            key = (change.account, change.symbol)
            if fill.order_id in only:
                assert abs(change.lots) == abs(lots[key]) - fill.lots
            lots[key] = change.lots


@pytest.mark.parametrize("seed", SEEDS)
def test_an_ended_order_says_what_it_filled(seed: int) -> None:
    _, _, events = history(seed)
    filled: Counter[int] = Counter()
    for event in events:
        if isinstance(event, OrderFilled):
            filled[event.order_id] += event.lots
        elif isinstance(event, OrderDone):
            assert filled[event.order_id] == event.filled_lots


@pytest.mark.parametrize("seed", SEEDS)
def test_positions_are_the_sum_of_their_fills(seed: int) -> None:
    exchange, _, events = history(seed)
    lots: Counter[tuple[str, str]] = Counter()
    realised: Counter[tuple[str, str]] = Counter()
    for event in events:
        if isinstance(event, OrderFilled):
            key = (event.account, event.symbol)
            lots[key] += event.lots * (1 if event.side is Side.BUY else -1)
            if exchange.instrument(event.symbol).asset_class is AssetClass.SPOT:
                lots[key] = max(0, lots[key])
        elif isinstance(event, PositionChanged):
            realised[event.account, event.symbol] += event.realised_quanta
            assert event.lots == lots[event.account, event.symbol]
    for account, symbol in lots:
        position = exchange.position(account, symbol)
        assert position is not None
        assert position.lots == lots[account, symbol]
        assert position.realised_quanta == realised[account, symbol]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_restored_snapshot_goes_on_as_the_original_does(seed: int) -> None:
    _, commands, _ = history(seed)
    original = Exchange()
    for command, ts_ns in commands[: len(commands) // 2]:
        original.apply(command, ts_ns)
    restored = snapshot.decode(snapshot.encode(original))
    assert snapshot.state_hash(restored) == snapshot.state_hash(original)
    for command, ts_ns in commands[len(commands) // 2 :]:
        assert restored.apply(command, ts_ns) == original.apply(command, ts_ns)
    check(restored)
    assert snapshot.encode(restored) == snapshot.encode(original)


def test_the_same_commands_give_the_same_bytes_in_another_process() -> None:
    script = (
        "from tests.engine.core.test_exchange_properties import SEEDS, digest\n"
        "print(*map(digest, SEEDS))"
    )
    root = Path(__file__).parents[3]
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert said == {" ".join(map(digest, SEEDS)) + "\n"}

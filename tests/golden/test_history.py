"""Whatever a script makes happen, every order keeps to its life cycle and the tables take it in."""

from pathlib import Path

import pytest

from engine.core.events import OrderAccepted
from engine.core.exchange import Exchange
from engine.core.orders.life_cycle import ENDS, OrderState, follow_all
from engine.core.script import Glossary, parse_command
from engine.journal.capture import Capture
from engine.journal.projection import Projection
from tui_exchange.scenario_text import read_script

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.rglob("*.scenario"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(HERE)))
def test_the_history_of_a_script_is_that_of_the_exchange(path: Path) -> None:
    exchange, glossary, now_ns = Exchange(), Glossary(), 0
    capture, projection = Capture(exchange), Projection()
    states: dict[int, OrderState] = {}
    placed = 0
    for step in read_script(path.read_text(encoding="utf-8")).steps:
        command, now_ns = parse_command(step.command.text, glossary, now_ns)
        events = exchange.apply(command, now_ns)
        for event in events:
            glossary.learn(event)
            follow_all(states, event)
            placed += isinstance(event, OrderAccepted)
        captured = capture.take(command, exchange.now_ns, events)
        if captured is not None:
            projection.fold(captured)
    rows = projection.take_batch().orders
    assert {number: row.state for number, row in rows.items()} == {
        number: state.value for number, state in states.items()
    }
    live = [order for name in exchange.accounts() for order in exchange.open_orders(name)]
    assert {order.order_id for order in live} == {
        number for number, state in states.items() if state not in ENDS
    }
    for order in live:
        row = rows[order.order_id]
        assert (row.lots, row.filled_lots) == (order.lots, order.filled_lots)
        assert (row.display_lots, row.expires_at) == (order.display_lots, order.expires_ns)
        assert row.parent_id == order.parent_id
        assert order.linked_id in (None, row.linked_id)
    assert len(rows) == placed

"""Whatever margin does in a script, the history's trades are the exchange's positions."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.core.accounts.chart import INSURANCE
from engine.core.commands import Command
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.core.script import Glossary, parse_command
from engine.core.units import quanta_decimal
from engine.journal.capture import Capture
from engine.journal.projection import Batch, Projection
from engine.journal.resume import fold_state
from engine.journal.store import HistoryStore
from tests.engine.journal.stores import contents, query
from tui_exchange.scenario_text import read_script

HERE = Path(__file__).parent
SCRIPTS = sorted(
    path
    for folder in ("funding", "liquidation", "margin", "portfolios")
    for path in (HERE / folder).glob("*.scenario")
)
PIECES = [
    HERE / name
    for name in (
        "funding/missed_days.scenario",
        "liquidation/mark_jumps_through_bankruptcy.scenario",
        "portfolios/closed_lots.scenario",
        "portfolios/reset.scenario",
    )
]
PIECE = 7
"""Commands that leave something between two writes."""


def names(path: Path) -> str:
    return str(path.relative_to(HERE))


def applied(exchange: Exchange, path: Path) -> Iterator[tuple[Command, tuple[Event, ...]]]:
    """Each command of a script and what it led to."""
    glossary, now_ns = Glossary(), 0
    for step in read_script(path.read_text(encoding="utf-8")).steps:
        command, now_ns = parse_command(step.command.text, glossary, now_ns)
        events = exchange.apply(command, now_ns)
        for event in events:
            glossary.learn(event)
        yield command, events


def write_history(script: Path, out: Path, *, in_pieces: bool) -> Exchange:
    """Write a script's history; in pieces the fold begins anew from the store."""
    exchange = Exchange()
    capture = Capture(exchange)
    store = HistoryStore(out)
    projection = Projection(fold_state(store))
    for command, events in applied(exchange, script):
        captured = capture.take(command, exchange.now_ns, events)
        if captured is not None:
            projection.fold(captured)
            if in_pieces and exchange.seq % PIECE == 0:
                store.write(projection.take_batch(), exchange.seq)
                projection = Projection(fold_state(store))
    store.write(projection.take_batch(), exchange.seq)
    store.close()
    return exchange


def folded(script: Path) -> tuple[Exchange, Batch]:
    """The exchange after a script, and all rows of its history."""
    exchange = Exchange()
    capture, projection = Capture(exchange), Projection()
    for command, events in applied(exchange, script):
        captured = capture.take(command, exchange.now_ns, events)
        if captured is not None:
            projection.fold(captured)
    return exchange, projection.take_batch()


@pytest.mark.parametrize("script", SCRIPTS, ids=names)
def test_trades_are_what_positions_are_and_realised(script: Path) -> None:
    exchange, batch = folded(script)
    rows = batch.positions.values()
    owners = {name: exchange.positions(name) for name in exchange.accounts()}
    owners[INSURANCE] = exchange.fund_positions()
    held = {
        (owner, symbol): (position.lots, position.cost_quanta)
        for owner, positions in owners.items()
        for symbol, position in positions.items()
        if position.lots
    }
    assert {
        (row.account, row.symbol): (row.lots, int(row.cost.scaleb(12)))
        for row in rows
        if row.state == "open"
    } == held
    assert all((row.closed_by is None) == (row.state == "open") for row in rows)
    for name in exchange.accounts():
        if batch.portfolios[name].resets:
            continue
        for symbol, position in exchange.positions(name).items():
            made = [row.realised for row in rows if (row.account, row.symbol) == (name, symbol)]
            assert sum(made, Decimal(0)) == quanta_decimal(position.realised_quanta)


def test_lots_that_were_closed_realised_together_what_their_position_did() -> None:
    _, batch = folded(HERE / "portfolios" / "closed_lots.scenario")
    lots = batch.margin.closed_lots
    assert {row.account for row in lots} == {"ann", "bob"}
    for position in batch.positions.values():
        mine = [row for row in lots if row.position_id == position.position_id]
        if position.account != "mm" and not (position.symbol == "ETH-USDT" and not mine):
            assert sum(row.realised for row in mine) == position.realised
            assert all(row.opened_at >= position.opened_at for row in mine)
        else:
            assert not mine


@pytest.mark.parametrize("script", PIECES, ids=names)
def test_in_pieces_the_tables_are_the_same(script: Path, tmp_path: Path) -> None:
    whole, pieces = tmp_path / "whole.duckdb", tmp_path / "pieces.duckdb"
    write_history(script, whole, in_pieces=False)
    write_history(script, pieces, in_pieces=True)
    assert contents(pieces) == contents(whole)


def test_a_day_counts_closings_funding_and_liquidation_fees(tmp_path: Path) -> None:
    script = HERE / "liquidation" / "deleveraging_in_line.scenario"
    exchange = write_history(script, tmp_path / "out.duckdb", in_pieces=False)
    days = {row["account"]: row for row in query(tmp_path / "out.duckdb", "SELECT * FROM v_daily")}
    for name in exchange.accounts():
        positions = exchange.positions(name).values()
        realised = sum(position.realised_quanta for position in positions)
        if any(position.realised_quanta for position in positions):
            assert days[name]["realised"] == quanta_decimal(realised)

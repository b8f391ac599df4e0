"""What the history says was paid is what a session saw being paid."""

from pathlib import Path

import duckdb
import pytest

from engine.core.exchange import Exchange
from tests.golden.test_history_of_margin import HERE, applied, write_history
from tui_exchange.read_models.charges import Charges, FundBalance
from tui_exchange.read_models.past_charges import past_charges

SCRIPTS = ["funding/missed_days", "funding/borrow_fee", "liquidation/mark_jumps_through_bankruptcy"]


def seen(script: Path) -> Charges:
    """The charges of a session that applied a script."""
    exchange = Exchange()
    charges = Charges(exchange)
    for command, events in applied(exchange, script):
        charges(command, exchange.now_ns, events)
    return charges


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_history_tells_what_a_session_saw(name: str, tmp_path: Path) -> None:
    script, out = HERE / f"{name}.scenario", tmp_path / "out.duckdb"
    exchange = write_history(script, out, in_pieces=False)
    live, read = seen(script), Charges(Exchange())
    with duckdb.connect(str(out), read_only=True) as database:
        read.add_past(past_charges(database))
    symbols = frozenset(exchange.symbols())
    assert live.settled(symbols) == read.settled(symbols)
    for account in exchange.accounts():
        assert live.paid(account, symbols) == read.paid(account, symbols)
    assert [_without_time(each) for each in live.fund()] == [
        _without_time(each) for each in read.fund()
    ]
    assert (
        live.settled(symbols)
        or live.fund()
        or any(live.paid(account, symbols) for account in exchange.accounts())
    )


def _without_time(balance: FundBalance) -> tuple[str, int]:
    return balance.currency, balance.balance_quanta

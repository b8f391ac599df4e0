"""A kept profile: what comes back, and what happens when its files cannot be used."""

import os
import resource
from pathlib import Path

import pytest

from engine.core.snapshot import state_hash
from tests.tui_exchange.paper import Paper, eager
from tui_exchange.failures import JournalFailure
from tui_exchange.keeping import Keeping
from tui_exchange.settings import Journal


def trade(paper: Paper) -> None:
    paper.line("b 0.2 BTC-USDT; s 0.05 BTC-USDT at +40 po tag=exit")
    paper.line("s 1 ETH-USDT-PERP")
    paper.run(2)


def test_orders_positions_and_cash_come_back_and_are_told(tmp_path: Path) -> None:
    first = Paper(tmp_path)
    trade(first)
    before = first.session
    money = before.account_view()
    orders = [order.order_id for order in before.working_orders()]
    lots = {position.symbol: position.lots for position in before.positions()}
    before.close()
    second = Paper(tmp_path)
    after = second.session
    assert [order.order_id for order in after.working_orders()] == orders
    assert {position.symbol: position.lots for position in after.positions()} == lots
    assert after.account_view().balances == money.balances
    assert after.account_view().started_quanta == money.started_quanta
    assert any(sentence.startswith("recovered ") for sentence in after.news)
    assert any(sentence.startswith("main: 1 working order; positions: ") for sentence in after.news)
    after.close()


def test_what_was_shown_is_what_the_log_gives_back(tmp_path: Path) -> None:
    paper = Paper(tmp_path, eager())
    trade(paper)
    session = paper.session
    assert session.frame()
    shown = state_hash(session.exchange)
    session.close()
    keeping = Keeping(tmp_path, Journal())
    assert state_hash(keeping.exchange) == shown
    keeping.close()


def test_fills_of_earlier_sessions_are_listed_before_the_new_ones(tmp_path: Path) -> None:
    first = Paper(tmp_path)
    trade(first)
    fills = first.session.fills(100)
    first.session.close()
    second = Paper(tmp_path)
    second.line("b 0.1 BTC-USDT")
    new = second.session.fills(100)
    keeping = second.session.keeping
    assert keeping is not None
    assert keeping.history.flush(20)
    second.session.tick()
    assert second.session.fills(100) == (*new, *fills)
    second.session.close()


def test_a_second_session_on_a_profile_is_refused(tmp_path: Path) -> None:
    first = Paper(tmp_path)
    with pytest.raises(JournalFailure, match=f"process {os.getpid()}"):
        Paper(tmp_path)
    first.session.close()
    Paper(tmp_path).session.close()


def test_an_empty_profile_is_told_nothing(tmp_path: Path) -> None:
    paper = Paper(tmp_path)
    assert not paper.session.news
    paper.session.close()


def test_a_damaged_log_is_refused_and_the_profile_is_let_go(tmp_path: Path) -> None:
    paper = Paper(tmp_path)
    trade(paper)
    keeping = paper.session.keeping
    assert keeping is not None
    keeping.snapshots.close()
    paper.session.close()
    for snapshot in tmp_path.glob("*.snapshot"):
        snapshot.unlink()
    log = min(tmp_path.glob("*.log"))
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 0xFF
    log.write_bytes(data)
    for _ in range(2):
        with pytest.raises(JournalFailure, match=log.name):
            Keeping(tmp_path, Journal())


def test_a_full_disk_refuses_orders_and_keeps_the_frame_until_there_is_room(
    tmp_path: Path,
) -> None:
    paper = Paper(tmp_path)
    session = paper.session
    paper.line("b 0.1 BTC-USDT at 61000")
    assert session.written(10)
    size = sum(log.stat().st_size for log in tmp_path.glob("*.log"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, limits[1]))
    try:
        session.run_line("b 0.1 BTC-USDT at 60000", "BTC-USDT")
        assert not session.written(10)
        shown = session.revision("orders")
        assert not session.frame()
        assert session.revision("orders") == shown
        assert "file size limit" in session.journal().error
        assert "refused so that nothing is lost" in paper.refusal("b 0.1 BTC-USDT at 59000")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    session.close()
    second = Paper(tmp_path)
    assert [o.price_ticks for o in second.session.working_orders()] == [122_000, 120_000]
    second.session.close()

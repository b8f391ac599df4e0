"""What was closed without its owner's wish: as it happens, and as the history tells it later."""

from decimal import Decimal
from pathlib import Path

from engine.core.commands import Command, SetLeverage, Side
from engine.core.events import Event
from engine.journal.profile import HISTORY_NAME
from engine.journal.rebuild import project
from engine.journal.store import HistoryStore
from tests.engine.journal.sessions import LoggedSession
from tests.engine.published.desk import Desk, contract
from tui_exchange.read_models.reductions import Reductions, past_reductions
from tui_exchange.risk.reduction_lines import reduction_lines, reduction_objects

PERP = "BTC-USDT-PERP"
TERMS = contract(PERP, tick="1", lot="0.001", tiers=((None, Decimal("0.005")),))


class RecordingDesk(Desk):
    """Keeps the commands, so that a session can be given the same."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        super().__init__(TERMS)

    def do(self, *commands: Command) -> tuple[Event, ...]:
        self.commands += commands
        return super().do(*commands)


def crash() -> list[Command]:
    """A long at 10x falls below its margin; the book takes a part, opposite holders the rest."""
    desk = RecordingDesk()
    desk.open("ann", "USDT", Decimal(1_100))
    desk.do(SetLeverage(account="ann", symbol=PERP, leverage=10))
    desk.do(desk.order("counterparty", PERP, Side.SELL, Decimal("0.2"), Decimal(50_000)))
    desk.do(desk.order("ann", PERP, Side.BUY, Decimal("0.2"), Decimal(50_000)))
    desk.do(desk.order("counterparty", PERP, Side.BUY, Decimal("0.05"), Decimal(45_000)))
    desk.mark(PERP, Decimal(44_000))
    return desk.commands


def test_the_history_gives_back_what_a_session_saw(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    seen = Reductions(session.exchange)
    session.sequencer.subscribe(seen)
    session.run(crash())
    session.close()
    store = HistoryStore(tmp_path / HISTORY_NAME)
    project(tmp_path, store)
    with store.reader() as reader:
        past = past_reductions(reader, session.exchange.seq)
    store.close()
    again = Reductions(session.exchange)
    again.add_past(past)
    assert again.of("ann") == seen.of("ann")
    assert again.of("counterparty") == seen.of("counterparty")
    assert {each.by for each in seen.of("ann")} == {"book", "deleveraging"}
    assert [each.by for each in seen.of("counterparty")] == ["deleveraged"]
    lines = "\n".join(reduction_lines(session.exchange, seen.of("ann")))
    assert f"{PERP}: long 0.05 liquidated in the book at 45,000.00," in lines
    assert "liquidated, closed against opposite holders at" in lines
    (told,) = reduction_lines(session.exchange, seen.of("counterparty"))
    assert "short 0.15 auto-deleveraged against a liquidated position at" in told
    assert "number 1 in the queue" in told
    (one,) = reduction_objects(session.exchange, seen.of("counterparty"))
    assert (one["kind"], one["taken_by"], one["closed"], one["size"]) == (
        "deleveraged",
        None,
        "short",
        "0.15",
    )

"""Advisory limits belong to a portfolio and outlive the program; a damaged file loses nothing."""

from decimal import Decimal
from pathlib import Path

import pytest

from engine.monitor import LIMITS, Action, LimitName, Response, default_limits
from tests.tui_exchange.paper import Paper, eager
from tui_exchange.risk.limits_kept import FILE_NAME, AdvisedLimits


def nothing() -> None:
    """Nobody is told."""


def test_what_was_set_is_there_after_a_restart(tmp_path: Path) -> None:
    limits = AdvisedLimits(tmp_path, nothing)
    chosen = default_limits().with_setting(
        LimitName.DAILY_LOSS, Decimal("2.5"), Response.BLOCK, Action.HALT
    )
    limits.set("main", chosen)
    limits.halt("main", "daily-loss halted openings")
    again = AdvisedLimits(tmp_path, nothing)
    assert again.of("main") == chosen
    assert again.halted("main") == "daily-loss halted openings"
    assert again.of("other") == default_limits()


def test_only_what_differs_from_the_defaults_is_written(tmp_path: Path) -> None:
    limits = AdvisedLimits(tmp_path, nothing)
    limits.set("main", default_limits().with_setting(LimitName.DRAWDOWN_STOP, Decimal(30)))
    text = (tmp_path / FILE_NAME).read_text("utf-8")
    named = [name for name in LIMITS if name.value in text]
    assert named == [LimitName.DRAWDOWN_STOP]


@pytest.mark.parametrize("content", ["", "{", '{"main": 7}', '{"main": {"limits": []}}'])
def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, "utf-8")
    limits = AdvisedLimits(tmp_path, nothing)
    assert limits.of("main") == default_limits()
    assert "set aside" in limits.problem
    (aside,) = tmp_path.glob("advice.damaged-*")
    assert aside.read_text("utf-8") == content


def test_a_value_out_of_range_is_said_and_the_halt_stays(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(
        '{"main": {"limits": {"daily-loss": {"value": 99}}, "halted": "why"}}', "utf-8"
    )
    limits = AdvisedLimits(tmp_path, nothing)
    assert limits.of("main") == default_limits()
    assert "daily-loss may be 1 to 50%" in limits.problem
    assert limits.halted("main") == "why"


def test_what_cannot_be_written_is_in_effect_and_said(tmp_path: Path) -> None:
    limits = AdvisedLimits(tmp_path / "gone", nothing)
    chosen = default_limits().with_setting(LimitName.OPEN_POSITIONS, Decimal(3))
    limits.set("main", chosen)
    assert limits.of("main") == chosen
    assert "cannot be kept" in limits.problem


def test_a_clone_has_the_limits_of_its_original_and_no_halt(tmp_path: Path) -> None:
    desk = Paper(tmp_path, eager())
    desk.line("advise daily-loss 4 block")
    desk.session.risk_desk.limits.halt("main", "halted")
    desk.line("portfolio clone swing; portfolio new calm")
    limits = desk.session.risk_desk.limits
    assert limits.of("swing") == limits.of("main")
    assert limits.of("calm") == default_limits()
    assert not limits.halted("swing")
    desk.session.close()


def test_a_halt_survives_a_session_that_was_not_closed(tmp_path: Path) -> None:
    first = Paper(tmp_path, eager())
    first.session.risk_desk.limits.halt("main", "drawdown, far")
    assert first.session.keeping is not None
    first.session.keeping.close()
    second = Paper(tmp_path, eager())
    second.run()
    refusal = second.refusal("b 0.1")
    assert refusal == (
        "not sent: openings are halted until `advise resume`; what closes is sent: drawdown, far"
    )
    second.line("advise resume; b 0.1")
    second.session.close()

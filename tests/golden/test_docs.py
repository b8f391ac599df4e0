"""docs/scenarios.md documents the whole text form, and its examples are true."""

import re
from pathlib import Path
from typing import get_args

import pytest

from engine.core.commands import OrderType, SelfTrade
from engine.core.events import EndCause, Event, HaltCause, ResizeCause
from engine.core.reasons import Reason
from engine.core.script.order_text import FLAGS
from engine.core.script.parse import VERBS
from engine.core.script.terms import FIELDS
from engine.core.script.views import VIEWS
from engine.core.script.words import dashed
from tui_exchange.scenario import run_script

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```scenario\n(.*?)```", PAGE, re.DOTALL)


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_goes_as_written(example: str) -> None:
    outcome = run_script(example)
    assert not outcome.broken
    assert not outcome.differences


def test_every_command_is_documented() -> None:
    verbs = re.findall(r"^\| `([a-z-]+)", section("Commands"), re.MULTILINE)
    assert list(dict.fromkeys(verbs)) == list(VERBS)
    for field in FIELDS:
        assert re.search(rf"`{field}[ `]", section("Commands"))


def test_every_order_type_and_flag_is_documented() -> None:
    said = section("Orders")
    rows = re.findall(r"^\| `([a-z-]+=?)", said, re.MULTILINE)
    assert rows == [*map(dashed, OrderType), *FLAGS]
    for mode in SelfTrade:
        assert f"`{dashed(mode)}`" in said


def test_every_event_and_cause_is_documented() -> None:
    said = section("Events")
    assert re.findall(r"\| ([A-Z][a-z]+[A-Za-z]+)", said) == [
        kind.__name__ for kind in get_args(Event)
    ]
    for cause in (*EndCause, *ResizeCause, *HaltCause):
        assert f"`{cause.value}`" in said


def test_every_reason_is_documented_in_order_of_precedence() -> None:
    codes = re.findall(r"^\| `([a-z_]+)` \|", section("Refusals"), re.MULTILINE)
    assert codes == [reason.value for reason in Reason]


def test_every_view_is_documented() -> None:
    assert re.findall(r"^\| `([a-z]+)", section("Views"), re.MULTILINE) == list(VIEWS)


def test_every_reason_has_its_golden_line() -> None:
    text = (Path(__file__).parent / "refusals" / "every_reason.scenario").read_text("utf-8")
    codes = re.findall(r"^< (?:rejected|refused) ([a-z_]+)", text, re.MULTILINE)
    assert [code for code in dict.fromkeys(codes) if code] == sorted(
        dict.fromkeys(codes), key=[reason.value for reason in Reason].index
    )
    assert set(codes) == {reason.value for reason in Reason}


def test_every_corner_has_its_script() -> None:
    corners = re.findall(r"^\| .* \| `([a-z_/]+)` \|$", section("Corners of margin"), re.MULTILINE)
    assert len(corners) > 20
    for corner in corners:
        assert (Path(__file__).parent / f"{corner}.scenario").is_file(), corner

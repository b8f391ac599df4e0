"""`docs/risk.md` says of every limit and action what the registry says."""

from pathlib import Path

from engine.monitor import LIMITS, Action, LimitSpec
from engine.monitor.limits import shown

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "risk.md").read_text("utf-8")


def row(spec: LimitSpec) -> str:
    """The line of the page's table."""
    default = shown(spec.default, spec.unit)
    return f"| `{spec.name.value}` | {spec.text} | {default} | {spec.range_text} |"


def test_every_limit_is_on_the_page_with_its_default_and_range() -> None:
    table = [line for line in PAGE.splitlines() if line.startswith("| `") and line.count("|") == 5]
    assert table == [row(spec) for spec in LIMITS.values()]


def test_every_action_is_on_the_page() -> None:
    assert all(f"\n| `{action.value}` | " in PAGE for action in Action)

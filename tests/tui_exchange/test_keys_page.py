"""docs/keys.md lists every action as the table of actions has it."""

from pathlib import Path

from tui_exchange.actions import ACTIONS, shown_keys

PAGE = Path(__file__).resolve().parents[2] / "docs" / "keys.md"


def test_the_page_has_every_action_with_its_keys_in_order() -> None:
    rows = [
        f"| `{action.id}` | {shown_keys(action.keys).replace('|', chr(92) + '|')} | {action.text}"
        f"{' (armed)' if action.armed else ''} |"
        for action in ACTIONS
    ]
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("| `")] == rows

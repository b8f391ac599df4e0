"""`docs/journal.md` says what the schema says."""

import re
from pathlib import Path

from engine.core.orders.life_cycle import TRANSITIONS, OrderState
from engine.journal.schema import TABLES, Table
from engine.journal.schema_views import VIEWS

TEXT = (Path(__file__).parents[3] / "docs" / "journal.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """What stands under the heading of a table or view."""
    found = re.search(rf"^### `{name}`\n(.*?)(?=^##|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/journal.md lacks a section for {name}"
    return found[1].strip()


def described(table: Table) -> list[str]:
    lines = [table.meaning, "", "| column | type | meaning |", "|---|---|---|"]
    for column in table.columns():
        empty = "" if column.required else ", may be empty"
        key = ", key" if column.name in table.key else ""
        lines.append(f"| `{column.name}` | {column.sql_type}{empty}{key} | {column.meaning} |")
    return lines


def test_every_table_is_described_as_it_is() -> None:
    for table in TABLES:
        assert section(table.name).splitlines() == described(table)


def test_every_view_is_described_as_it_is() -> None:
    for view in VIEWS:
        rows = [f"| `{name}` | {meaning} |" for name, meaning in view.columns]
        expected = [view.meaning, "", "| column | meaning |", "|---|---|", *rows]
        assert section(view.name).splitlines() == expected


def test_nothing_else_is_described() -> None:
    names = {table.name for table in TABLES} | {view.name for view in VIEWS}
    assert set(re.findall(r"^### `(\w+)`$", TEXT, re.MULTILINE)) == names


def test_the_life_of_an_order_is_the_table_of_transitions() -> None:
    told: dict[tuple[str, str], str] = {}
    life = TEXT.partition("## The life of an order")[2].partition("\n## ")[0]
    for state, ways, after in re.findall(r"^\| (\w+) \| ([\w, ]+) \| ([\w ]+) \|$", life, re.M):
        if state in {known.value for known in OrderState}:
            for happening in ways.split(", "):
                told[state, happening] = state if after == "the same" else after
    assert told == {
        (state.value, happening.value): after.value
        for (state, happening), after in TRANSITIONS.items()
    }

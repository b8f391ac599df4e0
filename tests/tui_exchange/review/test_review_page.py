"""docs/review.md says what the program does."""

from pathlib import Path

from tui_exchange.panes.review_sums import NAMES
from tui_exchange.review.filtering import FIELDS
from tui_exchange.review.summary import FORMULAS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "review.md").read_text(encoding="utf-8")


def test_every_formula_stands_on_the_page() -> None:
    rows = [f"| {NAMES[name]} | {formula} |" for name, formula in FORMULAS.items()]
    start = PAGE.index("| number | formula |")
    assert PAGE[start:].splitlines()[2 : 2 + len(rows)] == rows


def test_every_field_of_the_filter_stands_on_the_page() -> None:
    filters = PAGE[PAGE.index("## Filters") : PAGE.index("## Formulas")]
    assert [field for field in FIELDS if f"`{field}" not in filters] == []

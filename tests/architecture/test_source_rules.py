"""Rules about the source that no linter states."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("engine", "feeds", "themes", "tui_exchange")
VAGUE = {"utils", "helpers", "common", "misc", "types", "base", "manager", "service", "handler"}
LINES_MAX = 400
FUNCTION_LINES_MAX = 60


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_readable_idea(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.stem not in VAGUE, "a name that says nothing"
    assert text.count("\n") <= LINES_MAX, "too long to be one idea"
    tree = ast.parse(text)
    assert ast.get_docstring(tree) or not tree.body, "a module says what it is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= FUNCTION_LINES_MAX, f"{node.name} has {lines} lines"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "engine/core").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_the_core_has_no_floats_and_iterates_over_no_set(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        where = f"line {getattr(node, 'lineno', '?')}"
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), f"{where}: a float literal"
        if isinstance(node, ast.BinOp):
            assert not _divides_integers(node), f"{where}: `/` makes floats of integers"
        if isinstance(node, ast.Name):
            assert node.id not in ("float", "hash"), f"{where}: {node.id}"
        if isinstance(node, ast.For | ast.comprehension):
            assert not isinstance(node.iter, ast.Set | ast.SetComp), f"{where}: a set has no order"


def _divides_integers(node: ast.BinOp) -> bool:
    """True division is for decimals; in the core only units.py has them."""
    return isinstance(node.op, ast.Div) and "Decimal" not in ast.unparse(node)

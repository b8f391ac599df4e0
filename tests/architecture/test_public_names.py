"""A package's `__all__` names what there is; the linter keeps it in order."""

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def packages() -> list[str]:
    return [
        ".".join(init.parent.relative_to(ROOT).parts)
        for name in ("engine", "feeds", "themes", "tui_exchange")
        for init in sorted((ROOT / name).rglob("__init__.py"))
        if "__all__" in init.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("package", packages())
def test_all_is_true(package: str) -> None:
    module = importlib.import_module(package)
    names = list(module.__all__)
    assert len(names) == len(set(names))
    for name in names:
        assert hasattr(module, name), f"{package}.__all__ names {name}, which is not there"

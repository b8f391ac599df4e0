"""Layouts: every cell belongs to at most one pane, and every pane has a place at each size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_exchange.panes import PANES
from tui_exchange.workspaces.presets import HEIGHT_MIN, PRESETS, WIDTH_MIN, preset_for
from tui_exchange.workspaces.split import Leaf, Node, Part, Rect, Split, Tabs, names_in, place

leaves = st.builds(Leaf, st.text("abcdef", min_size=1, max_size=6))


def splits(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.builds(Part, nodes, cells=st.sampled_from((0, 3)), share=st.integers(1, 4))
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    return st.builds(Split, several, down=st.booleans(), gap=st.sampled_from((0, 1)))


trees = st.recursive(leaves, splits, max_leaves=8)


@given(trees, st.integers(60, 200), st.integers(60, 100))
def test_panes_never_overlap_and_stay_inside(tree: Node, width: int, height: int) -> None:
    names = names_in(tree)
    placed = place(tree, Rect(0, 0, width, height), {})
    if len(set(names)) != len(names):
        return
    cells: set[tuple[int, int]] = set()
    for x, y, wide, high in placed.values():
        assert x >= 0
        assert y >= 0
        own = {(column, row) for column in range(x, x + wide) for row in range(y, y + high)}
        assert not own & cells
        cells |= own


def test_shares_lose_no_cell_to_rounding() -> None:
    tree = Split(tuple(Part(Leaf(name)) for name in "abc"))
    assert sum(rect.width for rect in place(tree, Rect(0, 0, 100, 1), {}).values()) == 100


def test_among_tabs_the_chosen_one_is_seen() -> None:
    tabs = Tabs(("a", "b"))
    assert set(place(tabs, Rect(0, 0, 9, 9), {})) == {"a"}
    assert set(place(tabs, Rect(0, 0, 9, 9), {"b": True})) == {"b"}


@pytest.mark.parametrize(
    ("width", "height"), [(WIDTH_MIN, HEIGHT_MIN), (120, 40), (200, 60), (300, 100)]
)
def test_every_pane_has_a_place_at_every_size(width: int, height: int) -> None:
    names = names_in(preset_for(width, height))
    assert sorted(names) == sorted(pane.NAME for pane in PANES)


def test_larger_terminals_show_more_at_once() -> None:
    seen = [
        len(place(node, Rect(0, 0, max(wide, WIDTH_MIN), max(high, HEIGHT_MIN)), {}))
        for wide, high, node in PRESETS
    ]
    assert seen == sorted(seen, reverse=True)

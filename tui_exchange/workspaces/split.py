"""A screen divided into panes: a tree of splits, placed into rectangles.

A split gives each part either a fixed number of cells or a share of what is left. Tabs hold several
panes of which one is seen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle in cells."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """One pane."""

    name: str


@dataclass(frozen=True, slots=True)
class Tabs:
    """Panes that share a place; the first is seen until another is asked for."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split."""

    node: "Node"
    cells: int = 0
    """A fixed size; 0 takes a share of what is left."""
    share: int = 1


@dataclass(frozen=True, slots=True)
class Split:
    """Parts beside each other, or one above the other."""

    parts: tuple[Part, ...]
    down: bool = False
    gap: int = 0
    """Empty cells between two parts."""


Node = Leaf | Tabs | Split


def place(node: Node, area: Rect, chosen: Mapping[str, bool]) -> dict[str, Rect]:
    """Where each pane that is seen stands.

    Args:
        node: The layout.
        area: All of it.
        chosen: Panes that were asked for; among tabs the first of them is seen.
    """
    if isinstance(node, Leaf):
        return {node.name: area}
    if isinstance(node, Tabs):
        return {seen(node, chosen): area}
    placed: dict[str, Rect] = {}
    for part, rect in zip(node.parts, _divide(node, area), strict=True):
        placed |= place(part.node, rect, chosen)
    return placed


def seen(tabs: Tabs, chosen: Mapping[str, bool]) -> str:
    """The pane of these tabs that is seen."""
    return next((name for name in tabs.names if chosen.get(name)), tabs.names[0])


def names_in(node: Node) -> tuple[str, ...]:
    """Every pane of a layout, seen or not, in reading order."""
    if isinstance(node, Leaf):
        return (node.name,)
    if isinstance(node, Tabs):
        return node.names
    return tuple(name for part in node.parts for name in names_in(part.node))


def tabs_of(node: Node) -> Iterator[Tabs]:
    """Every group of tabs in a layout."""
    if isinstance(node, Tabs):
        yield node
    elif isinstance(node, Split):
        for part in node.parts:
            yield from tabs_of(part.node)


def _divide(split: Split, area: Rect) -> list[Rect]:
    total = area.height if split.down else area.width
    sizes = _sizes(split.parts, total - split.gap * (len(split.parts) - 1))
    rects: list[Rect] = []
    at = area.y if split.down else area.x
    for size in sizes:
        if split.down:
            rects.append(Rect(area.x, at, area.width, size))
        else:
            rects.append(Rect(at, area.y, size, area.height))
        at += size + split.gap
    return rects


def _sizes(parts: Sequence[Part], total: int) -> list[int]:
    """Cells of each part: the fixed ones first as far as they fit, the rest by share of what is
    left, none of it lost to rounding."""
    fixed: list[int] = []
    room = max(0, total)
    for part in parts:
        fixed.append(min(part.cells, room))
        room -= fixed[-1]
    left = room
    shares = sum(part.share for part in parts if not part.cells)
    sizes: list[int] = []
    for part, cells in zip(parts, fixed, strict=True):
        if part.cells:
            sizes.append(cells)
        else:
            size = left * part.share // shares if shares else 0
            sizes.append(size)
            left -= size
            shares -= part.share
    return sizes

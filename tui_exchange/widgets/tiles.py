"""Places panes as a tree of splits says, and hides those that have no place."""

from collections.abc import Iterable, Mapping

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tui_exchange.workspaces.split import Leaf, Node, Rect, names_in, place, tabs_of


class TileLayout(Layout):
    """Gives every child the rectangle that its parent computed for the child's id."""

    name = "tiles"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """One placement for each child that has a place."""
        assert isinstance(parent, Tiles)
        rects = parent.rects(size)
        return [
            WidgetPlacement(Region(*rects[child.id]), NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id is not None and child.id in rects
        ]


class Tiles(Widget):
    """Panes beside and above each other. A child's id is its name in the tree."""

    def __init__(self, panes: Iterable[Widget], tree: Node) -> None:
        super().__init__(*panes, id="tiles")
        self._tree = tree
        self._chosen: dict[str, bool] = {}
        self._whole: str | None = None
        self._tile_layout = TileLayout()

    @property
    def layout(self) -> Layout:
        """Ours; style sheets know only the library's own."""
        return self._tile_layout

    @property
    def whole(self) -> str | None:
        """The pane that has the whole area, if one has."""
        return self._whole

    def rects(self, size: Size) -> Mapping[str, Rect]:
        """Where each visible pane stands."""
        tree = Leaf(self._whole) if self._whole is not None else self._tree
        return place(tree, Rect(0, 0, size.width, size.height), self._chosen)

    def use(self, tree: Node) -> None:
        """Divide the area in another way; what was chosen stays chosen."""
        if tree != self._tree:
            self._tree = tree
            self.retile()

    def holds(self, name: str) -> bool:
        """The layout has a place for this pane, seen or not."""
        return name in names_in(self._tree)

    def choose(self, name: str) -> None:
        """Bring a pane to the front of its tabs."""
        for tabs in tabs_of(self._tree):
            if name in tabs.names:
                self._chosen.update({other: other == name for other in tabs.names})
        if self._whole is not None:
            self._whole = name
        self.retile()

    def maximise(self, name: str | None) -> None:
        """Give one pane the whole area, or None to share it again."""
        self._whole = name
        self.retile()

    def tabs_beside(self, name: str) -> tuple[str, ...]:
        """The panes that share this one's place, itself included."""
        if self._whole is None:
            for tabs in tabs_of(self._tree):
                if name in tabs.names:
                    return tabs.names
        return (name,)

    def visible_names(self) -> tuple[str, ...]:
        """The panes that are seen, in reading order."""
        rects = self.rects(self.size)
        order = (self._whole,) if self._whole is not None else names_in(self._tree)
        return tuple(name for name in order if name in rects)

    def retile(self) -> None:
        """Show what has a place, hide the rest, and lay out again."""
        rects = self.rects(self.size)
        for child in self.children:
            child.display = child.id in rects
        self.refresh(layout=True)

    def on_mount(self) -> None:
        """Hide what has no place before the first paint."""
        self.retile()

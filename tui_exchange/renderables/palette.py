"""Styles by role: what a cell means decides its colour, the theme says which colour that is."""

from collections.abc import Mapping

from rich.color import Color, blend_rgb
from rich.color_triplet import ColorTriplet
from rich.style import Style

STALE_BLEND = 0.55
"""How far the colours of a pane without fresh data go towards the background."""


class Palette:
    """The styles of one theme, made once each.

    Args:
        colors: A `#rrggbb` colour for every role.
        blend: From 0 to 1, how far all colours are drawn towards the background: a dimmed pane.
    """

    def __init__(self, colors: Mapping[str, str], blend: float = 0.0) -> None:
        self._colors = colors
        self._blend = blend
        self._found: dict[str, Color] = {}
        self._styles: dict[tuple[str, str, bool], Style] = {}

    def style(self, role: str, on: str = "", bold: bool = False) -> Style:
        """The style of text with a role, on the theme's background or on that of another role."""
        key = (role, on, bold)
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = Style(
                color=self._color(role),
                bgcolor=self._color(on or "background"),
                bold=True if bold else None,
            )
        return found

    def dimmed(self) -> "Palette":
        """The same roles in the colours of data that is not fresh."""
        return Palette(self._colors, STALE_BLEND)

    def _color(self, role: str) -> Color:
        found = self._found.get(role)
        if found is None:
            color = _triplet(self._colors[role])
            if self._blend:
                color = blend_rgb(color, _triplet(self._colors["background"]), self._blend)
            found = self._found[role] = Color.from_triplet(color)
        return found


class Look:
    """The palette in use, shared by all panes; the revision tells them that it is another one."""

    def __init__(self, colors: Mapping[str, str]) -> None:
        self.revision = 0
        self.wear(colors)

    def wear(self, colors: Mapping[str, str]) -> None:
        """Use the colours of another theme."""
        self.fresh = Palette(colors)
        self.stale = self.fresh.dimmed()
        self.revision += 1


def _triplet(text: str) -> ColorTriplet:
    return ColorTriplet(int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))

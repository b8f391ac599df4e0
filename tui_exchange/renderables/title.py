"""The title line of a pane: its name, the names beside it, a rule, and a few words at the right."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import padded

EDGE = 3
"""Cells around each title."""


class Title(NamedTuple):
    """One pane's name in layouts, what it is called, and the letter that jumps to it."""

    name: str
    text: str
    letter: str


def title_line(
    titles: Sequence[Title],
    chosen: str,
    focused: bool,
    note: str,
    width: int,
    palette: Palette,
) -> Strip:
    """Exactly `width` cells.

    Args:
        titles: The panes that share the place; where that is too wide, the others by letter.
        chosen: The name of the one that is seen.
        focused: It has the keyboard; shown by a mark, not by colour alone.
        note: Left out where it does not fit.
    """
    rule = palette.style("line")
    segments: list[Segment] = []
    for name, title in _words(titles, chosen, width):
        if name == chosen:
            role = "accent" if focused else "text"
            segments.append(
                Segment("▸" if focused else "─", palette.style("accent") if focused else rule)
            )
            segments.append(Segment(f"{title} ", palette.style(role, bold=True)))
        else:
            segments += [Segment("─", rule), Segment(f"{title} ", palette.style("faint"))]
        segments.append(Segment("─", rule))
    used = sum(len(segment.text) for segment in segments)
    if note and used + len(note) + 3 <= width:
        segments.append(Segment("─" * (width - used - len(note) - 2), rule))
        segments.append(Segment(f" {note} ", palette.style("muted")))
    else:
        segments.append(Segment("─" * max(0, width - used), rule))
    return padded(segments, width, rule)


def title_at(titles: Sequence[Title], chosen: str, width: int, x: int) -> str | None:
    """The name of the title that stands at a cell of the line."""
    at = 0
    for name, word in _words(titles, chosen, width):
        if at <= x < at + len(word) + EDGE:
            return name
        at += len(word) + EDGE
    return None


def _words(titles: Sequence[Title], chosen: str, width: int) -> list[tuple[str, str]]:
    """(name, word) as they stand in the line."""
    whole = [(title.name, title.text) for title in titles]
    if sum(len(word) + EDGE for _, word in whole) <= width:
        return whole
    return [(t.name, t.text if t.name == chosen else t.letter) for t in titles]

"""The title line of a pane: its name, the names beside it, a rule, and a few words at the right."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.strip import Strip

from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.pieces import Piece, line_of

EDGE = 3
"""Cells around each title."""
TIGHT = 1
"""The same around the letters of others, where even those are many."""


class Title(NamedTuple):
    """One pane's name in layouts, what it is called, and the letter that jumps to it."""

    name: str
    text: str
    letter: str
    short: str = ""
    """What it is called where that is too long; empty for nothing shorter."""


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
        titles: The panes that share the place; where that is too wide in short, else the others by
            letter.
        chosen: The name of the one that is seen.
        focused: It has the keyboard; shown by a mark, not by colour alone.
        note: Left out where it does not fit.
    """
    rule = palette.style("line")
    pieces: list[Piece] = []
    words, edge = _words(titles, chosen, width)
    for name, word in words:
        if name == chosen:
            role = "accent" if focused else "text"
            pieces.append(("▸", palette.style("accent")) if focused else ("─", rule))
            pieces += [(f"{word} ", palette.style(role, bold=True)), ("─", rule)]
        elif edge == TIGHT:
            pieces += [("─", rule), (word, palette.style("faint"))]
        else:
            pieces += [("─", rule), (f"{word} ", palette.style("faint")), ("─", rule)]
    used = sum(len(text) for text, _ in pieces)
    if note and used + len(note) + EDGE <= width:
        pieces.append(("─" * (width - used - len(note) - 2), rule))
        pieces.append((f" {note} ", palette.style("muted")))
    else:
        pieces.append(("─" * max(0, width - used), rule))
    return line_of(pieces, width, rule)


def title_at(titles: Sequence[Title], chosen: str, width: int, x: int) -> str | None:
    """The name of the title that stands at a cell of the line."""
    at = 0
    words, edge = _words(titles, chosen, width)
    for name, word in words:
        cells = len(word) + (EDGE if name == chosen else edge)
        if at <= x < at + cells:
            return name
        at += cells
    return None


def _words(titles: Sequence[Title], chosen: str, width: int) -> tuple[list[tuple[str, str]], int]:
    """(name, word) as they stand in the line, and the cells around each that is not chosen."""
    whole = [(title.name, title.text) for title in titles]
    short = [(title.name, title.short or title.text) for title in titles]
    letters = [(t.name, t.text if t.name == chosen else t.letter) for t in titles]
    for words in (whole, short, letters):
        if sum(len(word) + EDGE for _, word in words) <= width:
            return words, EDGE
    return letters, TIGHT

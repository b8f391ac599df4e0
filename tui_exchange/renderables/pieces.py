"""Pieces of text into one line of an exact width, in as few segments as the colours allow.

Every segment costs time in the compositor and bytes on the wire, so blanks join their neighbours
where the background is the same.
"""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Piece = tuple[str, Style]


def line_of(pieces: Iterable[Piece], width: int, space: Style) -> Strip:
    """A strip of exactly `width` cells: what is too long is cut, what is short filled with `space`.

    The styles must come from one palette: their colours are compared by identity.
    """
    segments: list[Segment] = []
    text, style, used = "", space, 0
    for more, its_style in pieces:
        used += len(more) if more.isascii() else cell_len(more)
        if its_style is style or (its_style.bgcolor is style.bgcolor and more.isspace()):
            text += more
        elif its_style.bgcolor is style.bgcolor and (not text or text.isspace()):
            text, style = text + more, its_style
        else:
            if text:
                segments.append(Segment(text, style))
            text, style = more, its_style
    if used < width and style.bgcolor is space.bgcolor:
        text += " " * (width - used)
    if text:
        segments.append(Segment(text, style))
    if used < width and style.bgcolor is not space.bgcolor:
        segments.append(Segment(" " * (width - used), space))
    strip = Strip(segments, max(used, width))
    return strip if used <= width else strip.crop(0, width)

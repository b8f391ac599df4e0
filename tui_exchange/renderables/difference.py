"""What of a screenful has to be sent again: the part of each line that is not as it was."""

from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip


def changed_regions(before: Sequence[Strip], after: Sequence[Strip], width: int) -> list[Region]:
    """One region for each line that differs, no wider than what differs in it."""
    regions: list[Region] = []
    for y, line in enumerate(after):
        if y >= len(before):
            regions.append(Region(0, y, width, 1))
        elif line is not before[y]:
            first, last = _changed_span(before[y], line)
            if first < last:
                regions.append(Region(first, y, last - first, 1))
    regions.extend(Region(0, y, width, 1) for y in range(len(after), len(before)))
    return regions


def _changed_span(before: Strip, after: Strip) -> tuple[int, int]:
    """First differing cell and the cell behind the last one; equal lines give an empty span."""
    old, new = list(before), list(after)
    end = max(before.cell_length, after.cell_length)
    first = 0
    same = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        first += other.cell_length
        same += 1
    else:
        if len(old) == len(new):
            return (0, 0)
    if before.cell_length == after.cell_length:
        for one, other in zip(reversed(old[same:]), reversed(new[same:]), strict=False):
            if one != other:
                break
            end -= other.cell_length
    return (first, end)

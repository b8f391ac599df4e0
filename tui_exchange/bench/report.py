"""Figures as a plain table or as JSON."""

from collections.abc import Iterator

import msgspec

from tui_exchange.bench.figures import Figure
from tui_exchange.bench.machine import machine_text, python_text

HEADINGS = ("bench", "figure", "measured", "target", "", "loops")
_WIDTHS = (11, 46, 16, 14, 6, 10)
_LEFT_ALIGNED = 2


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of one benchmark, ready to be written."""

    bench: str
    figure: str
    value: float
    unit: str
    target: float | None
    bound: str | None
    """`≥` or `≤`; None without a target."""
    met: bool | None
    loops: float | None
    """Turns of the calibration loop that one unit of the work costs; None for what is no time."""
    loops_per_s: float
    """The calibration itself, measured beside the benchmark."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A benchmark that could not be run."""

    bench: str
    text: str


def line_of(bench: str, figure: Figure, loops_per_s: float) -> Line:
    """A figure with what it is compared to."""
    target = figure.target
    return Line(
        bench=bench,
        figure=figure.what,
        value=figure.value,
        unit=figure.unit,
        target=target.value if target else None,
        bound=target.bound.value if target else None,
        met=target.met_by(figure.value) if target else None,
        loops=figure.loops(loops_per_s),
        loops_per_s=loops_per_s,
    )


def json_text(lines: list[Line], failures: list[Failure]) -> str:
    """One JSON object with everything."""
    report = {
        "machine": machine_text(),
        "python": python_text(),
        "figures": lines,
        "failures": failures,
    }
    return msgspec.json.format(msgspec.json.encode(report)).decode()


def heading() -> Iterator[str]:
    """What stands above a table."""
    yield f"{machine_text()}; {python_text()}"
    yield "book, engine, feed and frame in processor time; log, start and percentiles by the clock"
    yield "loops: cost of one in turns of a plain Python loop, measured in the same run"
    yield ""
    yield _row(HEADINGS)


def table_row(line: Line) -> str:
    """One line of the table."""
    target = "" if line.target is None else f"{line.bound} {_number(line.target, line.unit)}"
    met = {None: "", True: "ok", False: "MISSED"}[line.met]
    loops = "" if line.loops is None else f"{line.loops:,.1f}"
    return _row((line.bench, line.figure, _number(line.value, line.unit), target, met, loops))


def _row(cells: tuple[str, ...]) -> str:
    aligned = (
        f"{cell:<{width}}" if index < _LEFT_ALIGNED else f"{cell:>{width}}"
        for index, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )
    return " ".join(aligned).rstrip()


def _number(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + (unit if unit == "/s" else f" {unit}")

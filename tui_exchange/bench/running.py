"""Running benchmarks by name and printing what they found."""

import sys
from collections.abc import Sequence

from tui_exchange.bench.figures import BenchmarkFailed
from tui_exchange.bench.measuring import calibration_loops_per_s
from tui_exchange.bench.registry import BENCHMARKS, measurement
from tui_exchange.bench.report import Failure, Line, heading, json_text, line_of, table_row

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2


def run(names: Sequence[str], json: bool = False, messages: int | None = None) -> int:
    """Run benchmarks and print their figures: a table line by line, or one JSON object at the end.

    Args:
        names: Keys of `BENCHMARKS`; none for all.
        messages: How many the benchmark of memory takes; None for its own number.

    Returns:
        0; 1 when a benchmark could not be run; 2 when a name is unknown. A missed target is
        printed as missed and is no failure.
    """
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        known = ", ".join(BENCHMARKS)
        print(f"There is no benchmark {unknown[0]!r}: choose from {known}.", file=sys.stderr)
        return EXIT_USAGE
    lines: list[Line] = []
    failures: list[Failure] = []
    if not json:
        print("\n".join(heading()), flush=True)
    for name in names or BENCHMARKS:
        try:
            found = _measured(name, messages)
        except BenchmarkFailed as failure:
            failures.append(Failure(bench=name, text=str(failure)))
            print(f"{name}: {failure}", file=sys.stderr)
            continue
        lines.extend(found)
        if not json:
            print("\n".join(map(table_row, found)), flush=True)
    if json:
        print(json_text(lines, failures))
    return EXIT_FAILED if failures else EXIT_OK


def _measured(name: str, messages: int | None) -> list[Line]:
    before = calibration_loops_per_s()
    figures = measurement(name, messages)()
    loops_per_s = max(before, calibration_loops_per_s())
    return [line_of(name, figure, loops_per_s) for figure in figures]

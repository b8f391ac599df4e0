"""What a soak has found, for a person to read."""

from collections.abc import Iterator, Mapping

from tests.soak.soak import Soak
from tests.soak.trader_side import Standing

COLUMNS = ("venue", "messages", "gaps", "resyncs", "checksums", "reconnects", "bad frames")


def lines(soak: Soak, faults: Mapping[str, int]) -> Iterator[str]:
    """The report, line by line."""
    found = soak.found
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(faults.items()))
    yield f"faults: {sum(faults.values()):,} ({told.replace('_', ' ')})"
    yield _row(COLUMNS)
    for name, standing in soak.trader.venues.items():
        yield _row((name, *(f"{count:,}" for count in _counts(standing))))
    yield f"books compared: {found.checks:,}; the slowest came after {found.back_s:.1f} s of theirs"
    yield ", ".join(f"{what}: {count:,}" for what, count in soak.trader.said.items())
    yield f"commands: {soak.trader.session.exchange.seq:,}"
    yield f"turns of the event loop: {found.turns.told()}"
    yield f"key presses: {found.keys.told()}"
    first, last = found.memory.ends()
    yield f"memory: {first:.1f} MB once warm, {last:.1f} MB at the end"
    yield f"memory in the course of it: {found.memory.course()} MB"
    complaints = found.complaints()
    yield from (f"WRONG: {complaint}" for complaint in complaints)
    yield "everything held" if not complaints else f"{len(complaints)} things did not hold"


def _counts(standing: Standing) -> tuple[int, ...]:
    health = standing.market.health
    return (
        health.messages,
        health.gaps,
        health.resyncs,
        health.checksum_failures,
        health.reconnects,
        health.bad_frames,
    )


def _row(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:<20}" + "".join(f"{cell:>12}" for cell in cells[1:])

"""Recordings of venues that publish quotes alone are read like any other."""

from pathlib import Path

import pytest

from feeds import venue_named
from feeds.verify import verify_file

T0_NS = 1_800_000_000_000_000_000
RECORDINGS = {
    "alpaca": (
        '{"AAPL":{"latestTrade":{"p":100.5},"prevDailyBar":{"c":100,"v":5}}}',
        '[{"T":"success","msg":"connected"}]',
        '[{"T":"q","S":"AAPL","bp":1.5,"bs":4,"ap":1.6,"as":5,"t":"2026-11-20T15:30:00Z"},'
        '{"T":"t","S":"AAPL","i":3,"x":"V","p":1.5,"s":7,"t":"2026-11-20T15:30:00.5Z"}]',
        '{"quotes":{"AAPL":{"bp":1.5,"bs":4,"ap":1.6,"as":5,"t":"2026-11-20T15:30:00Z"}}}',
    ),
    "finnhub": (
        '{"metric":{"10DayAverageTradingVolume":5},"symbol":"AAPL"}',
        '{"about":"AAPL","answer":{"c":100.5,"t":1799999991}}',
        '{"data":[{"c":["1"],"p":122.5,"s":"AAPL","t":1800000000000,"v":3}],"type":"trade"}',
        '{"type":"ping"}',
    ),
}


@pytest.mark.parametrize("name", sorted(RECORDINGS))
def test_every_frame_is_understood(name: str, tmp_path: Path) -> None:
    path = tmp_path / "day.txt"
    lines = (f"{T0_NS + number} {raw}\n" for number, raw in enumerate(RECORDINGS[name]))
    path.write_text("".join(lines))
    report = verify_file(path, venue_named(name))["AAPL"]
    assert (report["bad_frames"], report["bad_lines"], report["trades"]) == (0, 0, 1)
    assert report["frames"] >= 1

"""`feeds verify`: what the report counts and shows, and what it refuses."""

import json
from pathlib import Path

import pytest

from feeds import venue_named
from feeds.errors import UnknownSymbol, UnknownVenue, UnreadableRecording
from feeds.recording import Recording
from feeds.survey import survey
from feeds.verify import verify_file
from tests.feeds import frames
from tests.feeds.binance import futures_frames


def written(path: Path, *raws: bytes) -> Path:
    lines = (b"%d %b\n" % (frames.T0_NS + n, raw) for n, raw in enumerate(raws))
    path.write_bytes(b"".join(lines))
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return written(
        tmp_path / "small",
        frames.depth(1, 2, (("1.00", "1"),)),
        frames.depth(3, 4, (("100.00", "9"),)),
        frames.snapshot(2, frames.BIDS, frames.ASKS),
        frames.quote(4, "100.00", "9", "101.00", "1.5"),
        frames.trade(1, "100.00", "1"),
        frames.depth(5, 5, (), (("101.00", "0"),)),
    )


def test_the_report_counts_and_shows_the_books(small: Path) -> None:
    report = verify_file(small, "binance", depth=1, every=1)["BTC-USDT"]
    assert report["checkpoints"] == [
        {"update": 1, "update_id": 4, "bids": [["100.00", "9"]], "asks": [["101.00", "1.5"]]},
        {"update": 2, "update_id": 5, "bids": [["100.00", "9"]], "asks": [["102.00", "4.0"]]},
    ]
    assert report["final"] == {
        "update_id": 5,
        "bids": [["100.00", "9"]],
        "asks": [["102.00", "4.0"]],
    }
    counts = {key: report[key] for key in ("frames", "book_updates", "trades", "gaps", "crossed")}
    assert counts == {"frames": 6, "book_updates": 2, "trades": 1, "gaps": 0, "crossed": 0}
    assert report["stale_updates"] == 1
    assert report["checksums"] == {"ok": 0, "bad": 0}
    assert report["quotes"] == 1
    json.dumps(report)


def test_a_hole_is_a_gap_and_the_book_is_unknown_after_it(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a",
        frames.depth(1, 2),
        frames.snapshot(2, frames.BIDS, frames.ASKS),
        frames.depth(3, 4),
        frames.depth(6, 7),
    )
    report = verify_file(path, "binance")["BTC-USDT"]
    assert (report["gaps"], report["book_updates"]) == (1, 1)
    assert report["final"] == {"update_id": None, "bids": [], "asks": []}


def test_a_snapshot_that_updates_never_reach_is_a_gap(tmp_path: Path) -> None:
    path = written(tmp_path / "a", frames.snapshot(2, frames.BIDS, frames.ASKS), frames.depth(9, 9))
    report = verify_file(path, "binance")["BTC-USDT"]
    assert (report["gaps"], report["unassigned_snapshots"]) == (1, 1)


@pytest.mark.parametrize("symbol", ["BTC-USDT", "BTCUSDT", "btc/usdt"])
def test_a_symbol_is_found_in_both_spellings(small: Path, symbol: str) -> None:
    assert list(verify_file(small, "binance", symbol)) == ["BTC-USDT"]


def test_what_cannot_be_verified_is_refused_with_advice(small: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownSymbol, match="it holds BTC-USDT"):
        verify_file(small, "binance", "ETH-USDT")
    with pytest.raises(UnknownVenue, match="did you mean binance"):
        verify_file(small, "binanze")
    (tmp_path / "other").write_bytes(b"a CSV file\n1,2,3\n")
    with pytest.raises(UnreadableRecording, match="holds no binance frame"):
        verify_file(tmp_path / "other", "binance")


@pytest.mark.parametrize(
    ("venue", "raw", "origin"),
    [
        ("binance", futures_frames.depth(1, 2, 0), "binance-usdm"),
        ("binance-usdm", frames.depth(1, 2), "binance"),
        ("binance-usdm", futures_frames.depth(1, 2, 0, (), (), "BTCUSD_PERP"), "binance-coinm"),
    ],
)
def test_a_recording_of_another_venue_is_named(
    tmp_path: Path, venue: str, raw: bytes, origin: str
) -> None:
    path = written(tmp_path / "a", raw, frames.trade(1, "100.00", "1"), raw)
    with pytest.raises(UnreadableRecording, match=f"is a recording of {origin}, not of {venue}"):
        verify_file(path, venue)
    with pytest.raises(UnreadableRecording, match=f"is a recording of {origin}, not of {venue}"):
        survey(Recording(path), venue_named(venue))

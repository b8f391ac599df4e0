"""`feeds verify`: the report's keys, and books equal to independent rebuilds of recordings."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from feeds.errors import UnknownSymbol, UnknownVenue, UnreadableRecording
from feeds.verify import verify_file
from tests.feeds import frames


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


def same_books(report: dict[str, Any], expected: dict[str, Any]) -> None:
    """Every checkpoint and the end, in exact text, as deep as the expectation goes."""
    every = next(key for key in expected if key.startswith("checkpoints_every_"))
    for got, want in zip(
        [*report["checkpoints"], report["final"]],
        [*expected[every], expected["final"]],
        strict=True,
    ):
        assert got.get("update") == want.get("applied")
        for side in ("bids", "asks"):
            assert got[side][: len(want[side])] == want[side]
        assert got["update_id"] == want["update_id"]
    counts = expected["counts"]
    assert report["book_updates"] == counts["applied"]
    assert report["stale_updates"] == counts["stale"]
    assert report["quotes"] == counts.get("bookTicker", 0)
    assert report["quotes_agree"] == counts["bbo_agrees_with_bookTicker"]
    assert (report["quotes_disagree"], report["gaps"], report["crossed"]) == (0, 0, 0)
    assert report["bad_frames"] == report["bad_lines"] == report["unassigned_snapshots"] == 0


@pytest.mark.parametrize("name", ["btcusdt_20240808", "ethusdt_20240808"])
def test_recorded_books_equal_an_independent_rebuild(shared_data: Path, name: str) -> None:
    path = shared_data / "ws" / "binance_spot" / f"{name}.gz"
    expected = shared_data / "expected" / f"ws_binance_spot_{name}.expected.json"
    (report,) = verify_file(path, "binance", depth=20, every=500).values()
    wanted = json.loads(expected.read_text())
    same_books(report, wanted)
    assert report["frames"] == wanted["lines"]
    assert report["trades"] == wanted["counts"]["trade"]


def test_several_recorded_symbols_equal_an_independent_rebuild(
    shared_data: Path, tmp_path: Path
) -> None:
    source = shared_data / "ws" / "binance_spot" / "multi_20211012.jsonl.gz"
    expected = shared_data / "expected" / "ws_binance_spot_multi_20211012.expected.json"
    path = tmp_path / "multi"
    with gzip.open(source) as lines, path.open("w") as out:
        for line in map(json.loads, lines):
            if "raw" in line:
                out.write(f"{line['recv_ns']} {line['raw']}\n")
    report = verify_file(path, "binance", depth=20, every=100)
    wanted = json.loads(expected.read_text())
    assert [symbol.replace("-", "") for symbol in report] == list(wanted)
    for symbol, market in report.items():
        same_books(market, wanted[symbol.replace("-", "")])

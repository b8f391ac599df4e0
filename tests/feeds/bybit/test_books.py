"""Books of Bybit from recordings: numbers without a gap, restarts, several depths, which market."""

from pathlib import Path
from typing import Any

import pytest

from feeds.bybit.venue import Bybit
from feeds.recording import Recording
from feeds.survey import survey
from feeds.venue import Venue
from feeds.verify import verify_file
from tests.feeds.bybit import frames


def written(folder: Path, *raws: str) -> Path:
    path = folder / "recording"
    path.write_text("".join(f"{frames.T0_NS + n} {raw}\n" for n, raw in enumerate(raws)))
    return path


def verified(folder: Path, *raws: str) -> dict[str, Any]:
    (report,) = verify_file(written(folder, *raws), "bybit").values()
    assert report["bad_frames"] == 0
    return report


def test_numbers_without_a_gap_are_a_book_and_repetitions_are_dropped(tmp_path: Path) -> None:
    change = frames.book("delta", 11, [("100.00", "3")])
    report = verified(
        tmp_path,
        frames.snapshot(10),
        change,
        frames.book("delta", 12, (), [("101.00", "0")]),
        change,
    )
    assert (report["gaps"], report["book_updates"], report["stale_updates"]) == (0, 2, 1)
    assert report["final"] == {
        "update_id": 12,
        "bids": [["100.00", "3"], ["99.00", "1.0"]],
        "asks": [["102.00", "4.0"]],
    }


def test_a_hole_is_a_gap_until_the_next_snapshot(tmp_path: Path) -> None:
    report = verified(
        tmp_path,
        frames.snapshot(10),
        frames.book("delta", 12, [("100.00", "3")]),
        frames.book("delta", 13, [("100.00", "4")]),
        frames.snapshot(20),
        frames.book("delta", 21, [("100.00", "5")]),
    )
    assert (report["gaps"], report["resyncs"], report["book_updates"]) == (1, 1, 1)


def test_a_restarted_service_begins_at_one_without_a_gap(tmp_path: Path) -> None:
    report = verified(
        tmp_path,
        frames.snapshot(10),
        frames.book("delta", 11, [("100.00", "3")]),
        frames.snapshot(1),
        frames.book("delta", 2, [("100.00", "4")]),
    )
    assert (report["gaps"], report["book_updates"]) == (0, 2)
    assert report["final"]["update_id"] == 2


def test_levels_beyond_the_depth_are_forgotten(tmp_path: Path) -> None:
    bids = [(f"{100 - number}.00", "1") for number in range(25)]
    better = frames.book("delta", 11, [("100.50", "7")], depth=25)
    first = frames.book("snapshot", 10, bids, frames.ASKS, depth=25)
    path = written(tmp_path, first, better)
    (report,) = verify_file(path, "bybit", depth=100).values()
    assert [price for price, _ in report["final"]["bids"]] == [
        "100.50",
        *(price for price, _ in bids[:24]),
    ]


def test_a_collector_of_three_depths_and_the_tape_gives_one_book(tmp_path: Path) -> None:
    report = verified(
        tmp_path,
        frames.snapshot(3, depth=1),
        frames.snapshot(10, depth=50),
        frames.snapshot(500, depth=500),
        frames.book("delta", 11, [("100.00", "3")], depth=50),
        frames.book("delta", 501, [("100.00", "3")], depth=500),
        frames.trade("a-1", "100.00", "1", "Sell"),
        frames.book("delta", 12, [("100.00", "0")], depth=50),
        frames.book("delta", 502, [("99.00", "9")], depth=500),
    )
    assert (report["gaps"], report["book_updates"], report["quotes"]) == (0, 2, 1)
    assert (report["final"]["update_id"], report["trades"]) == (502, 1)


@pytest.mark.parametrize("symbol", ["BTC-USDT", "BTC-USDT-PERP"])
def test_the_symbol_that_is_asked_for_says_what_a_bare_recording_holds(
    tmp_path: Path, symbol: str
) -> None:
    path = written(tmp_path, frames.snapshot(10), frames.book("delta", 11, [("100.00", "3")]))
    assert verify_file(path, "bybit", symbol)[symbol]["book_updates"] == 1
    venue: Venue = Bybit()
    (terms,) = survey(Recording(path), venue, [symbol]).terms
    assert terms.instrument.symbol == symbol


def test_spot_and_perpetual_in_one_recording_are_told_apart(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        frames.snapshot(10, depth=50),
        frames.book("snapshot", 70, frames.BIDS, frames.ASKS, depth=50, spot=True),
        frames.book("delta", 11, [("100.00", "3")], depth=50),
        frames.book("delta", 71, [("100.00", "4")], depth=50, spot=True),
    )
    report = verify_file(path, "bybit")
    assert {symbol: market["book_updates"] for symbol, market in report.items()} == {
        "BTC-USDT-PERP": 1,
        "BTC-USDT": 1,
    }

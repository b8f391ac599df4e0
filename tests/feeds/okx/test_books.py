"""Books of OKX from recordings: the chain of ids, its documented exceptions, and the checksum."""

from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.local_book import LocalBook
from feeds.messages import BookSnapshot, Levels
from feeds.okx.sequence import OkxSequence
from feeds.verify import verify_file
from tests.feeds.okx import frames


def verified(folder: Path, *raws: str) -> dict[str, Any]:
    path = folder / "recording"
    path.write_text("".join(f"{frames.T0_NS + n} {raw}\n" for n, raw in enumerate(raws)))
    (report,) = verify_file(path, "okx").values()
    assert report["bad_frames"] == 0
    return report


def test_a_chain_with_a_quiet_minute_and_a_reset_after_maintenance_has_no_gap(
    tmp_path: Path,
) -> None:
    report = verified(
        tmp_path,
        frames.snapshot(10),
        frames.update(10, 15, [("100.00", "3")]),
        frames.update(15, 15),
        frames.update(15, 3, [("99.00", "0")]),
        frames.update(3, 5, (), [("101.00", "0")]),
    )
    assert (report["gaps"], report["book_updates"], report["stale_updates"]) == (0, 4, 0)
    assert report["final"] == {
        "update_id": 5,
        "bids": [["100.00", "3"]],
        "asks": [["102.00", "4.0"]],
    }


def test_an_update_that_names_another_is_a_gap_and_the_next_snapshot_ends_it(
    tmp_path: Path,
) -> None:
    report = verified(
        tmp_path,
        frames.snapshot(10),
        frames.update(12, 15),
        frames.update(15, 16),
        frames.snapshot(20),
        frames.update(20, 21),
    )
    assert (report["gaps"], report["resyncs"], report["book_updates"]) == (1, 1, 1)


def test_repeated_updates_are_dropped(tmp_path: Path) -> None:
    updates = (frames.update(10, 15, [("100.00", "3")]), frames.update(15, 18))
    report = verified(tmp_path, frames.snapshot(10), *updates, *updates)
    assert (report["gaps"], report["stale_updates"], report["book_updates"]) == (0, 2, 2)


def test_before_the_ids_the_checksum_alone_tells_what_is_right(tmp_path: Path) -> None:
    bids, asks = [*frames.BIDS], [*frames.ASKS]
    first = frames.book("snapshot", bids, asks, checksum=frames.signed_crc(bids, asks))
    change = [("100.50", "7")]
    after = frames.signed_crc(change + bids, asks)
    right = frames.book("update", change, checksum=after)
    lost = frames.book("update", [("98.00", "1")], checksum=1)
    report = verified(tmp_path, first, right, right, lost, right)
    assert report["checksums"] == {"ok": 3, "bad": 1}
    assert (report["gaps"], report["book_updates"]) == (0, 2)
    assert report["final"]["bids"] == []


SIDE = st.lists(
    st.tuples(st.integers(1, 999), st.integers(1, 99)), max_size=40, unique_by=lambda it: it[0]
)


def test_an_update_without_ids_does_not_follow_a_book_that_has_one(tmp_path: Path) -> None:
    stray = frames.book("update", [("98.00", "1")])
    report = verified(tmp_path, frames.snapshot(10), stray)
    assert (report["gaps"], report["book_updates"]) == (1, 0)


@given(bids=SIDE, asks=SIDE)
def test_the_checksum_is_of_the_best_25_levels_in_turn(
    bids: list[tuple[int, int]], asks: list[tuple[int, int]]
) -> None:
    lower = [(f"{price}.0", f"{size}") for price, size in bids]
    upper = [(f"{1000 + price}.0", f"{size}") for price, size in asks]
    book = LocalBook()
    book.load(
        BookSnapshot(received_ns=1, symbol="X", update_id=1, bids=tuple(lower), asks=tuple(upper))
    )
    lower.sort(key=lambda level: -float(level[0]))
    upper.sort(key=lambda level: float(level[0]))
    assert OkxSequence().checksum(book) == frames.signed_crc(lower, upper)


@pytest.mark.parametrize(
    ("bids", "asks", "joined"),
    [
        (
            (("3366.1", "7"), ("3366", "6")),
            (("3366.8", "9"), ("3368", "8"), ("3372", "8")),
            "3366.1:7:3366.8:9:3366:6:3368:8:3372:8",
        ),
        (
            (("3366.1", "7"),),
            (("3366.8", "9"), ("3368", "8"), ("3372", "8")),
            "3366.1:7:3366.8:9:3368:8:3372:8",
        ),
    ],
)
def test_the_checksums_of_the_guides_own_books(bids: Levels, asks: Levels, joined: str) -> None:
    book = LocalBook()
    book.load(BookSnapshot(received_ns=1, symbol="X", update_id=1, bids=bids, asks=asks))
    ours = OkxSequence().checksum(book)
    assert ours is not None
    assert -(2**31) <= ours < 2**31
    assert ours % 2**32 == crc32(joined.encode())


@pytest.mark.parametrize("channel", ["books-l2-tbt", "books50-l2-tbt", "books5"])
def test_other_channels_of_books_are_read_as_well(tmp_path: Path, channel: str) -> None:
    action = "" if channel == "books5" else "snapshot"
    report = verified(tmp_path, frames.book(action, frames.BIDS, frames.ASKS, channel=channel))
    assert report["final"]["bids"] == [list(level) for level in frames.BIDS]

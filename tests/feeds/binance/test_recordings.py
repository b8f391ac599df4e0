"""Books rebuilt from real recordings of Binance equal those of an independent rebuild."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.core.instruments import AssetClass
from feeds import venue_named
from feeds.recording import Recording
from feeds.survey import survey
from feeds.verify import verify_file


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


@pytest.mark.parametrize(
    ("venue", "folder", "name", "symbol"),
    [
        ("binance", "binance_spot", "btcusdt_20240808", "BTC-USDT"),
        ("binance", "binance_spot", "ethusdt_20240808", "ETH-USDT"),
        ("binance-usdm", "binance_usdm", "btcusdt_20240808", "BTC-USDT-PERP"),
    ],
)
def test_one_market(shared_data: Path, venue: str, folder: str, name: str, symbol: str) -> None:
    path = shared_data / "ws" / folder / f"{name}.gz"
    expected = shared_data / "expected" / f"ws_{folder}_{name}.expected.json"
    wanted = json.loads(expected.read_text())
    report = verify_file(path, venue, depth=20, every=500)
    assert list(report) == [symbol]
    same_books(report[symbol], wanted)
    assert report[symbol]["frames"] == wanted["lines"]
    assert report[symbol]["trades"] == wanted["counts"]["trade"]


@pytest.mark.parametrize(
    ("venue", "folder", "name"),
    [
        ("binance", "binance_spot", "multi_20211012"),
        ("binance-usdm", "binance_usdm", "multi_20210722"),
    ],
)
def test_several_markets_with_metadata(
    shared_data: Path, venue: str, folder: str, name: str
) -> None:
    path = shared_data / "ws" / folder / f"{name}.jsonl.gz"
    expected = shared_data / "expected" / f"ws_{folder}_{name}.expected.json"
    wanted = json.loads(expected.read_text())
    report = verify_file(path, venue, depth=20, every=100)
    theirs = venue_named(venue).venue_symbol
    assert [theirs(symbol) for symbol in report] == list(wanted)
    for symbol, market in report.items():
        same_books(market, wanted[theirs(symbol)])


def test_terms_of_a_recording_are_those_that_the_venue_stated(shared_data: Path) -> None:
    path = shared_data / "ws" / "binance_usdm" / "multi_20210722.jsonl.gz"
    found = survey(Recording(path), venue_named("binance-usdm"))
    assert [terms.inferred for terms in found.terms] == [False] * 4
    assert {terms.instrument.asset_class for terms in found.terms} == {AssetClass.PERPETUAL}
    assert {terms.instrument.notional_min_quanta for terms in found.terms} == {5 * 10**12}

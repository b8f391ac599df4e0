"""A collector's file of whole books, quotes and trades is rebuilt as it is."""

import json
from pathlib import Path

from feeds.hyperliquid.venue import Hyperliquid
from feeds.verify import verify_file
from tests.feeds.hyperliquid.speaker import META, T0_MS, told

SECOND_NS = 10**9


def _book(time_ms: int, bid: str, ask: str) -> str:
    levels = [[{"px": bid, "sz": "1.5", "n": 1}], [{"px": ask, "sz": "0.25", "n": 2}]]
    return told("l2Book", {"coin": "BTC", "time": time_ms, "levels": levels})


def _trade(tid: int) -> dict[str, object]:
    return {"coin": "BTC", "side": "B", "px": "101.0", "sz": "1.0", "time": T0_MS, "tid": tid}


def test_each_book_counts_as_one_update_and_each_trade_once(tmp_path: Path) -> None:
    frames = [
        json.dumps(META),
        told("subscriptionResponse", {"method": "subscribe", "subscription": {"type": "l2Book"}}),
        _book(T0_MS, "100.0", "101.0"),
        told("trades", [_trade(1), _trade(2)]),
        _book(T0_MS + 500, "100.5", "101.0"),
        _book(T0_MS + 100, "90.0", "91.0"),
        told("trades", [_trade(2), _trade(3)]),
        told("bbo", {"coin": "BTC", "time": T0_MS, "bbo": [None, None]}),
        _book(T0_MS + 500, "100.6", "101.0"),
    ]
    lines = [f"{T0_MS * 10**6 + at * SECOND_NS} {frame}\n" for at, frame in enumerate(frames)]
    path = tmp_path / "btc.txt"
    path.write_text("".join(lines))
    report = verify_file(path, Hyperliquid(), every=1)
    market = report["BTC-USDC-PERP"]
    assert (market["book_updates"], market["stale_updates"], market["trades"]) == (3, 1, 3)
    assert (market["gaps"], market["bad_frames"], market["resyncs"]) == (0, 0, 0)
    assert [each["bids"][0][0] for each in market["checkpoints"]] == ["100.0", "100.5", "100.6"]
    assert market["final"] == {
        "update_id": T0_MS + 500,
        "bids": [["100.6", "1.5"]],
        "asks": [["101.0", "0.25"]],
    }

"""The recorded half minute of BTC/USD at depth 10, each frame of which states a checksum."""

import json
from pathlib import Path
from typing import Any

from feeds import venue_named
from feeds.pipeline import Pipeline
from feeds.recording import Recording
from feeds.verify import verify_file

RECORDED = "ws/kraken_v2/btcusd_d10_first300.jsonl"
EXPECTED = "expected/ws_kraken_v2_btcusd_d10_first300.expected.json"


def test_every_checksum_is_right_and_the_books_are_those_of_the_rebuild(shared_data: Path) -> None:
    wanted: dict[str, Any] = json.loads((shared_data / EXPECTED).read_text())
    report = verify_file(shared_data / RECORDED, "kraken", depth=1000, every=50)
    market = report["BTC-USD"]
    assert market["checksums"] == {"ok": wanted["checksums_ok"], "bad": 0}
    assert (market["gaps"], market["crossed"], market["bad_frames"]) == (0, 0, 0)
    by_update = {each["update"]: each for each in market["checkpoints"]}
    for state in wanted["checkpoints"][1:]:
        found = by_update[state["message"]]
        assert (found["bids"], found["asks"]) == (state["bids"], state["asks"])
    last = wanted["checkpoints"][-1]
    assert (market["final"]["bids"], market["final"]["asks"]) == (last["bids"], last["asks"])


def test_a_lost_update_shows_in_the_next_checksums(shared_data: Path) -> None:
    pipeline = Pipeline(venue_named("kraken"), lambda _: None)
    for number, (received_ns, raw) in enumerate(Recording(shared_data / RECORDED).lines()):
        if number != 100:
            pipeline.frame(raw, received_ns)
    counts = pipeline.markets["BTC-USD"].sync.counts
    assert counts.checksums_bad == 1
    assert pipeline.book("BTC-USD").update_id is None

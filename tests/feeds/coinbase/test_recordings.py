"""The recorded minute of five products, in both protocols, against an independent rebuild."""

import gzip
import json
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.core.commands import Side
from feeds import venue_named
from feeds.errors import UnreadableRecording
from feeds.exact_text import NUMBERS
from feeds.messages import InstrumentTerms, Message, Trade
from feeds.pipeline import Pipeline
from feeds.recording import Recording
from feeds.verify import verify_file

RECORDED = {
    "coinbase": "coinbase_advanced_derived/products_a_20210417.txt.gz",
    "coinbase-exchange": "coinbase_exchange/products_a_20210417.jsonl.gz",
}
ALL = 10_000
venues = pytest.mark.parametrize("venue", RECORDED)


def expected(shared_data: Path) -> dict[str, Any]:
    text = (shared_data / "expected/ws_coinbase_products_a.expected.json").read_text()
    found: dict[str, Any] = json.loads(text)
    return found


def replayed(shared_data: Path, venue: str) -> tuple[Pipeline, list[Message]]:
    messages: list[Message] = []
    pipeline = Pipeline(venue_named(venue), messages.append)
    for received_ns, raw in Recording(shared_data / "ws" / RECORDED[venue]).lines():
        pipeline.frame(raw, received_ns)
    return pipeline, messages


@venues
def test_the_books_are_those_of_the_rebuild(shared_data: Path, venue: str) -> None:
    wanted = expected(shared_data)
    report = verify_file(shared_data / "ws" / RECORDED[venue], venue, depth=ALL, every=0)
    assert set(report) == set(wanted["final"])
    for symbol, market in report.items():
        final = wanted["final"][symbol]
        for side in ("bids", "asks"):
            assert market["final"][side][:10] == final[side]
        counts = len(market["final"]["bids"]), len(market["final"]["asks"])
        assert counts == (final["bid_levels"], final["ask_levels"])
        assert market["final"]["update_id"] is None
        assert (market["gaps"], market["crossed"], market["bad_frames"]) == (0, 0, 0)
    assert sum(each["book_updates"] for each in report.values()) == wanted["counts"]["l2update"]


@venues
def test_every_match_is_one_print_and_the_last_one_before_is_none(
    shared_data: Path, venue: str
) -> None:
    _, messages = replayed(shared_data, venue)
    counts: Counter[str] = Counter()
    sizes: defaultdict[str, Decimal] = defaultdict(Decimal)
    for message in messages:
        if isinstance(message, Trade):
            counts[message.symbol] += 1
            sizes[message.symbol] += Decimal(message.size)
    wanted = expected(shared_data)["trades"]
    assert counts == {symbol: each["n"] for symbol, each in wanted.items()}
    assert sizes == {symbol: Decimal(each["size"]) for symbol, each in wanted.items()}


def test_both_protocols_tell_the_same_prints(shared_data: Path) -> None:
    def prints(venue: str) -> list[tuple[str, str, Side, str, str]]:
        _, messages = replayed(shared_data, venue)
        trades = [each for each in messages if isinstance(each, Trade)]
        return [(each.symbol, each.trade_id, each.side, each.price, each.size) for each in trades]

    assert prints("coinbase") == prints("coinbase-exchange")


def test_tickers_agree_with_the_book_as_often_as_in_the_rebuild(shared_data: Path) -> None:
    """A ticker is sent at a match, and may come before the update that reports it."""
    pipeline = Pipeline(venue_named("coinbase-exchange"), lambda _: None)
    agrees = 0
    with gzip.open(shared_data / "ws" / RECORDED["coinbase-exchange"], "rt") as file:
        for line in map(json.loads, file):
            if line["src"] != "ws":
                continue
            pipeline.frame(line["raw"], line["recv_ns"])
            frame = json.loads(line["raw"])
            if frame["type"] == "ticker" and frame["product_id"] in pipeline.markets:
                bid, ask = pipeline.book(frame["product_id"]).touch()
                if bid is not None and ask is not None:
                    shown = NUMBERS[bid[0]], NUMBERS[ask[0]]
                    agrees += shown == (NUMBERS[frame["best_bid"]], NUMBERS[frame["best_ask"]])
    assert agrees == expected(shared_data)["counts"]["ticker_bbo_agrees"]


def test_the_recorded_products_state_the_terms(shared_data: Path) -> None:
    pipeline, messages = replayed(shared_data, "coinbase-exchange")
    terms = {
        message.instrument.symbol: message.instrument
        for message in messages
        if isinstance(message, InstrumentTerms)
    }
    assert set(terms) == set(pipeline.markets)
    assert terms["SKL-USD"].tick_size == Decimal("0.0001")


@venues
def test_a_recording_of_the_other_feed_is_named_as_such(shared_data: Path, venue: str) -> None:
    (other,) = set(RECORDED) - {venue}
    with pytest.raises(UnreadableRecording, match=f"recording of {other}, not of {venue}"):
        verify_file(shared_data / "ws" / RECORDED[other], venue)

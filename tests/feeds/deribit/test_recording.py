"""A real recording of ten options gives the books, chains and tickers that others made of it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from feeds.deribit.symbols import symbol_of
from feeds.deribit.venue import Deribit
from feeds.messages import (
    IndexPrice,
    InstrumentTerms,
    MarkPrice,
    Message,
    OpenInterest,
    OptionSummary,
    Quote,
)
from feeds.pipeline import Pipeline
from feeds.recording import Recording
from feeds.verify import Report, verify_file

LEVELS = 10


@pytest.fixture(scope="module")
def path(shared_data: Path) -> Path:
    return shared_data / "ws" / "deribit" / "options_20210722.jsonl.gz"


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> dict[str, Any]:
    text = (shared_data / "expected" / "ws_deribit_options.expected.json").read_text()
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@pytest.fixture(scope="module")
def report(path: Path) -> Report:
    return verify_file(path, Deribit(), depth=100)


@pytest.fixture(scope="module")
def last(path: Path) -> dict[tuple[str, type], Message]:
    """The last message of each kind, by symbol."""
    found: dict[tuple[str, type], Message] = {}

    def keep(message: Message) -> None:
        symbol = getattr(message, "symbol", "")
        if isinstance(message, InstrumentTerms):
            symbol = message.instrument.symbol
        found[symbol, type(message)] = message

    pipeline = Pipeline(Deribit(), keep)
    for received_ns, raw in Recording(path).lines():
        pipeline.frame(raw, received_ns)
    return found


def test_every_book_ends_as_the_venue_left_it(report: Report, expected: dict[str, Any]) -> None:
    assert set(report) == {symbol_of(name) for name in expected["final_books"]}
    for name, book in expected["final_books"].items():
        final = report[symbol_of(name)]["final"]
        assert final["update_id"] == book["update_id"]
        assert len(final["bids"]) == book["bid_levels"]
        assert len(final["asks"]) == book["ask_levels"]
        assert final["bids"][:LEVELS] == book["bids"]
        assert final["asks"][:LEVELS] == book["asks"]


def test_every_change_follows_the_one_before(report: Report, expected: dict[str, Any]) -> None:
    totals: Counter[str] = Counter()
    for market in report.values():
        keys = ("gaps", "crossed", "bad_frames", "bad_lines", "stale_updates", "book_updates")
        totals.update({key: market[key] for key in keys})
    assert totals["book_updates"] == expected["counts"]["change_id_chain_ok"]
    assert totals.total() == totals["book_updates"]


def test_the_last_tickers_are_carried_exactly(
    last: dict[tuple[str, type], Message], expected: dict[str, Any]
) -> None:
    for name, ticker in expected["last_tickers"].items():
        symbol = symbol_of(name)
        summary, quote = last[symbol, OptionSummary], last[symbol, Quote]
        mark, index, held = (last[symbol, kind] for kind in (MarkPrice, IndexPrice, OpenInterest))
        assert isinstance(summary, OptionSummary)
        assert isinstance(quote, Quote)
        assert isinstance(mark, MarkPrice)
        assert isinstance(index, IndexPrice)
        assert isinstance(held, OpenInterest)
        assert mark.price == ticker["mark_price"]
        assert index.price == ticker["index_price"]
        assert held.size == ticker["open_interest"]
        assert quote.bid == ticker["best_bid_price"]
        assert quote.ask == ticker["best_ask_price"]
        assert summary.underlying_price == ticker["underlying_price"]
        for side in ("mark_iv", "bid_iv", "ask_iv"):
            assert getattr(summary, side) == float(f"{ticker[side]}e-2")
        for greek, value in ticker["greeks"].items():
            assert getattr(summary, greek) == float(value)


def test_metadata_in_the_recording_gives_the_terms_of_every_option(
    last: dict[tuple[str, type], Message], expected: dict[str, Any]
) -> None:
    for name in expected["final_books"]:
        terms = last[symbol_of(name), InstrumentTerms]
        assert isinstance(terms, InstrumentTerms)
        assert terms.venue_symbol == name
        assert terms.instrument.quote == name.partition("-")[0]
        assert not terms.inferred

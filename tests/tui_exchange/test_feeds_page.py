"""docs/feeds.md lists every venue, with symbols and patience as its code has them."""

import re
from pathlib import Path

from feeds import FEEDS, venue_named
from feeds.verify import DEPTH, EVERY
from tui_exchange.feed_switching import OTHERS, FeedSwitching
from tui_exchange.pair_words import PairWords

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")
NS_PER_S = 1_000_000_000


def rows() -> list[list[str]]:
    """The cells of the table of venues."""
    table = PAGE.partition("## Venues")[2].partition("\n\nThree more")[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_table_has_every_venue_in_order() -> None:
    assert [row[0].strip("`") for row in rows()] == list(FEEDS)
    assert all(f"`{name}`" in PAGE for name in OTHERS)


def test_symbols_are_written_as_each_venue_takes_them() -> None:
    for name, _, symbols, *_ in rows():
        venue = venue_named(name.strip("`"))
        listed = re.findall(r"`([^`]+)`", symbols)
        assert listed
        assert [venue.our_symbol(symbol) for symbol in listed] == listed


def test_the_patience_with_each_venue_is_its_own() -> None:
    for name, *_, patience in rows():
        limits = venue_named(name.strip("`")).limits
        stale_s, dead_s = limits.stale_after_ns // NS_PER_S, limits.dead_after_ns // NS_PER_S
        assert patience == f"{stale_s} s, {dead_s} s"


def test_every_word_is_on_the_page() -> None:
    for word in (*FeedSwitching.words, *PairWords.words):
        assert f"| `{word.name}" in PAGE


def test_the_defaults_of_verify_are_stated() -> None:
    assert f"`--depth N`\n({DEPTH})" in PAGE
    assert f"each {EVERY} updates" in PAGE

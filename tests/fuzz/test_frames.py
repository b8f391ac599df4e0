"""Whatever a venue sends, nothing worse than a counted bad frame comes of it."""

from random import Random

import pytest

from feeds.errors import MalformedFrame
from tests.feeds.protocol.speakers import SPEAKERS
from tests.fuzz import frames
from tests.fuzz.frame_mutation import CHANGES, NESTED, mutated
from tests.fuzz.listening import Listener, Use
from tests.fuzz.rest_sources import SOURCES

VARIED = 130
UNUSED = (Use.REFUSED, Use.NONE)
HUGE_BYTES = 5_000_000
HUGE = {
    "brackets": b"[" * HUGE_BYTES,
    "a text": b'{"a":"%b"}' % (b"x" * HUGE_BYTES),
    "a list": b"[%b0]" % (b"0," * (HUGE_BYTES // 2)),
    "noise": Random(3).randbytes(HUGE_BYTES),
}
FOUND = {
    "terms of a symbol that no exchange takes": b'alpaca\n{" 1":{"latestTrade":{"p":100.5},'
    b'"prevDailyBar":{"t":"2027-01-14T05:00:00Z","o":99,"h":102,"l":98.5,"c":100.5,"v":41234567}}}',
}


@pytest.mark.parametrize("venue", frames.NAMES)
def test_damaged_frames_are_refused_and_change_no_book(venue: str) -> None:
    dice = Random(venue)
    seeds = [b"%b\n%b" % (venue.encode(), frame) for frame in frames.known_frames(venue)]
    for seed in seeds:
        frames.attempt(seed)
    for _ in range(VARIED):
        data = dice.choice(seeds)
        for _ in range(dice.choice((1, 1, 2))):
            data = frames.mutate(data, dice, frames.BYTES_MAX)
        frames.attempt(data)


@pytest.mark.parametrize("name", SPEAKERS)
def test_five_megabytes_of_anything_change_no_book(name: str) -> None:
    listener = Listener(SPEAKERS[name]())
    before = listener.book()
    for what, raw in HUGE.items():
        assert listener.take(raw) in UNUSED, what
        assert listener.book() == before
    frames.go_on(listener, used=False)


@pytest.mark.parametrize("name", SPEAKERS)
@pytest.mark.parametrize("raw", NESTED, ids=lambda raw: f"{len(raw)} bytes")
def test_deep_nesting_is_no_message(name: str, raw: bytes) -> None:
    listener = Listener(SPEAKERS[name]())
    assert listener.take(raw) in UNUSED
    frame = next(each for each in listener.heard if ":" in each).encode()
    head, colon, tail = frame.partition(b":")
    frames.hear(listener, head + colon + raw + b"," + tail)


@pytest.mark.parametrize("name", SPEAKERS)
def test_half_a_character_in_a_text_is_no_message(name: str) -> None:
    listener = Listener(SPEAKERS[name]())
    for text in listener.heard[:4]:
        assert listener.take(text.replace('"', '"\ud800', 1)) is Use.REFUSED


@pytest.mark.parametrize("what", FOUND)
def test_what_was_found_is_mended(what: str) -> None:
    frames.attempt(FOUND[what])


def test_each_change_changes_frames_and_ends() -> None:
    raw = b'{"b":[["100.50","7"],["99","0.10"]],"t":17,"s":"BTCUSDT"}'
    for change in CHANGES:
        assert any(change(raw, Random(seed), (b"[1]",)) != raw for seed in range(20)), change
        assert isinstance(change(b"", Random(1), ()), bytes)
    assert len({mutated(raw, Random(seed), (b"[2]",)) for seed in range(100)}) > 80


def test_a_listener_notices_what_it_should() -> None:
    listener = Listener(SPEAKERS["binance"]())
    assert listener.shows_truth()
    listener.speaker.change({"100.50": "3"}, {})
    assert not listener.shows_truth()
    assert listener.take(b'{"this":"is unknown"}') is Use.REFUSED
    with pytest.raises(MalformedFrame):
        listener.pipeline.mapper.map(b"{", 0)


def test_every_polled_source_has_answers_to_begin_with() -> None:
    for name, source in SOURCES.items():
        assert len(source.answers) >= 1, name

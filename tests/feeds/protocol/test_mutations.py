"""Whatever a venue sends, nothing but a counted bad frame comes of it, and no book changes by one.

Frames of every kind that a speaker knows are cut short, given wrong types, huge numbers, repeated
keys or deep nesting, or changed byte by byte.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from feeds.messages import Message
from feeds.pipeline import Pipeline
from feeds.venue import RestRequest
from tests.feeds.protocol.desk import T0_NS
from tests.feeds.protocol.speaker import Speaker
from tests.feeds.protocol.speakers import SPEAKERS

TOKEN = re.compile(rb'"[^"]*"|-?\d+(?:\.\d+)?|true|false|null')
WRONG = (
    *(b"null", b"true", b"-1", b"0", b"1e400", b"1e-400", b"1.5", b"1" + b"0" * 400, b"[]", b"{}"),
    *(b'""', b'"NaN"', b'"-1"', b'"1e5"', b'"1_0"', b'"0x10"', b'"' + b"9" * 400 + b'"', b"[[]]"),
    *(b'"\\ud800"', b'"\\u0000"', b"18446744073709551616", b"[" * 2_000, b'{"a":' * 2_000),
)
NOTHING_KNOWN = (None, [], [])
"""A frame whose number shows that others are missing costs the book, however bad it is."""


class Listener:
    """A pipeline without sockets whose book is known, and every frame that it heard."""

    def __init__(self, speaker: Speaker) -> None:
        self.venue = speaker.venue("ws://127.0.0.1:1", "http://127.0.0.1:2", speaker.limits)
        self.speaker = speaker
        self.symbol = speaker.symbol
        self.told: list[Message] = []
        self.heard: list[str] = []
        self.pipeline = Pipeline(self.venue, self.told.append, (self.symbol,))
        self._ask(self.venue.terms_request(self.symbol), self._take)
        subscriptions = self.venue.subscriptions((self.symbol,))
        self.pipeline.opened(T0_NS, subscriptions)
        self._hear(*speaker.greeting())
        for each in subscriptions:
            self._hear(*speaker.reply(each.frame))
        request = self.venue.snapshot_request(self.symbol)
        if request is not None:
            self._ask(request, lambda body: self.pipeline.snapshot(self.symbol, body, T0_NS))
        for poll in self.venue.polls(self.symbol):
            self._ask(poll.request, self._take)
        self._hear(*speaker.change({"100.50": "7"}, {}), *speaker.change({}, {"102.00": "8"}))
        self._hear(*speaker.trade("100.50", "2", Side.BUY), *speaker.heartbeat())
        self.heard += speaker.refuse(subscriptions[0].frame)
        self.heard += speaker.change({"100.25": "1"}, {})
        assert self.pipeline.bad_frames.count == 0

    def book(self) -> tuple[object, ...]:
        book = self.pipeline.book(self.symbol)
        return book.update_id, book.bids.top(), book.asks.top()

    def _hear(self, *frames: str) -> None:
        for frame in frames:
            self._take(frame)

    def _take(self, frame: str) -> None:
        self.heard.append(frame)
        self.pipeline.frame(frame.encode(), T0_NS)

    def _ask(self, request: RestRequest, take: Callable[[str], None]) -> None:
        method = "POST" if request.body else "GET"
        path = urlsplit(self.venue.rest_url + request.path).path
        _, body = self.speaker.rest(method, path, dict(request.params), request.body)
        labelled = f'{{"about":"{request.about}","answer":{body}}}'
        take(labelled if request.about else body)


def mutated(raw: bytes, data: st.DataObject) -> bytes:
    """One change of a frame."""
    kind = data.draw(st.sampled_from(("cut", "token", "token", "repeat", "bytes")))
    at = data.draw(st.integers(0, max(0, len(raw) - 1)))
    if kind == "cut":
        return raw[:at]
    if kind == "bytes":
        return raw[:at] + data.draw(st.binary(max_size=3)) + raw[at + 1 :]
    tokens = list(TOKEN.finditer(raw))
    if not tokens:
        return raw[:at]
    token = data.draw(st.sampled_from(tokens))
    wrong = data.draw(st.sampled_from(WRONG))
    if kind == "token":
        return raw[: token.start()] + wrong + raw[token.end() :]
    return raw.replace(b"{", b"{" + token.group() + b":" + wrong + b",", 1)


@pytest.mark.parametrize("name", SPEAKERS)
@given(data=st.data())
def test_a_mutated_frame_is_counted_and_changes_no_book(name: str, data: st.DataObject) -> None:
    listener = Listener(SPEAKERS[name]())
    raw = data.draw(st.sampled_from(listener.heard)).encode()
    for _ in range(data.draw(st.integers(1, 3))):
        raw = mutated(raw, data)
    before, count = listener.book(), listener.pipeline.bad_frames.count
    listener.pipeline.frame(raw, T0_NS)
    listener.pipeline.mapper.symbol_of(raw)
    if listener.pipeline.bad_frames.count > count:
        assert listener.book() in (before, NOTHING_KNOWN)
    assert not listener.pipeline.book(listener.symbol).crossed()


def test_every_venue_is_listened_to() -> None:
    for make in SPEAKERS.values():
        assert len(Listener(make()).heard) > 3

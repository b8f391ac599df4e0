"""A venue's frames on their way into an exchange: everything between the socket and the book."""

from collections.abc import Callable, Mapping
from enum import Enum
from urllib.parse import urlsplit

from engine.core.commands import Command, Side
from engine.core.exchange import Exchange
from feeds.book_sync import SyncState
from feeds.errors import FrameError, VenueRefused
from feeds.exact_text import NUMBERS
from feeds.messages import InstrumentTerms
from feeds.pipeline import Pipeline
from feeds.venue import RestRequest
from tests.feeds.protocol.speaker import Speaker
from tui_exchange.market_entry import MarketEntry
from tui_exchange.settings import Margin, Market

T0_NS = 1_800_000_000 * 10**9

Levels = Mapping[str, str]


class Use(Enum):
    """What becomes of a frame."""

    USED = "used"
    NONE = "known and of no use"
    REFUSED = "refused"
    NUMBERED = "refused, but for its place in the connection's count"


class Listener:
    """A pipeline without sockets whose book is known, and an exchange that mirrors it.

    Attributes:
        heard: Every frame and body that it was told so far.
    """

    def __init__(self, speaker: Speaker) -> None:
        self.venue = speaker.venue("ws://127.0.0.1:1", "http://127.0.0.1:2", speaker.limits)
        self.speaker = speaker
        self.symbol = speaker.symbol
        self.heard: list[str] = []
        self.exchange = Exchange()
        self.entry = MarketEntry(
            self.exchange,
            Market(),
            Margin(),
            self._submit,
            news=_unread,
            changed=_unread,
            listed=lambda: None,
            fees=lambda symbol: "",
            facts=_unread,
            live=lambda symbol: True,
            now_ns=lambda: T0_NS,
        )
        self.pipeline = Pipeline(self.venue, self.entry.take, (self.symbol,))
        self._begin()
        assert self.pipeline.bad_frames.count == 0
        assert self.quoted or self.shows_truth()

    @property
    def quoted(self) -> bool:
        """The venue publishes quotes alone."""
        return self.venue.sequence is None

    @property
    def waiting(self) -> bool:
        """The book is said to be unknown."""
        return self.pipeline.markets[self.symbol].sync.state is SyncState.WAITING

    def book(self) -> tuple[object, ...]:
        """A deep copy of all that is known of the book."""
        sync = self.pipeline.markets[self.symbol].sync
        book = sync.book
        sides = ((dict(side.levels), side.top()) for side in (book.bids, book.asks))
        return sync.state, book.update_id, *sides

    def take(self, raw: bytes | str) -> Use:
        """A frame arrives, perhaps a damaged one; what becomes of it."""
        messages = self.pipeline.mapped(raw, T0_NS)
        self.pipeline.take(messages, raw, T0_NS)
        self.pipeline.mapper.symbol_of(raw)
        if isinstance(messages, FrameError):
            return Use.REFUSED if messages.frame_number is None else Use.NUMBERED
        return Use.USED if messages else Use.NONE

    def take_as_body(self, raw: bytes | str) -> bool:
        """The answer to a request for the book arrives; whether it was of use."""
        used = False
        for each in (self.pipeline.snapshot, self.pipeline.probe):
            try:
                each(self.symbol, raw, T0_NS)
                used = True
            except (FrameError, VenueRefused):
                continue
        return used

    def list_all(self, raw: bytes | str) -> None:
        """If a frame states terms, they enter the exchange as those of a new market do."""
        try:
            messages = self.pipeline.mapper.map(raw, T0_NS)
        except FrameError:
            return
        for message in messages:
            if isinstance(message, InstrumentTerms):
                self.entry.take(message)

    def next_update(self) -> None:
        """The venue goes on."""
        bid, ask = ("100.50", "9") if self.quoted else ("99.50", "9"), ("102.50", "8")
        for frame in self.speaker.change(dict((bid,)), dict((ask,))):
            self.pipeline.frame(frame.encode(), T0_NS)

    def shows_truth(self) -> bool:
        """Whether the book is the venue's."""
        book = self.pipeline.book(self.symbol)
        sides = ((book.bids, self.speaker.bids), (book.asks, self.speaker.asks))
        return all(_same(dict(side.levels.values()), truth) for side, truth in sides)

    def _begin(self) -> None:
        speaker = self.speaker
        self._ask(self.venue.terms_request(self.symbol), self._hear_one)
        subscriptions = self.venue.subscriptions((self.symbol,))
        self.pipeline.opened(T0_NS, subscriptions)
        self._hear(*speaker.greeting())
        for each in subscriptions:
            self._hear(*speaker.reply(each.frame))
        request = self.venue.snapshot_request(self.symbol)
        if request is not None:
            self._ask(request, self._hear_body)
        for poll in self.venue.polls(self.symbol):
            self._ask(poll.request, self._hear_one)
        self._hear(*speaker.change({"100.50": "7"}, {}), *speaker.change({}, {"102.00": "8"}))
        self._hear(*speaker.trade("100.50", "2", Side.BUY), *speaker.heartbeat())
        self._hear(*speaker.change({"99.50": "1"}, {"101.50": "1", "102.00": "0"}))

    def _hear(self, *frames: str) -> None:
        for frame in frames:
            self._hear_one(frame)

    def _hear_one(self, frame: str) -> None:
        self.heard.append(frame)
        self.pipeline.frame(frame.encode(), T0_NS)

    def _hear_body(self, body: str) -> None:
        self.heard.append(body)
        self.pipeline.snapshot(self.symbol, body, T0_NS)

    def _ask(self, request: RestRequest, take: Callable[[str], None]) -> None:
        method = "POST" if request.body else "GET"
        path = urlsplit(self.venue.rest_url + request.path).path
        _, body = self.speaker.rest(method, path, dict(request.params), request.body)
        labelled = f'{{"about":"{request.about}","answer":{body}}}'
        take(labelled if request.about else body)

    def _submit(self, command: Command) -> None:
        self.exchange.apply(command, T0_NS)


def more_frames(make: Callable[[], Speaker]) -> list[str]:
    """Frames that change what a feed does: refusals, announcements, books of another market."""
    speaker = make()
    venue = speaker.venue("ws://127.0.0.1:1", "http://127.0.0.1:2", speaker.limits)
    asked = venue.subscriptions((speaker.symbol, speaker.other))
    told = [*speaker.greeting(), *speaker.maintenance()]
    for each in asked:
        told += [*speaker.refuse(each.frame), *speaker.reply(each.frame)]
    return [*told, *(speaker.corrupted(speaker.change({"100.50": "3"}, {})) or ())]


def _same(shown: Levels, truth: Levels) -> bool:
    return _numbers(shown) == _numbers(truth)


def _numbers(levels: Levels) -> dict[int, int]:
    return {NUMBERS[price]: NUMBERS[size] for price, size in levels.items()}


def _unread(message: object) -> None:
    """Takes what nobody reads."""

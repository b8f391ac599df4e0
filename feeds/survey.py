"""A first look into a recording: which instruments it holds, and on which terms.

Only its beginning is read. Terms come from the venue's metadata where a recording holds it, and are
inferred where it does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from msgspec.structs import replace

from feeds.errors import UnknownSymbol, UnreadableRecording
from feeds.inferred_terms import StepsSeen
from feeds.messages import BookDelta, BookSnapshot, InstrumentTerms, Message, Trade
from feeds.pipeline import Pipeline
from feeds.recording import Recording
from feeds.venue import Venue

SURVEYED_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Survey:
    """What the beginning of a recording holds."""

    start_ns: int
    """Receive time of the first line."""
    terms: tuple[InstrumentTerms, ...]
    """One for each instrument to replay, in the order in which they appear."""


def survey(recording: Recording, venue: Venue, symbols: Sequence[str] = ()) -> Survey:
    """Look into a recording.

    Args:
        symbols: The instruments wanted, ours or the venue's; empty for all that appear.

    Raises:
        UnknownSymbol: A wanted instrument does not appear; names those that do.
        UnreadableRecording: Nothing in the beginning of the file is of use.
    """
    surveyor = _Surveyor(venue)
    wanted = [venue.our_symbol(symbol) for symbol in symbols]
    for symbol in wanted:
        surveyor.pipeline.mapper.learn(venue.venue_symbol(symbol), symbol)
    start_ns: int | None = None
    for received_ns, raw in islice(recording.lines(), SURVEYED_LINES):
        start_ns = received_ns if start_ns is None else start_ns
        surveyor.pipeline.frame(raw, received_ns)
    found = surveyor.terms(start_ns or 0)
    foreign = surveyor.pipeline.bad_frames.foreign
    if foreign and not surveyor.books:
        raise UnreadableRecording(
            f"{recording.path} is a recording of {foreign}, not of {venue.name}; replay it as"
            f" {foreign}"
        )
    if start_ns is None or not found:
        raise UnreadableRecording(
            f"{recording.path} holds no book or trade of {venue.name} in its first"
            f" {SURVEYED_LINES:,} lines; check the venue, and that its lines are"
            " `<receive time, ns> <raw frame>`"
        )
    _check_wanted(wanted, found, recording)
    return Survey(start_ns, tuple(found[symbol] for symbol in wanted or found))


class _Surveyor:
    """Collects what the pipeline says of each instrument.

    Attributes:
        books: How many messages told of a book.
    """

    def __init__(self, venue: Venue) -> None:
        self.pipeline = Pipeline(venue, self._sink)
        self.books = 0
        self._stated: dict[str, InstrumentTerms] = {}
        self._seen: dict[str, StepsSeen] = {}

    def terms(self, now_ns: int) -> dict[str, InstrumentTerms]:
        """By symbol; what the venue states goes before what is inferred."""
        found: dict[str, InstrumentTerms] = {}
        for symbol, seen in self._seen.items():
            if symbol in self._stated:
                found[symbol] = self._stated[symbol]
            elif seen.known():
                venue = self.pipeline.venue
                terms = seen.terms(symbol, venue.name, venue.venue_symbol(symbol), now_ns)
                quoted = venue.sequence is None
                found[symbol] = replace(terms, day_volume="0") if quoted else terms
        return found

    def _sink(self, message: Message) -> None:
        if isinstance(message, InstrumentTerms):
            self._stated[message.instrument.symbol] = message
        elif isinstance(message, BookSnapshot | BookDelta | Trade):
            self.books += not isinstance(message, Trade)
            self._seen.setdefault(message.symbol, StepsSeen()).message(message)


def _check_wanted(wanted: Iterable[str], found: Iterable[str], recording: Recording) -> None:
    held = list(found)
    for symbol in wanted:
        if symbol not in held:
            raise UnknownSymbol(
                f"{symbol} does not occur at the beginning of {recording.path};"
                f" it holds {', '.join(held)}"
            )

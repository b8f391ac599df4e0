"""What can go wrong at the edge of a market, as typed exceptions whose message is a sentence.

FeedError
├── FrameError                one frame, not the connection: count it, keep it, go on
│   ├── MalformedFrame        not what the venue's documentation says
│   │   └── ForeignFrame      but what another venue's says
│   └── UnknownMessage        well formed, but of a kind that the mapper does not know
├── UnknownVenue
├── UnknownSymbol
├── UnreadableRecording       the file is missing, empty or not a recording
├── VenueRefused              the venue answered no: asking again does not help
└── Unreachable               no answer, or not now: asking again can help
"""


class FeedError(Exception):
    """Anything a feed reports by raising."""


class FrameError(FeedError):
    """One frame that cannot be used; nothing was changed by it.

    Attributes:
        frame_number: Its place in the connection's count, where the venue counts and it can be
            read all the same.
    """

    frame_number: int | None = None


class MalformedFrame(FrameError):
    """A frame that is not what the venue's documentation says."""


class ForeignFrame(MalformedFrame):
    """A frame of another venue that speaks nearly the same.

    Attributes:
        venue: Which, as in the registry.
    """

    def __init__(self, expected: str, venue: str) -> None:
        super().__init__(f"a frame of {venue}, not of {expected}; give {venue} as the venue")
        self.venue = venue


class UnknownMessage(FrameError):
    """A well-formed frame of a kind that the mapper does not know."""


class UnknownVenue(FeedError):
    """No venue has this name; the sentence lists those that exist."""


class UnknownSymbol(FeedError):
    """No instrument has this name here; the sentence says which do."""


class UnreadableRecording(FeedError):
    """A file that cannot be replayed."""


class VenueRefused(FeedError):
    """The venue refuses the request itself."""


class Unreachable(FeedError):
    """The venue gave no usable answer this time.

    Attributes:
        retry_after_s: How long the venue asks us to stay away; 0 when it does not say.
    """

    def __init__(self, text: str, retry_after_s: float = 0.0) -> None:
        super().__init__(text)
        self.retry_after_s = retry_after_s

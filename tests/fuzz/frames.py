"""Every venue's mapper, and all behind it, over frames that no venue should send.

An input is the name of a venue and, line by line, frames that arrive one after another. A frame is
used, or of no use, or raises a `FrameError`, which is counted; nothing else is ever raised, on its
way through the exchange neither. A frame that cannot be used changes no book. After frames of which
none was used, the venue's own next update is applied, or the book is said to be lost; a crossed
book is never shown.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from random import Random

from engine.core.invariants import check
from tests.feeds.protocol.speakers import SPEAKERS
from tests.fuzz.frame_mutation import mutated
from tests.fuzz.listening import Listener, Use, more_frames
from tests.fuzz.rest_sources import SOURCES, read_answer
from tests.fuzz.target import Target, Wrong

BYTES_MAX = 12_000
FRAMES_MAX = 4
NAMES = (*SPEAKERS, *SOURCES)


def attempt(data: bytes) -> None:
    """Let frames arrive at a venue's feed, or an answer at whoever polls it."""
    name, *frames = data.split(b"\n")
    venue = _venue(name)
    if venue in SOURCES:
        for frame in frames:
            read_answer(venue, frame)
        return
    listener = Listener(SPEAKERS[venue]())
    used = [hear(listener, frame) for frame in frames]
    go_on(listener, any(used))


def hear(listener: Listener, frame: bytes) -> bool:
    """One frame arrives, in all ways in which it could; whether it was of any use.

    Raises:
        Wrong: Something that must hold does not.
    """
    before = listener.book()
    use = listener.take(frame)
    # The number of a damaged frame may show that others were lost, and books with them.
    lost = use is Use.NUMBERED and listener.waiting
    if use is not Use.USED and listener.book() != before and not lost:
        raise Wrong("a frame that cannot be used changes the book")
    before = listener.book()
    taken = listener.take_as_body(frame)
    if not taken and listener.book() != before:
        raise Wrong("a body that is no book changes the book")
    listener.list_all(frame)
    if listener.pipeline.book(listener.symbol).crossed():
        raise Wrong("a crossed book is shown")
    return use is Use.USED or taken


def go_on(listener: Listener, used: bool) -> None:
    """The venue's next update arrives.

    Args:
        used: A damaged frame was believed, after which nobody can know what is true.

    Raises:
        Wrong: None was, and the update does not apply though the book is not said to be lost.
    """
    listener.next_update()
    if not used and not listener.quoted and not (listener.waiting or listener.shows_truth()):
        raise Wrong("the venue's next update is not applied, and the book is not lost")
    check(listener.exchange)


def _venue(name: bytes) -> str:
    """Which venue is meant; any other text means one too."""
    text = name.decode("latin1")
    return text if text in NAMES else NAMES[sum(name) % len(NAMES)]


@cache
def known_frames(venue: str) -> tuple[bytes, ...]:
    """Frames and bodies as the venue sends them."""
    if venue in SOURCES:
        told: Sequence[str] = SOURCES[venue].answers
    else:
        make = SPEAKERS[venue]
        told = [*Listener(make()).heard, *more_frames(make)]
    return tuple(dict.fromkeys(frame.replace("\n", " ").encode() for frame in told))


def seeds() -> Iterator[bytes]:
    """Each frame alone, and the frames of `recorded` where there are any."""
    for venue in NAMES:
        for frame in known_frames(venue):
            yield b"%b\n%b" % (venue.encode(), frame)
    yield from recorded()


@cache
def recorded() -> tuple[bytes, ...]:
    """Frames of each kind out of recordings, if the environment names a folder of them."""
    from tests.fuzz.recorded_frames import some_frames

    return tuple(b"%b\n%b" % (venue.encode(), frame) for venue, frame in some_frames(BYTES_MAX))


def mutate(data: bytes, dice: Random, size: int) -> bytes:
    """Some of the frames are damaged; now and then one comes twice, or one more."""
    name, *frames = data.split(b"\n")
    known = known_frames(_venue(name))
    frames = frames or [dice.choice(known)]
    at = dice.randrange(len(frames))
    draw = dice.random()
    if draw < 0.1 and len(frames) < FRAMES_MAX:
        frames.insert(at, dice.choice(known))
    elif draw < 0.15:
        frames.insert(at, frames[at])
    elif draw < 0.2 and len(frames) > 1:
        del frames[at]
    else:
        frames[at] = mutated(frames[at], dice, known).replace(b"\n", b" ")
    return b"\n".join((name, *frames))[:size]


def split(data: bytes) -> list[bytes]:
    """Line by line; shrinking a line is left to the reader."""
    return data.splitlines(keepends=True)


def join(pieces: Sequence[bytes]) -> bytes:
    return b"".join(pieces)


def told(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")


TARGET = Target(BYTES_MAX, seeds, mutate, attempt, split, join, told)

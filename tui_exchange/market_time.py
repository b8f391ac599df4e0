"""Steering the time of a replay or of the simulated market, by words of the command line.

A live market takes none of them, and says so.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable

from feeds.errors import FeedError
from feeds.feed import Feed
from feeds.group import FeedGroup
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.number_text import clock_ms_text

NS_PER_SECOND = 1_000_000_000
STEPS_MAX = 10_000
FASTEST_WORD = "max"
_OF_DAY = re.compile(r"([0-2]?[0-9]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,9}))?)?")
_RELATIVE = re.compile(r"([+-])([0-9]{1,6})(s|m|h)")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


@runtime_checkable
class Steerable(Protocol):
    """A feed whose time can be stopped, stepped and hurried."""

    @property
    def paused(self) -> bool:
        """Whether it stands still."""

    @property
    def speed(self) -> float:
        """Its time per clock time."""

    @speed.setter
    def speed(self, speed: float) -> None: ...

    def pause(self) -> None:
        """Stand still."""

    def resume(self) -> None:
        """Run on."""

    def step(self) -> None:
        """Stand still, but for one message."""


@runtime_checkable
class Seekable(Protocol):
    """A feed that can go to another time."""

    @property
    def start_ns(self) -> int:
        """Its first moment."""

    def seek(self, to_ns: int) -> None:
        """Go there in the turns that follow."""


_STEERING = (
    application_word("pause", "", "Let the market stand still.", ("pause",)),
    application_word("step", "[count]", "Pause, and let one message through.", ("step", "step 10")),
    application_word("speed", "<x>", "How fast market time runs.", ("speed 10", "speed max")),
)
_SEEKING = (
    application_word(
        "seek", "<time>", "Go to a time of the recording.", ("seek 12:30", "seek +5m")
    ),
)


class FeedClock:
    """The feed's own time: what a replay or a simulation has come to."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    def now_ns(self) -> int:
        """Of the feed."""
        return self._feed.now_ns()


class MarketTime:
    """The words that steer the time of those feeds that allow it.

    Args:
        feeds: What the session trades on; members may change.
        rerun: Lets a feed that had come to its end run again.
    """

    words = (*_STEERING, *_SEEKING)

    def __init__(self, feeds: FeedGroup, rerun: Callable[[], None]) -> None:
        self._feeds = feeds
        self._rerun = rerun
        self._doers: dict[str, Callable[[tuple[str, ...]], str]] = {
            "pause": self._pause,
            "resume": self._resume,
            "step": self._step,
            "speed": self._speed,
            "seek": self._seek,
        }

    def knows(self, word: str) -> bool:
        """`resume` too, where it is not about a halt."""
        return word in self._doers

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Do what a word says; a sentence that says what was done.

        Raises:
            ResolutionRefusal: The arguments mean nothing here, or no feed can be steered.
        """
        if word == "resume" and not self._steered():
            raise ResolutionRefusal(
                "`resume` alone is for a replay or a simulation, and this market is live; name the"
                " instrument whose halt is to end: `resume BTC-USDT`"
            )
        if not self._steered():
            raise ResolutionRefusal(
                f"`{word}` is for a replay or a simulation, and this market is live"
            )
        return (self._doers[word](arguments),)

    def _pause(self, arguments: tuple[str, ...]) -> str:
        _none(arguments, "pause")
        for feed in self._steered():
            feed.pause()
        return "the market stands still; `resume` lets it run, `step` lets one message through"

    def _resume(self, arguments: tuple[str, ...]) -> str:
        _none(arguments, "resume")
        for feed in self._steered():
            feed.resume()
        return f"the market runs at {_speed_text(self._steered()[0].speed)}"

    def _step(self, arguments: tuple[str, ...]) -> str:
        text = arguments[0] if arguments else "1"
        count = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        if len(arguments) > 1 or not 1 <= count <= STEPS_MAX:
            raise ResolutionRefusal(f"step takes a count from 1 to {STEPS_MAX:,}, as in `step 10`")
        for feed in self._steered():
            for _ in range(count):
                feed.step()
        return f"the market stands still at {clock_ms_text(self._feeds.now_ns())} UTC"

    def _speed(self, arguments: tuple[str, ...]) -> str:
        try:
            (text,) = arguments
            for feed in self._steered():
                feed.speed = speed_of(text)
        except (ValueError, FeedError) as error:
            known = isinstance(error, FeedError)
            sentence = str(error) if known else "speed takes a number, as in `speed 10`, or `max`"
            raise ResolutionRefusal(sentence) from None
        return f"the market runs at {_speed_text(self._steered()[0].speed)}"

    def _seek(self, arguments: tuple[str, ...]) -> str:
        feed = next((feed for feed in self._feeds.feeds if isinstance(feed, Seekable)), None)
        if feed is None:
            raise ResolutionRefusal("only a replay can go to another time, and this is none")
        try:
            (text,) = arguments
            to_ns = moment_ns(text, feed.start_ns, self._feeds.now_ns())
        except ValueError:
            raise ResolutionRefusal(
                "seek takes a time of the recording, UTC: 12:30, 12:30:15, 2026-05-01T12:30, or"
                " +5m and -30s from where it is"
            ) from None
        feed.seek(to_ns)
        self._rerun()
        return f"going to {clock_ms_text(to_ns)} UTC"

    def _steered(self) -> list[Steerable]:
        return [feed for feed in self._feeds.feeds if isinstance(feed, Steerable)]


def speed_of(text: str) -> float:
    """A speed as written: `10`, `0.5x`, or `max` for as fast as it goes.

    Raises:
        ValueError: None of these.
    """
    if text.lower() == FASTEST_WORD:
        return float("inf")
    plain = text.lower().removesuffix("x").removesuffix("×")
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", plain):
        raise ValueError(text)
    return float(plain)


def moment_ns(text: str, start_ns: int, now_ns: int) -> int:
    """A moment of a recording, Unix nanoseconds.

    A time of day is the first one at or after the start, to the second, in UTC.

    Raises:
        ValueError: No moment is written like this.
    """
    relative = _RELATIVE.fullmatch(text)
    if relative is not None:
        sign, count, unit = relative.groups()
        return now_ns + (1 if sign == "+" else -1) * int(count) * _SECONDS[unit] * NS_PER_SECOND
    of_day = _OF_DAY.fullmatch(text)
    if of_day is None:
        moment = datetime.fromisoformat(text)
        utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return int(utc.timestamp()) * NS_PER_SECOND
    hour, minute, second, fraction = of_day.groups()
    day = datetime.fromtimestamp(start_ns // NS_PER_SECOND, UTC)
    moment = day.replace(hour=int(hour), minute=int(minute), second=int(second or 0))
    found_ns = int(moment.timestamp()) * NS_PER_SECOND + int(f"{fraction or '':0<9}")
    if found_ns < start_ns - start_ns % NS_PER_SECOND:
        found_ns += timedelta(days=1) // timedelta(seconds=1) * NS_PER_SECOND
    return found_ns


def _none(arguments: tuple[str, ...], word: str) -> None:
    if arguments:
        raise ResolutionRefusal(f"`{word}` stands alone; leave out {' '.join(arguments)!r}")


def _speed_text(speed: float) -> str:
    return "full speed" if speed == float("inf") else f"{speed:g}×"

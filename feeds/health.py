"""What may be believed of each subscription: its state, and the watchdog that tells quiet from
dead.

| state | opened | aligned | lost | silent | heard | refused | dead, closed |
|---|---|---|---|---|---|---|---|
| DOWN | CATCHING UP | LIVE | DOWN | – | – | DOWN | DOWN |
| CATCHING UP | CATCHING UP | LIVE | CATCHING UP | – | – | DOWN | DOWN |
| LIVE | CATCHING UP | LIVE | CATCHING UP | STALE | LIVE | DOWN | DOWN |
| STALE | CATCHING UP | LIVE | CATCHING UP | – | LIVE | DOWN | DOWN |

A market is *heard* when a book update of it arrives, when the venue sends a heartbeat for it, or
when the venue, asked, confirms the book that is already known: then it is quiet, not dead. A
heartbeat of the whole connection proves less: it lends every market some patience, after which the
venue is asked. A venue that can be asked is asked well before silence makes a market stale, so that
one that is merely quiet stays LIVE. Time is passed in; nothing here reads a clock.
"""

from dataclasses import dataclass, field
from enum import Enum

from feeds.clock_skew import ClockSkew
from feeds.messages import FeedState
from feeds.venue import Limits

LIVE, CATCHING_UP = FeedState.LIVE, FeedState.CATCHING_UP
STALE, DOWN = FeedState.STALE, FeedState.DOWN


BUSY_NS = 2_000_000_000
"""A market that was heard so lately is not quiet, whatever the venue confirms of it."""


class FeedEvent(Enum):
    """What can happen to a subscription."""

    OPENED = "opened"
    ALIGNED = "aligned"
    LOST = "lost"
    SILENT = "silent"
    HEARD = "heard"
    REFUSED = "refused"
    DEAD = "dead"
    CLOSED = "closed"


_EVERY_STATE = (DOWN, CATCHING_UP, LIVE, STALE)

TRANSITIONS: dict[tuple[FeedState, FeedEvent], FeedState] = {
    **{(state, FeedEvent.OPENED): CATCHING_UP for state in _EVERY_STATE},
    **{(state, FeedEvent.ALIGNED): LIVE for state in _EVERY_STATE},
    **{(state, FeedEvent.REFUSED): DOWN for state in _EVERY_STATE},
    **{(state, FeedEvent.DEAD): DOWN for state in _EVERY_STATE},
    **{(state, FeedEvent.CLOSED): DOWN for state in _EVERY_STATE},
    (DOWN, FeedEvent.LOST): DOWN,
    (CATCHING_UP, FeedEvent.LOST): CATCHING_UP,
    (LIVE, FeedEvent.LOST): CATCHING_UP,
    (STALE, FeedEvent.LOST): CATCHING_UP,
    (LIVE, FeedEvent.SILENT): STALE,
    (LIVE, FeedEvent.HEARD): LIVE,
    (STALE, FeedEvent.HEARD): LIVE,
}


@dataclass(slots=True)
class Health:
    """One subscription, as it stands; counts are since the start."""

    symbol: str
    venue: str
    state: FeedState = DOWN
    text: str = "not connected yet"
    """What a trader should know in plain words; empty when all is well."""
    last_message_ns: int | None = None
    """When the last message of this market arrived; None when none ever did."""
    latency_ns: int | None = None
    """Venue's event time to our receive time, of the last message that names one; skew included."""
    skew: ClockSkew = field(default_factory=ClockSkew)
    gaps: int = 0
    resyncs: int = 0
    crossed: int = 0
    checksum_failures: int = 0
    reconnects: int = 0
    messages: int = 0
    bytes: int = 0
    """Of the frames that concerned this market alone."""
    bad_frames: int = 0
    """Of the whole connection: a frame that cannot be read does not say whose it is."""

    def age_ns(self, now_ns: int) -> int | None:
        """Since the last message; None when none ever came. Never negative."""
        if self.last_message_ns is None:
            return None
        return max(0, now_ns - self.last_message_ns)


class Verdict(Enum):
    """What the watchdog wants done."""

    NOTHING = "nothing"
    PROBE = "probe"
    """Find out whether the market is merely quiet: ask the venue, or subscribe anew."""
    RENEW = "renew"
    """Close the connection and open a new one."""


class Watchdog:
    """Watches one subscription and owns its state.

    Args:
        early: Ask well before silence makes the market stale; where asking means to subscribe anew,
            there is no hurry.
    """

    __slots__ = ("_beat_ns", "_limits", "_probe_after_ns", "_probed_ns", "_proof_ns", "health")

    def __init__(self, health: Health, limits: Limits, *, early: bool = True) -> None:
        self.health = health
        self._probe_after_ns = limits.stale_after_ns // (2 if early else 1)
        self._limits = limits
        self._proof_ns: int | None = None
        self._beat_ns: int | None = None
        self._probed_ns = 0

    def happened(self, event: FeedEvent, now_ns: int, text: str = "") -> bool:
        """Take an event; True when state or text changed."""
        health = self.health
        if event in (FeedEvent.OPENED, FeedEvent.ALIGNED):
            self._proof_ns = now_ns
        before = (health.state, health.text)
        health.state = TRANSITIONS[health.state, event]
        health.text = text
        return before != (health.state, text)

    def heard_update(self, now_ns: int, venue_ns: int) -> bool:
        """A book update arrived, with the venue's time or 0; True when that ended a silence."""
        health = self.health
        health.last_message_ns = self._proof_ns = now_ns
        if venue_ns:
            health.latency_ns = now_ns - venue_ns
            health.skew.seen(now_ns, now_ns - venue_ns)
        quieted = health.state is STALE or (health.state is LIVE and health.text != "")
        return quieted and self.happened(FeedEvent.HEARD, now_ns)

    def heard_aside(self, now_ns: int, venue_ns: int | None) -> None:
        """A quote, trade or snapshot arrived, which does not prove that updates still come."""
        health = self.health
        health.last_message_ns = now_ns
        if venue_ns is not None:
            health.latency_ns = now_ns - venue_ns

    def beaten(self, now_ns: int) -> None:
        """The whole connection had a heartbeat."""
        self._beat_ns = now_ns

    def confirmed_quiet(self, now_ns: int) -> bool:
        """The venue confirmed the book as it is; True when state or text changed."""
        proof_ns, self._proof_ns = self._proof_ns, now_ns
        if self.health.state not in (LIVE, STALE):
            return False
        if proof_ns is not None and now_ns - proof_ns < BUSY_NS:
            return False
        return self.happened(FeedEvent.HEARD, now_ns, "quiet market; the venue confirms this book")

    def check(self, now_ns: int) -> tuple[Verdict, bool]:
        """Time passed: what to do now, and whether state or text changed."""
        proof_ns, limits = self._proof_ns, self._limits
        if proof_ns is None or self.health.state is DOWN:
            return Verdict.NOTHING, False
        silence_ns = now_ns - proof_ns
        patience_ns = limits.dead_after_ns if self._beats(now_ns) else 0
        if silence_ns >= limits.dead_after_ns + patience_ns:
            text = f"connected, but silent for {silence_ns // 10**9} s; connecting anew"
            return Verdict.RENEW, self.happened(FeedEvent.DEAD, now_ns, text)
        probe_after_ns = self._probe_after_ns
        if self.health.state is CATCHING_UP or silence_ns < max(probe_after_ns, patience_ns):
            return Verdict.NOTHING, False
        changed = False
        if self.health.state is LIVE and silence_ns >= limits.stale_after_ns + patience_ns:
            text = f"no message for {silence_ns // 10**9} s; asking the venue"
            changed = self.happened(FeedEvent.SILENT, now_ns, text)
        if now_ns - self._probed_ns < probe_after_ns:
            return Verdict.NOTHING, changed
        self._probed_ns = now_ns
        return Verdict.PROBE, changed

    def _beats(self, now_ns: int) -> bool:
        beat_ns = self._beat_ns
        return beat_ns is not None and now_ns - beat_ns < self._limits.stale_after_ns

"""Whether the trading keys are live. They start disarmed and fall back to it by themselves."""

from dataclasses import dataclass

from tui_exchange.views import FeedState

NS_PER_SECOND = 1_000_000_000
IDLE_SECONDS_DEFAULT = 300
TRADABLE = (FeedState.LIVE, FeedState.PAUSED)
"""Feed states in which what the screen shows can be acted upon."""


@dataclass(slots=True)
class Arming:
    """The one switch that lets single keys send orders.

    Every change by itself comes with a sentence that says why, for the trader to read.
    """

    idle_ns: int = IDLE_SECONDS_DEFAULT * NS_PER_SECOND
    armed: bool = False
    used_ns: int = 0
    """The time of the last key press."""
    connections: tuple[int, ...] = ()
    """Reconnects of each feed when the keys were armed."""

    def arm(self, now_ns: int, feed: FeedState, connections: tuple[int, ...]) -> str:
        """Arm if the market can be believed; the sentence says what is the case now."""
        if feed not in TRADABLE:
            return f"not armed: the feed is {feed.value}; wait for LIVE, or type orders with :"
        self.armed, self.used_ns, self.connections = True, now_ns, connections
        return "ARMED: single keys now send orders; A disarms"

    def disarm(self, why: str) -> str:
        """Disarm; the sentence, or nothing when the keys were not armed."""
        if not self.armed:
            return ""
        self.armed = False
        return f"disarmed: {why}"

    def touch(self, now_ns: int) -> None:
        """A key was pressed: the trader is there."""
        self.used_ns = now_ns

    def watch(self, now_ns: int, feed: FeedState, connections: tuple[int, ...]) -> str:
        """Disarm when the reason to trust the keys is gone; the sentence, or nothing."""
        if not self.armed:
            return ""
        if feed not in TRADABLE:
            return self.disarm(f"the feed is {feed.value}")
        if connections != self.connections:
            return self.disarm("the feed has reconnected; look before you trade")
        if not 0 <= now_ns - self.used_ns < self.idle_ns:
            return self.disarm(f"no key for {self.idle_ns // NS_PER_SECOND} s")
        return ""

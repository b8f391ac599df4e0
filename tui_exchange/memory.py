"""When Python's cycle collector may run: never in the middle of trading.

What exists after the start lives as long as the session, so it is frozen: no collection looks at it
again. The oldest generation, whose collection stops the program for milliseconds, is collected only
when the trader's own orders have been quiet for a while, and at the latest after `LATEST_NS`.
"""

import gc

QUIET_NS = 5_000_000_000
SOONEST_NS = 60_000_000_000
LATEST_NS = 600_000_000_000
YOUNG, MIDDLE, OLDEST_OFF = 10_000, 20, 1_000_000


class MemoryCare:
    """Owns the settings of the collector from `begin` to `end`."""

    def __init__(self) -> None:
        self._before: tuple[int, int, int] | None = None
        self._collected_ns = 0
        self._others_frozen = False

    def begin(self, now_ns: int) -> None:
        """Freeze what exists and keep the oldest generation alone."""
        gc.collect()
        self._others_frozen = gc.get_freeze_count() > 0
        gc.freeze()
        self._before = gc.get_threshold()
        gc.set_threshold(YOUNG, MIDDLE, OLDEST_OFF)
        self._collected_ns = now_ns

    def tick(self, now_ns: int, quiet_since_ns: int) -> bool:
        """Collect if now is the moment; whether it was."""
        since_ns = now_ns - self._collected_ns
        quiet = now_ns - quiet_since_ns >= QUIET_NS
        if self._before is None or since_ns < (SOONEST_NS if quiet else LATEST_NS):
            return False
        gc.collect()
        self._collected_ns = now_ns
        return True

    def end(self) -> None:
        """Leave the collector as it was found."""
        if self._before is not None:
            gc.set_threshold(*self._before)
            if not self._others_frozen:
                gc.unfreeze()
            self._before = None

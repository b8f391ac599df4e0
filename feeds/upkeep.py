"""What a running connection needs to be done, found by looking at the clock and the markets.

Pure: it reads the pipeline and says what is due; the live feed does it.
"""

from dataclasses import dataclass, field

from feeds.book_sync import SyncState
from feeds.health import Verdict
from feeds.market import Market
from feeds.pipeline import Pipeline

SLEPT_NS = 5_000_000_000
"""Looks are a fraction of a second apart; when this much lies between, the machine has slept."""


@dataclass(slots=True)
class Chores:
    """What is due."""

    snapshots: list[str] = field(default_factory=list)
    """Markets whose book is not known and has to be fetched."""
    probes: list[str] = field(default_factory=list)
    """Markets that are silent: does the venue confirm their book?"""
    resubscribe: list[str] = field(default_factory=list)
    """Markets that are dead while others live, or whose book comes in the stream and is not
    known."""
    renew: str = ""
    """Why the whole connection is to be given up; empty when it is not."""


class Upkeep:
    """Looks after one pipeline."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._looked_ns: int | None = None

    def due(self, now_ns: int) -> Chores:
        """Look at every market, and set the state of those that have fallen silent."""
        chores = Chores()
        looked_ns, self._looked_ns = self._looked_ns, now_ns
        if looked_ns is not None and now_ns - looked_ns > SLEPT_NS:
            slept_s = (now_ns - looked_ns) // 10**9
            chores.renew = f"this machine was asleep for {slept_s} s"
            return chores
        if self._pipeline.closing:
            chores.renew = "the venue is closing this connection"
            return chores
        carried = [each for each in self._pipeline.markets.values() if each.opened_ns is not None]
        dead = [market for market in carried if self._is_dead(market, now_ns, chores)]
        if dead and len(dead) == len(carried):
            chores.renew = dead[0].health.text
        else:
            chores.resubscribe.extend(market.health.symbol for market in dead)
        return chores

    def _is_dead(self, market: Market, now_ns: int, chores: Chores) -> bool:
        verdict, changed = market.watchdog.check(now_ns)
        if changed:
            self._pipeline.telling.state(market, now_ns)
        if verdict is Verdict.PROBE:
            chores.probes.append(market.health.symbol)
        if verdict is not Verdict.RENEW and self._lacks_book(market):
            self._book_wanted(market, now_ns, chores)
        return verdict is Verdict.RENEW

    @staticmethod
    def _lacks_book(market: Market) -> bool:
        return not market.quoted and market.sync.state is SyncState.WAITING

    def _book_wanted(self, market: Market, now_ns: int, chores: Chores) -> None:
        symbol = market.health.symbol
        if market.sync.rule.streamed:
            if market.renewal.due(now_ns):
                chores.resubscribe.append(symbol)
            return
        assert market.opened_ns is not None
        quiet_ns = self._pipeline.venue.limits.quiet_snapshot_after_ns
        if market.sync.buffered or now_ns - market.opened_ns >= quiet_ns:
            chores.snapshots.append(symbol)

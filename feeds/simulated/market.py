"""The simulated venue: all pits on one clock, the same for ever for the same seed.

Every happening has its own time on one queue, and every random number is drawn when its happening
is due. So what `advance` yields does not depend on how often it is called.
"""

import heapq
from collections.abc import Mapping, Sequence

from engine.core.commands import Side
from feeds.messages import InstrumentTerms, Message
from feeds.simulated.draws import Draws
from feeds.simulated.latent import STEP_NS, Latent
from feeds.simulated.listing import LISTINGS, Listing
from feeds.simulated.pit import FRAME_NS, Pit
from feeds.simulated.scenario import scenario_named

_LATENT = -1
"""The latent prices step before anything else that is due at the same time."""


class SimulatedMarket:
    """A market that exists only here, as a venue would publish it.

    Attributes:
        now_ns: How far it has been advanced, Unix nanoseconds.
    """

    def __init__(
        self,
        seed: int,
        start_ns: int,
        scenario: str = "calm",
        *,
        listings: Sequence[Listing] = LISTINGS,
        opening_ticks: Mapping[str, int] | None = None,
    ) -> None:
        """Open the market.

        Args:
            seed: Not negative. Same seed, same market.
            start_ns: When trading begins, Unix nanoseconds.
            scenario: A key of `scenario.SCENARIOS`.
            listings: What is listed, in listing order.
            opening_ticks: Prices by symbol at which to open instead of the usual ones, so that a
                market can go on where an earlier one stopped.

        Raises:
            UnknownScenario: No scenario has that name.
        """
        self.now_ns = start_ns
        self._latent = Latent(scenario_named(scenario), Draws(seed, "latent"))
        self._pits = [self._pit(seed, listing, opening_ticks or {}) for listing in listings]
        self._pit_of = {pit.listing.instrument.symbol: pit for pit in self._pits}
        self._opened = False
        self._due: list[tuple[int, int]] = [(start_ns + STEP_NS, _LATENT)]
        for index, pit in enumerate(self._pits):
            phase_ns = FRAME_NS * (index + 1) // len(self._pits)
            self._due.append((start_ns + phase_ns, 2 * index))
            self._due.append((start_ns + pit.wait_ns(), 2 * index + 1))
        heapq.heapify(self._due)

    def terms(self) -> tuple[InstrumentTerms, ...]:
        """The metadata of every instrument, in listing order."""
        return tuple(
            InstrumentTerms(
                received_ns=self.now_ns,
                instrument=pit.listing.instrument,
                venue_symbol=pit.listing.instrument.symbol,
            )
            for pit in self._pits
        )

    def advance(self, to_ns: int) -> list[Message]:
        """Everything that is published up to and including `to_ns`, in order; nothing twice.

        The first call begins with the snapshot of every book.
        """
        out: list[Message] = []
        if not self._opened:
            self._opened = True
            out.extend(pit.open(self.now_ns) for pit in self._pits)
        due = self._due
        while due[0][0] <= to_ns:
            ts_ns, key = due[0]
            heapq.heapreplace(due, (ts_ns + self._happen(key, ts_ns, out), key))
        self.now_ns = max(self.now_ns, to_ns)
        return out

    def react(self, symbol: str, side: Side, lots: int) -> None:
        """Somebody outside took liquidity here: the fair price gives way as to any other taker.

        From then on the market is no longer the one that the seed alone would have made.
        """
        self._pit_of[symbol].push(1 if side is Side.BUY else -1, lots)

    def _pit(self, seed: int, listing: Listing, opening_ticks: Mapping[str, int]) -> Pit:
        symbol = listing.instrument.symbol
        opening = opening_ticks.get(symbol, listing.opening_ticks)
        return Pit(listing, opening, self._latent, Draws(seed, symbol))

    def _happen(self, key: int, ts_ns: int, out: list[Message]) -> int:
        """What is due happens; nanoseconds until it is due again."""
        if key == _LATENT:
            self._latent.step()
            return STEP_NS
        pit = self._pits[key >> 1]
        if key & 1:
            pit.arrive(ts_ns, out)
            return pit.wait_ns()
        pit.frame(ts_ns, out)
        return FRAME_NS

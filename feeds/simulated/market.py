"""The simulated venue: all pits on one clock, the same for ever for the same seed.

Every happening has its own time on one queue, and every random number is drawn when its happening
is due. So what `advance` yields does not depend on how often it is called.
"""

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from engine.core.commands import Side
from feeds.messages import BookSnapshot, Candle, InstrumentTerms
from feeds.simulated.arbitrage import Arbitrage
from feeds.simulated.draws import Draws
from feeds.simulated.fair import PREMIUM_MAX, FairPrice
from feeds.simulated.latent import STEP_NS, Latent
from feeds.simulated.listing import LISTINGS, Listing
from feeds.simulated.past import past_days
from feeds.simulated.perpetual import Perpetual
from feeds.simulated.pit import Pit
from feeds.simulated.publisher import CANDLE_NS, Published, Publisher
from feeds.simulated.scenario import scenario_named

_SECOND_NS = 1_000_000_000
_Happening = Callable[[int, list[Published]], int]
"""What happens at a time, with what it publishes; nanoseconds until it happens again."""


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
                market can go on where an earlier one stopped. A perpetual opens at most a hundredth
                from its spot.

        Raises:
            UnknownScenario: No scenario has that name.
        """
        self.now_ns = start_ns
        self._scenario = scenario
        self._latent = Latent(scenario_named(scenario), Draws(seed, "latent"))
        opening = {one.instrument.symbol: one.opening_ticks for one in LISTINGS + tuple(listings)}
        opening.update(opening_ticks or {})
        self._seed, self._start_ns, self._opening = seed, start_ns, opening
        self._pits = {
            listing.instrument.symbol: self._pit(seed, listing, opening) for listing in listings
        }
        self._perpetuals = [
            Perpetual(
                pit,
                self._pits.get(pit.listing.spot),
                self._latent,
                Draws(seed, f"{symbol} holders"),
                start_ns,
            )
            for symbol, pit in self._pits.items()
            if pit.listing.spot is not None
        ]
        self._arbitrages = [
            Arbitrage(self._pits[pit.listing.spot], pit)
            for pit in self._pits.values()
            if pit.listing.spot in self._pits
        ]
        self._opened = False
        self._happenings: list[_Happening] = [self._step]
        self._due: list[tuple[int, int]] = [(start_ns + STEP_NS, 0)]
        for index, pit in enumerate(self._pits.values()):
            phase_ns = pit.listing.frame_ns * (index + 1) // len(self._pits)
            self._plan(start_ns + phase_ns, pit.frame)
            self._plan(start_ns + pit.wait_ns(), pit.arrive)
        self._plan(start_ns - start_ns % _SECOND_NS + _SECOND_NS, self._second)
        heapq.heapify(self._due)

    @property
    def scenario(self) -> str:
        """The name of the scenario whose course runs."""
        return self._scenario

    @scenario.setter
    def scenario(self, name: str) -> None:
        """Another course begins now; UnknownScenario for a name that does not exist."""
        self._latent.begin(scenario_named(name))
        self._scenario = name

    def terms(self) -> tuple[InstrumentTerms, ...]:
        """The metadata of every instrument, in listing order."""
        return tuple(
            InstrumentTerms(
                received_ns=self.now_ns,
                instrument=pit.listing.instrument,
                venue_symbol=symbol,
            )
            for symbol, pit in self._pits.items()
        )

    def past(self) -> Iterator[Candle]:
        """The days before it opened, instrument by instrument, oldest first."""
        listings = [pit.listing for pit in self._pits.values()]
        return past_days(listings, self._opening, self._seed, self._start_ns)

    def advance(self, to_ns: int) -> list[Published]:
        """Everything that is published up to and including `to_ns`, in order; nothing twice.

        The first call begins with the snapshot of every book.
        """
        out: list[Published] = []
        if not self._opened:
            self._opened = True
            out.extend(pit.open(self.now_ns) for pit in self._pits.values())
        due, happenings = self._due, self._happenings
        while due[0][0] <= to_ns:
            ts_ns, key = due[0]
            heapq.heapreplace(due, (ts_ns + happenings[key](ts_ns, out), key))
        self.now_ns = max(self.now_ns, to_ns)
        return out

    def snapshot(self, symbol: str) -> BookSnapshot:
        """The book of one instrument as it is on display, for somebody who begins to watch."""
        return self._pits[symbol].snapshot(self.now_ns)

    def react(self, symbol: str, side: Side, lots: int) -> None:
        """Somebody outside took liquidity here: the market gives way as to any other taker.

        From then on the market is no longer the one that the seed alone would have made.
        """
        sign = _sign(side)
        self._pits[symbol].taken(sign, lots, sign)

    def rest(self, symbol: str, side: Side, price_ticks: int, lots: int) -> None:
        """Somebody outside shows so much at a price from now on; 0 lots: nothing any more.

        Makers and takers see it as they see any quote. It is not published: what is mirrored is the
        venue's depth, and this is the trader's own.
        """
        self._pits[symbol].rest(_sign(side), price_ticks, lots)

    def _pit(self, seed: int, listing: Listing, opening: Mapping[str, int]) -> Pit:
        symbol = listing.instrument.symbol
        draws = Draws(seed, symbol)
        anchor, premium = float(opening[symbol]), 0.0
        if listing.spot is not None:
            anchor = float(opening[listing.spot])
            premium = math.log(opening[symbol] / anchor)
            premium = min(PREMIUM_MAX, max(-PREMIUM_MAX, premium))
        fair = FairPrice(listing, anchor, premium, self._latent, draws)
        return Pit(listing, fair, self._latent, Publisher(listing), draws)

    def _plan(self, due_ns: int, happening: _Happening) -> None:
        self._due.append((due_ns, len(self._happenings)))
        self._happenings.append(happening)

    def _step(self, ts_ns: int, out: list[Published]) -> int:
        self._latent.step()
        for perpetual in self._perpetuals:
            perpetual.step(ts_ns, out)
        for arbitrage in self._arbitrages:
            arbitrage.step(ts_ns, out)
        return STEP_NS

    def _second(self, ts_ns: int, out: list[Published]) -> int:
        for perpetual in self._perpetuals:
            perpetual.second(ts_ns, out)
        if ts_ns % CANDLE_NS == 0:
            for pit in self._pits.values():
                pit.publisher.close_candle(ts_ns, out)
        return _SECOND_NS


def _sign(side: Side) -> int:
    return 1 if side is Side.BUY else -1

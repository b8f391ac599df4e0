"""What a reader of the published messages sees of one market, second by second.

Nothing here looks into the model: books are rebuilt from snapshots and deltas, as any client would.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.core.commands import MirrorDepth, MirrorTrade, Side
from feeds.bridge import Bridge
from feeds.messages import FundingRate, Message
from feeds.simulated.market import SimulatedMarket

NEAR_TICKS = 5
"""Levels from the touch on that count as near depth."""
SHAPE_TICKS = 41
"""Distances from the touch of which the mean depth is kept."""
_SECOND_NS = 1_000_000_000


@dataclass(slots=True)
class Observation:
    """One instrument; lists have one entry a second unless they say otherwise."""

    symbol: str
    mids: list[float] = field(default_factory=list)
    """In ticks."""
    spreads: list[int] = field(default_factory=list)
    """In ticks."""
    touch_lots: list[int] = field(default_factory=list)
    """At the best bid."""
    bid_lots: list[int] = field(default_factory=list)
    """Within `NEAR_TICKS` of the best bid."""
    ask_lots: list[int] = field(default_factory=list)
    volumes: list[int] = field(default_factory=list)
    """Lots traded within the second."""
    signs: list[int] = field(default_factory=list)
    """One entry an order: +1 where it bought. Prints of one moment and side are one order's."""
    funding_rate: str | None = None
    """The last that was stated; None for what is no perpetual."""
    shape: list[float] = field(default_factory=lambda: [0.0] * SHAPE_TICKS)
    """Lots shown at each distance from the best bid, summed over the seconds."""


class _Reader:
    """The book of one instrument as its messages tell it."""

    def __init__(self, bridge: Bridge) -> None:
        self.observation = Observation(bridge.symbol)
        self._bridge = bridge
        self._bids: dict[int, int] = {}
        self._asks: dict[int, int] = {}
        self._volume = 0
        self._last_order: tuple[int, Side] | None = None

    def take(self, message: Message) -> None:
        if isinstance(message, FundingRate):
            self.observation.funding_rate = message.rate
        for command in self._bridge.commands(message):
            if isinstance(command, MirrorDepth):
                if command.snapshot:
                    self._bids, self._asks = {}, {}
                _set(self._bids, command.bids)
                _set(self._asks, command.asks)
            elif isinstance(command, MirrorTrade):
                self._volume += command.lots
                order = (message.received_ns, command.side)
                if order != self._last_order:
                    self._last_order = order
                    self.observation.signs.append(1 if command.side is Side.BUY else -1)

    def second(self) -> None:
        seen, bids, asks = self.observation, self._bids, self._asks
        bid, ask = max(bids), min(asks)
        seen.mids.append((bid + ask) / 2.0)
        seen.spreads.append(ask - bid)
        seen.touch_lots.append(bids[bid])
        seen.bid_lots.append(sum(bids.get(bid - n, 0) for n in range(NEAR_TICKS)))
        seen.ask_lots.append(sum(asks.get(ask + n, 0) for n in range(NEAR_TICKS)))
        for distance in range(SHAPE_TICKS):
            seen.shape[distance] += bids.get(bid - distance, 0)
        seen.volumes.append(self._volume)
        self._volume = 0


def observe(
    market: SimulatedMarket, seconds: int, symbols: Iterable[str] | None = None
) -> Mapping[str, Observation]:
    """Let a market that was not advanced yet trade for so long, and note what it publishes.

    Args:
        symbols: What to note; None for everything that is listed.
    """
    wanted = None if symbols is None else set(symbols)
    readers = {
        terms.instrument.symbol: _Reader(Bridge(terms.instrument))
        for terms in market.terms()
        if wanted is None or terms.instrument.symbol in wanted
    }
    start_ns = market.now_ns
    for second in range(seconds + 1):
        for message in market.advance(start_ns + second * _SECOND_NS):
            reader = readers.get(getattr(message, "symbol", ""))
            if reader is not None:
                reader.take(message)
        if second:
            for reader in readers.values():
                reader.second()
    return {symbol: reader.observation for symbol, reader in readers.items()}


def _set(levels: dict[int, int], changes: tuple[tuple[int, int], ...]) -> None:
    for price_ticks, lots in changes:
        if lots:
            levels[price_ticks] = lots
        else:
            levels.pop(price_ticks, None)

"""Normalised messages to the commands that mirror a venue in the exchange.

Venue text becomes ticks and lots here, once: prices exactly, sizes floored to whole lots, since a
mirror may show less than the venue does but never more. Both are counted as whole multiples of
exact integers, which is what `engine.core.units` would find, several times faster. A price that
is no multiple of the tick cannot be shown; the level is left out and counted.

A mark or index price is told when it changes, and now and then though it has not, since the
exchange takes a price that nobody repeats for one that is too old.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from engine.core.commands import (
    Command,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorQuote,
    MirrorTrade,
    SetIndexSource,
    SetPrice,
    TriggerSource,
)
from engine.core.instruments import Instrument
from engine.core.units import Scale, UnitError, decimals_of
from feeds.exact_text import NUMBERS, REMEMBERED_MAX, exact
from feeds.messages import (
    BookDelta,
    BookLost,
    BookSnapshot,
    IndexPrice,
    InstrumentTerms,
    Levels,
    MarkPrice,
    Message,
    Quote,
    Trade,
)
from feeds.reading_together import multiples

SIZES_KEPT = 8_192
SHARE_NEW = 4
"""From one new size in so many on, all that are new are read together."""


@dataclass(slots=True)
class BridgeCounts:
    """What could not be shown exactly."""

    prices_off_tick: int = 0
    """Levels and trades left out, since their price is no multiple of the tick."""
    sizes_floored: int = 0
    """Sizes that are no multiple of the lot, shown as the whole lots within."""
    dust_trades: int = 0
    """Trades of less than one lot, left out."""


class _Ticks(dict[str, int]):
    """Price text to ticks, remembered; UnitError for a price between two ticks."""

    def __init__(self, tick_size: Decimal) -> None:
        self._step = NUMBERS[f"{tick_size:f}"]

    def __missing__(self, text: str) -> int:
        ticks, rest = divmod(NUMBERS[text], self._step)
        if rest:
            raise UnitError(f"{text} is no multiple of the tick")
        if len(self) >= REMEMBERED_MAX:
            self.clear()
        self[text] = ticks
        return ticks


class _Lots(dict[str, int]):
    """Size text to whole lots, floored; a floored size is counted each time, not remembered."""

    def __init__(self, lot_size: Decimal, counts: BridgeCounts) -> None:
        self._step = NUMBERS[f"{lot_size:f}"]
        places = decimals_of(lot_size)
        self._places = places if lot_size * 10**places == 1 else None
        self._counts = counts

    def of(self, levels: Levels) -> dict[str, int]:
        """The lots of these sizes at least. Where many are new they are read together; what is
        remembered is little, since sizes come again soon or not at all."""
        new = [size for _, size in levels if size not in self]
        if self._places is not None and len(new) * SHARE_NEW > len(levels):
            lots = multiples(new, self._places)
            if lots is not None:
                if len(self) + len(lots) > SIZES_KEPT:
                    self.clear()
                self.update(zip(new, lots, strict=True))
        return self

    def __missing__(self, text: str) -> int:
        lots, rest = divmod(exact(text), self._step)
        if rest:
            self._counts.sizes_floored += 1
            return lots
        if len(self) >= SIZES_KEPT:
            self.clear()
        self[text] = lots
        return lots


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed of a market whose venue publishes quotes and no depth.

    Taking `size` costs on average `base + size / liquidity x impact` more than the touch.
    """

    liquidity: str
    """Size available on each side, as exact text in units of the base."""
    base_ppm: int
    impact_ppm: int


@dataclass(frozen=True, slots=True)
class Repeating:
    """When a mark or index price that has not changed is told again."""

    after_ns: int
    """This long after it was told last, once the venue states it again."""
    now_ns: Callable[[], int]
    """The time by which the exchange counts the age of a price."""


class Bridge:
    """Turns one instrument's messages into commands.

    Args:
        assumed: From which depth is made of quotes; None where the venue publishes depth.
        repeating: None to tell a mark or index price only when it changes.

    Attributes:
        index_source: As which of its sources the exchange takes the venue's index; empty: as the
            index itself.

    Raises:
        UnitError: The instrument's terms cannot be counted in whole quanta.
    """

    def __init__(
        self,
        instrument: Instrument,
        assumed: Assumed | None = None,
        repeating: Repeating | None = None,
    ) -> None:
        self.symbol = instrument.symbol
        self.counts = BridgeCounts()
        scale = Scale(instrument)
        self._ticks = _Ticks(scale.tick_size)
        self._lots = _Lots(scale.lot_size, self.counts)
        self._half_tick = NUMBERS[f"{scale.tick_size:f}"] // 2
        self._tick = NUMBERS[f"{scale.tick_size:f}"]
        self._assumed = assumed
        self._repeating = repeating
        self.index_source = ""
        self._told: dict[tuple[TriggerSource, str], tuple[int, int]] = {}

    def commands(self, message: Message) -> tuple[Command, ...]:
        """What the exchange should be told; nothing for messages that do not change its book."""
        kind = type(message)
        if kind is BookDelta or kind is BookSnapshot:
            return (self._depth(message, kind is BookSnapshot),)  # type: ignore[arg-type]
        if isinstance(message, Trade):
            return self._trade(message)
        if isinstance(message, BookLost):
            return (MirrorDown(symbol=self.symbol),)
        if isinstance(message, MarkPrice):
            return self._price(TriggerSource.MARK, message.price)
        if isinstance(message, IndexPrice):
            return self._price(TriggerSource.INDEX, message.price)
        if isinstance(message, Quote) and self._assumed is not None:
            return self._quote(message, self._assumed)
        if isinstance(message, InstrumentTerms):
            return (ListInstrument(instrument=message.instrument),)
        return ()

    def _price(self, source: TriggerSource, text: str) -> tuple[Command, ...]:
        """A price that nobody trades at, to the nearest tick (half up)."""
        price_ticks = (NUMBERS[text] + self._half_tick) // self._tick
        name = self.index_source if source is TriggerSource.INDEX else ""
        if price_ticks <= 0 or not self._is_due((source, name), price_ticks):
            return ()
        if name:
            return (SetIndexSource(symbol=self.symbol, source=name, price_ticks=price_ticks),)
        return (SetPrice(symbol=self.symbol, source=source, price_ticks=price_ticks),)

    def _is_due(self, what: tuple[TriggerSource, str], price_ticks: int) -> bool:
        """Whether a price has changed, or was told so long ago that it must be told again."""
        told_ticks, told_ns = self._told.get(what, (0, 0))
        repeating = self._repeating
        now_ns = 0 if repeating is None else repeating.now_ns()
        if told_ticks == price_ticks and (
            repeating is None or now_ns - told_ns < repeating.after_ns
        ):
            return False
        self._told[what] = price_ticks, now_ns
        return True

    def _quote(self, quote: Quote, assumed: Assumed) -> tuple[Command, ...]:
        """A quote of both sides, the bid rounded down, the ask up; else the market is gone."""
        bid_ticks = NUMBERS[quote.bid] // self._tick
        ask_ticks = -(-NUMBERS[quote.ask] // self._tick)
        if not 0 < bid_ticks < ask_ticks:
            return (MirrorDown(symbol=self.symbol),)
        return (
            MirrorQuote(
                symbol=self.symbol,
                bid_ticks=bid_ticks,
                bid_lots=self._lots[quote.bid_size],
                ask_ticks=ask_ticks,
                ask_lots=self._lots[quote.ask_size],
                liquidity_lots=max(1, self._lots[assumed.liquidity]),
                base_ppm=assumed.base_ppm,
                impact_ppm=assumed.impact_ppm,
            ),
        )

    def _depth(self, book: BookDelta | BookSnapshot, snapshot: bool) -> MirrorDepth:
        lots = self._lots.of(book.bids + book.asks)
        return MirrorDepth(
            symbol=self.symbol,
            bids=self._levels(book.bids, lots),
            asks=self._levels(book.asks, lots),
            snapshot=snapshot,
            venue_ns=book.venue_ns or None,
        )

    def _levels(self, levels: Levels, lots: dict[str, int]) -> tuple[tuple[int, int], ...]:
        ticks = self._ticks
        try:
            return tuple([(ticks[price], lots[size]) for price, size in levels])
        except UnitError:
            return tuple(self._levels_on_tick(levels))

    def _levels_on_tick(self, levels: Levels) -> list[tuple[int, int]]:
        shown = []
        for price, size in levels:
            try:
                shown.append((self._ticks[price], self._lots[size]))
            except UnitError:
                self.counts.prices_off_tick += 1
        return shown

    def _trade(self, trade: Trade) -> tuple[Command, ...]:
        if trade.history:
            return ()
        try:
            price_ticks = self._ticks[trade.price]
        except UnitError:
            self.counts.prices_off_tick += 1
            return ()
        lots = self._lots[trade.size]
        if lots == 0:
            self.counts.dust_trades += 1
            return ()
        return (
            MirrorTrade(
                symbol=self.symbol,
                side=trade.side,
                price_ticks=price_ticks,
                lots=lots,
                venue_ns=trade.venue_ns or None,
            ),
        )


class BridgeSet:
    """A bridge for each instrument whose terms have passed through it."""

    def __init__(self) -> None:
        self.bridges: dict[str, Bridge] = {}

    def commands(self, message: Message) -> tuple[Command, ...]:
        """As `Bridge.commands`; an instrument without terms has no commands.

        Raises:
            UnitError: Terms that cannot be counted in whole quanta; the instrument stays unknown.
        """
        if isinstance(message, InstrumentTerms):
            instrument = message.instrument
            bridge = self.bridges[instrument.symbol] = Bridge(instrument)
            return bridge.commands(message)
        symbol = getattr(message, "symbol", None)
        known = self.bridges.get(symbol) if symbol is not None else None
        return known.commands(message) if known is not None else ()

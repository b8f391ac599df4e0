"""Where an index is made of several venues: what spot markets elsewhere say of a derivative's base.

A venue's index is stated by the venue alone. Where the session carries spot markets of the same
pair on other venues, each becomes a source of the index beside it: the middle of what is displayed
there, with half the spread as its confidence. Only markets that are live count for one another; a
replay or the simulated market has a time, and prices, of its own.
"""

from collections.abc import Callable, Iterator

from engine.core.commands import Command, ConfigureOracle, SetIndexSource, Side
from engine.core.exchange import Exchange
from engine.core.instruments import SECOND_NS, AssetClass, Instrument
from engine.core.units import PPM, prorate_half_even
from feeds.exact_text import NUMBERS
from tui_exchange.margin_entry import oracle_of, repeat_after_ns
from tui_exchange.settings import Margin

ALL = "all"


class IndexEntry:
    """Tells the exchange how each market is priced, and what other venues say of it.

    Args:
        submit: Takes each command.
        live: Whether a symbol is a market of now.
        now_ns: The time by which commands are stamped.
    """

    def __init__(
        self,
        exchange: Exchange,
        settings: Margin,
        submit: Callable[[Command], object],
        live: Callable[[str], bool],
        now_ns: Callable[[], int],
    ) -> None:
        self._exchange = exchange
        self._settings = settings
        self._submit = submit
        self._live = live
        self._now_ns = now_ns
        self._listed: dict[str, None] = {}
        self._oracles: dict[str, ConfigureOracle] = {}
        self._told: dict[tuple[str, str], tuple[int, int]] = {}
        self._next_ns: dict[str, int] = {}

    def listed(self, symbol: str) -> None:
        """A market was listed: it is priced, and it may be a source of others.

        Raises:
            SequencerError: The log takes no command now.
        """
        self._listed[symbol] = None
        self._oracles.pop(symbol, None)
        self._next_ns.clear()
        for other in self._listed:
            self._configure(other)

    def own_source(self, symbol: str) -> str:
        """As which source a venue's own index counts; empty: it is the index."""
        oracle = self._oracles.get(symbol)
        return oracle.sources[0].name if oracle is not None and oracle.sources else ""

    def moved(self, spot: str) -> None:
        """What is displayed in a market changed: where it is a source, its price is stated.

        Raises:
            SequencerError: The log takes no command now.
        """
        next_ns = self._next_ns.get(spot)
        if next_ns is None or self._now_ns() < next_ns:
            return
        bid = self._exchange.displayed(spot, Side.BUY, 1)
        ask = self._exchange.displayed(spot, Side.SELL, 1)
        if not bid or not ask:
            return
        self._next_ns[spot] = self._now_ns() + self._settings.oracle_sample_s * SECOND_NS
        for symbol in self._made_of(spot):
            self._state(symbol, spot, bid[0][0], ask[0][0])

    def _configure(self, symbol: str) -> None:
        terms = self._exchange.instrument(symbol)
        if not terms.asset_class.owned and not terms.asset_class.tradable:
            return
        spots = tuple(self._spots(terms)) if self._settings.index == ALL else ()
        oracle = oracle_of(terms, self._settings, spots)
        if self._oracles.get(symbol) != oracle:
            self._submit(oracle)
            self._oracles[symbol] = oracle
        self._next_ns.update(dict.fromkeys(spots, 0))

    def _spots(self, derivative: Instrument) -> Iterator[str]:
        """The markets in which what a derivative refers to is traded itself."""
        if derivative.asset_class.owned or not self._live(derivative.symbol):
            return
        for symbol in self._listed:
            terms = self._exchange.instrument(symbol)
            same = (terms.base, terms.quote) == (derivative.base, derivative.quote)
            if same and terms.asset_class is AssetClass.SPOT and self._live(symbol):
                yield symbol

    def _made_of(self, spot: str) -> Iterator[str]:
        for symbol, oracle in self._oracles.items():
            if any(source.name == spot for source in oracle.sources):
                yield symbol

    def _state(self, symbol: str, spot: str, bid_ticks: int, ask_ticks: int) -> None:
        """State the middle of a market in ticks of the derivative, half even."""
        step, of_spot = self._step(symbol), self._step(spot)
        price_ticks = prorate_half_even((bid_ticks + ask_ticks) * of_spot, 1, 2 * step)
        told_ticks, told_ns = self._told.get((symbol, spot), (0, 0))
        now_ns = self._now_ns()
        known = price_ticks == told_ticks and now_ns - told_ns < repeat_after_ns(self._settings)
        if known or price_ticks <= 0:
            return
        spread_ppm = -(-(ask_ticks - bid_ticks) * PPM // (ask_ticks + bid_ticks))
        self._submit(
            SetIndexSource(
                symbol=symbol,
                source=spot,
                price_ticks=price_ticks,
                confidence_ppm=min(PPM, max(0, spread_ppm)),
            )
        )
        self._told[symbol, spot] = price_ticks, now_ns

    def _step(self, symbol: str) -> int:
        return NUMBERS[f"{self._exchange.scale(symbol).tick_size:f}"]

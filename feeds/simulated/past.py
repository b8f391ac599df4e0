"""The days before the market opened, as daily candles: what a venue tells whoever asks for history.

Made back from the opening prices, so that today goes on from yesterday. Daily log returns share the
factors of `latent` and its volatility over a day; the volatility itself remembers for some days and
differs between them, which makes clusters and heavy tails. The same seed has the same past however
often it is asked for.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from feeds.messages import Candle
from feeds.simulated.draws import Draws
from feeds.simulated.latent import SECTORS, UNDERLYINGS
from feeds.simulated.listing import Listing
from feeds.simulated.step_text import StepText

DAY_NS = 86_400_000_000_000
DAYS = 120
_ROOT_DAY = math.sqrt(86_400.0)
_WAVE_KEEP = 0.9
"""Of the log volatility of a day, in the one before."""
_WAVE_DEVIATION = 0.4
_RANGE = 0.45
"""How far a day usually went beyond its open and close, in its volatilities."""
_BUSY_POWER = 0.6
"""How trading grows with volatility, as in `latent`."""
_SIZE_MEAN = math.exp(1.2**2 / 2.0)
"""Mean over median of the sizes that takers send, which are lognormal."""


def past_days(
    listings: Sequence[Listing], opening_ticks: Mapping[str, int], seed: int, start_ns: int
) -> Iterator[Candle]:
    """The last `DAYS` whole UTC days before `start_ns`, instrument by instrument, oldest first.

    Args:
        opening_ticks: At which each trades at `start_ns`.
    """
    moves, waves = _moves(Draws(seed, "past"))
    today = start_ns // DAY_NS
    gone = math.sqrt(start_ns % DAY_NS / DAY_NS)
    for listing in listings:
        opened = float(opening_ticks[listing.instrument.symbol])
        path = moves[listing.underlying]
        closes = [opened * math.exp(-path[0] * gone)]
        for move in path[1:]:
            closes.append(closes[-1] * math.exp(-move))
        shapes = Draws(seed, f"{listing.instrument.symbol} past")
        writer = _Writer(listing, start_ns)
        for back in range(DAYS, 0, -1):
            bar = _bar(listing, closes[back], closes[back - 1], waves[back - 1], shapes)
            yield writer.candle(bar, waves[back - 1], (today - back) * DAY_NS)


_Bar = tuple[int, int, int, int]
"""Open, high, low and close in ticks."""


def _moves(draws: Draws) -> tuple[dict[str, list[float]], list[float]]:
    """Log returns by underlying and multiples of volatility, the latest day first."""
    moves: dict[str, list[float]] = {name: [] for name in UNDERLYINGS}
    waves: list[float] = []
    log_wave = 0.0
    kick = _WAVE_DEVIATION * math.sqrt(1.0 - _WAVE_KEEP**2)
    for _ in range(DAYS + 1):
        log_wave = log_wave * _WAVE_KEEP + kick * draws.normal()
        wave = math.exp(log_wave - _WAVE_DEVIATION**2 / 2.0)
        waves.append(wave)
        world = draws.normal()
        sectors = {sector: draws.normal() for sector in SECTORS}
        for name, one in UNDERLYINGS.items():
            shock = one.world_share * world + one.sector_share * sectors[one.sector]
            shock += one.own_share * draws.normal()
            moves[name].append(one.volatility * _ROOT_DAY * wave * shock)
    return moves, waves


def _bar(listing: Listing, opened: float, closed: float, wave: float, draws: Draws) -> _Bar:
    reach = _RANGE * UNDERLYINGS[listing.underlying].volatility * _ROOT_DAY * wave
    high = max(opened, closed) * math.exp(reach * abs(draws.normal()))
    low = min(opened, closed) * math.exp(-reach * abs(draws.normal()))
    return max(1, round(opened)), math.ceil(high), max(1, math.floor(low)), max(1, round(closed))


class _Writer:
    """Candles of one instrument, told at one moment."""

    def __init__(self, listing: Listing, told_ns: int) -> None:
        self._symbol = listing.instrument.symbol
        self._price = StepText(listing.instrument.tick_size)
        self._size = StepText(listing.instrument.lot_size)
        self._usual_lots = listing.trade_lots * _SIZE_MEAN * listing.trades_hz * 86_400.0
        self._told_ns = told_ns

    def candle(self, bar: _Bar, wave: float, open_ns: int) -> Candle:
        """A whole day; who trades comes as often as in `latent` where volatility is as it was."""
        price = self._price
        opened, high, low, closed = bar
        return Candle(
            received_ns=self._told_ns,
            symbol=self._symbol,
            interval_ns=DAY_NS,
            open_ns=open_ns,
            open=price[opened],
            high=price[high],
            low=price[low],
            close=price[closed],
            volume=self._size[round(self._usual_lots * wave**_BUSY_POWER)],
            closed=True,
        )

"""What makes a perpetual more than its book: index, mark, funding, who holds it, and who must sell.

The index is the mid price of its spot market here. The mark is the median of three prices: the
index with the funding that is still to be paid, the index with the mean premium of late, and the
last trade. (Binance Futures support pages, "Mark price and price index".)

Positions are held with borrowed money. When the price has moved far within a minute, some of them
are closed by force, with market orders in the direction of the move: this moves the price on and
brings more of them about, until those that stood close to the edge are gone. Open interest falls by
what is closed. (M. Brunnermeier, L. Pedersen, "Market liquidity and funding liquidity", 2009.)
"""

import math
from decimal import Decimal

from feeds.messages import FundingRate, IndexPrice, MarkPrice, OpenInterest
from feeds.simulated.draws import Draws
from feeds.simulated.funding import INTERVAL_NS, Funding
from feeds.simulated.latent import STEP_S, Latent
from feeds.simulated.pit import Pit
from feeds.simulated.publisher import Published

_PREMIUM_MEMORY_S = 150.0
_LEVEL_MEMORY_S = 60.0
_STRETCH = 0.003
"""A move against the level of late from which on positions are closed by force."""
_FORCED_SURPRISE = 0.5
_FUEL_PER_ORDER = 0.012
"""Share of the positions close to the edge that one forced order removes."""
_FUEL_MEMORY_S = 1800.0
_TREND_PREMIUM = 0.06
"""Premium that buyers on credit pay for a trend, as a share of the trend."""
_PREMIUM_LIMIT = 0.004
_IMPACT_LEVELS = 5
_RATE_DECIMALS = 8


class Perpetual:
    """One perpetual of the simulated venue."""

    def __init__(
        self, pit: Pit, spot: Pit | None, latent: Latent, draws: Draws, start_ns: int
    ) -> None:
        """`spot` is None where it is not listed: the index is the latent price then."""
        self._pit = pit
        self._spot = spot
        self._latent = latent
        self._draws = draws
        self._funding = Funding(start_ns)
        self._premium = 0.0
        self._level = math.log(self._index_ticks())
        self._fuel = 1.0
        self._held_lots = pit.listing.open_interest_lots
        self._traded_lots = 0

    def step(self, ts_ns: int, out: list[Published]) -> None:
        """A tenth of a second has passed: positions that cannot be held any more are closed."""
        stretch = math.log(self._pit.mid_ticks()) - self._level
        self._level += stretch * STEP_S / _LEVEL_MEMORY_S
        self._fuel += (1.0 - self._fuel) * STEP_S / _FUEL_MEMORY_S
        excess = abs(stretch) / _STRETCH - 1.0
        if excess <= 0.0:
            return
        leverage = self._latent.weather.leverage
        if self._draws.uniform() < min(0.9, 0.25 * leverage * self._fuel * excess):
            self._force(ts_ns, 1 if stretch > 0.0 else -1, out)

    def second(self, ts_ns: int, out: list[Published]) -> None:
        """A second has passed: the venue states what it states of its derivatives."""
        index = self._index_ticks()
        pit = self._pit
        bid, ask = _impact_rank(pit, -1), -_impact_rank(pit, 1)
        self._funding.sample(ts_ns, bid, ask, index)
        mid = pit.mid_ticks()
        self._premium += (mid - index - self._premium) / _PREMIUM_MEMORY_S
        trend = math.log(index) - self._level
        wanted = pit.listing.basis + self._latent.weather.premium + _TREND_PREMIUM * trend
        pit.fair.wanted_premium = min(_PREMIUM_LIMIT, max(-_PREMIUM_LIMIT, wanted))
        self._turn_over()
        out.extend(self._statements(ts_ns, index))

    def _index_ticks(self) -> float:
        return self._spot.mid_ticks() if self._spot else self._pit.fair.underlying_ticks()

    def _mark_ticks(self, ts_ns: int, index: float) -> float:
        left = (self._funding.next_ns - ts_ns) / INTERVAL_NS
        by_funding = index * (1.0 + self._funding.rate * left)
        last = self._pit.publisher.last_ticks or self._pit.mid_ticks()
        return sorted((by_funding, index + self._premium, float(last)))[1]

    def _force(self, ts_ns: int, sign: int, out: list[Published]) -> None:
        lots = int(self._pit.listing.trade_lots * (2.0 + 6.0 * self._draws.exponential()))
        traded = self._pit.trade(ts_ns, sign, lots, sign * _FORCED_SURPRISE, out)
        self._held_lots = max(0, self._held_lots - traded)
        self._fuel *= 1.0 - _FUEL_PER_ORDER

    def _turn_over(self) -> None:
        """Some of what traded since the last second opened positions, some closed them."""
        traded = self._pit.publisher.traded_lots - self._traded_lots
        self._traded_lots = self._pit.publisher.traded_lots
        gap = 1.0 - self._held_lots / max(1, self._pit.listing.open_interest_lots)
        share = 0.25 * self._draws.normal() + min(0.3, max(-0.3, gap))
        self._held_lots = max(0, self._held_lots + int(traded * min(1.0, max(-1.0, share))))

    def _statements(self, ts_ns: int, index: float) -> tuple[Published, ...]:
        publisher = self._pit.publisher
        symbol = publisher.symbol
        mark = publisher.price[round(self._mark_ticks(ts_ns, index))]
        rate = Decimal(round(self._funding.rate * 10**_RATE_DECIMALS)).scaleb(-_RATE_DECIMALS)
        at_ns = ts_ns
        return (
            IndexPrice(
                received_ns=at_ns,
                venue_ns=at_ns,
                symbol=symbol,
                price=publisher.price[round(index)],
            ),
            MarkPrice(received_ns=at_ns, venue_ns=at_ns, symbol=symbol, price=mark),
            FundingRate(
                received_ns=at_ns,
                venue_ns=at_ns,
                symbol=symbol,
                rate=f"{rate:f}",
                next_ns=self._funding.next_ns,
                interval_ns=INTERVAL_NS,
            ),
            OpenInterest(
                received_ns=at_ns,
                venue_ns=at_ns,
                symbol=symbol,
                size=publisher.size[self._held_lots],
            ),
        )


def _impact_rank(pit: Pit, sign: int) -> float:
    """Rank at which a usual order that buys (+1) or sells (-1) would trade on average."""
    side = pit.asks if sign > 0 else pit.bids
    left = 4 * pit.listing.trade_lots
    wanted = left
    cost = 0.0
    rank: int | None = side.best
    for _ in range(_IMPACT_LEVELS):
        if rank is None:
            break
        lots = min(left, side.lots[rank])
        cost += lots * rank
        left -= lots
        rank = side.next_below(rank)
    return cost / (wanted - left) if wanted > left else float(side.best)

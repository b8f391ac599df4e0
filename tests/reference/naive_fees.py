"""Fees from first principles: every fill is remembered, every question adds them up again."""

from dataclasses import dataclass, field

from engine.core.events import Liquidity
from engine.core.instruments import FeeSchedule, FeeTier, Instrument

DAY_NS = 86_400 * 10**9
WINDOW_DAYS = 30
PPM = 1_000_000


@dataclass
class Volume:
    account: str
    kind: tuple[str, str]
    """Asset class and quote currency, whose instruments share their tiers' volume."""
    day: int
    quanta: int


@dataclass
class Span:
    """A time during which an account quoted both sides of an instrument, or did not."""

    account: str
    symbol: str
    from_ns: int
    until_ns: int


@dataclass
class NaiveFees:
    schedules: dict[str, FeeSchedule] = field(default_factory=dict)
    volumes: list[Volume] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    first_quoted: dict[tuple[str, str], int] = field(default_factory=dict)
    last_tier: dict[tuple[str, str], int] = field(default_factory=dict)

    def tiers(self, terms: Instrument) -> tuple[FeeTier, ...]:
        stated = self.schedules.get(terms.symbol)
        if stated is not None:
            return stated.tiers
        flat = FeeTier(from_quanta=0, maker_ppm=terms.maker_fee_ppm, taker_ppm=terms.taker_fee_ppm)
        return (flat,)

    def insurance_ppm(self, symbol: str) -> int:
        stated = self.schedules.get(symbol)
        return 0 if stated is None else stated.insurance_share_ppm

    def worst_ppm(self, terms: Instrument) -> int:
        rates = [rate for tier in self.tiers(terms) for rate in (tier.maker_ppm, tier.taker_ppm)]
        return max(0, *rates)

    def volume(self, account: str, terms: Instrument, now_ns: int) -> int:
        today = now_ns // DAY_NS
        return sum(
            part.quanta
            for part in self.volumes
            if (part.account, part.kind) == (account, kind_of(terms))
            and today - WINDOW_DAYS < part.day <= today
        )

    def tier(self, account: str, terms: Instrument, now_ns: int) -> int:
        volume = self.volume(account, terms, now_ns)
        reached = [i for i, t in enumerate(self.tiers(terms)) if t.from_quanta <= volume]
        return max(reached)

    def uptime_ppm(self, account: str, symbol: str, now_ns: int) -> int | None:
        """Of the last thirty days' time since the first quote; None: never quoted both sides.

        At the very instant of the first quote all of no time was quoted.
        """
        first_ns = self.first_quoted.get((account, symbol))
        if first_ns is None:
            return None
        start_ns = max(first_ns, (now_ns // DAY_NS - WINDOW_DAYS + 1) * DAY_NS)
        quoted = sum(
            max(0, min(span.until_ns, now_ns) - max(span.from_ns, start_ns))
            for span in self.spans
            if (span.account, span.symbol) == (account, symbol)
        )
        return quoted * PPM // (now_ns - start_ns) if now_ns > start_ns else PPM

    def rate_ppm(self, account: str, terms: Instrument, liquidity: Liquidity, now_ns: int) -> int:
        tier = self.tiers(terms)[self.tier(account, terms, now_ns)]
        if liquidity is Liquidity.TAKER:
            return tier.taker_ppm
        if tier.maker_ppm < 0 and tier.uptime_ppm > 0:
            uptime = self.uptime_ppm(account, terms.symbol, now_ns) or 0
            return tier.maker_ppm if uptime >= tier.uptime_ppm else 0
        return tier.maker_ppm

    def add(self, account: str, terms: Instrument, quanta: int, now_ns: int) -> None:
        self.volumes.append(Volume(account, kind_of(terms), now_ns // DAY_NS, quanta))

    def configure(self, symbol: str, schedule: FeeSchedule) -> None:
        self.schedules[symbol] = schedule
        for key in [key for key in self.last_tier if key[1] == symbol]:
            del self.last_tier[key]


def kind_of(terms: Instrument) -> tuple[str, str]:
    return terms.asset_class.value, terms.quote

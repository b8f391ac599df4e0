"""Where an account stands in an instrument's fee schedule, and what its fills cost there."""

from bisect import bisect_right

import msgspec

from engine.core.events import MAKER, TAKER, Liquidity
from engine.core.fees.schedule import Tariff
from engine.core.fees.trailing import TrailingSum
from engine.core.fees.uptime import Quoting
from engine.core.units import PPM, share_toward_zero


class FeeStanding(msgspec.Struct, frozen=True, kw_only=True):
    """What an account pays in an instrument now, and how far it is from paying less."""

    schedule: str
    """The schedule's name."""
    read_on: str
    """The date on which a venue's published schedule was read; empty: our own."""
    tier: int
    """Counted from 0."""
    tiers: int
    """How many there are."""
    maker_ppm: int
    """What making costs it now: 0 where the tier's rebate needs more uptime than it has."""
    maker_tier_ppm: int
    """What the tier says, whatever its uptime."""
    taker_ppm: int
    volume_quanta: int
    """Trailing 30-day notional in the quote currency, over the instruments of one asset class."""
    next_from_quanta: int | None
    """The volume at which the next tier starts; None in the last."""
    to_next_quanta: int | None
    """What is still to trade until then; always positive."""
    uptime_ppm: int | None
    """For how much of the time it quoted both sides; None if it never did."""
    uptime_needed_ppm: int
    """What the tier asks for before it pays its rebate; 0: nothing."""


class FeeBook:
    """What one account's fills in one instrument are charged by.

    Attributes:
        volume: Its trailing volume, shared by all its books of one asset class and quote currency.
        quoting: Its presence in the instrument's book.
        tier: The tier of its next fill, as far as its last one told; None before that.
    """

    __slots__ = ("quoting", "tier", "volume")

    def __init__(self, volume: TrailingSum) -> None:
        self.volume = volume
        self.quoting = Quoting()
        self.tier: int | None = None

    def charge(
        self,
        tariff: Tariff,
        now_ns: int,
        liquidity: Liquidity,
        value_quanta: int,
        notional_quanta: int | None = None,
    ) -> tuple[int, bool]:
        """The fee of a fill in quanta, at the tier of the volume before it; negative is a rebate.

        The fill counts toward the volume, and `tier` becomes what the next one is charged by.

        Args:
            notional_quanta: In the quote currency, as volumes are; None: it is the value.

        Returns:
            (fee, whether `tier` is another one than the last fill left; a first fill compares with
            the tier that it was charged by itself).
        """
        added = value_quanta if notional_quanta is None else notional_quanta
        volume_quanta = self.volume.add(now_ns, added)
        if tariff.flat:
            self.tier = 0
            rate_ppm = tariff.maker_ppm[0] if liquidity is MAKER else tariff.taker_ppm[0]
            if rate_ppm >= 0:
                return value_quanta * rate_ppm // PPM, False
        charged = bisect_right(tariff.from_quanta, volume_quanta - added) - 1
        before = charged if self.tier is None else self.tier
        self.tier = bisect_right(tariff.from_quanta, volume_quanta) - 1
        if liquidity is not MAKER:
            rate_ppm = tariff.taker_ppm[charged]
        else:
            rate_ppm = tariff.maker_ppm[charged]
            if rate_ppm < 0:
                rate_ppm = tariff.rate_ppm(charged, MAKER, self.quoting.uptime_ppm(now_ns))
        fee = fee_quanta(rate_ppm, value_quanta)
        return fee, self.tier != before

    def standing(self, tariff: Tariff, now_ns: int) -> FeeStanding:
        """Where the account stands at a time not before its last fill; changes nothing."""
        volume_quanta = self.volume.at(now_ns)
        tier = tariff.tier_at(volume_quanta)
        uptime_ppm = self.quoting.uptime_ppm(now_ns)
        next_from = tariff.from_quanta[tier + 1] if tier + 1 < len(tariff.from_quanta) else None
        return FeeStanding(
            schedule=tariff.schedule.name,
            read_on=tariff.schedule.read_on,
            tier=tier,
            tiers=len(tariff.from_quanta),
            maker_ppm=tariff.rate_ppm(tier, MAKER, uptime_ppm),
            maker_tier_ppm=tariff.maker_ppm[tier],
            taker_ppm=tariff.rate_ppm(tier, TAKER, uptime_ppm),
            volume_quanta=volume_quanta,
            next_from_quanta=next_from,
            to_next_quanta=None if next_from is None else next_from - volume_quanta,
            uptime_ppm=uptime_ppm,
            uptime_needed_ppm=tariff.schedule.tiers[tier].uptime_ppm,
        )


class Waived(FeeBook):
    """Charges nothing: for what the exchange itself trades for an account."""

    __slots__ = ()

    def charge(
        self,
        tariff: Tariff,
        now_ns: int,
        liquidity: Liquidity,
        value_quanta: int,
        notional_quanta: int | None = None,
    ) -> tuple[int, bool]:
        """No fee, and no volume."""
        del tariff, now_ns, liquidity, value_quanta, notional_quanta
        return 0, False


def fee_quanta(rate_ppm: int, value_quanta: int) -> int:
    """The fee of a fill worth `value_quanta`, without its fraction of a quantum.

    In the settlement currency; negative is a rebate.
    """
    if rate_ppm >= 0:
        return value_quanta * rate_ppm // PPM
    return share_toward_zero(value_quanta, rate_ppm)

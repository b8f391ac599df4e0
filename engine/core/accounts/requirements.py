"""What margin a position needs: initially by its leverage, and to stay open by its tiers.

Maintenance is marginal: every part of a notional pays the rate of the tier that it lies in. Within
a tier that is one rate on the whole, less the deduction of the tier, as exchanges print it:
`notional x rate - deduction`.
"""

from bisect import bisect_right
from itertools import pairwise

from engine.core.accounts.account import Account
from engine.core.accounts.position import Position
from engine.core.instruments import Instrument, MarginTier
from engine.core.margin_terms import BY_CLASS
from engine.core.units import PPM, Scale, share_toward_zero


class Tiers:
    """The margin tiers of one instrument, ready to be asked.

    Attributes:
        leverage_max: Of the first tier, hence of all.
        single_ppm: The maintenance rate where there is one tier only; None where there are more.
    """

    __slots__ = ("_below", "_bounds", "_deductions", "_tiers", "leverage_max", "single_ppm")

    def __init__(self, instrument: Instrument) -> None:
        self._tiers = instrument.margin_tiers or BY_CLASS[instrument.asset_class]
        self._bounds = [each.below_quanta for each in self._tiers if each.below_quanta is not None]
        self._deductions = _deductions(self._tiers)
        self._below: dict[int, int | None] = {}
        self.leverage_max = self._tiers[0].leverage_max
        self.single_ppm = self._tiers[0].maintenance_ppm if len(self._tiers) == 1 else None

    def maintenance_quanta(self, notional_quanta: int) -> int:
        """What keeps a notional open, in its own currency."""
        at = bisect_right(self._bounds, notional_quanta)
        rate = self._tiers[at].maintenance_ppm
        return notional_quanta * rate // PPM - self._deductions[at]

    def leverage_at(self, notional_quanta: int) -> int:
        """The highest leverage that a position of this notional may have."""
        return self._tiers[bisect_right(self._bounds, notional_quanta)].leverage_max

    def notional_below(self, leverage: int) -> int | None:
        """Positions must be smaller than this to have such a leverage; None: any size may."""
        if leverage not in self._below:
            self._below[leverage] = self._notional_below(leverage)
        return self._below[leverage]

    def segments(self) -> list[tuple[int, int | None, int, int]]:
        """(from, below, maintenance_ppm, deduction) of each tier, in quanta of quote currency."""
        starts = [0, *self._bounds]
        return [
            (start, each.below_quanta, each.maintenance_ppm, deduction)
            for start, each, deduction in zip(starts, self._tiers, self._deductions, strict=True)
        ]

    def _notional_below(self, leverage: int) -> int | None:
        found: int | None = 0
        for each in self._tiers:
            if each.leverage_max < leverage:
                return found
            found = each.below_quanta
        return found


def _deductions(tiers: tuple[MarginTier, ...]) -> list[int]:
    """What each tier's rate overcharges the parts of a notional that lie in lower tiers."""
    deductions = [0]
    for lower, upper in pairwise(tiers):
        assert lower.below_quanta is not None, "only the last tier has no bound"
        step = lower.below_quanta * (upper.maintenance_ppm - lower.maintenance_ppm)
        deductions.append(deductions[-1] + step // PPM)
    return deductions


def maintenance(tiers: Tiers, scale: Scale, lots: int, worth_quanta: int) -> int:
    """What a position of so many lots, worth this much, needs to stay open.

    Args:
        worth_quanta: Without sign, in the settlement currency.
    """
    if tiers.single_ppm is not None:
        return worth_quanta * tiers.single_ppm // PPM
    if not scale.inverse:
        return tiers.maintenance_quanta(worth_quanta)
    face = abs(lots) * scale.base_quanta_per_lot
    return worth_quanta * tiers.maintenance_quanta(face) // face if face else 0


def leverage_of(
    account: Account, position: Position | None, instrument: Instrument, tiers: Tiers
) -> int | None:
    """The leverage chosen for an instrument, or for its class; None when neither was."""
    if position is not None and position.leverage is not None:
        return position.leverage
    if not account.profile.leverages:
        return None
    chosen = account.profile.leverages.get(instrument.asset_class)
    return None if chosen is None else min(chosen, tiers.leverage_max)


def initial(
    account: Account,
    position: Position | None,
    instrument: Instrument,
    tiers: Tiers,
    value_quanta: int,
) -> int:
    """What opening a value holds: the value by the leverage, without its fraction of a quantum."""
    leverage = leverage_of(account, position, instrument, tiers)
    if leverage is None:
        return share_toward_zero(value_quanta, instrument.initial_margin_ppm)
    return value_quanta // leverage

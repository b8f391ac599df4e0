"""Money, holds and positions by adding everything up again for every question."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from engine.core.commands import Side
from engine.core.instruments import Instrument
from engine.core.units import Scale

OUTSIDE = "exchange:outside"
FEES = "exchange:fees"
INSURANCE = "exchange:insurance"


@dataclass
class Transfer:
    payer: str
    payee: str
    currency: str
    quanta: int


@dataclass
class NaivePosition:
    lots: int = 0
    cost: int = 0
    realised: int = 0
    fees: int = 0


@dataclass
class Fill:
    account: str
    symbol: str
    lots: int
    """Signed: positive when bought."""
    value: int
    """Signed like `lots`."""
    fee: int
    spot: bool = False
    """A spot position is what was bought here: selling more than that sells something else."""


@dataclass
class NaiveMoney:
    transfers: list[Transfer] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)

    def move(self, payer: str, payee: str, currency: str, quanta: int) -> None:
        self.transfers.append(Transfer(payer, payee, currency, quanta))

    def balance(self, owner: str, currency: str) -> int:
        mine = [t for t in self.transfers if t.currency == currency]
        got = sum(t.quanta for t in mine if t.payee == owner)
        return got - sum(t.quanta for t in mine if t.payer == owner)

    def position(self, account: str, symbol: str) -> NaivePosition | None:
        """The fold of all fills; None when there never was one."""
        mine = [f for f in self.fills if (f.account, f.symbol) == (account, symbol)]
        if not mine:
            return None
        position = NaivePosition()
        for fill in mine:
            fold(position, fill)
        return position


def fold(position: NaivePosition, fill: Fill) -> int:
    """Add a fill at the average entry; returns the profit that it realised."""
    position.fees += fill.fee
    if fill.spot and -fill.lots > position.lots:
        part = Fraction(position.lots, -fill.lots)
        fill = replace(fill, lots=-position.lots, value=int(fill.value * part))
    if not fill.lots:
        return 0
    if position.lots * fill.lots >= 0:
        position.lots += fill.lots
        position.cost += fill.value
        return 0
    closed = min(abs(position.lots), abs(fill.lots))
    closed_cost = round(Fraction(position.cost * closed, abs(position.lots)))
    closed_value = Fraction(fill.value * closed, abs(fill.lots))
    assert closed_value.denominator == 1, "a fill has one price"
    profit = -closed_cost - int(closed_value)
    position.lots += fill.lots
    position.cost += fill.value - int(closed_value) - closed_cost
    position.realised += profit
    return profit


def share(quanta: int, ppm: int) -> int:
    """A part in millionths, its fraction of a quantum dropped."""
    return int(Fraction(quanta * ppm, 1_000_000))


def hold_of(
    terms: Instrument,
    side: Side,
    lots: int,
    value: int,
    closing: int,
    fee_ppm: int,
    *,
    reduce_only: bool,
) -> tuple[str, int]:
    """(currency, quanta) that an order of this value must hold, with the worst fee it can meet.

    What may only reduce a perpetual position needs nothing: it frees more than its fee.
    """
    if reduce_only and not terms.asset_class.owned:
        return terms.settlement, 0
    fee = share(value, fee_ppm)
    if not terms.asset_class.owned:
        opening = int(Fraction(value * (lots - closing), lots)) if lots else 0
        return terms.settlement, share(opening, terms.initial_margin_ppm) + fee
    if side is Side.SELL:
        return terms.base, lots * Scale(terms).base_quanta_per_lot
    return terms.quote, value + fee

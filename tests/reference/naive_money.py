"""Money that moves between owners, and positions as the fold of their fills."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from engine.core.commands import LotMethod

OUTSIDE = "exchange:outside"
FEES = "exchange:fees"
INSURANCE = "exchange:insurance"
LENDING = "exchange:lending"


@dataclass
class NaiveLot:
    """What one trade added to a position and is still open of it."""

    trade_id: int
    opened_ns: int
    lots: int
    cost: int


@dataclass
class NaivePosition:
    lots: int = 0
    cost: int = 0
    """Signed like `lots`; of inverse contracts the other way round."""
    realised: int = 0
    fees: int = 0
    tranches: list[NaiveLot] = field(default_factory=list)
    """Where particular lots are closed: those that are open, oldest first."""
    taken: list[NaiveLot] = field(default_factory=list)
    """What the latest closing took of them."""


@dataclass
class Fill:
    account: str
    symbol: str
    lots: int
    """Signed: positive when bought."""
    value: int
    """Signed as the position's cost is."""
    fee: int
    owned: bool = False
    """A position in what is owned is what was bought here: selling more sells something else."""
    method: LotMethod = LotMethod.AVERAGE
    trade_id: int = 0
    at_ns: int = 0


@dataclass
class NaiveMoney:
    balances: dict[tuple[str, str], int] = field(default_factory=dict)
    positions: dict[tuple[str, str], NaivePosition] = field(default_factory=dict)
    """Of those who ever had a fill there."""

    def move(self, payer: str, payee: str, currency: str, quanta: int) -> None:
        self.balances[payer, currency] = self.balance(payer, currency) - quanta
        self.balances[payee, currency] = self.balance(payee, currency) + quanta

    def balance(self, owner: str, currency: str) -> int:
        return self.balances.get((owner, currency), 0)

    def position(self, account: str, symbol: str) -> NaivePosition | None:
        return self.positions.get((account, symbol))

    def add(self, fill: Fill) -> int:
        """Fold a fill into its position; the profit that it realised."""
        return fold(self.positions.setdefault((fill.account, fill.symbol), NaivePosition()), fill)


def fold(position: NaivePosition, fill: Fill) -> int:
    position.fees += fill.fee
    if fill.owned and -fill.lots > position.lots:
        part = Fraction(position.lots, -fill.lots)
        fill = replace(fill, lots=-position.lots, value=int(fill.value * part))
    closed = min(abs(position.lots), abs(fill.lots)) if position.lots * fill.lots < 0 else 0
    profit = 0
    if closed:
        closed_value = fill.value * closed // abs(fill.lots)
        profit = -_close(position, closed, fill.method) - closed_value
        position.realised += profit
        fill = replace(fill, lots=_less(fill.lots, closed), value=fill.value - closed_value)
    if fill.lots:
        position.lots += fill.lots
        position.cost += fill.value
        if fill.method is not LotMethod.AVERAGE:
            lot = NaiveLot(fill.trade_id, fill.at_ns, fill.lots, fill.value)
            position.tranches.append(lot)
    return profit


def _close(position: NaivePosition, lots: int, method: LotMethod) -> int:
    """Take so many lots off; what they had cost."""
    if method is LotMethod.AVERAGE:
        cost = round(Fraction(position.cost * lots, abs(position.lots)))
    else:
        position.taken = _close_lots(position.tranches, lots, method)
        cost = sum(lot.cost for lot in position.taken)
    position.lots = _less(position.lots, lots)
    position.cost -= cost
    return cost


def _close_lots(tranches: list[NaiveLot], lots: int, method: LotMethod) -> list[NaiveLot]:
    taken = []
    while lots:
        place = 0 if method is LotMethod.FIFO else -1
        lot = tranches[place]
        part = min(lots, abs(lot.lots))
        part_cost = round(Fraction(lot.cost * part, abs(lot.lots)))
        tranches[place] = replace(lot, lots=_less(lot.lots, part), cost=lot.cost - part_cost)
        taken.append(replace(lot, lots=part, cost=part_cost))
        lots -= part
        if tranches[place].lots == 0:
            del tranches[place]
    return taken


def _less(signed: int, lots: int) -> int:
    """So many nearer to nothing."""
    return signed - lots if signed > 0 else signed + lots


def share(quanta: int, ppm: int) -> int:
    """A part in millionths, its fraction of a quantum dropped."""
    return int(Fraction(quanta * ppm, 1_000_000))

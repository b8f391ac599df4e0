"""What the advisory limits are held against: an order, and how the portfolio stands.

Money is in quanta of the base currency and quantities in lots, all ints. The session fills these
from its read models; nothing here is estimated but the correlations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class PositionFact:
    """An open position, and what is under way to it.

    Attributes:
        signed_lots: Negative when short; a position of 0 lots is none.
        lot_value_quanta: What one lot is worth at the mark, positive.
        buying_lots: What orders that were sent and have not traded would buy beyond closing,
            `selling_lots` what they would sell.
    """

    symbol: str
    signed_lots: int
    lot_value_quanta: int
    buying_lots: int = 0
    selling_lots: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """How a portfolio stands.

    Attributes:
        day_start_quanta: Equity when the trading day began, paid-in and paid-out money since taken
            into account; None when that is not known.
        peak_quanta: The highest equity so far, likewise.
        correlations: Of the prices of two symbols, each pair in sorted order, as
            `pair_correlations` makes them; a pair that is missing is not known.
    """

    equity_quanta: int
    day_start_quanta: int | None = None
    peak_quanta: int | None = None
    positions: tuple[PositionFact, ...] = ()
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def signed_lots(self, symbol: str) -> int:
        """The position in a symbol, 0 for none."""
        return sum(fact.signed_lots for fact in self.positions if fact.symbol == symbol)

    def working_lots(self, symbol: str, side: int) -> int:
        """What orders already sent would add on a side, 1 to buy and -1 to sell."""
        found = [fact for fact in self.positions if fact.symbol == symbol]
        return sum(fact.buying_lots if side > 0 else fact.selling_lots for fact in found)

    def with_order(self, proposal: "Proposal") -> "Facts":
        """The same with an order more under way, for what is sent together with it."""
        buying, selling = max(0, proposal.signed_lots), max(0, -proposal.signed_lots)
        more = PositionFact(proposal.symbol, 0, proposal.lot_value_quanta, buying, selling)
        return replace(self, positions=(*self.positions, more))

    def correlation(self, one: str, other: str) -> float | None:
        """Of two symbols' prices; None when it is not known."""
        return self.correlations.get((min(one, other), max(one, other)))

    @property
    def open_count(self) -> int:
        """Symbols with a position."""
        symbols = {fact.symbol: None for fact in self.positions if fact.signed_lots}
        return len(symbols)

    def count_after(self, symbol: str) -> int:
        """Symbols with a position once this one has one, and those with orders under way."""
        symbols = {symbol: None}
        for fact in self.positions:
            if fact.signed_lots or fact.buying_lots or fact.selling_lots:
                symbols[fact.symbol] = None
        return len(symbols)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order about to be sent.

    Attributes:
        signed_lots: Positive to buy, negative to sell; never 0.
        lot_value_quanta: What one lot is worth at the order's price, positive.
        stop_loss_quanta: What one lot loses from the order's price to its stop, positive; None
            without a stop, and then the risk of the trade is not judged.
    """

    symbol: str
    signed_lots: int
    lot_value_quanta: int
    stop_loss_quanta: int | None = None

    def __post_init__(self) -> None:
        if not self.signed_lots or self.lot_value_quanta <= 0:
            raise ValueError(
                f"an order of {self.signed_lots} lots worth {self.lot_value_quanta} quanta each"
                " is none; both must be other than 0 and the worth positive"
            )
        if self.stop_loss_quanta is not None and self.stop_loss_quanta <= 0:
            raise ValueError(
                f"a lot that loses {self.stop_loss_quanta} quanta at its stop does not lose;"
                " leave the stop out when it secures a profit"
            )

    @property
    def lots(self) -> int:
        """The size, without the side."""
        return abs(self.signed_lots)

    @property
    def side(self) -> int:
        """1 to buy, -1 to sell."""
        return 1 if self.signed_lots > 0 else -1

    def closing_lots(self, facts: Facts) -> int:
        """How much of a position on the other side any size of this order could close."""
        return max(0, -self.side * facts.signed_lots(self.symbol))

    def opens(self, facts: Facts) -> bool:
        """Whether more is sent than only closes."""
        return self.lots > self.closing_lots(facts)

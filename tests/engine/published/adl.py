"""Who is deleveraged, and what the insurance fund takes and pays, in the exchanges' own examples.

BitMEX ranks holders by profit ratio x effective leverage when they are in profit and by their
quotient when they are not; the queue's indicator lights one of five for each fifth of the lots that
stand at or before a holder.
"""

from dataclasses import dataclass
from decimal import Decimal

from tests.engine.published.source import Source

BITMEX_ADL = Source(venue="BitMEX", document="Auto-Deleveraging Further Information")
BITMEX_FUND = Source(
    venue="BitMEX",
    document="Further Information about the Liquidation Process, Liquidation Example",
    kept_by="Satis documentation, System Gain and Losses, which repeats the example whole",
)


@dataclass(frozen=True)
class Holder:
    """A long in the queue."""

    name: str
    lots: int
    score: int
    """The page's ranking number: the higher, the sooner."""
    percentile: int
    """The fifth of the queue in which it stands: 20 is the first."""
    taken: int
    """Lots that it loses to a liquidated short of 20."""


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Longs in line, and a short that is liquidated against them."""

    source: Source
    longs: tuple[Holder, ...]
    liquidated_lots: int
    bankruptcy_price: Decimal


BITMEX_QUEUE = Queue(
    source=BITMEX_ADL,
    longs=(
        Holder("one", 10, 3, 80, 0),
        Holder("two", 10, 6, 20, 10),
        Holder("three", 20, 1, 100, 0),
        Holder("four", 30, 4, 60, 0),
        Holder("five", 20, 5, 40, 10),
        Holder("six", 10, 2, 80, 0),
    ),
    liquidated_lots=20,
    bankruptcy_price=Decimal(650),
)


@dataclass(frozen=True, kw_only=True)
class FundExample:
    """Two liquidations of the same long, one after the other."""

    source: Source
    entry: Decimal
    liquidation: Decimal
    bankruptcy: Decimal
    first_fill: Decimal
    """Better than the bankruptcy price: the fund gains the difference."""
    second_fill: Decimal
    """Worse: the fund bears the difference."""
    fund_after_first: Decimal
    fund_after_second: Decimal


BITMEX_FUND_EXAMPLE = FundExample(
    source=BITMEX_FUND,
    entry=Decimal(100),
    liquidation=Decimal("99.50"),
    bankruptcy=Decimal(99),
    first_fill=Decimal("99.25"),
    second_fill=Decimal("98.75"),
    fund_after_first=Decimal("0.25"),
    fund_after_second=Decimal(0),
)

"""Funding rates and payments that exchanges work out, and a mark made of the funding to come.

All follow rate = P + clamp(I - P, -0.05%, +0.05%), P being the mean premium and I the interest, and
payment = value of the position x rate; they differ in whether the value is taken at the mark
(Binance, Bybit, BitMEX; so do we) or at the index (Hyperliquid).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.engine.published.source import Printed, Source, exactly

BITMEX_PERPETUALS = Source(venue="BitMEX", document="Perpetual Contracts Guide Examples")
BITMEX_PROFIT = Source(
    venue="BitMEX",
    document="Profit and Loss Guide, Funding Fees",
    dated="2020",
    kept_by="bradkyle/Qenv, logic/bitmex.md, commit bf999d43",
)
BITMEX_CAP = Source(
    venue="BitMEX",
    document="Perpetual Contracts Guide, Funding Rate Caps",
    kept_by="an article on the funding rate that repeats its example",
)
BINANCE_FUNDING = Source(
    venue="Binance",
    document="Funding Rate; Mark Price and Unrealized PnL",
    dated="2020",
    kept_by="bradkyle/Qenv, logic/binance.md, commit bf999d43",
)
HYPERLIQUID_FUNDING = Source(
    venue="Hyperliquid",
    document="Docs: Funding, Numerical Example",
    kept_by="copies of the documentation on GitHub; one of them adds the payment",
)
KRAKEN_PERPETUALS = Source(
    venue="Kraken", document="Inverse Crypto Collateral Perpetual Contract Specifications"
)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A premium and the rate that follows; all as shares, for one interval."""

    source: Source
    index: Decimal
    mark: Decimal
    """Where the venue uses the impact bid, that."""
    interest: Decimal
    clamp: Decimal
    cap: Decimal
    printed: Decimal


HYPERLIQUID_RATE = Rate(
    source=HYPERLIQUID_FUNDING,
    index=Decimal(10_000),
    mark=Decimal(10_100),
    interest=Decimal("0.0001"),
    clamp=Decimal("0.0005"),
    cap=Decimal("0.04"),
    printed=Decimal("0.0095"),
)


def _binance(mark: str, printed: str) -> Rate:
    return Rate(
        source=BINANCE_FUNDING,
        index=Decimal(10_000),
        mark=Decimal(mark),
        interest=Decimal("0.0001"),
        clamp=Decimal("0.0005"),
        cap=Decimal("0.0075"),
        printed=Decimal(printed),
    )


BINANCE_RATES = {
    "lowest premium at the interest rate": _binance("9996", "0.0001"),
    "no premium": _binance("10000", "0.0001"),
    "highest premium at the interest rate": _binance("10006", "0.0001"),
}
"""The page states that the rate is 0.01% for premiums from -0.04% to 0.06%."""

BITMEX_CAPPED = Rate(
    source=BITMEX_CAP,
    index=Decimal(1_000),
    mark=Decimal(1_010),
    interest=Decimal("0.0001"),
    clamp=Decimal("0.0005"),
    cap=Decimal("0.75") * (Decimal("0.01") - Decimal("0.005")),
    printed=Decimal("0.00375"),
)
"""75% of initial less maintenance margin: 0.375%, which a premium of 1% would exceed."""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """What one holder pays at the end of an interval; negative: receives."""

    source: Source
    long: bool
    size: Decimal
    """In base units; of an inverse contract its face in US dollars."""
    mark: Decimal
    rate: Decimal
    printed: Printed
    inverse: bool = False
    index: Decimal | None = None
    """Where the venue values the position there, rather than at the mark."""


PAYMENTS = {
    "bitmex long 15,000 contracts": Payment(
        source=BITMEX_PERPETUALS,
        long=True,
        size=Decimal(15_000),
        mark=Decimal(750),
        rate=Decimal("0.0025"),
        inverse=True,
        printed=exactly("0.05"),
    ),
    "bitmex long 100 XBT": Payment(
        source=BITMEX_PROFIT,
        long=True,
        size=Decimal(100_000),
        mark=Decimal(1_000),
        rate=Decimal("0.01"),
        inverse=True,
        printed=exactly("1"),
    ),
    "bitmex short 100 XBT": Payment(
        source=BITMEX_PROFIT,
        long=False,
        size=Decimal(100_000),
        mark=Decimal(1_000),
        rate=Decimal("0.01"),
        inverse=True,
        printed=exactly("-1"),
    ),
    "kraken short 100,000 contracts": Payment(
        source=KRAKEN_PERPETUALS,
        long=False,
        size=Decimal(100_000),
        mark=Decimal(7_000),
        rate=Decimal("0.0001785"),
        inverse=True,
        printed=Printed(value=Decimal("-0.00255"), step=Decimal("0.00001"), rounding=ROUND_HALF_UP),
    ),
}
"""BitMEX's 100 XBT are stated by their value alone; the price is chosen to make it even. Kraken's
page derives its rate wrongly (it divides by 8 where it says 24); the payment follows from it."""

HYPERLIQUID_PAYMENT = Payment(
    source=HYPERLIQUID_FUNDING,
    long=True,
    size=Decimal(10),
    mark=Decimal(10_100),
    index=Decimal(10_000),
    rate=Decimal("0.0095"),
    printed=exactly("950"),
)


@dataclass(frozen=True, kw_only=True)
class RoundTrip:
    """A trade with funding in between, in base currency."""

    source: Source
    face: Decimal
    entry: Decimal
    exit: Decimal
    rate: Decimal
    profit: Decimal
    funding: Decimal
    total: Decimal


BITMEX_ROUND_TRIP = RoundTrip(
    source=BITMEX_PERPETUALS,
    face=Decimal(15_000),
    entry=Decimal(750),
    exit=Decimal(800),
    rate=Decimal("0.0025"),
    profit=Decimal("1.25"),
    funding=Decimal("0.05"),
    total=Decimal("1.2"),
)


@dataclass(frozen=True, kw_only=True)
class BasisMark:
    """A mark of the index and the funding that is still to be paid."""

    source: Source
    index: Decimal
    rate: Decimal
    hours_left: int
    interval_hours: int
    printed: Decimal


BINANCE_MARK = BasisMark(
    source=BINANCE_FUNDING,
    index=Decimal(10_000),
    rate=Decimal("0.0003"),
    hours_left=4,
    interval_hours=8,
    printed=Decimal("10001.5"),
)

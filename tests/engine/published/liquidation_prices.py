"""Liquidation and bankruptcy prices that exchanges work out in their documentation.

Three formulas are in use. With B the money behind a position of size q opened at E, r the
maintenance rate and d its deduction, a long is liquidated at P where

- on entry: B + q (P - E) = q E r - d (Bybit, BitMEX; what an isolated position of ours follows);
- on mark: B + q (P - E) = q P r - d (Binance, Hyperliquid; our cross positions);
- inverse, on entry: B + Q (1/E - 1/P) = (Q/E) r, with Q the face in US dollars (Bybit, BitMEX).

Bybit's inverse example in cross margin also takes the fee for closing out of B.
"""

from dataclasses import dataclass
from decimal import Decimal

from tests.engine.published.source import Printed, Source, exactly, nearest, up_to

BYBIT_USDT = Source(
    venue="Bybit",
    document="Liquidation Price (USDT Contract), isolated margin",
    kept_by="a perpetual exchange's README on GitHub that repeats the article",
)
BYBIT_ADL_INVERSE = Source(venue="Bybit", document="What is Auto-Deleveraging (ADL)?")
BYBIT_INVERSE = Source(
    venue="Bybit", document="How to calculate Liquidation Price (Inverse Contract)?"
)
BYBIT_BANKRUPTCY = Source(venue="Bybit", document="Bankruptcy Price (USDT Contract)")
BYBIT_ADL = Source(
    venue="Bybit",
    document="Auto-Deleveraging (ADL) Mechanism",
    kept_by="an article on the mechanism that repeats its table",
)
BITMEX_MARGIN = Source(venue="BitMEX", document="Isolated and Cross Margin Examples")
BITMEX_LIQUIDATION = Source(
    venue="BitMEX", document="Further Information about the Liquidation Process"
)
BINANCE_2020 = Source(
    venue="Binance",
    document="Liquidation (USDT futures), About Liquidation Price",
    dated="2020",
    kept_by="bradkyle/Qenv, logic/binance.md, commit bf999d43",
)
BINANCE_FAQ = Source(
    venue="Binance",
    document="How to Calculate Liquidation Price of USD-M Futures Contracts",
    dated="2020-08-14",
    kept_by="freqtrade/freqtrade, tests of its Binance adapter (from calc example)",
)
HYPERLIQUID = Source(
    venue="Hyperliquid",
    document="Docs: Liquidations, Computing Liquidation Price",
    kept_by="freqtrade/freqtrade, tests/exchange/test_hyperliquid.py, commit 3b1fb5af:"
    " positions as the venue reported them",
)


@dataclass(frozen=True, kw_only=True)
class Isolated:
    """A position with its own margin: that of its leverage, and what was added to it."""

    source: Source
    long: bool
    size: Decimal
    """In base units; of an inverse contract its face in US dollars."""
    entry: Decimal
    leverage: int
    maintenance_rate: Decimal
    printed: Printed
    inverse: bool = False
    added: Decimal = Decimal(0)
    """Put behind it later; negative: funding that was taken from it."""


ISOLATED = {
    "bybit long": Isolated(
        source=BYBIT_USDT,
        long=True,
        size=Decimal(1),
        entry=Decimal(20_000),
        leverage=50,
        maintenance_rate=Decimal("0.005"),
        printed=exactly("19700"),
    ),
    "bybit short with margin added": Isolated(
        source=BYBIT_USDT,
        long=False,
        size=Decimal(1),
        entry=Decimal(20_000),
        leverage=50,
        maintenance_rate=Decimal("0.005"),
        added=Decimal(3_000),
        printed=exactly("23300"),
    ),
    "bitmex liquidation example": Isolated(
        source=BITMEX_LIQUIDATION,
        long=True,
        size=Decimal(1),
        entry=Decimal(100),
        leverage=100,
        maintenance_rate=Decimal("0.005"),
        printed=exactly("99.50"),
    ),
    "bitmex isolated margin example": Isolated(
        source=BITMEX_MARGIN,
        long=True,
        size=Decimal(1),
        entry=Decimal(100),
        leverage=25,
        maintenance_rate=Decimal("0.01"),
        printed=exactly("97"),
    ),
    "bybit inverse long": Isolated(
        source=BYBIT_ADL_INVERSE,
        long=True,
        size=Decimal(5_000),
        entry=Decimal("7890.08"),
        leverage=50,
        maintenance_rate=Decimal("0.005"),
        inverse=True,
        printed=up_to("7773.50", "0.5"),
    ),
}
"""BitMEX states neither leverage nor rate of the last but one; they follow from its margin of 4 XBT
on 100 XBT and from its prices: bankrupt at 96, liquidated at 97."""

BYBIT_FUNDING_FROM_MARGIN = Isolated(
    source=BYBIT_USDT,
    long=True,
    size=Decimal(1),
    entry=Decimal(20_000),
    leverage=50,
    maintenance_rate=Decimal("0.005"),
    added=Decimal(-200),
    printed=exactly("19900"),
)


@dataclass(frozen=True, kw_only=True)
class Backed:
    """One position and all the money that answers for it."""

    source: Source
    long: bool
    size: Decimal
    entry: Decimal
    balance: Decimal
    maintenance_rate: Decimal
    printed: Printed


BITMEX_KAREN = Backed(
    source=BITMEX_MARGIN,
    long=True,
    size=Decimal(20),
    entry=Decimal(1_000),
    balance=Decimal(10_000),
    maintenance_rate=Decimal("0.01"),
    printed=exactly("510"),
)
"""20 ETH at 1,000 USDT in cross margin with maintenance counted on the entry value."""


@dataclass(frozen=True, kw_only=True)
class InverseCross:
    """Bybit's inverse position in cross margin, whose closing fee counts as a need."""

    source: Source
    face: Decimal
    entry: Decimal
    balance: Decimal
    maintenance_rate: Decimal
    closing_fee_rate: Decimal
    """Of the value at the bankruptcy price."""
    printed_bankruptcy: Printed
    printed: Printed


BYBIT_INVERSE_CROSS = InverseCross(
    source=BYBIT_INVERSE,
    face=Decimal(10_000),
    entry=Decimal(8_000),
    balance=Decimal("0.5"),
    maintenance_rate=Decimal("0.005"),
    closing_fee_rate=Decimal("0.00075"),
    printed_bankruptcy=nearest("5718.57"),
    printed=up_to("5739.50", "0.5"),
)


def _hyperliquid(side: str, size: str, entry: str, balance: str, rate: str, lp: str) -> Backed:
    return Backed(
        source=HYPERLIQUID,
        long=side == "long",
        size=Decimal(size),
        entry=Decimal(entry),
        balance=Decimal(balance),
        maintenance_rate=Decimal(rate),
        printed=nearest(lp),
    )


HYPERLIQUID_POSITIONS = {
    "ETH 1x": _hyperliquid("long", "0.015", "2458.5", "36.864593", "0.01", "0.86915825"),
    "ETH 4x": _hyperliquid("short", "0.0327", "2552", "20.833393", "0.01", "3157.53150453"),
    "BTC 1x": _hyperliquid("short", "0.00031", "67400", "20.887308", "0.01", "133443.97317151"),
    "BTC 4x": _hyperliquid("short", "0.00105", "68240", "17.887922", "0.01", "84431.79820839"),
    "BTC 5x": _hyperliquid("long", "0.0015", "66930", "20.043862", "0.01", "54108.51043771"),
    "SOL 2x": _hyperliquid("short", "0.32", "155.89", "24.924941", "0.025", "228.07847866"),
    "SOL 5x": _hyperliquid("long", "0.6", "173.06", "20.735658", "0.025", "142.05186667"),
    "DOGE 2x": _hyperliquid("short", "351", "0.14333", "25.136807", "0.025", "0.20970228"),
}
"""Maintenance is half of the initial margin at the highest leverage: 50x for BTC and ETH then, 20x
for SOL and DOGE. `balance` is the isolated margin, unrealised profit apart."""


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One of several positions that answer for each other."""

    symbol: str
    long: bool
    size: Decimal
    entry: Decimal
    mark: Decimal
    maintenance_rate: Decimal
    """Of the tier in which it lies, at the mark and at its liquidation price alike."""
    deduction: Decimal
    """Binance's maintenance amount."""
    printed: Printed


@dataclass(frozen=True, kw_only=True)
class Cross:
    """An account with several positions."""

    source: Source
    balance: Decimal
    legs: tuple[Leg, ...]


BINANCE_HEDGED = Cross(
    source=BINANCE_2020,
    balance=Decimal("10.72"),
    legs=(
        Leg(
            symbol="BTC-USDT-PERP",
            long=False,
            size=Decimal("0.005"),
            entry=Decimal("9451.53"),
            mark=Decimal("9462.81"),
            maintenance_rate=Decimal("0.004"),
            deduction=Decimal(0),
            printed=nearest("11383.99"),
        ),
        Leg(
            symbol="ETH-USDT-PERP",
            long=True,
            size=Decimal(1),
            entry=Decimal("199.53"),
            mark=Decimal(200),
            maintenance_rate=Decimal("0.0065"),
            deduction=Decimal(0),
            printed=nearest("190.29"),
        ),
    ),
)
"""The page notes that its answers differ from its terms by rounding; from the prices, unrounded,
they follow to the digit."""
BINANCE_LARGE = Cross(
    source=BINANCE_FAQ,
    balance=Decimal("1535443.01"),
    legs=(
        Leg(
            symbol="BTC-USDT-PERP",
            long=True,
            size=Decimal("109.488"),
            entry=Decimal("32481.98"),
            mark=Decimal("31967.27"),
            maintenance_rate=Decimal("0.025"),
            deduction=Decimal(16_300),
            printed=nearest("26316.89"),
        ),
        Leg(
            symbol="ETH-USDT-PERP",
            long=True,
            size=Decimal("3683.979"),
            entry=Decimal("1456.84"),
            mark=Decimal("1335.18"),
            maintenance_rate=Decimal("0.1"),
            deduction=Decimal(135_365),
            printed=nearest("1153.26"),
        ),
    ),
)
"""The article's two positions; it prints what each contributes: maintenance margins of 71,200.81144
and 356,512.508, unrealised losses of 56,354.57 and 448,192.89."""


@dataclass(frozen=True, kw_only=True)
class Bankruptcy:
    """The price at which nothing is left of what answers for a position."""

    source: Source
    size: Decimal
    entry: Decimal
    balance: Decimal
    """All that answers for the long, in its settlement currency."""
    mark: Decimal
    printed: Printed


BANKRUPTCIES = {
    "bybit isolated": Bankruptcy(
        source=BYBIT_BANKRUPTCY,
        size=Decimal(1),
        entry=Decimal(10_000),
        balance=Decimal(200),
        mark=Decimal("9850"),
        printed=exactly("9800"),
    ),
    "bybit with a wallet": Bankruptcy(
        source=BYBIT_ADL,
        size=Decimal(100),
        entry=Decimal(500),
        balance=Decimal(1_100),
        mark=Decimal(400),
        printed=exactly("489"),
    ),
    "bitmex cross": Bankruptcy(
        source=BITMEX_MARGIN,
        size=Decimal(20),
        entry=Decimal(1_000),
        balance=Decimal(10_000),
        mark=Decimal(505),
        printed=exactly("500"),
    ),
    "bitmex isolated": Bankruptcy(
        source=BITMEX_LIQUIDATION,
        size=Decimal(1),
        entry=Decimal(100),
        balance=Decimal(1),
        mark=Decimal("99.5"),
        printed=exactly("99"),
    ),
}
BYBIT_INVERSE_BANKRUPTCY = (Decimal("7735.372549"), up_to("7735.50", "0.5"))
"""Of the position in `ISOLATED["bybit inverse long"]`: exactly, and as an order's price."""

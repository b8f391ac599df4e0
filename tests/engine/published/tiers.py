"""Maintenance and initial margins that exchanges print: tiers, deductions, worked positions.

The common formula is marginal: maintenance = value x rate of its tier - deduction, where the
deduction of a tier is that of the tier below plus its lower bound x the step in the rate. BitMEX
instead charges a position the rate of its step on all of its value.
"""

from dataclasses import dataclass
from decimal import Decimal

from tests.engine.published.source import Source

BYBIT_PARAMETERS = Source(venue="Bybit", document="Margin Parameters, USDT perpetuals, BTCUSDT")
BINANCE_BRACKETS = Source(
    venue="Binance",
    document="Leverage and Margin of USD-M Futures (notional brackets)",
    kept_by="crackcomm, gist 'Binance liquidation calculator'",
)
BINANCE_TIERS = Source(
    venue="Binance",
    document="Updates to Leverage and Margin Tiers of Binance Futures Contracts",
    dated="2021-03-18",
    kept_by="Binance; the maintenance amounts: highfestiva, gist on liquidation prices",
)
BINANCE_FAQ = Source(
    venue="Binance",
    document="How to Calculate Liquidation Price of USD-M Futures Contracts",
    dated="2020-08-14",
)
BINANCE_2020 = Source(
    venue="Binance",
    document="Liquidation (USDT futures), Maintenance Amount",
    dated="2020",
    kept_by="bradkyle/Qenv, logic/binance.md, commit bf999d43",
)
BINANCE_LIABILITIES = Source(venue="Binance", document="Margin Fee: Cross Margin Pro, Example")
BINANCE_COIN = Source(
    venue="Binance",
    document="How to Calculate Liquidation Price of Coin-M Futures Contracts",
    dated="2021-02-05",
)
BITMEX_RISK_LIMITS = Source(
    venue="BitMEX",
    document="Risk Limits, Dynamic Risk Limits",
    dated="2020",
    kept_by="bradkyle/Qenv, logic/bitmex.md, commit bf999d43",
)
BYBIT_INITIAL = Source(venue="Bybit", document="Initial Margin (USDT Contract)", dated="2024-10-19")
BYBIT_INITIAL_INVERSE = Source(venue="Bybit", document="Initial Margin (Inverse Contract)")
BITMEX_MARGIN = Source(venue="BitMEX", document="Isolated and Cross Margin Examples")
OKX_MARGIN = Source(
    venue="OKX",
    document="USDT futures: Margin Calculation",
    dated="2020",
    kept_by="bradkyle/Qenv, logic/okex.md, commit bf999d43",
)


@dataclass(frozen=True)
class Row:
    """A tier as a venue prints it."""

    up_to: Decimal | None
    """The largest value in it; None: there is no larger one, or the table ends."""
    rate: Decimal
    deduction: Decimal


@dataclass(frozen=True, kw_only=True)
class Table:
    """The tiers of one contract with the deductions that the venue prints beside them."""

    source: Source
    rows: tuple[Row, ...]


def _table(source: Source, *rows: str) -> Table:
    """Rows are bound, rate in percent, deduction; the last has no bound of ours."""
    parsed = [tuple(map(Decimal, row.replace(",", "").split())) for row in rows]
    tiers = [Row(bound, rate / 100, deduction) for bound, rate, deduction in parsed]
    last = tiers[-1]
    return Table(source=source, rows=(*tiers[:-1], Row(None, last.rate, last.deduction)))


TABLES = {
    "bybit BTCUSDT": _table(
        BYBIT_PARAMETERS,
        "2,000,000 0.5 0",
        "2,600,000 0.56 1,200",
        "3,200,000 0.63 3,020",
        "3,800,000 0.67 4,300",
        "4,400,000 0.71 5,820",
        "5,000,000 0.77 8,460",
        "5,600,000 0.91 15,460",
        "8,500,000 1 20,500",
        "10,000,000 1.3 46,000",
        "14,000,000 1.5 66,000",
        "20,000,000 1.6 80,000",
        "28,000,000 2 160,000",
        "38,000,000 2.5 300,000",
        "50,000,000 2.9 452,000",
        "55,000,000 3 502,000",
        "60,000,000 3.5 777,000",
        "65,000,000 3.6 837,000",
        "70,000,000 3.8 967,000",
        "75,000,000 4 1,107,000",
        "80,000,000 4.5 1,482,000",
    ),
    "binance ETHUSDT": _table(
        BINANCE_BRACKETS,
        "10,000 0.5 0",
        "100,000 0.65 15",
        "500,000 1 365",
        "1,000,000 2 5,365",
        "2,000,000 5 35,365",
        "5,000,000 10 135,365",
        "10,000,000 12.5 260,365",
        "20,000,000 15 510,365",
        "5,000,000,000 25 2,510,365",
    ),
    "binance ADAUSDT": _table(
        BINANCE_BRACKETS,
        "10,000 0.65 0",
        "50,000 1 35",
        "250,000 2 535",
        "1,000,000 5 8,035",
        "2,000,000 10 58,035",
        "5,000,000 12.5 108,035",
        "10,000,000 15 233,035",
        "5,000,000,000 25 1,233,035",
    ),
    "binance BTCUSDT": _table(
        BINANCE_TIERS,
        "50,000 0.4 0",
        "250,000 0.5 50",
        "1,000,000 1 1,300",
        "10,000,000 2.5 16,300",
        "20,000,000 5 266,300",
        "50,000,000 10 1,266,300",
        "100,000,000 12.5 2,516,300",
        "200,000,000 15 5,016,300",
        "300,000,000 25 25,016,300",
        "500,000,000 50 100,016,300",
    ),
    "binance BTCUSDT 2020": _table(
        BINANCE_2020,
        "50,000 0.4 0",
        "250,000 0.5 50",
        "1,000,000 1 1,300",
        "5,000,000 2.5 16,300",
        "10,000,000 5 141,300",
    ),
}
"""Of the last, the page prints 1,300 and 141,300 with the bound, rates and amount that they follow
from; its other rows stand in the tables kept beside it."""


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What one position value is charged by, as a page states it in passing."""

    source: Source
    table: str
    value: Decimal
    rate: Decimal
    deduction: Decimal


AMOUNTS = (
    Amount(
        source=BINANCE_FAQ,
        table="binance BTCUSDT",
        value=Decimal(500_000),
        rate=Decimal("0.01"),
        deduction=Decimal(1_300),
    ),
    Amount(
        source=BINANCE_2020,
        table="binance BTCUSDT 2020",
        value=Decimal(264_000),
        rate=Decimal("0.01"),
        deduction=Decimal(1_300),
    ),
    Amount(
        source=BINANCE_2020,
        table="binance BTCUSDT 2020",
        value=Decimal(6_000_000),
        rate=Decimal("0.05"),
        deduction=Decimal(141_300),
    ),
)
"""Of the last, the page prints bracket, rate and amount; the value is one in that bracket."""


@dataclass(frozen=True, kw_only=True)
class Liability:
    """A debt whose maintenance margin is marginal in tiers."""

    tiers: tuple[tuple[Decimal | None, Decimal], ...]
    """Upper bound and rate."""
    value: Decimal
    deduction: Decimal


LIABILITIES = (
    Liability(
        tiers=(
            (Decimal(50_000), Decimal("0.05")),
            (Decimal(100_000), Decimal("0.07")),
            (None, Decimal("0.08")),
        ),
        value=Decimal(390_000),
        deduction=Decimal(2_000),
    ),
    Liability(
        tiers=((Decimal(30_000), Decimal("0.05")), (None, Decimal("0.07"))),
        value=Decimal(39_000),
        deduction=Decimal(600),
    ),
)
LIABILITIES_MAINTENANCE = Decimal(31_330)
"""13 BTC at 30,000 and 13 ETH at 3,000, in USDT (`BINANCE_LIABILITIES`)."""

BITMEX_STEPS = ((Decimal(200), Decimal("0.004")), (Decimal(300), Decimal("0.008")))
"""XBTUSD: below 200 XBT, and the step above it (`BITMEX_RISK_LIMITS`)."""
BITMEX_MAINTENANCE = ((Decimal(180), Decimal("0.72")), (Decimal(300), Decimal("2.4")))
"""Position value and the maintenance margin printed for it, in XBT."""


@dataclass(frozen=True, kw_only=True)
class Margin:
    """What opening a position takes, or what keeps it open."""

    source: Source
    size: Decimal
    """In base units; of an inverse contract its face in US dollars."""
    price: Decimal
    printed: Decimal
    leverage: int = 1
    rate: Decimal = Decimal(0)
    inverse: bool = False


INITIAL = {
    "bybit": Margin(
        source=BYBIT_INITIAL,
        size=Decimal(1),
        price=Decimal(10_000),
        leverage=50,
        printed=Decimal(200),
    ),
    "bybit inverse": Margin(
        source=BYBIT_INITIAL_INVERSE,
        size=Decimal(12_000),
        price=Decimal(8_000),
        leverage=50,
        inverse=True,
        printed=Decimal("0.03"),
    ),
    "bitmex": Margin(
        source=BITMEX_MARGIN,
        size=Decimal(20),
        price=Decimal(1_000),
        leverage=50,
        printed=Decimal(400),
    ),
    "okx": Margin(
        source=OKX_MARGIN,
        size=Decimal(1),
        price=Decimal(10_000),
        leverage=10,
        printed=Decimal(1_000),
    ),
}
BITMEX_AVAILABLE = Decimal(9_600)
"""Of a wallet of 10,000 USDT once the position of `INITIAL["bitmex"]` is open."""
MAINTENANCE = {
    "binance coin-m": Margin(
        source=BINANCE_COIN,
        size=Decimal(10_000),
        price=Decimal(25_000),
        rate=Decimal("0.004"),
        inverse=True,
        printed=Decimal("0.0016"),
    ),
    "bitmex": Margin(
        source=BITMEX_MARGIN,
        size=Decimal(20),
        price=Decimal(1_000),
        rate=Decimal("0.01"),
        printed=Decimal(200),
    ),
}
"""Binance's are 100 contracts of 100 US dollars."""


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A position whose margin ratio the page compares with what it must have."""

    source: Source
    size: Decimal
    entry: Decimal
    leverage: int
    maintenance_rate: Decimal
    """With the fee of closing."""
    mark: Decimal
    equity: Decimal
    """As printed: margin and unrealised loss."""


OKX_BREACH = Breach(
    source=OKX_MARGIN,
    size=Decimal(1),
    entry=Decimal(10_000),
    leverage=10,
    maintenance_rate=Decimal("0.01575"),
    mark=Decimal(9_010),
    equity=Decimal(10),
)

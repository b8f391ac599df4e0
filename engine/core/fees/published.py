"""What venues publish that they charge, with the page and the date on which it was read.

Rates are for their standard accounts worldwide, without discounts for paying in a venue's own coin,
for staking or for referral, and without promotions. Regions, some pairs and some accounts have
their own. Where a venue also grants a tier for assets held or another product's volume, only the
trading volume counts here; where it demands something besides the volume, that is not asked for.
Volumes are those of the last 30 days in US dollars, taken as units of the quote currency.
"""

from engine.core.instruments import FeeSchedule, FeeTier
from engine.core.units import QUANTA_PER_UNIT

Rows = tuple[tuple[int, int, int], ...]
"""(volume in units of the quote currency, maker_ppm, taker_ppm), ascending; 100 ppm are 1 bp."""

MILLION = 1_000_000
BILLION = 1_000_000_000


def _published(name: str, read_on: str, rows: Rows) -> FeeSchedule:
    return FeeSchedule(
        name=name,
        read_on=read_on,
        tiers=tuple(
            FeeTier(from_quanta=volume * QUANTA_PER_UNIT, maker_ppm=maker, taker_ppm=taker)
            for volume, maker, taker in rows
        ),
    )


BINANCE_SPOT = _published(
    # https://www.binance.com/en/fee/trading: Regular and VIP 1 to 9. A VIP must also hold 5 to
    # 5,500 BNB; paying in BNB would take 25% off.
    "binance-spot",
    "2026-07-26",
    (
        (0, 1000, 1000),
        (1 * MILLION, 900, 1000),
        (5 * MILLION, 800, 1000),
        (20 * MILLION, 400, 600),
        (75 * MILLION, 400, 520),
        (150 * MILLION, 250, 310),
        (400 * MILLION, 200, 290),
        (800 * MILLION, 190, 280),
        (2 * BILLION, 160, 250),
        (4 * BILLION, 110, 230),
    ),
)

BINANCE_USDM = _published(
    # Regular, read on 2026-09-27: https://www.binance.com/en/fee/futureFee; VIP 1 to 3:
    # https://www.binance.com/en/support/announcement/detail/4f379b9ab6314eff8fe02babfe255825, for
    # contracts margined in USDT. What volume VIP 4 to 9 need could not be read, so they are not
    # here.
    "binance-usdm",
    "2026-07-10",
    (
        (0, 200, 500),
        (5 * MILLION, 180, 500),
        (10 * MILLION, 160, 400),
        (50 * MILLION, 120, 320),
    ),
)

COINBASE_EXCHANGE = _published(
    # https://help.coinbase.com/en/exchange/trading-and-funding/exchange-fees: the standard table of
    # spot. That of Coinbase Advanced is shown only to who has signed in; its highest rates are the
    # same.
    "coinbase-exchange",
    "2026-07-26",
    (
        (0, 4000, 6000),
        (10_000, 2500, 4000),
        (50_000, 1500, 2500),
        (100_000, 1000, 2000),
        (1 * MILLION, 800, 1800),
        (15 * MILLION, 600, 1600),
        (75 * MILLION, 300, 1000),
        (250 * MILLION, 0, 600),
        (400 * MILLION, 0, 400),
    ),
)

COINBASE_INTERNATIONAL = _published(
    # https://help.coinbase.com/en/international-exchange/trading-deposits-withdrawals/
    # international-exchange-fees: perpetuals. The page states no sensible volume for its tier 6
    # (120 / 250), which is left out.
    "coinbase-international",
    "2026-07-26",
    (
        (0, 200, 400),
        (10 * MILLION, 180, 300),
        (25 * MILLION, 150, 290),
        (50 * MILLION, 120, 270),
        (500 * MILLION, 80, 230),
        (1 * BILLION, 50, 210),
        (5 * BILLION, 20, 190),
        (10 * BILLION, 0, 170),
        (20 * BILLION, 0, 150),
    ),
)

KRAKEN_SPOT = _published(
    # https://www.kraken.com/gb/features/fee-schedule: Kraken Pro, tiers 1 to 12 and Pro 1 to 5, by
    # spot volume. Stablecoin and currency pairs have a table of their own.
    "kraken-spot",
    "2026-07-26",
    (
        (0, 4000, 8000),
        (2_500, 3000, 6000),
        (10_000, 2200, 3800),
        (25_000, 2000, 3500),
        (50_000, 1500, 3000),
        (100_000, 1200, 2500),
        (250_000, 1000, 2200),
        (500_000, 800, 2000),
        (1 * MILLION, 600, 1800),
        (2_500_000, 400, 1500),
        (5 * MILLION, 200, 1200),
        (10 * MILLION, 0, 1000),
        (50 * MILLION, 0, 900),
        (100 * MILLION, 0, 800),
        (250 * MILLION, 0, 700),
        (400 * MILLION, 0, 600),
        (500 * MILLION, 0, 500),
    ),
)

KRAKEN_FUTURES = _published(
    # https://www.kraken.com/gb/features/fee-schedule: international derivatives, the same tiers by
    # futures volume.
    "kraken-futures",
    "2026-07-26",
    (
        (0, 200, 500),
        (5 * MILLION, 175, 450),
        (10 * MILLION, 150, 400),
        (15 * MILLION, 125, 350),
        (25 * MILLION, 100, 300),
        (40 * MILLION, 75, 275),
        (50 * MILLION, 50, 250),
        (75 * MILLION, 50, 225),
        (100 * MILLION, 0, 200),
        (150 * MILLION, 0, 180),
        (250 * MILLION, -30, 175),
        (300 * MILLION, -30, 170),
        (400 * MILLION, -30, 160),
        (500 * MILLION, -50, 150),
        (1 * BILLION, -60, 135),
        (2 * BILLION, -60, 130),
        (5 * BILLION, -60, 125),
    ),
)

OKX_SPOT = _published(
    # https://www.okx.com/en-gb/help/updates-to-global-fee-framework: Regular and VIP 1 to 9, global
    # accounts, pairs of group 1 (BTC, ETH and SOL against USDT among them).
    "okx-spot",
    "2026-07-26",
    (
        (0, 800, 1000),
        (1 * MILLION, 675, 800),
        (5 * MILLION, 600, 700),
        (10 * MILLION, 550, 650),
        (20 * MILLION, 300, 450),
        (100 * MILLION, 250, 350),
        (200 * MILLION, 0, 300),
        (500 * MILLION, -20, 250),
        (1 * BILLION, -50, 200),
        (5 * BILLION, -75, 175),
    ),
)

OKX_FUTURES = _published(
    # The same page: perpetual and dated futures of group 1.
    "okx-futures",
    "2026-07-26",
    (
        (0, 200, 500),
        (5 * MILLION, 180, 400),
        (10 * MILLION, 130, 350),
        (50 * MILLION, 100, 280),
        (200 * MILLION, 80, 270),
        (600 * MILLION, 50, 260),
        (1 * BILLION, 0, 250),
        (1_500 * MILLION, -20, 200),
        (2 * BILLION, -50, 200),
        (20 * BILLION, -50, 150),
    ),
)

BYBIT_SPOT = _published(
    # https://www.bybit.com/en/help-center/article/Trading-Fee-Structure: VIP 0 to 5 and Supreme
    # VIP, crypto against crypto. From VIP 4 on at most a fifth of the volume may come by API.
    "bybit-spot",
    "2026-07-26",
    (
        (0, 1000, 1000),
        (1 * MILLION, 675, 800),
        (5 * MILLION, 650, 775),
        (10 * MILLION, 625, 750),
        (25 * MILLION, 500, 600),
        (50 * MILLION, 400, 500),
        (100 * MILLION, 300, 450),
    ),
)

BYBIT_DERIVATIVES = _published(
    # The same page: perpetuals and dated futures.
    "bybit-derivatives",
    "2026-07-26",
    (
        (0, 200, 550),
        (10 * MILLION, 180, 400),
        (25 * MILLION, 160, 375),
        (50 * MILLION, 140, 350),
        (100 * MILLION, 120, 320),
        (250 * MILLION, 100, 320),
        (500 * MILLION, 0, 300),
    ),
)

HYPERLIQUID_SPOT = _published(
    # https://hyperliquid.gitbook.io/hyperliquid-docs/trading/fees: base rates, without its rebates
    # for a share of all making. The venue counts 14 days, spot twice, and perpetuals with it.
    "hyperliquid-spot",
    "2026-04-27",
    (
        (0, 400, 700),
        (5 * MILLION, 300, 600),
        (25 * MILLION, 200, 500),
        (100 * MILLION, 100, 400),
        (500 * MILLION, 0, 350),
        (2 * BILLION, 0, 300),
        (7 * BILLION, 0, 250),
    ),
)

HYPERLIQUID_PERP = _published(
    # The same page: perpetuals of the venue itself; those that others list there cost more.
    "hyperliquid-perp",
    "2026-09-23",
    (
        (0, 150, 450),
        (5 * MILLION, 120, 400),
        (25 * MILLION, 80, 350),
        (100 * MILLION, 40, 300),
        (500 * MILLION, 0, 280),
        (2 * BILLION, 0, 260),
        (7 * BILLION, 0, 240),
    ),
)

"""Fee schedules by name: our own, and those that venues publish."""

from engine.core.fees import published
from engine.core.instruments import FeeSchedule, FeeTier
from engine.core.units import QUANTA_PER_UNIT

_MILLION_QUANTA = 1_000_000 * QUANTA_PER_UNIT
_QUOTING_PPM = 800_000
"""A rebate is for who quotes both sides for four fifths of the time."""

STANDARD = FeeSchedule(
    name="standard",
    tiers=(
        FeeTier(from_quanta=0, maker_ppm=500, taker_ppm=1000),
        FeeTier(from_quanta=1 * _MILLION_QUANTA, maker_ppm=400, taker_ppm=900),
        FeeTier(from_quanta=10 * _MILLION_QUANTA, maker_ppm=300, taker_ppm=800),
    ),
)

MARKET_MAKER = FeeSchedule(
    name="market-maker",
    tiers=(
        FeeTier(from_quanta=0, maker_ppm=1000, taker_ppm=2000),
        FeeTier(
            from_quanta=1 * _MILLION_QUANTA,
            maker_ppm=-100,
            taker_ppm=1500,
            uptime_ppm=_QUOTING_PPM,
        ),
        FeeTier(
            from_quanta=10 * _MILLION_QUANTA,
            maker_ppm=-200,
            taker_ppm=1200,
            uptime_ppm=_QUOTING_PPM,
        ),
        FeeTier(
            from_quanta=50 * _MILLION_QUANTA,
            maker_ppm=-300,
            taker_ppm=1000,
            uptime_ppm=_QUOTING_PPM,
        ),
    ),
)

ZERO = FeeSchedule(name="zero", tiers=(FeeTier(from_quanta=0, maker_ppm=0, taker_ppm=0),))

PRESETS: dict[str, FeeSchedule] = {
    "standard": STANDARD,
    "market-maker": MARKET_MAKER,
    "zero": ZERO,
    "binance-spot": published.BINANCE_SPOT,
    "binance-usdm": published.BINANCE_USDM,
    "coinbase-exchange": published.COINBASE_EXCHANGE,
    "coinbase-international": published.COINBASE_INTERNATIONAL,
    "kraken-spot": published.KRAKEN_SPOT,
    "kraken-futures": published.KRAKEN_FUTURES,
    "okx-spot": published.OKX_SPOT,
    "okx-futures": published.OKX_FUTURES,
    "bybit-spot": published.BYBIT_SPOT,
    "bybit-derivatives": published.BYBIT_DERIVATIVES,
    "hyperliquid-spot": published.HYPERLIQUID_SPOT,
    "hyperliquid-perp": published.HYPERLIQUID_PERP,
}
"""Every schedule that can be chosen by name, in the order in which it is offered."""

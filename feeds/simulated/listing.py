"""What the simulated venue lists, and how each instrument trades in quiet times."""

from dataclasses import dataclass
from decimal import Decimal

from engine.core.instruments import AssetClass, Breaker, Instrument
from engine.core.units import QUANTA_PER_UNIT

VENUE = "simulated"
BAND_PPM = 100_000
"""A tenth from the market is a slip of the finger here."""
SPOT_FEES, PERPETUAL_FEES = "standard", "binance-usdm"
"""Schedules of `engine.core.fees.presets`, whose first tiers are what the instruments state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One instrument of the simulated venue and the habits of those who trade it."""

    instrument: Instrument
    underlying: str
    """Whose latent price it follows; a key of `latent.UNDERLYINGS`."""
    opening_ticks: int
    depth_lots: int
    """What a price level some ticks behind the touch usually shows."""
    trade_lots: int
    """Median size of an incoming market order."""
    trades_hz: float
    """Mean rate of incoming market orders at normal activity."""
    quotes_hz: float
    """Mean rate of quote changes at normal activity."""
    basis: float = 0.0
    """Mean premium over the underlying, as a fraction of its price: 0.0002 is two basis points."""
    basis_deviation: float = 0.0
    """Standard deviation of the premium around its mean."""

    @property
    def fees(self) -> str:
        """The name of the schedule that its fills are charged by."""
        spot = self.instrument.asset_class is AssetClass.SPOT
        return SPOT_FEES if spot else PERPETUAL_FEES


def _instrument(symbol: str, tick: str, lot: str, maker_ppm: int, taker_ppm: int) -> Instrument:
    base, quote, *perpetual = symbol.split("-")
    return Instrument(
        symbol=symbol,
        venue=VENUE,
        asset_class=AssetClass.PERPETUAL if perpetual else AssetClass.SPOT,
        base=base,
        quote=quote,
        settlement=quote,
        tick_size=Decimal(tick),
        lot_size=Decimal(lot),
        notional_min_quanta=5 * QUANTA_PER_UNIT,
        maker_fee_ppm=maker_ppm,
        taker_fee_ppm=taker_ppm,
        initial_margin_ppm=100_000 if perpetual else 1_000_000,
        band_ppm=BAND_PPM,
        breaker=Breaker(),
    )


LISTINGS: tuple[Listing, ...] = (
    Listing(
        instrument=_instrument("BTC-USDT", "0.5", "0.001", 500, 1000),
        underlying="BTC",
        opening_ticks=124_000,
        depth_lots=8_000,
        trade_lots=100,
        trades_hz=7.0,
        quotes_hz=100.0,
    ),
    Listing(
        instrument=_instrument("ETH-USDT", "0.05", "0.01", 500, 1000),
        underlying="ETH",
        opening_ticks=61_000,
        depth_lots=6_000,
        trade_lots=120,
        trades_hz=6.0,
        quotes_hz=85.0,
    ),
    Listing(
        instrument=_instrument("BTC-USDT-PERP", "0.5", "0.001", 200, 500),
        underlying="BTC",
        opening_ticks=124_020,
        depth_lots=9_000,
        trade_lots=160,
        trades_hz=9.0,
        quotes_hz=110.0,
        basis=0.00016,
        basis_deviation=0.00008,
    ),
    Listing(
        instrument=_instrument("ETH-USDT-PERP", "0.05", "0.01", 200, 500),
        underlying="ETH",
        opening_ticks=61_009,
        depth_lots=14_000,
        trade_lots=220,
        trades_hz=7.0,
        quotes_hz=95.0,
        basis=0.00015,
        basis_deviation=0.0001,
    ),
    Listing(
        instrument=_instrument("SOL-USDT", "0.01", "0.1", 500, 1000),
        underlying="SOL",
        opening_ticks=15_200,
        depth_lots=9_000,
        trade_lots=160,
        trades_hz=5.0,
        quotes_hz=75.0,
    ),
)
"""In listing order: the first is what a trader sees first."""

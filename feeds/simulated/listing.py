"""What the simulated venue lists, and how each instrument trades in quiet times.

Everything trades around the clock, the stock and the currency pair included: the market is there
whenever somebody starts it. The stock, the index fund and their tickers are made up.
"""

from dataclasses import dataclass
from decimal import Decimal

from engine.core.instruments import AssetClass, Breaker, Instrument
from engine.core.units import QUANTA_PER_UNIT

VENUE = "simulated"
BAND_PPM = 100_000
"""A tenth from the market is a slip of the finger here."""
SPOT_FEES, PERPETUAL_FEES, STATED_FEES = "standard", "binance-usdm", ""
"""Schedules of `engine.core.fees.presets`, whose first tiers are what the instruments state; empty
for what they state and nothing else."""


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
    spread_ticks: float = 0.9
    """What makers keep between their quotes in quiet times, before rounding to ticks outward."""
    frame_ns: int = 100_000_000
    """Time between two depth messages."""
    fees: str = STATED_FEES
    """The name of the schedule that its fills are charged by."""
    spot: str | None = None
    """The symbol that a perpetual's index is made of; None for what is no perpetual."""
    basis: float = 0.0
    """Mean premium over the underlying, as a fraction of its price: 0.0002 is two basis points."""
    basis_deviation: float = 0.0
    """Standard deviation of the premium around its mean."""
    open_interest_lots: int = 0
    """What is held of a perpetual when the market opens."""
    options: bool = False
    """Whether it is an underlying of options."""


def _instrument(
    symbol: str,
    asset_class: AssetClass,
    tick: str,
    lot: str,
    maker_ppm: int,
    taker_ppm: int,
    notional_min: int = 5,
) -> Instrument:
    base, quote = symbol.split("-")[:2]
    return Instrument(
        symbol=symbol,
        venue=VENUE,
        asset_class=asset_class,
        base=base,
        quote=quote,
        settlement=quote,
        tick_size=Decimal(tick),
        lot_size=Decimal(lot),
        notional_min_quanta=notional_min * QUANTA_PER_UNIT,
        maker_fee_ppm=maker_ppm,
        taker_fee_ppm=taker_ppm,
        initial_margin_ppm=1_000_000 if asset_class.owned else 100_000,
        band_ppm=BAND_PPM,
        breaker=Breaker(),
    )


LISTINGS: tuple[Listing, ...] = (
    Listing(
        instrument=_instrument("BTC-USDT", AssetClass.SPOT, "0.5", "0.001", 500, 1000),
        underlying="BTC",
        opening_ticks=124_000,
        depth_lots=8_000,
        trade_lots=100,
        trades_hz=5.0,
        quotes_hz=45.0,
        fees=SPOT_FEES,
        options=True,
    ),
    Listing(
        instrument=_instrument("ETH-USDT", AssetClass.SPOT, "0.05", "0.01", 500, 1000),
        underlying="ETH",
        opening_ticks=61_000,
        depth_lots=6_000,
        trade_lots=120,
        trades_hz=4.0,
        quotes_hz=40.0,
        fees=SPOT_FEES,
        options=True,
    ),
    Listing(
        instrument=_instrument("BTC-USDT-PERP", AssetClass.PERPETUAL, "0.5", "0.001", 200, 500),
        underlying="BTC",
        opening_ticks=124_020,
        depth_lots=9_000,
        trade_lots=160,
        trades_hz=6.0,
        quotes_hz=45.0,
        fees=PERPETUAL_FEES,
        spot="BTC-USDT",
        basis=0.00016,
        basis_deviation=0.00008,
        open_interest_lots=38_000_000,
    ),
    Listing(
        instrument=_instrument("ETH-USDT-PERP", AssetClass.PERPETUAL, "0.05", "0.01", 200, 500),
        underlying="ETH",
        opening_ticks=61_009,
        depth_lots=14_000,
        trade_lots=220,
        trades_hz=5.0,
        quotes_hz=40.0,
        fees=PERPETUAL_FEES,
        spot="ETH-USDT",
        basis=0.00015,
        basis_deviation=0.0001,
        open_interest_lots=52_000_000,
    ),
    Listing(
        instrument=_instrument("TUIX-USD", AssetClass.STOCK, "0.01", "1", 50, 50, notional_min=1),
        underlying="TUIX",
        opening_ticks=18_740,
        depth_lots=1_400,
        trade_lots=40,
        trades_hz=2.5,
        quotes_hz=25.0,
        spread_ticks=1.2,
        frame_ns=200_000_000,
    ),
    Listing(
        instrument=_instrument(
            "EUR-USD", AssetClass.FX, "0.00001", "1000", 20, 20, notional_min=1_000
        ),
        underlying="EUR",
        opening_ticks=108_450,
        depth_lots=2_200,
        trade_lots=120,
        trades_hz=2.5,
        quotes_hz=25.0,
        spread_ticks=1.6,
        frame_ns=200_000_000,
    ),
    Listing(
        instrument=_instrument("TX50-USD", AssetClass.STOCK, "0.01", "1", 50, 50, notional_min=1),
        underlying="TX50",
        opening_ticks=51_230,
        depth_lots=3_000,
        trade_lots=60,
        trades_hz=2.5,
        quotes_hz=25.0,
        frame_ns=200_000_000,
        options=True,
    ),
)
"""In listing order: the first is what a trader sees first. The last is a fund of the fifty largest
made-up shares: the index on which options are written."""

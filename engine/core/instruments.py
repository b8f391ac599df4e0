"""What can be traded: the terms of a contract, as its venue states them."""

from decimal import Decimal
from enum import Enum

import msgspec


class AssetClass(Enum):
    """The family of contracts an instrument belongs to, which decides how a trade moves money."""

    SPOT = "spot"
    """The base asset changes hands against the quote currency; only what is owned can be sold."""
    PERPETUAL = "perpetual"
    """A linear future without expiry, margined and settled in `settlement`; long or short."""


class Instrument(msgspec.Struct, frozen=True, kw_only=True):
    """The terms of one instrument.

    Sizes are exact decimals as the venue states them; `engine.core.units.Scale` turns them into the
    integers that the exchange works with.
    """

    symbol: str
    """Ours: `BTC-USDT`, `BTC-USDT-PERP`; with `.VENUE` appended where two venues would clash."""
    venue: str
    asset_class: AssetClass
    base: str
    quote: str
    settlement: str
    """The currency that pays: the quote currency for spot and for linear perpetuals."""
    tick_size: Decimal
    """The smallest price step, in quote currency per unit of base."""
    lot_size: Decimal
    """The smallest quantity step, in units of base."""
    lots_min: int = 1
    lots_max: int = 10**15
    """Both bounds are of one order, in lots."""
    notional_min_quanta: int = 0
    """The smallest value of one order, in quanta of the quote currency."""
    multiplier: Decimal = Decimal(1)
    """Units of base behind one unit of quantity."""
    maker_fee_ppm: int = 500
    taker_fee_ppm: int = 1000
    """Fees in millionths of the notional: 1000 ppm is 10 bps. A maker fee may be negative."""
    initial_margin_ppm: int = 1_000_000
    """Collateral held per notional when a perpetual position is opened: 100_000 ppm is 10x
    leverage. Spot is paid in full."""

"""What can be traded: the terms of a contract, as its venue states them."""

from decimal import Decimal
from enum import Enum

import msgspec


class AssetClass(Enum):
    """The family of contracts an instrument belongs to, which decides how a trade moves money."""

    SPOT = "spot"
    """The base asset changes hands against the quote currency; only what is owned can be sold."""
    STOCK = "stock"
    """A share, which changes hands as a spot asset does."""
    ETF = "etf"
    """A share of a fund, which changes hands as a stock does."""
    FX = "fx"
    """A currency, which changes hands as a spot asset does."""
    PERPETUAL = "perpetual"
    """A linear future without expiry, margined and settled in `settlement`; long or short."""
    FUTURE = "future"
    """A linear future with an expiry, traded as a perpetual is."""
    INVERSE = "inverse"
    """A future, dated or not, that is worth `1 / price` of its base, in which it settles."""
    OPTION = "option"
    """Watched, not traded here."""

    __hash__ = object.__hash__

    @property
    def owned(self) -> bool:
        """A trade makes the buyer own the base, rather than hold a position."""
        return self in (AssetClass.SPOT, AssetClass.STOCK, AssetClass.ETF, AssetClass.FX)

    @property
    def tradable(self) -> bool:
        """Orders are taken; others can only be watched."""
        return self is not AssetClass.OPTION


SECOND_NS = 1_000_000_000
MINUTE_NS = 60 * SECOND_NS


class Breaker(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When an instrument's own trades halt it: a move as large as this within the window."""

    move_ppm: int = 100_000
    """Up from the lowest or down from the highest trade of the window, in millionths."""
    window_ns: int = 5 * MINUTE_NS
    halt_ns: int = 5 * MINUTE_NS
    cancel_orders: bool = False
    """Whether a halt cancels every order."""


class BreakerLevel(msgspec.Struct, frozen=True, kw_only=True):
    """A fall of the whole market that halts every instrument, once a day."""

    fall_ppm: int
    """From the reference, in millionths."""
    halt_ns: int | None
    """How long; None for the rest of the UTC day."""


MARKET_BREAKER_LEVELS = (
    BreakerLevel(fall_ppm=70_000, halt_ns=15 * MINUTE_NS),
    BreakerLevel(fall_ppm=130_000, halt_ns=15 * MINUTE_NS),
    BreakerLevel(fall_ppm=200_000, halt_ns=None),
)
"""Those of the US stock exchanges."""


class MarginTier(msgspec.Struct, frozen=True, kw_only=True):
    """How much leverage positions up to a notional may have, and what keeps them open."""

    below_quanta: int | None
    """Notionals below this, in quote currency, lie in the tier; None: all larger ones."""
    leverage_max: int
    maintenance_ppm: int
    """Of the part of the notional that lies in the tier, in millionths."""


class FeeTier(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What fills cost from a trading volume on."""

    from_quanta: int
    """Trailing 30-day notional in the instrument's quote currency."""
    maker_ppm: int
    """In millionths of the notional; negative for a rebate."""
    taker_ppm: int
    uptime_ppm: int = 0
    """A rebate is paid only to who quoted both sides for this share of the time; below it, making
    is free."""


class FeeSchedule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The tiers of an instrument's fees, and who gets a share of them."""

    name: str
    tiers: tuple[FeeTier, ...]
    """Ascending; the first starts at 0."""
    insurance_share_ppm: int = 0
    """How much of each fee paid goes to the insurance fund, in millionths."""
    read_on: str = ""
    """The date on which a venue's published schedule was read, as 2026-11-21; empty: our own."""


class Instrument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
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
    """The currency that pays: the quote currency, but the base for inverse contracts."""
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
    """Collateral held per notional of a margined position whose owner chose no leverage:
    100_000 ppm is 10x."""
    margin_tiers: tuple[MarginTier, ...] = ()
    """Ascending; empty: one tier at the usual rates of its class."""
    borrow_ppm: int = 0
    """What a year of being short costs where the asset has to be borrowed, in millionths."""
    liquidation_fee_ppm: int = 5_000
    """Of the notional that is liquidated, to the insurance fund."""
    liquidation_step_ppm: int | None = None
    """How much of a position is liquidated at a time; None: what restores 110% of maintenance."""
    calendar: str = "24/7"
    """The name of the calendar that its sessions follow."""
    band_ppm: int | None = None
    """How far from the reference price an order may reach, in millionths; None: anywhere. The
    reference is the mark, or the last trade where there is none."""
    breaker: Breaker | None = None
    """None: its own trades never halt it."""
    cascade_orders_max: int = 1_000
    """How many waiting orders one command may fire before the instrument is halted instead."""

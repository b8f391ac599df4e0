"""The instruments and accounts of a swarm: which rules of the market are on in it."""

from dataclasses import dataclass
from decimal import Decimal

from engine.core.commands import (
    Command,
    ConfigureFees,
    ConfigureMarketBreaker,
    ConfigureMirror,
    Deposit,
    ListInstrument,
    OpenAccount,
)
from engine.core.instruments import (
    SECOND_NS,
    AssetClass,
    Breaker,
    BreakerLevel,
    FeeSchedule,
    FeeTier,
    Instrument,
)
from engine.core.margin_terms import tier
from engine.core.units import QUANTA_PER_UNIT

SPOT = Instrument(
    symbol="BTC-USDT",
    venue="local",
    asset_class=AssetClass.SPOT,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.1"),
    lot_size=Decimal("0.0001"),
    lots_min=2,
    lots_max=60,
    notional_min_quanta=QUANTA_PER_UNIT // 250,
    maker_fee_ppm=-77,
    taker_fee_ppm=1033,
)
PERPETUAL = Instrument(
    symbol="BTC-USDT-PERP",
    venue="local",
    asset_class=AssetClass.PERPETUAL,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.5"),
    lot_size=Decimal("0.01"),
    maker_fee_ppm=201,
    taker_fee_ppm=499,
    initial_margin_ppm=100_000,
)
SYMBOLS = (SPOT.symbol, PERPETUAL.symbol)
ACCOUNTS = ("ann", "bob", "cat", "dan")
PRICE = 100
"""Ticks around which everything happens."""
STEP_NS = 400_000_000
"""All times are multiples of this, so that things come due together."""
HOLD_NS = 5 * SECOND_NS + 37
"""The odd nanoseconds keep what comes back from coming at the time of anything else."""
BREAKER = Breaker(
    move_ppm=40_000, window_ns=4 * SECOND_NS, halt_ns=6 * STEP_NS, cancel_orders=False
)
LEVELS = (
    BreakerLevel(fall_ppm=40_000, halt_ns=5 * STEP_NS),
    BreakerLevel(fall_ppm=50_000, halt_ns=9 * STEP_NS),
    BreakerLevel(fall_ppm=60_000, halt_ns=None),
)


MARGIN_TIERS = (
    tier(2, 25, 20_000),
    tier(5, 8, 45_000),
    tier(9, 5, 90_001),
    tier(None, 2, 250_000),
)


@dataclass(frozen=True)
class World:
    """What is on; all off is a market as plain as one can be."""

    groups: bool = False
    """The first and the last account share an owner."""
    band: bool = False
    breaker: bool = False
    cancelling_breaker: bool = False
    market_breaker: bool = False
    small_cascade: bool = False
    tiers: bool = False
    timed: bool = False
    """The venue says when it speaks."""
    small_tiers: bool = False
    """The first position of some size may not have the leverage of a small one."""
    inverse: bool = False
    """The derivative settles in what it is a contract on."""
    margined: bool = False
    """Accounts choose how they pay."""
    poor: bool = False
    """They have little, and what they are short of has to be borrowed."""
    stepped: bool = False
    """A quarter of a position is liquidated at a time, and small orders are not taken."""
    slow: bool = False
    """Prices grow old and funding is paid in hours, not in minutes."""


FLAGS = 8
"""How many of these any swarm may have; the last ones belong to those about margin."""


FLAG_NAMES = tuple(World.__dataclass_fields__)[:FLAGS]


def world(bits: int) -> World:
    """The world whose flags are the bits of a number."""
    return World(*(bool(bits >> i & 1) for i in range(FLAGS)))


def bits(on: World) -> int:
    """The number whose bits are a world's flags."""
    return sum(getattr(on, name) << i for i, name in enumerate(FLAG_NAMES))


def instruments(on: World) -> tuple[Instrument, Instrument]:
    breaker = None
    if on.breaker:
        breaker = Breaker(
            move_ppm=BREAKER.move_ppm,
            window_ns=BREAKER.window_ns,
            halt_ns=BREAKER.halt_ns,
            cancel_orders=on.cancelling_breaker,
        )
    extra: dict[str, object] = {
        "band_ppm": 30_000 if on.band else None,
        "breaker": breaker,
        "cascade_orders_max": 2 if on.small_cascade else 1_000,
    }
    if on.small_tiers:
        extra["margin_tiers"] = MARGIN_TIERS
    spot, perpetual = _with(SPOT, extra), _with(PERPETUAL, extra)
    if on.poor:
        spot = _with(spot, {"borrow_ppm": 730_000})
    if on.stepped:
        perpetual = _with(perpetual, {"liquidation_step_ppm": 250_000, "lots_min": 3})
    if on.inverse:
        terms: dict[str, object] = {"asset_class": AssetClass.INVERSE, "settlement": "BTC"}
        perpetual = _with(perpetual, {**terms, "lot_size": Decimal("0.1")})
    return spot, perpetual


def _with(terms: Instrument, extra: dict[str, object]) -> Instrument:
    fields = {name: getattr(terms, name) for name in terms.__struct_fields__}
    return Instrument(**(fields | extra))


def schedule(symbol: str, variant: int) -> FeeSchedule:
    """Tiers that a few fills climb; the better ones pay who quotes both sides."""
    unit = QUANTA_PER_UNIT // 20 if symbol == SPOT.symbol else 20 * QUANTA_PER_UNIT
    return FeeSchedule(
        name=f"v{variant}",
        tiers=(
            FeeTier(from_quanta=0, maker_ppm=300, taker_ppm=900 + variant),
            FeeTier(from_quanta=unit, maker_ppm=-103, taker_ppm=707, uptime_ppm=300_000),
            FeeTier(from_quanta=(3 + variant) * unit, maker_ppm=-211, taker_ppm=501),
        ),
        insurance_share_ppm=(0, 250_000, 1_000_000)[variant % 3],
    )


def opening(on: World) -> tuple[Command, ...]:
    """The commands that set a world up."""
    desk = "desk" if on.groups else ""
    commands: list[Command] = [ListInstrument(instrument=terms) for terms in instruments(on)]
    commands += [ConfigureMirror(symbol=symbol, taken_hold_ns=HOLD_NS) for symbol in SYMBOLS]
    groups = (desk, "", "", desk)
    commands += [OpenAccount(account=a, group=g) for a, g in zip(ACCOUNTS, groups, strict=True)]
    rich = (
        ("ann", 40 if on.poor else 1000),
        ("bob", 1),
        ("cat", 2),
        ("dan", 4 if on.poor else 200),
    )
    for account, units in rich:
        amount = units * QUANTA_PER_UNIT
        commands.append(Deposit(account=account, currency="USDT", amount_quanta=amount))
    for account, parts in (("ann", 20 if on.poor else 1), ("bob", 200), ("dan", 50)):
        amount = QUANTA_PER_UNIT // parts
        commands.append(Deposit(account=account, currency="BTC", amount_quanta=amount))
    if on.tiers:
        commands += [
            ConfigureFees(symbol=symbol, schedule=schedule(symbol, 0)) for symbol in SYMBOLS
        ]
    if on.market_breaker:
        commands.append(
            ConfigureMarketBreaker(symbol=SYMBOLS[1], reference_ticks=PRICE, levels=LEVELS)
        )
    return tuple(commands)

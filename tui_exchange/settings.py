"""Every setting with its one default, its bounds and what it means.

A setting lives in a section; `[journal] fsync` in the file is `TUI_EXCHANGE_JOURNAL_FSYNC` in the
environment. `docs/config.md` is derived from this module and a test keeps it so.
"""

from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Named = Annotated[str, Meta(min_length=1, max_length=64)]
Amount = Annotated[Decimal, Meta(description="An exact amount in units of a currency.")]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The paper portfolio that is opened when a profile is new."""

    name: Annotated[Named, Meta(description="The portfolio that commands trade for.")] = "main"
    base_currency: Annotated[
        Named, Meta(description="The currency in which equity and profit are told.")
    ] = "USDT"
    starting_balance: Annotated[
        Amount, Meta(description="Given once in each dollar currency that a market is quoted in.")
    ] = Decimal(5_000_000)
    starting_balances: Annotated[
        dict[str, Decimal],
        Meta(description="Given once in other currencies that a market is quoted in."),
    ] = msgspec.field(
        default_factory=lambda: {
            "BTC": Decimal(50),
            "ETH": Decimal(1000),
            "BNB": Decimal(5000),
            "EUR": Decimal(5_000_000),
            "GBP": Decimal(5_000_000),
            "TRY": Decimal(100_000_000),
        }
    )


Waiting = Annotated[str, Meta(max_length=16, pattern=r"^(off|[0-9]+(-[0-9]+)?ms)$")]
WaitingOrSame = Annotated[str, Meta(max_length=16, pattern=r"^(off|[0-9]+(-[0-9]+)?ms)?$")]


class Market(msgspec.Struct, frozen=True, kw_only=True):
    """The simulated market, and how the mirrored liquidity of any market behaves."""

    seed: Annotated[int, Meta(ge=0, le=2**63 - 1, description="Of the simulated market.")] = 7
    speed: Annotated[
        float, Meta(ge=1, le=100, description="Of the simulated market; 1 is real time.")
    ] = 1.0
    scenario: Annotated[
        Literal["calm", "volatile", "rally", "slide", "trend", "crash", "squeeze", "thin", "burst"],
        Meta(
            description="Of the simulated market: the course that it begins with;"
            " `tui-exchange simulated scenarios` says what each is."
        ),
    ] = "calm"
    queue_model: Annotated[
        Literal["proportional", "ahead", "behind", "probability"],
        Meta(
            description="Where displayed quantity that vanishes without a trade is taken from,"
            " seen from our order."
        ),
    ] = "proportional"
    taken_hold_ms: Annotated[
        int, Meta(ge=0, le=3_600_000, description="How long liquidity that we took stays taken.")
    ] = 5000
    latency: Annotated[
        Waiting,
        Meta(
            description="How long an order takes to the venue: `50-200ms` draws each time,"
            " `80ms` is always the same, `off` is none."
        ),
    ] = "50-200ms"
    latency_amend: Annotated[
        WaitingOrSame, Meta(description="The same of an amendment; empty: as an order's.")
    ] = ""
    latency_cancel: Annotated[
        WaitingOrSame, Meta(description="The same of a cancel; empty: as an order's.")
    ] = ""
    day_share_ppm: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000,
            description="Where a venue publishes quotes and no depth: the share of a day's average"
            " volume that counts as available on each side, in millionths.",
        ),
    ] = 10_000
    assumed_liquidity: Annotated[
        Decimal,
        Meta(gt=0, description="The same in units of the base, where no volume is known."),
    ] = Decimal(1_000_000)
    breaker_symbol: Annotated[
        str,
        Meta(
            max_length=40,
            description="The instrument whose fall in a day, by 7, 13 and 20%, halts every market;"
            " empty for none.",
        ),
    ] = ""


class Guards(msgspec.Struct, frozen=True, kw_only=True):
    """What is checked before an order is sent."""

    refuse_duplicates: Annotated[
        bool, Meta(description="Refuse the same order again within two seconds.")
    ] = True
    order_size_max: Annotated[
        dict[str, Decimal], Meta(description="The largest order by symbol, in units of the base.")
    ] = msgspec.field(default_factory=dict)
    risk_per_trade_percent: Annotated[
        Decimal, Meta(description="Of equity: one risk unit, the `r` of a size such as `1r@62000`.")
    ] = Decimal(2)


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept on disk, and how carefully."""

    profile: Annotated[
        Named, Meta(description="Which kept account to use; one session at a time.")
    ] = "default"
    fsync: Annotated[
        Literal["each", "interval", "off"],
        Meta(description="When the input log is forced to the disk itself."),
    ] = "interval"
    fsync_interval_ms: Annotated[
        int, Meta(ge=1, le=60_000, description='With `fsync = "interval"`.')
    ] = 100
    snapshot_commands: Annotated[
        int,
        Meta(ge=1000, le=1_000_000_000, description="A snapshot at least every so many commands."),
    ] = 250_000
    snapshot_minutes: Annotated[
        int, Meta(ge=1, le=1440, description="A snapshot at least every so many minutes.")
    ] = 10
    equity_interval_s: Annotated[
        int, Meta(ge=1, le=3600, description="How often equity is recorded, besides after fills.")
    ] = 10


Distance = Annotated[str, Meta(max_length=24, pattern=r"^([0-9]+(\.[0-9]+)?(%|t)?)?$")]


class Terminal(msgspec.Struct, frozen=True, kw_only=True):
    """How the workstation looks and behaves."""

    theme: Annotated[Named, Meta(description="A theme's name; `:` then `theme` lists them.")] = (
        "dark"
    )
    keymap: Annotated[Named, Meta(description="A keymap's name.")] = "default"
    frame_hz: Annotated[int, Meta(ge=1, le=30, description="Screen updates in a second.")] = 15
    disarm_after_s: Annotated[
        int, Meta(ge=5, le=86_400, description="Trading keys disarm after so long without a key.")
    ] = 300
    bracket_take_profit: Annotated[
        Distance,
        Meta(
            description="How far from an entry the ladder's bracket takes its profit: `1%`, `20t`"
            " or an amount; empty for not at all."
        ),
    ] = "1%"
    bracket_stop_loss: Annotated[
        Distance, Meta(description="How far from an entry the ladder's bracket stops its loss.")
    ] = "0.5%"
    bracket_scale_in: Annotated[
        Literal["amend", "second"],
        Meta(
            description="A further entry with the bracket on: `amend` gives it the exit prices of"
            " the bracket that is live, so that this one grows; `second` opens one of its own."
        ),
    ] = "amend"


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """Where a live venue is reached; empty for its public address."""

    ws_url: Annotated[str, Meta(description="Of the venue's WebSocket.")] = ""
    rest_url: Annotated[str, Meta(description="Of the venue's REST service.")] = ""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings in effect."""

    account: Account = msgspec.field(default_factory=Account)
    market: Market = msgspec.field(default_factory=Market)
    guards: Guards = msgspec.field(default_factory=Guards)
    journal: Journal = msgspec.field(default_factory=Journal)
    terminal: Terminal = msgspec.field(default_factory=Terminal)
    feed: Feed = msgspec.field(default_factory=Feed)
    alias: dict[str, str] = msgspec.field(default_factory=dict)
    """Command lines by the name that stands for them."""


DOLLARS = ("USDT", "USD", "USDC", "FDUSD", "TUSD", "DAI")
"""Currencies counted as one dollar each, as paper accounts do."""

"""Every setting with its one default, its bounds and what it means.

A setting lives in a section; `[journal] fsync` in the file is `TUI_EXCHANGE_JOURNAL_FSYNC` in the
environment. `docs/config.md` is derived from this module and a test keeps it so.
"""

from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

DOLLAR = "USD"
DOLLAR_COINS = ("USDT", "USDC", "FDUSD", "TUSD", "DAI")
DOLLARS = (DOLLAR, *DOLLAR_COINS)
"""Currencies counted as one dollar each, as paper accounts do."""
Named = Annotated[str, Meta(min_length=1, max_length=64)]
Amount = Annotated[Decimal, Meta(description="An exact amount in units of a currency.")]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The paper portfolio that is opened when a profile is new."""

    name: Annotated[Named, Meta(description="The portfolio that commands trade for.")] = "main"
    base_currency: Annotated[
        Named, Meta(description="The currency in which equity and profit are told.")
    ] = "USDT"
    starting_balance: Annotated[
        Amount,
        Meta(
            description="What a portfolio in a dollar currency begins with, and begins anew with"
            " after a reset. In other currencies that a market is quoted in it is lent as much to"
            " trade with, which counts in no equity."
        ),
    ] = Decimal(5_000_000)
    starting_balances: Annotated[
        dict[str, Decimal],
        Meta(
            description="What counts as much in other currencies: begun with where one is the base"
            " currency, lent elsewhere."
        ),
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
        Meta(description="The same in units of the base, where no volume is known."),
    ] = Decimal(1_000_000)
    breaker_symbol: Annotated[
        str,
        Meta(
            max_length=40,
            description="The instrument whose fall in a day, by 7, 13 and 20%, halts every market;"
            " empty for none.",
        ),
    ] = ""


OfClass = Literal["spot", "stock", "etf", "fx", "perpetual", "future", "inverse"]
Leverage = Annotated[int, Meta(ge=1, le=1000)]
YearlyPpm = Annotated[int, Meta(ge=0, le=1_000_000)]
Percent = Annotated[int, Meta(ge=0, le=100)]


class Margin(msgspec.Struct, frozen=True, kw_only=True):
    """Marks, margin tiers, leverage, borrow fees and collateral, where nobody chose otherwise.

    The leverages, borrow fees and haircuts are our own defaults. A stock needs a quarter of its
    value to stay open, so that at four times it would be liquidated at once.
    """

    mark: Annotated[
        Literal["external", "book", "weighted", "basis"],
        Meta(
            description="The mark of a derivative: `external` is its venue's, `book` the middle of"
            " the book, `weighted` both, `basis` the index with the funding still to be paid. What"
            " is owned is always marked by its book."
        ),
    ] = "external"
    mark_weight: Annotated[
        Percent, Meta(description="The share of the book in a weighted mark, in percent.")
    ] = 50
    oracle_max_age_s: Annotated[
        int,
        Meta(
            ge=2,
            le=3600,
            description="A mark or index price that is older counts no more: the book stands in.",
        ),
    ] = 30
    oracle_sample_s: Annotated[
        int,
        Meta(ge=1, le=60, description="How often the book and the ages of prices are looked at."),
    ] = 5
    index: Annotated[
        Literal["all", "venue"],
        Meta(
            description="`venue` takes the venue's own index; `all` the weighted median of it and"
            " of the other venues' spot markets of the same pair that are carried, its own with"
            " twice the weight of each."
        ),
    ] = "all"
    tiers: Annotated[
        Literal["perpetual", "cautious", "venue"],
        Meta(
            description="The margin tiers of derivatives quoted in dollars whose venue states none:"
            " `perpetual` allows 100x below 50,000 down to 5x from 5 million on, `cautious` 20x"
            " below 100,000 down to 5x from 500,000 on, both never more than the venue; `venue` the"
            " venue's highest leverage at any size."
        ),
    ] = "perpetual"
    leverage: Annotated[
        dict[OfClass, Leverage],
        Meta(description="What new portfolios begin with, by class, as far as the tiers allow."),
    ] = msgspec.field(
        default_factory=lambda: {
            "spot": 3,
            "stock": 2,
            "etf": 2,
            "fx": 20,
            "perpetual": 10,
            "future": 10,
            "inverse": 10,
        }
    )
    borrow_ppm: Annotated[
        dict[OfClass, YearlyPpm],
        Meta(
            description="What a year of being short costs, by class of what is borrowed, in"
            " millionths of its worth."
        ),
    ] = msgspec.field(default_factory=lambda: {"spot": 50_000, "stock": 10_000, "etf": 10_000})
    pegged: Annotated[
        tuple[Named, ...],
        Meta(description="Currencies that count as one US dollar each, as collateral too."),
    ] = DOLLAR_COINS
    haircuts: Annotated[
        dict[str, Percent],
        Meta(
            description="Other currencies that count as collateral of portfolios with"
            " `collateral=multi`, and how many percent less than they are worth."
        ),
    ] = msgspec.field(
        default_factory=lambda: {
            "BTC": 5,
            "ETH": 10,
            "EUR": 2,
            "GBP": 2,
        }
    )


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
    bell: Annotated[
        bool,
        Meta(
            description="Ring the terminal's bell for alarms: margin warnings, liquidations, a"
            " mark that is lost. A burst rings once."
        ),
    ] = True
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
    margin: Margin = msgspec.field(default_factory=Margin)
    guards: Guards = msgspec.field(default_factory=Guards)
    journal: Journal = msgspec.field(default_factory=Journal)
    terminal: Terminal = msgspec.field(default_factory=Terminal)
    feed: Feed = msgspec.field(default_factory=Feed)
    alias: dict[str, str] = msgspec.field(default_factory=dict)
    """Command lines by the name that stands for them."""

"""Read models: what the panes draw, in the integers of the exchange, newest state only.

A view never invents: a price that is not known is None and is drawn as a dash. `Scale` of the
instrument turns ticks, lots and quanta into decimals when a pane writes them.
"""

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

import msgspec

from engine.core.commands import Exits, OrderType, Side, TimeInForce, TriggerSource
from engine.core.events import HaltCause, Liquidity
from engine.core.reasons import Reason


class FeedState(Enum):
    """What a trader may believe of a market's prices."""

    LIVE = "LIVE"
    CATCHING_UP = "CATCHING UP"
    """Connected; the book is not aligned yet."""
    STALE = "STALE"
    """Connected, but this market has been silent for too long."""
    DOWN = "DOWN"
    PAUSED = "PAUSED"
    """A replay that stands still."""
    ENDED = "ENDED"
    """A replay that has come to its end."""


class QuoteView(msgspec.Struct, frozen=True):
    """The touch and the last trade of one instrument; None where unknown."""

    symbol: str
    bid_ticks: int | None
    bid_lots: int
    ask_ticks: int | None
    ask_lots: int
    last_ticks: int | None
    last_side: Side | None
    open_ticks: int | None
    """The first trade or mid this session saw: what `change` is measured from."""
    volume_lots: int
    """Traded since the session began."""
    feed: FeedState


class OrderStage(Enum):
    """Where a live order is; the value is how a trader reads it."""

    WAITING = "waiting"
    """For the price that fires it; not in the book."""
    FIRED = "fired"
    """That price was reached; it trades as soon as the market lets it."""
    WORKING = "working"
    PARTLY = "part filled"


class MarketView(msgspec.Struct, frozen=True):
    """Whether an instrument can be traded now."""

    symbol: str
    halt: HaltCause | None
    """Why it is halted; None when it is not."""
    resumes_ns: int | None
    """When a halt ends by itself; None for one that does not, or without a halt."""
    is_open: bool
    """It is inside one of its sessions."""
    opens_ns: int | None
    """When the next session opens; None when none is known."""

    @property
    def trades(self) -> bool:
        """Orders are taken."""
        return self.halt is None and self.is_open


class OwnOrderAtPrice(msgspec.Struct, frozen=True):
    """One live order of ours as the ladder shows it: at its limit, or at its trigger."""

    order_id: int
    side: Side
    open_lots: int
    """What it would trade, an iceberg's hidden part included."""
    ahead_lots: int
    """Exact quantity in front of it in its queue; 0 while it waits."""
    order_type: OrderType = OrderType.LIMIT
    waits: bool = False
    """For its trigger: it is not in the book."""
    attached: bool = False
    """An exit of the position itself, whose size it follows."""


class LadderRow(msgspec.Struct, frozen=True):
    """One price (or group of prices) of the ladder."""

    price_ticks: int
    """The price, or the lowest price of the group."""
    bid_lots: int
    bid_orders: int
    ask_lots: int
    ask_orders: int
    sold_lots: int
    """Traded here against bids since the session began."""
    bought_lots: int
    """Traded here against asks since the session began."""
    own: tuple[OwnOrderAtPrice, ...]


class LadderView(msgspec.Struct, frozen=True):
    """A window of the book, highest price first."""

    symbol: str
    rows: tuple[LadderRow, ...]
    bid_ticks: int | None
    ask_ticks: int | None
    last_ticks: int | None
    position_lots: int
    entry_ticks: int | None
    """Average entry, rounded to the nearest tick; None when flat."""
    break_even_ticks: int | None
    """Where closing pays for itself, taker fees of both sides included."""
    feed: FeedState
    market: MarketView
    liquidation_ticks: int | None = None
    """The mark that liquidates the position; None for none."""


class OrderView(msgspec.Struct, frozen=True):
    """A live order: it works in the book, or waits for a price."""

    order_id: int
    symbol: str
    side: Side
    order_type: OrderType
    time_in_force: TimeInForce
    post_only: bool
    price_ticks: int | None
    """Its limit; None for an order that is at market when it fires."""
    lots: int
    filled_lots: int
    open_lots: int
    """What is still to be filled, shown or hidden."""
    ahead_lots: int | None
    """None while it waits: it stands in no queue."""
    accepted_ns: int
    tag: str
    note: str
    stage: OrderStage
    trigger_ticks: int | None
    """The price that fires it, as it is now; None for an order that never waits, or does not follow
    the price yet."""
    activation_ticks: int | None
    """The price from which a trailing stop follows; None once it does."""
    source: TriggerSource | None
    """The price that it watches; None for an order that never waits."""
    watched_ticks: int | None
    """That price now."""
    trail_ticks: int | None
    trail_ppm: int | None
    """How far a trailing stop stays behind, one of the two."""
    shown_lots: int | None
    """What an iceberg shows now; None for any other order."""
    reduce_only: bool
    expires_ns: int | None
    linked_id: int | None
    """The order of which only one fills."""
    parent_id: int | None
    """The entry of the bracket that it belongs to."""
    attached: bool
    """An exit of the position itself: it follows its size and ends with it."""
    exits: Exits | None
    """How the position that it opens is to be left: it is the entry of a bracket."""

    @property
    def waits(self) -> bool:
        """It is not in the book yet."""
        return self.stage in (OrderStage.WAITING, OrderStage.FIRED)


class FillView(msgspec.Struct, frozen=True):
    """One fill of ours."""

    ts_ns: int
    trade_id: int
    order_id: int
    symbol: str
    side: Side
    price_ticks: int
    lots: int
    liquidity: Liquidity
    fee_quanta: int
    realised_quanta: int


class PositionView(msgspec.Struct, frozen=True):
    """An open position."""

    symbol: str
    lots: int
    """Signed."""
    entry: Decimal
    mark_ticks: int | None
    """The exchange's mark on margin, else mid of the book or last trade; None when not known."""
    value_quanta: int | None
    unrealised_quanta: int | None
    realised_quanta: int
    """Since the position's instrument was first traded by this account."""
    fees_quanta: int
    take_profit_ticks: int | None
    stop_loss_ticks: int | None
    """Triggers of the exits that are attached to it; None for none."""
    opened_ns: int = 0
    """When it left flat; 0 when that is not known."""
    largest_lots: int = 0
    worst_quanta: int | None = None
    best_quanta: int | None = None
    """The lowest and highest unrealised profit at a mark since then; None for what is owned."""
    funding_quanta: int = 0
    """Funding and borrow fees paid since then, less what was received."""


class BalanceView(msgspec.Struct, frozen=True):
    """One currency of an account."""

    currency: str
    balance_quanta: int
    held_quanta: int
    """Reserved for orders and perpetual positions."""
    free_quanta: int


class AccountView(msgspec.Struct, frozen=True):
    """A portfolio in its base currency; None where a needed price is unknown."""

    name: str
    base_currency: str
    equity_quanta: int | None
    free_quanta: int
    held_quanta: int
    realised_quanta: int
    unrealised_quanta: int | None
    fees_quanta: int
    started_quanta: int
    """What was deposited: equity less this is the profit."""
    lent_quanta: int
    """To trade with in other currencies: among the balances, and no part of equity or free."""
    balances: tuple[BalanceView, ...]
    killed: bool
    """Its kill switch is engaged: it takes no new risk."""


class PrintView(msgspec.Struct, frozen=True):
    """One line of time & sales."""

    ts_ns: int
    price_ticks: int
    lots: int
    side: Side
    own: bool
    """Our order had a share in it."""


class ImbalanceSample(NamedTuple):
    """One moment of a book's imbalance."""

    ts_ns: int
    balance: float | None
    weighted_balance: float | None
    flow_lots: int


class ImbalanceView(msgspec.Struct, frozen=True):
    """How one-sided a market is; `engine.indicators` defines the figures."""

    symbol: str
    levels: int
    """How many of each side count."""
    bid_lots: int
    ask_lots: int
    bid_orders: int
    """Orders in the book, as far as they are known: what a venue displays at a price may be one."""
    ask_orders: int
    balance: float | None
    """From -1, only sellers, to 1, only buyers; None for an empty book."""
    ratio: float | None
    """Wanted per offered; None when nothing is offered."""
    weighted_balance: float | None
    """Levels near the mid count more; None unless both sides are there."""
    weighted_ratio: float | None
    flow_lots: int
    """What came to the best bid less what came to the best ask, over the last `flow_window_ns`."""
    flow_window_ns: int
    toxicity: float | None
    """VPIN, from 0 to 1; None until enough was traded."""
    toxicity_buckets: int
    """How many full buckets of volume `toxicity` rests on."""
    bucket_lots: int | None
    changes: int
    """Changes of the best levels since the market is watched."""
    history: tuple[ImbalanceSample, ...]
    """One for each change, oldest first, the latest ones only."""
    feed: FeedState


class JournalView(msgspec.Struct, frozen=True):
    """The input log and the history writer."""

    written_seq: int
    applied_seq: int
    history_lag: int
    """Rows waiting to be written to the history database."""
    error: str
    """Empty, or what failed and what to do."""


class LineOutcome(msgspec.Struct, frozen=True):
    """What a command line did."""

    text: str
    """The line, rendered back in its full form, or as typed when it was refused."""
    ok: bool
    messages: tuple[str, ...]
    """Sentences for the trader: what was done, or why not."""
    reason: Reason | None = None
    """Why the exchange refuses it, or would; None when it does not, or the line itself is wrong."""

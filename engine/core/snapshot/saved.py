"""What a snapshot holds: the whole state as plain values, other objects by name or number."""

import msgspec

from engine.core.accounts import InFlight
from engine.core.accounts.lots import Lot
from engine.core.commands import (
    ConfigureCurrency,
    DepositKind,
    PlaceOrder,
    Profile,
    QueueModel,
    Side,
    TriggerSource,
)
from engine.core.fees import SavedQuoting
from engine.core.instruments import AssetClass, BreakerLevel, FeeSchedule, Instrument
from engine.core.margin_terms import Limits, MarginMode
from engine.core.market import Halt
from engine.core.mirror.mirror import MirrorState
from engine.core.orders.order import Stage, Standing
from engine.core.perps.funding_rate import Funding
from engine.core.perps.mark import Oracle


class SavedOrder(msgspec.Struct, frozen=True, array_like=True):
    """A trader's live order; fields as in `Order`, other orders by their numbers."""

    order_id: int
    command: PlaceOrder
    price_ticks: int
    lots: int
    open_lots: int
    hidden_lots: int
    display_lots: int | None
    accepted_ns: int
    expires_ns: int | None
    hold_quanta: int
    hold_ticks: int
    closing_lots: int
    stage: Stage
    source: TriggerSource | None
    trigger_ticks: int | None
    best_ticks: int | None
    linked_id: int | None
    parent_id: int | None
    protected_lots: int
    follows: bool
    wary: bool
    standing: Standing | None
    """As in `Order`, its level's count as what has traded since; None when it does not rest."""


class SavedQueueEntry(msgspec.Struct, frozen=True, array_like=True):
    """One place in a queue; displayed quantity is saved here, a trader's order only by its id."""

    order_id: int
    displayed_lots: int | None


class SavedPosition(msgspec.Struct, frozen=True, array_like=True):
    """One position; fields as in `Position`."""

    mode: MarginMode
    leverage: int | None
    lots: int
    cost_quanta: int
    tranches: list[Lot]
    realised_quanta: int
    fees_quanta: int
    funding_quanta: int
    margin_quanta: int
    buy_hold_quanta: int
    sell_hold_quanta: int
    held_quanta: int
    unrealised_quanta: int
    maintenance_quanta: int
    warned_pct: int
    opened_ns: int
    largest_lots: int
    best_quanta: int
    worst_quanta: int
    closing_lots: int


class SavedFall(msgspec.Struct, frozen=True, array_like=True):
    """One fall of the depth at a level of ours; fields as in `Fall`."""

    venue_ns: int
    lots: int
    losses: list[tuple[int, int]]
    heir: bool


class SavedMirror(msgspec.Struct, frozen=True, array_like=True):
    """What is known of an instrument's depth besides its book; fields as in `Mirror`."""

    state: MirrorState
    queue_model: QueueModel
    taken_hold_ns: int
    taken: list[tuple[Side, int, int, int]]
    """(side, price_ticks, lots, until_ns)."""
    depth_ns: int | None
    unreported: list[tuple[Side, int, int, list[tuple[int, int]]]]
    """(side, price_ticks, stated_lots, (venue_ns, lots) of each print)."""
    falls: list[tuple[Side, int, list[SavedFall]]]
    kept: list[tuple[Side, int, list[tuple[int, int]], int]]
    """(side, price_ticks, (order id, lots ahead of it), lots behind)."""


class SavedMarket(msgspec.Struct, frozen=True, array_like=True):
    """One instrument with its book and mirror."""

    instrument: Instrument
    bids: list[tuple[int, list[SavedQueueEntry]]]
    """(price_ticks, queue), worst price first."""
    asks: list[tuple[int, list[SavedQueueEntry]]]
    last_ticks: int | None
    last_side: Side | None
    mark_ticks: int | None
    index_ticks: int | None
    halt: Halt | None
    sessions: tuple[tuple[int, int], ...]
    lows: list[tuple[int, int]]
    highs: list[tuple[int, int]]
    """Of the breaker's window: (ts_ns, price_ticks)."""
    firing: list[tuple[int, TriggerSource, int]]
    """(order id, source, price reached)."""
    schedule: FeeSchedule
    shown_position: SavedPosition
    mirror: SavedMirror
    oracle: Oracle | None
    funding: Funding | None


class SavedAccount(msgspec.Struct, frozen=True, array_like=True):
    """One trader's account."""

    name: str
    group: str
    killed: bool
    client_ids: dict[str, int]
    volumes: list[tuple[AssetClass, str, list[tuple[int, int]]]]
    """Trailing notional: (class, quote currency, (UTC day, quanta) of each day)."""
    fee_books: dict[str, tuple[int | None, SavedQuoting]]
    """(tier, presence in the book) by symbol."""
    archived: bool
    profile: Profile
    limits: Limits
    placed: list[int]
    deposited: list[tuple[str, DepositKind, int]]
    pools: list[tuple[str, int]]
    """(settlement currency, highest warning), in the order of first use."""
    positions: dict[str, SavedPosition]
    order_ids: list[int]
    line: list[InFlight]


class SavedState(msgspec.Struct, frozen=True, array_like=True):
    """Everything."""

    seq: int
    now_ns: int
    next_order_id: int
    next_sent_id: int
    next_shown_id: int
    next_trade_id: int
    groups: list[str]
    market_breaker: tuple[str, int, tuple[BreakerLevel, ...], int] | None
    """(symbol, reference_ticks, levels, levels reached)."""
    markets: list[SavedMarket]
    balances: list[tuple[str, str, int, int]]
    """(owner, currency, balance_quanta, held_quanta), in the order of opening."""
    accounts: list[SavedAccount]
    fund: SavedAccount
    orders: list[SavedOrder]
    currencies: list[ConfigureCurrency]
    returned: dict[str, int]

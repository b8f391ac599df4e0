"""The whole state as bytes and back, and its hash.

A snapshot lists queues in priority order and dictionaries in their order of insertion, so a
restored exchange gives the same events as the one that was saved.
"""

import hashlib

import msgspec

from engine.core.accounts import Account, Position
from engine.core.book import BookSide, DisplayedOrder
from engine.core.commands import OrderType, PlaceOrder, QueueModel, Side, TimeInForce
from engine.core.exchange import Exchange
from engine.core.instruments import Instrument
from engine.core.market import Market
from engine.core.mirror.mirror import NEVER_NS, MirrorState, Taken
from engine.core.orders.acceptance import draft
from engine.core.orders.order import Order
from engine.core.state import State


class SavedOrder(msgspec.Struct, frozen=True, array_like=True):
    """A trader's live order."""

    order_id: int
    account: str
    symbol: str
    side: Side
    order_type: OrderType
    time_in_force: TimeInForce
    post_only: bool
    price_ticks: int
    lots: int
    open_lots: int
    accepted_ns: int
    client_id: str
    tag: str
    note: str
    hold_quanta: int
    hold_ticks: int
    closing_lots: int


class SavedQueueEntry(msgspec.Struct, frozen=True, array_like=True):
    """One place in a queue; displayed quantity is saved here, a trader's order only by its id."""

    order_id: int
    displayed_lots: int | None


class SavedPosition(msgspec.Struct, frozen=True, array_like=True):
    """One position; fields as in `Position`."""

    lots: int
    cost_quanta: int
    realised_quanta: int
    fees_quanta: int
    margin_quanta: int
    closing_lots: int


class SavedMarket(msgspec.Struct, frozen=True, array_like=True):
    """One instrument with its book and mirror."""

    instrument: Instrument
    bids: list[tuple[int, list[SavedQueueEntry]]]
    """(price_ticks, queue), worst price first."""
    asks: list[tuple[int, list[SavedQueueEntry]]]
    last_ticks: int | None
    last_side: Side | None
    shown_position: SavedPosition
    mirror_state: MirrorState
    queue_model: QueueModel
    taken_hold_ns: int
    taken: list[tuple[Side, int, int, int]]
    """(side, price_ticks, lots, until_ns)."""


class SavedAccount(msgspec.Struct, frozen=True, array_like=True):
    """One trader's account."""

    name: str
    client_ids: dict[str, int]
    positions: dict[str, SavedPosition]
    order_ids: list[int]


class SavedState(msgspec.Struct, frozen=True, array_like=True):
    """Everything."""

    seq: int
    now_ns: int
    next_order_id: int
    next_shown_id: int
    next_trade_id: int
    markets: list[SavedMarket]
    balances: list[tuple[str, str, int, int]]
    """(owner, currency, balance_quanta, held_quanta), in the order of opening."""
    accounts: list[SavedAccount]
    orders: list[SavedOrder]


def encode(exchange: Exchange) -> bytes:
    """The exchange's state as bytes; equal states give equal bytes."""
    return msgspec.json.encode(_save(exchange.state))


def decode(payload: bytes) -> Exchange:
    """The exchange that was encoded.

    Raises:
        msgspec.DecodeError: Not JSON, or not a snapshot of this version.
    """
    return Exchange(_load(msgspec.json.decode(payload, type=SavedState)))


def state_hash(exchange: Exchange) -> str:
    """SHA-256 of the encoded state, in hexadecimal."""
    return hashlib.sha256(encode(exchange)).hexdigest()


def _save(state: State) -> SavedState:
    return SavedState(
        seq=state.seq,
        now_ns=state.now_ns,
        next_order_id=state.next_order_id,
        next_shown_id=state.next_shown_id,
        next_trade_id=state.next_trade_id,
        markets=[_save_market(market) for market in state.markets.values()],
        balances=[
            (entry.owner, entry.currency, entry.balance_quanta, entry.held_quanta)
            for entry in state.ledger.accounts.values()
        ],
        accounts=[_save_account(account) for account in state.accounts.values()],
        orders=[_save_order(order) for order in state.orders.values()],
    )


def _save_market(market: Market) -> SavedMarket:
    mirror = market.mirror
    return SavedMarket(
        instrument=market.instrument,
        bids=_save_side(market.book.bids),
        asks=_save_side(market.book.asks),
        last_ticks=market.last_ticks,
        last_side=market.last_side,
        shown_position=_save_position(market.shown_position),
        mirror_state=mirror.state,
        queue_model=mirror.queue_model,
        taken_hold_ns=mirror.taken_hold_ns,
        taken=[
            (side, price_ticks, taken.lots, taken.until_ns)
            for (side, price_ticks), taken in mirror.taken.items()
        ],
    )


def _save_side(side: BookSide) -> list[tuple[int, list[SavedQueueEntry]]]:
    return [
        (
            rank * side.sign,
            [
                SavedQueueEntry(order.order_id, order.open_lots if order.displayed else None)
                for order in side.levels[rank]
            ],
        )
        for rank in side.ranks
    ]


def _save_position(position: Position) -> SavedPosition:
    return SavedPosition(
        lots=position.lots,
        cost_quanta=position.cost_quanta,
        realised_quanta=position.realised_quanta,
        fees_quanta=position.fees_quanta,
        margin_quanta=position.margin_quanta,
        closing_lots=position.closing_lots,
    )


def _save_account(account: Account) -> SavedAccount:
    return SavedAccount(
        name=account.name,
        client_ids=account.client_ids,
        positions={s: _save_position(p) for s, p in account.positions.items()},
        order_ids=list(account.orders),
    )


def _save_order(order: Order) -> SavedOrder:
    return SavedOrder(
        order_id=order.order_id,
        account=order.account,
        symbol=order.symbol,
        side=order.side,
        order_type=order.order_type,
        time_in_force=order.time_in_force,
        post_only=order.post_only,
        price_ticks=order.price_ticks,
        lots=order.lots,
        open_lots=order.open_lots,
        accepted_ns=order.accepted_ns,
        client_id=order.client_id,
        tag=order.tag,
        note=order.note,
        hold_quanta=order.hold_quanta,
        hold_ticks=order.hold_ticks,
        closing_lots=order.closing_lots,
    )


def _load(saved: SavedState) -> State:
    state = State()
    state.seq = saved.seq
    state.now_ns = saved.now_ns
    for owner, currency, balance_quanta, held_quanta in saved.balances:
        entry = state.ledger.account(owner, currency)
        entry.balance_quanta = balance_quanta
        entry.held_quanta = held_quanta
    for account in saved.accounts:
        loaded = state.accounts[account.name] = Account(account.name)
        loaded.client_ids = account.client_ids
        loaded.positions = {s: _load_position(p) for s, p in account.positions.items()}
    for market in saved.markets:
        state.markets[market.instrument.symbol] = _load_market(market, state)
    for order in saved.orders:
        state.orders[order.order_id] = _load_order(state, order)
    for account in saved.accounts:
        state.accounts[account.name].orders = {id_: state.orders[id_] for id_ in account.order_ids}
    for market in saved.markets:
        _load_queues(state, market)
    state.next_order_id = saved.next_order_id
    state.next_shown_id = saved.next_shown_id
    state.next_trade_id = saved.next_trade_id
    return state


def _load_market(saved: SavedMarket, state: State) -> Market:
    market = Market(saved.instrument, state.ledger)
    market.last_ticks = saved.last_ticks
    market.last_side = saved.last_side
    market.shown_position = _load_position(saved.shown_position)
    mirror = market.mirror
    mirror.state = saved.mirror_state
    mirror.queue_model = saved.queue_model
    mirror.taken_hold_ns = saved.taken_hold_ns
    for side, price_ticks, lots, until_ns in saved.taken:
        mirror.taken[side, price_ticks] = Taken(lots, until_ns)
    mirror.due_ns = min((taken.until_ns for taken in mirror.taken.values()), default=NEVER_NS)
    return market


def _load_position(saved: SavedPosition) -> Position:
    position = Position()
    position.lots = saved.lots
    position.cost_quanta = saved.cost_quanta
    position.realised_quanta = saved.realised_quanta
    position.fees_quanta = saved.fees_quanta
    position.margin_quanta = saved.margin_quanta
    position.closing_lots = saved.closing_lots
    return position


def _load_order(state: State, saved: SavedOrder) -> Order:
    command = PlaceOrder(
        account=saved.account,
        symbol=saved.symbol,
        side=saved.side,
        order_type=saved.order_type,
        lots=saved.lots,
        price_ticks=saved.price_ticks,
        time_in_force=saved.time_in_force,
        post_only=saved.post_only,
        client_id=saved.client_id,
        tag=saved.tag,
        note=saved.note,
    )
    order = draft(state, state.markets[saved.symbol], state.accounts[saved.account], command)
    order.order_id = saved.order_id
    order.open_lots = saved.open_lots
    order.accepted_ns = saved.accepted_ns
    order.hold_quanta = saved.hold_quanta
    order.hold_ticks = saved.hold_ticks
    order.closing_lots = saved.closing_lots
    return order


def _load_queues(state: State, saved: SavedMarket) -> None:
    book = state.markets[saved.instrument.symbol].book
    for side, queues in ((Side.BUY, saved.bids), (Side.SELL, saved.asks)):
        for price_ticks, queue in queues:
            for entry in queue:
                if entry.displayed_lots is None:
                    book.add(state.orders[entry.order_id])
                else:
                    shown = DisplayedOrder(entry.order_id, side, price_ticks, entry.displayed_lots)
                    book.add(shown)

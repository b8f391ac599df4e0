"""The whole state as bytes and back, and its hash.

A snapshot lists queues in priority order and dictionaries in their order of insertion, so a restored
exchange gives the same events as the one that was saved.
"""

import hashlib

import msgspec

from engine.core.accounts import Account, Position
from engine.core.book import BookOrder, DisplayedOrder
from engine.core.commands import OrderType, PlaceOrder, QueueModel, Side, TimeInForce
from engine.core.exchange import Exchange
from engine.core.instruments import Instrument
from engine.core.market import Market
from engine.core.mirror.mirror import NEVER_NS, MirrorState, Taken
from engine.core.orders.acceptance import draft
from engine.core.orders.order import NO_PRICE, Order
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
    next_trade_id: int
    markets: list[SavedMarket]
    balances: list[tuple[str, str, bytes, bytes]]
    """(owner, currency, balance, held): quanta as decimal text, since money outgrows 64 bits."""
    accounts: list[SavedAccount]
    orders: list[SavedOrder]


def encode(exchange: Exchange) -> bytes:
    """The exchange's state as bytes; equal states give equal bytes."""
    return msgspec.msgpack.encode(_save(exchange.state), enc_hook=_big_int)


def decode(payload: bytes) -> Exchange:
    """The exchange that was encoded.

    Raises:
        msgspec.ValidationError: Not a snapshot of this version.
        msgspec.DecodeError: Not msgpack.
    """
    return Exchange(_load(msgspec.msgpack.decode(payload, type=SavedState)))


def state_hash(exchange: Exchange) -> str:
    """SHA-256 of the encoded state, in hexadecimal."""
    return hashlib.sha256(encode(exchange)).hexdigest()

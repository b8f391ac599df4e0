"""The JSON of the Coinbase Exchange feed, as typed structs.

Source: Coinbase Exchange, *WebSocket Channels* and *WebSocket Overview*.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

from feeds.coinbase.products import Product
from feeds.messages import Levels

Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class Snapshot(msgspec.Struct, tag_field="type", tag="snapshot", gc=False):
    """The whole book of a product, upon subscription."""

    product_id: str
    bids: Levels
    asks: Levels
    time: str = ""


class Update(msgspec.Struct, tag_field="type", tag="l2update", gc=False):
    """Levels as they now stand: (side of the book, price, size); a size of zero removes one."""

    product_id: str
    changes: tuple[tuple[Literal["buy", "sell"], str, str], ...]
    time: str = ""


class Match(msgspec.Struct, tag_field="type", tag="match", gc=False):
    """One trade; `side` is that of the maker's order."""

    trade_id: Id
    product_id: str
    side: Literal["buy", "sell"]
    size: str
    price: str
    time: str


class LastMatch(msgspec.Struct, tag_field="type", tag="last_match", gc=False):
    """The latest trade before the subscription."""

    product_id: str


class Ticker(msgspec.Struct, tag_field="type", tag="ticker", gc=False):
    """The last trade and the touch; its sizes are stated since 2022."""

    product_id: str
    best_bid: str = ""
    best_bid_size: str = ""
    best_ask: str = ""
    best_ask_size: str = ""
    time: str = ""


class ProductHeartbeat(msgspec.Struct, tag_field="type", tag="heartbeat", gc=False):
    """Once a second for each product that it was asked for."""

    product_id: str


class Status(msgspec.Struct, tag_field="type", tag="status"):
    """All products and currencies."""

    products: list[Product] | None = None


class Error(msgspec.Struct, tag_field="type", tag="error"):
    """A refusal."""

    message: str = ""
    reason: str = ""


Known = Snapshot | Update | Match | LastMatch | Ticker | ProductHeartbeat | Status | Error


class Probe(msgspec.Struct, gc=False):
    """What tells other frames and REST bodies from one another, each part still undecoded."""

    type: str | UnsetType = UNSET
    channel: str | UnsetType = UNSET
    """Of Advanced Trade."""
    events: Raw | UnsetType = UNSET
    product_id: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    base_increment: str | UnsetType = UNSET
    message: str | UnsetType = UNSET
    bids: Raw | UnsetType = UNSET
    iso: Raw | UnsetType = UNSET

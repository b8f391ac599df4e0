"""The JSON of Coinbase Advanced Trade's WebSocket, as typed structs.

Every frame has the same envelope: the channel, the venue's time, the number of the frame within the
connection, and events. Fields that nothing here needs are left undecoded.

Source: Coinbase Advanced Trade API, *WebSocket Channels*, and its AsyncAPI description.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

from feeds.coinbase.products import Product

Number = Annotated[int, Meta(ge=0, le=2**53)]


class Level(msgspec.Struct, gc=False):
    """One price level as it now stands; a quantity of zero removes it."""

    side: Literal["bid", "offer"]
    price_level: str
    new_quantity: str


class BookEvent(msgspec.Struct, gc=False):
    """A whole book, or levels that changed; there may be none."""

    type: Literal["snapshot", "update"]
    product_id: str
    updates: list[Level] | None = None


class Print(msgspec.Struct, gc=False):
    """One trade; `side` is the maker's."""

    trade_id: str
    product_id: str
    price: str
    size: str
    side: Literal["BUY", "SELL"]
    time: str


class TradesEvent(msgspec.Struct, gc=False):
    """What traded within a quarter of a second, newest first, or before the subscription."""

    type: Literal["snapshot", "update"]
    trades: list[Print] | None = None


class Ticker(msgspec.Struct, gc=False):
    """The last price and the touch; `ticker_batch` leaves the touch out."""

    product_id: str
    best_bid: str = ""
    best_bid_quantity: str = ""
    best_ask: str = ""
    best_ask_quantity: str = ""


class TickerEvent(msgspec.Struct, gc=False):
    """Tickers of some products."""

    tickers: list[Ticker] | None = None


class Bucket(msgspec.Struct, gc=False):
    """A candle of five minutes; `start` is in Unix seconds."""

    start: str
    high: str
    low: str
    open: str
    close: str
    volume: str
    product_id: str


class CandlesEvent(msgspec.Struct, gc=False):
    """Candles of one product, those of the past at first."""

    candles: list[Bucket] | None = None


class StatusEvent(msgspec.Struct):
    """Products and what may be ordered of them."""

    products: list[Product] | None = None


class Frame(msgspec.Struct, tag_field="channel", kw_only=True, gc=False):
    """What all frames have in common."""

    sequence_num: Number | UnsetType = UNSET
    timestamp: str = ""


class BookFrame(Frame, tag="l2_data", gc=False):
    """Of the channel that is subscribed to as `level2`."""

    events: list[BookEvent]


class TradesFrame(Frame, tag="market_trades", gc=False):
    """Of `market_trades`."""

    events: list[TradesEvent]


class TickerFrame(Frame, tag="ticker", gc=False):
    """Of `ticker`."""

    events: list[TickerEvent]


class CandlesFrame(Frame, tag="candles", gc=False):
    """Of `candles`."""

    events: list[CandlesEvent]


class HeartbeatsFrame(Frame, tag="heartbeats", gc=False):
    """Once a second on every connection that asked for it."""


class StatusFrame(Frame, tag="status"):
    """Of `status`."""

    events: list[StatusEvent]


Known = BookFrame | TradesFrame | TickerFrame | CandlesFrame | HeartbeatsFrame | StatusFrame


class Probe(msgspec.Struct, gc=False):
    """What tells other frames and REST bodies from one another, each part still undecoded."""

    channel: str | UnsetType = UNSET
    sequence_num: Number | UnsetType = UNSET
    type: str | UnsetType = UNSET
    message: str = ""
    reason: str = ""
    error: str | UnsetType = UNSET
    error_details: str = ""
    product_id: str | UnsetType = UNSET
    products: Raw | UnsetType = UNSET
    pricebook: Raw | UnsetType = UNSET
    candles: Raw | UnsetType = UNSET
    trades: Raw | UnsetType = UNSET
    events: Raw | UnsetType = UNSET


class ProductsBody(msgspec.Struct):
    """The body of *List Public Products*."""

    products: list[Product]

"""The JSON that Deribit sends, as typed structs.

Numbers are JSON numbers there. Those that are traded or paid are kept as they are written (`Raw`),
since their text is what a book holds; `feeds.deribit.numbers` reads them. Source: Deribit API v2,
*Notifications*, *Subscriptions* and *public/get_instruments*.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53)]

NONE = Raw(b"null")


class Params(msgspec.Struct, gc=False):
    """Of a notification: `channel` and `data`; of a heartbeat: `type`."""

    channel: str = ""
    data: Raw = NONE
    type: str = ""


class Error(msgspec.Struct, gc=False):
    """A refusal; `data` may say more."""

    code: int
    message: str
    data: Raw = NONE


class Frame(msgspec.Struct, gc=False):
    """Any JSON-RPC object: a notification has a method, an answer a result or an error."""

    method: str | UnsetType = UNSET
    params: Params | UnsetType = UNSET
    result: Raw | UnsetType = UNSET
    error: Error | UnsetType = UNSET
    id: int | str | None = None


Change = tuple[Literal["new", "change", "delete"], Raw, Raw]
"""What became of a level, its price and its amount."""


class BookData(msgspec.Struct, gc=False):
    """A book (`snapshot`), or what changed since `prev_change_id`. The first recordings have no
    `type`; there a snapshot is what names no change before it."""

    instrument_name: str
    timestamp: Milliseconds
    change_id: Id
    bids: tuple[Change, ...]
    asks: tuple[Change, ...]
    prev_change_id: Id | None = None
    type: Literal["snapshot", "change"] | None = None


class GroupedBookData(msgspec.Struct, gc=False):
    """A whole book to some depth, prices perhaps grouped."""

    instrument_name: str
    timestamp: Milliseconds
    change_id: Id
    bids: tuple[tuple[Raw, Raw], ...]
    asks: tuple[tuple[Raw, Raw], ...]


class TradeData(msgspec.Struct, gc=False):
    """One trade; the direction is the aggressor's."""

    instrument_name: str
    trade_id: str | int
    timestamp: Milliseconds
    direction: Literal["buy", "sell"]
    price: Raw
    amount: Raw
    block_trade_id: str | int | None = None


class GreeksData(msgspec.Struct, gc=False):
    """Sensitivities by the venue's model, in US dollars."""

    delta: float | None = None
    gamma: float | None = None
    vega: float | None = None
    theta: float | None = None
    rho: float | None = None


class TickerData(msgspec.Struct, gc=False):
    """What the venue says of an instrument; which fields there are depends on its kind."""

    instrument_name: str
    timestamp: Milliseconds
    mark_price: Raw = NONE
    index_price: Raw = NONE
    open_interest: Raw = NONE
    best_bid_price: Raw = NONE
    best_bid_amount: Raw = NONE
    best_ask_price: Raw = NONE
    best_ask_amount: Raw = NONE
    current_funding: Raw = NONE
    funding_8h: Raw = NONE
    underlying_price: Raw = NONE
    mark_iv: Raw = NONE
    bid_iv: Raw = NONE
    ask_iv: Raw = NONE
    interest_rate: float | None = None
    greeks: GreeksData | None = None


class QuoteData(msgspec.Struct, gc=False):
    """The best bid and ask; null where a side is empty."""

    instrument_name: str
    timestamp: Milliseconds
    best_bid_price: Raw = NONE
    best_bid_amount: Raw = NONE
    best_ask_price: Raw = NONE
    best_ask_amount: Raw = NONE


class IndexData(msgspec.Struct, gc=False):
    """An index, such as `btc_usd`."""

    index_name: str
    timestamp: Milliseconds
    price: Raw


class BarData(msgspec.Struct, gc=False):
    """A candle as it stands; volume in the base currency, cost in US dollars."""

    tick: Milliseconds
    open: Raw
    high: Raw
    low: Raw
    close: Raw
    volume: Raw
    cost: Raw = NONE


class PlatformState(msgspec.Struct, gc=False):
    """Maintenance of the whole platform, or a lock on what depends on one index."""

    maintenance: bool | None = None
    price_index: str = ""
    locked: bool | None = None


class TickStep(msgspec.Struct):
    """A tick that applies above some price."""

    above_price: Raw
    tick_size: Raw


class InstrumentData(msgspec.Struct):
    """An instrument's metadata, as far as it is used; other results lack `kind`."""

    instrument_name: str = ""
    kind: str = ""
    base_currency: str = ""
    quote_currency: str = ""
    tick_size: Raw = NONE
    tick_size_steps: tuple[TickStep, ...] | None = ()
    min_trade_amount: Raw = NONE
    contract_size: Raw = NONE
    maker_commission: Raw = NONE
    taker_commission: Raw = NONE
    max_leverage: Raw = NONE

"""The JSON that Bybit sent before v5, as typed structs; some numbers are texts, some are not.

Source: Bybit API v2 documentation for inverse and linear (USDT) perpetuals, *WebSocket Data*, as it
stood from 2019 to 2022.
"""

import msgspec
from msgspec import UNSET, Raw, UnsetType

from feeds.bybit.payloads import Milliseconds


class Level(msgspec.Struct, gc=False):
    """One level of a book; one that is deleted has no size."""

    price: Raw
    symbol: str
    side: str
    size: Raw | UnsetType = UNSET


class Whole(msgspec.Struct, gc=False):
    """A linear contract's book; an inverse one's is the list alone."""

    order_book: list[Level]


class Changes(msgspec.Struct, gc=False):
    """What changed of a book."""

    delete: list[Level]
    update: list[Level]
    insert: list[Level]


class Print(msgspec.Struct, gc=False):
    """A trade."""

    symbol: str
    side: str
    price: Raw
    size: Raw
    trade_id: str
    trade_time_ms: Raw


class Facts(msgspec.Struct, gc=False):
    """What is told of an instrument, or what changed of it: prices in 10^-4, rates in 10^-6."""

    symbol: str
    mark_price_e4: Raw | UnsetType = UNSET
    index_price_e4: Raw | UnsetType = UNSET
    open_interest: Raw | UnsetType = UNSET
    open_interest_e8: Raw | UnsetType = UNSET
    funding_rate_e6: Raw | UnsetType = UNSET
    next_funding_time: str = ""


class FactChanges(msgspec.Struct, gc=False):
    """What changed of an instrument."""

    update: list[Facts] = []


class Kline(msgspec.Struct, gc=False):
    """One candle; its time is in seconds."""

    start: Milliseconds
    open: Raw
    high: Raw
    low: Raw
    close: Raw
    volume: Raw
    confirm: bool = False


class Prices(msgspec.Struct):
    """Steps of prices."""

    tick_size: Raw


class Lots(msgspec.Struct):
    """Steps and bounds of quantities."""

    qty_step: Raw
    min_trading_qty: Raw
    max_trading_qty: Raw


class Info(msgspec.Struct):
    """An instrument's metadata."""

    name: str
    base_currency: str
    quote_currency: str
    price_filter: Prices
    lot_size_filter: Lots

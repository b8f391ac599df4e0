"""Frames of each venue, made up from its documentation in sizes that are usual on a busy day.

Of ten frames six are book updates, three trades and one the best quotes; where a venue sends no
such quotes, trades take their place. An update changes 36 levels where a venue collects them for a
tenth of a second, and 6 where it tells each at once; Hyperliquid sends 20 whole levels a side.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from typing import Any

from tui_exchange.bench.more_venue_formats import (
    AlpacaFrames,
    DeribitFrames,
    FinnhubFrames,
    HyperliquidFrames,
)
from tui_exchange.bench.venue_book import MadeUpBook
from tui_exchange.bench.venue_formats import (
    BinanceCoinmFrames,
    BinanceSpotFrames,
    BinanceUsdmFrames,
    BybitFrames,
    CoinbaseExchangeFrames,
    CoinbaseFrames,
    KrakenFrames,
    OkxFrames,
    Writer,
)

OF_TEN = ("book", "book", "trade", "book", "quote", "book", "trade", "book", "trade", "book")

Rows = list[tuple[str | Decimal, str | Decimal]]
Read = Callable[[Any], tuple[Rows, Rows] | None]


@dataclass(frozen=True, slots=True)
class VenueFrames:
    """How a venue's frames are made, and what a plain program reads of a parsed one.

    Attributes:
        make: Writes frames.
        sides: Bids and asks of an update; None for any other frame.
        named: The instrument's name at the venue, and ours.
    """

    make: Callable[[], Writer]
    sides: Read
    named: tuple[str, str]


def _binance(frame: dict[str, Any]) -> tuple[Rows, Rows] | None:
    data = frame["data"]
    return (data["b"], data["a"]) if data.get("e") == "depthUpdate" else None


def _coinbase(frame: dict[str, Any]) -> tuple[Rows, Rows] | None:
    if frame["channel"] != "l2_data":
        return None
    updates = frame["events"][0]["updates"]
    sides = ("bid", "offer")
    bids, asks = (
        [(each["price_level"], each["new_quantity"]) for each in updates if each["side"] == side]
        for side in sides
    )
    return bids, asks


def _coinbase_exchange(frame: dict[str, Any]) -> tuple[Rows, Rows] | None:
    if frame["type"] != "l2update":
        return None
    changes = frame["changes"]
    bids, asks = ([each[1:] for each in changes if each[0] == side] for side in ("buy", "sell"))
    return bids, asks


def _kraken(frame: dict[str, Any]) -> tuple[Rows, Rows] | None:
    if frame["channel"] != "book":
        return None
    data = frame["data"][0]
    bids, asks = (
        [(each["price"], each["qty"]) for each in data[side]] for side in ("bids", "asks")
    )
    return bids, asks


def _okx(frame: dict[str, Any]) -> tuple[Rows, Rows] | None:
    if frame["arg"]["channel"] != "books":
        return None
    bids, asks = ([row[:2] for row in frame["data"][0][side]] for side in ("bids", "asks"))
    return bids, asks


def _bybit(frame: dict[str, Any]) -> tuple[Rows, Rows] | None:
    data = frame["data"]
    return (data["b"], data["a"]) if frame["topic"].startswith("orderbook") else None


def _hyperliquid(frame: dict[str, Any]) -> tuple[Rows, Rows] | None:
    if frame["channel"] != "l2Book":
        return None
    bids, asks = ([(each["px"], each["sz"]) for each in side] for side in frame["data"]["levels"])
    return bids, asks


def _deribit(frame: dict[str, Any]) -> tuple[Rows, Rows] | None:
    params = frame["params"]
    if not params["channel"].startswith("book"):
        return None
    bids, asks = ([row[1:] for row in params["data"][side]] for side in ("bids", "asks"))
    return bids, asks


def _alpaca(frame: list[dict[str, Any]]) -> tuple[Rows, Rows] | None:
    told = frame[0]
    return ([(told["bp"], told["bs"])], [(told["ap"], told["as"])]) if told["T"] == "q" else None


def _finnhub(frame: dict[str, Any]) -> tuple[Rows, Rows]:
    return [(each["p"], each["v"]) for each in frame["data"]], []


VENUES: Mapping[str, VenueFrames] = {
    "binance": VenueFrames(BinanceSpotFrames, _binance, ("BTCUSDT", "BTC-USDT")),
    "binance-usdm": VenueFrames(BinanceUsdmFrames, _binance, ("BTCUSDT", "BTC-USDT-PERP")),
    "binance-coinm": VenueFrames(BinanceCoinmFrames, _binance, ("BTCUSD_PERP", "BTC-USD-PERP")),
    "coinbase": VenueFrames(CoinbaseFrames, _coinbase, ("BTC-USD", "BTC-USD")),
    "coinbase-exchange": VenueFrames(
        CoinbaseExchangeFrames, _coinbase_exchange, ("BTC-USD", "BTC-USD")
    ),
    "kraken": VenueFrames(KrakenFrames, _kraken, ("BTC/USD", "BTC-USD")),
    "okx": VenueFrames(OkxFrames, _okx, ("BTC-USDT", "BTC-USDT")),
    "bybit": VenueFrames(BybitFrames, _bybit, ("BTCUSDT", "BTC-USDT-PERP")),
    "hyperliquid": VenueFrames(HyperliquidFrames, _hyperliquid, ("BTC", "BTC-USDC-PERP")),
    "deribit": VenueFrames(DeribitFrames, _deribit, ("BTC-PERPETUAL", "BTC-USD-PERP")),
    "alpaca": VenueFrames(AlpacaFrames, _alpaca, ("AAPL", "AAPL")),
    "finnhub": VenueFrames(FinnhubFrames, _finnhub, ("AAPL", "AAPL")),
}
"""By the venue's name in the registry of feeds."""


def frames_of(venue: str, seed: int) -> Iterator[bytes]:
    """Frames of one venue without end; the same for the same seed."""
    writer = VENUES[venue].make()
    yield from frames_about(MadeUpBook(seed, writer.changed), writer)


def frames_about(book: MadeUpBook, writer: Writer) -> Iterator[bytes]:
    """How a venue tells of a market that goes on without end."""
    for kind in cycle(OF_TEN):
        if kind == "book":
            told = book.changes()
            yield writer.book(book.whole(writer.whole) if writer.whole else told).encode()
        elif kind == "trade":
            yield writer.trade(book.print()).encode()
        else:
            yield writer.quote(book).encode()


def plain_book(venue: str, frames: list[bytes]) -> int:
    """What a plain program does with frames: `json`, and a dictionary of exact decimals a side.

    Returns:
        How many levels it has at the end.
    """
    sides = VENUES[venue].sides
    books: tuple[dict[Decimal, Decimal], ...] = ({}, {})
    for raw in frames:
        found = sides(json.loads(raw, parse_float=Decimal))
        for book, rows in zip(books, found or (), strict=False):
            for price, size in rows:
                quantity = Decimal(size)
                if quantity:
                    book[Decimal(price)] = quantity
                else:
                    book.pop(Decimal(price), None)
    return sum(map(len, books))

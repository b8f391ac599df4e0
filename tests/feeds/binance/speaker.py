"""Binance's side of the conversation, in its three markets.

Source: binance-spot-api-docs; developers.binance.com, *USDⓈ-M Futures* and *COIN-M Futures*.
"""

import json
from abc import abstractmethod

from engine.core.commands import Side
from feeds.binance.futures import FUTURES_LIMITS, BinanceCoinm, BinanceUsdm
from feeds.binance.venue import LIMITS, BinanceSpot
from feeds.venue import Limits, Venue
from tests.feeds import frames
from tests.feeds.binance import futures_frames
from tests.feeds.protocol.speaker import Speaker

OTHER_BIDS = (("49.50", "3.0"), ("49.00", "1.0"))
OTHER_ASKS = (("50.50", "2.0"),)
LEVEL = ("{:.14f}", "1.000000000000000000")
LEVEL_BYTES = len('["50.00000000000000","1.000000000000000000"],')


class BinanceSpeaker(Speaker):
    """Diff depth in the stream, books over REST.

    Attributes:
        update_id: Of the true book.
        snapshot_lag: How many ids a REST book is behind the stream.
    """

    listed: tuple[str, str]
    """The venue's symbols of `symbol` and `other`."""
    depth_path: str

    def __init__(self) -> None:
        self.bids = dict(frames.BIDS)
        self.asks = dict(frames.ASKS)
        self.update_id = 100
        self.snapshot_lag = 0
        self._trades = 0

    @abstractmethod
    def terms(self, query: dict[str, str]) -> tuple[int, str]:
        """The answer of `exchangeInfo`."""

    @abstractmethod
    def update(self, previous_id: int, bids: frames.Pairs, asks: frames.Pairs) -> bytes:
        """The event that brought the book to `update_id`."""

    @abstractmethod
    def tell_trade(self, trade_id: int, price: str, size: str, side: Side) -> bytes:
        """The event of a print."""

    def reply(self, frame: str) -> list[str]:
        return [json.dumps({"result": None, "id": json.loads(frame)["id"]})]

    def refuse(self, frame: str) -> list[str]:
        error = {"code": 2, "msg": "Invalid request: no such stream"}
        return [json.dumps({"error": error, "id": json.loads(frame)["id"]})]

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        if path.endswith("/exchangeInfo"):
            return self.terms(query)
        if query.get("symbol") not in self.listed:
            return 400, '{"code":-1121,"msg":"Invalid symbol."}'
        if path.endswith("/openInterest"):
            return 200, futures_frames.open_interest(query["symbol"], "15004").decode()
        assert path == self.depth_path
        return 200, self._book(query["symbol"])

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            side.update(changes)
            for price in [price for price, size in changes.items() if size == "0"]:
                del side[price]
        previous_id, self.update_id = self.update_id, self.next_id()
        return [self.update(previous_id, tuple(bids.items()), tuple(asks.items())).decode()]

    def next_id(self) -> int:
        """Of the next event."""
        return self.update_id + 1

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        return [self.tell_trade(self._trades, price, size, side).decode()]

    def huge_snapshot(self, size_bytes: int) -> None:
        for number in range(size_bytes // LEVEL_BYTES + 1):
            self.bids[LEVEL[0].format(50 - number / 10**6)] = LEVEL[1]

    def _book(self, venue_symbol: str) -> str:
        if venue_symbol != self.listed[0]:
            return frames.snapshot(7, OTHER_BIDS, OTHER_ASKS).decode()
        update_id = self.update_id - self.snapshot_lag
        levels = tuple(self.bids.items()), tuple(self.asks.items())
        return frames.snapshot(update_id, *levels).decode()


class BinanceSpotSpeaker(BinanceSpeaker):
    """Update ids are contiguous; restarts are announced."""

    symbol = "BTC-USDT"
    other = "ETH-USDT"
    limits = LIMITS
    listed = ("BTCUSDT", "ETHUSDT")
    depth_path = "/api/v3/depth"

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return BinanceSpot(stream_url=ws_url, rest_url=rest_url, limits=limits)

    def terms(self, query: dict[str, str]) -> tuple[int, str]:
        symbol = query["symbol"]
        if symbol not in self.listed:
            return 400, '{"code":-1121,"msg":"Invalid symbol."}'
        return 200, frames.exchange_info(symbol, symbol.removesuffix("USDT"), "USDT").decode()

    def update(self, previous_id: int, bids: frames.Pairs, asks: frames.Pairs) -> bytes:
        return frames.depth(previous_id + 1, self.update_id, bids, asks)

    def tell_trade(self, trade_id: int, price: str, size: str, side: Side) -> bytes:
        return frames.trade(trade_id, price, size, side is Side.SELL)

    def maintenance(self) -> list[str]:
        return ['{"e":"serverShutdown","E":1770123456789}']


class BinanceFuturesSpeaker(BinanceSpeaker):
    """Update ids have holes, and each event names the one before."""

    limits = FUTURES_LIMITS

    def next_id(self) -> int:
        return self.update_id + 5

    def terms(self, query: dict[str, str]) -> tuple[int, str]:
        infos = [futures_frames.symbol_info(symbol) for symbol in (*self.listed, "NEWUSDT")]
        infos[-1]["contractType"] = ""
        return 200, futures_frames.exchange_info(*infos).decode()

    def update(self, previous_id: int, bids: frames.Pairs, asks: frames.Pairs) -> bytes:
        ids = self.update_id - 1, self.update_id, previous_id
        return futures_frames.depth(*ids, bids, asks, self.listed[0])

    def tell_trade(self, trade_id: int, price: str, size: str, side: Side) -> bytes:
        seller = side is Side.SELL
        return futures_frames.aggregate(trade_id, price, size, seller, self.listed[0])


class BinanceUsdmSpeaker(BinanceFuturesSpeaker):
    """Depth and quotes on one connection, everything else on another."""

    symbol = "BTC-USDT-PERP"
    other = "ETH-USDT-20261225"
    listed = ("BTCUSDT", "ETHUSDT_261225")
    depth_path = "/fapi/v1/depth"

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return BinanceUsdm(stream_url=ws_url, rest_url=rest_url, limits=limits)

    def path_of(self, frame: str) -> str:
        return "/public/stream" if "@depth" in frame else "/market/stream"


class BinanceCoinmSpeaker(BinanceFuturesSpeaker):
    """One connection; sizes are contracts."""

    symbol = "BTC-USD-PERP"
    other = "ETH-USD-20261225"
    listed = ("BTCUSD_PERP", "ETHUSD_261225")
    depth_path = "/dapi/v1/depth"

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return BinanceCoinm(stream_url=ws_url, rest_url=rest_url, limits=limits)

"""Binance spot's side of the conversation. Source: binance-spot-api-docs."""

import json

from engine.core.commands import Side
from feeds.binance.venue import LIMITS, BinanceSpot
from feeds.venue import Limits, Venue
from tests.feeds import frames
from tests.feeds.protocol.speaker import Speaker

BTC, ETH = "BTCUSDT", "ETHUSDT"
OTHER_BIDS = (("49.50", "3.0"), ("49.00", "1.0"))
OTHER_ASKS = (("50.50", "2.0"),)


class BinanceSpotSpeaker(Speaker):
    """Diff depth in the stream, books over REST; update ids are contiguous.

    Attributes:
        update_id: Of the true book.
        snapshot_lag: How many ids a REST book is behind the stream.
    """

    symbol = "BTC-USDT"
    other = "ETH-USDT"
    limits = LIMITS
    snapshot_path = "/api/v3/depth"

    def __init__(self) -> None:
        self.bids = dict(frames.BIDS)
        self.asks = dict(frames.ASKS)
        self.update_id = 100
        self.snapshot_lag = 0
        self._trades = 0

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return BinanceSpot(stream_url=f"{ws_url}/stream", rest_url=rest_url, limits=limits)

    def reply(self, frame: str) -> list[str]:
        return [json.dumps({"result": None, "id": json.loads(frame)["id"]})]

    def refuse(self, frame: str) -> list[str]:
        error = {"code": 2, "msg": "Invalid request: no such stream"}
        return [json.dumps({"error": error, "id": json.loads(frame)["id"]})]

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        symbol = query.get("symbol", "")
        if symbol not in (BTC, ETH):
            return 400, '{"code":-1121,"msg":"Invalid symbol."}'
        if path == "/api/v3/exchangeInfo":
            return 200, frames.exchange_info(symbol, symbol.removesuffix("USDT"), "USDT").decode()
        return 200, self._book(symbol)

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            side.update(changes)
            for price in [price for price, size in changes.items() if size == "0"]:
                del side[price]
        self.update_id += 1
        numbers = self.update_id, self.update_id
        return [frames.depth(*numbers, tuple(bids.items()), tuple(asks.items())).decode()]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        return [frames.trade(self._trades, price, size, side is Side.SELL).decode()]

    def maintenance(self) -> list[str]:
        return ['{"e":"serverShutdown","E":1770123456789}']

    def huge_snapshot(self, size_bytes: int) -> None:
        for number in range(size_bytes // len('["50.000000","1.00000000"],') + 1):
            self.bids[f"{50 - number / 10**6:.6f}"] = "1.00000000"

    def _book(self, symbol: str) -> str:
        if symbol == ETH:
            return frames.snapshot(7, OTHER_BIDS, OTHER_ASKS).decode()
        update_id = self.update_id - self.snapshot_lag
        levels = tuple(self.bids.items()), tuple(self.asks.items())
        return frames.snapshot(update_id, *levels).decode()

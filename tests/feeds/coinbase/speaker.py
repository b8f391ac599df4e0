"""Coinbase's side of both conversations. Source: Coinbase Advanced Trade API and Coinbase Exchange,
*WebSocket Overview* and *WebSocket Channels*.
"""

import json

from engine.core.commands import Side
from feeds.coinbase.venue import LIMITS, CoinbaseAdvanced, CoinbaseExchange
from feeds.venue import Limits, Venue
from tests.feeds.coinbase import frames
from tests.feeds.protocol.speaker import Speaker

SYMBOL, OTHER = "BTC-USD", "ETH-USD"
OTHER_BIDS = (("49.50", "3.0"), ("49.00", "1.0"))
OTHER_ASKS = (("50.50", "2.0"),)
REFUSED = {"type": "error", "message": "Failed to subscribe"}
REASON = "{} is not a valid product"


class _CoinbaseSpeaker(Speaker):
    """What both feeds have in common: the true book, and products over REST."""

    symbol = SYMBOL
    other = OTHER
    limits = LIMITS
    products_path = ""
    level_bytes: int
    """Of a level in a snapshot."""

    def __init__(self) -> None:
        self.bids = dict(frames.BIDS)
        self.asks = dict(frames.ASKS)
        self._trades = 0

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        symbol = path.removeprefix(self.products_path)
        if symbol not in (SYMBOL, OTHER):
            return 404, '{"message":"NotFound"}'
        return 200, json.dumps(self.product(symbol))

    def product(self, symbol: str) -> dict[str, object]:
        raise NotImplementedError

    def refuse(self, frame: str) -> list[str]:
        products = json.loads(frame).get("product_ids", [])
        return [json.dumps(REFUSED | {"reason": REASON.format(each)}) for each in products]

    def huge_snapshot(self, size_bytes: int) -> None:
        for number in range(size_bytes // self.level_bytes + 1):
            self.bids[f"{50 - number / 10**6:.6f}"] = "1.00000000"

    def take(self, bids: dict[str, str], asks: dict[str, str]) -> None:
        """Change the true book."""
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            side.update(changes)
            for price in [price for price, size in changes.items() if size == "0"]:
                del side[price]

    def book(self, symbol: str) -> tuple[frames.Pairs, frames.Pairs]:
        if symbol == OTHER:
            return OTHER_BIDS, OTHER_ASKS
        return tuple(self.bids.items()), tuple(self.asks.items())


class CoinbaseSpeaker(_CoinbaseSpeaker):
    """Advanced Trade: every frame of a connection is numbered, and a book is sent to who asked."""

    products_path = "/api/v3/brokerage/market/products/"
    level_bytes = 115

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._channels: dict[str, list[str]] = {}

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return CoinbaseAdvanced(stream_url=ws_url, rest_url=rest_url, limits=limits)

    def product(self, symbol: str) -> dict[str, object]:
        return frames.advanced_product(symbol)

    def greeting(self) -> list[str]:
        self._number = 0
        self._channels = {}
        return []

    def reply(self, frame: str) -> list[str]:
        request = json.loads(frame)
        channel, products = request["channel"], request.get("product_ids", ["heartbeats"])
        carried = self._channels.setdefault(channel, [])
        if request["type"] == "unsubscribe":
            carried[:] = [each for each in carried if each not in products]
            return [self._acknowledgement()]
        carried.extend(each for each in products if each not in carried)
        sent = [self._first(channel, product) for product in products]
        return [*(each for each in sent if each), self._acknowledgement()]

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        self.take(bids, asks)
        if SYMBOL not in self._channels.get("level2", []):
            return []
        return [frames.book(self._next(), "update", tuple(bids.items()), tuple(asks.items()))]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        maker = "SELL" if side is Side.BUY else "BUY"
        data = frames.trade_data(self._trades, price, size, maker)
        return [frames.trades(self._next(), "update", data)]

    def heartbeat(self) -> list[str]:
        return [frames.heartbeat(self._next())]

    def _first(self, channel: str, product: str) -> str:
        """What a subscription sends first."""
        if channel == "level2":
            return frames.book(self._next(), "snapshot", *self.book(product), product)
        if channel == "market_trades" and product == SYMBOL:
            past = frames.trade_data(999_999, "100.00", "7", "BUY")
            return frames.trades(self._next(), "snapshot", past)
        return ""

    def _acknowledgement(self) -> str:
        return frames.advanced("subscriptions", self._next(), {"subscriptions": self._channels})

    def _next(self) -> int:
        self._number += 1
        return self._number - 1


class CoinbaseExchangeSpeaker(_CoinbaseSpeaker):
    """Exchange: nothing is numbered, and each product has a heartbeat of its own."""

    products_path = "/products/"
    level_bytes = 26
    notices_loss = False

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return CoinbaseExchange(stream_url=ws_url, rest_url=rest_url, limits=limits)

    def product(self, symbol: str) -> dict[str, object]:
        return frames.exchange_product(symbol)

    def reply(self, frame: str) -> list[str]:
        request = json.loads(frame)
        if request["type"] == "unsubscribe":
            return ['{"type":"subscriptions","channels":[]}']
        sent = ['{"type":"subscriptions","channels":[{"name":"level2_batch","product_ids":[]}]}']
        for product in request["product_ids"]:
            bids, asks = self.book(product)
            sent.append(frames.exchange("snapshot", product, bids=bids, asks=asks))
        return [*sent, frames.match(999_999, "100.00", "7", "buy", "last_match")]

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        self.take(bids, asks)
        return [frames.update(tuple(bids.items()), tuple(asks.items()))]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        maker = "sell" if side is Side.BUY else "buy"
        return [frames.match(self._trades, price, size, maker)]

    def heartbeat(self) -> list[str]:
        return [frames.exchange("heartbeat", sequence=90, last_trade_id=20, time=frames.TIME)]

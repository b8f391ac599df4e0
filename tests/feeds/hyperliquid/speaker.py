"""Hyperliquid's side of the conversation. Source: Hyperliquid Docs, *Websocket*."""

import json

from engine.core.commands import Side
from feeds.hyperliquid.venue import LIMITS, Hyperliquid
from feeds.venue import Limits, Venue
from tests.feeds.protocol.speaker import Speaker

T0_MS = 1_800_000_000_000
BLOCK_MS = 500
OTHER_BIDS = {"49.5": "3.0", "49.0": "1.0"}
OTHER_ASKS = {"50.5": "2.0"}
META = {
    "universe": [
        {"name": "BTC", "szDecimals": 4, "maxLeverage": 40},
        {"name": "ETH", "szDecimals": 4, "maxLeverage": 25},
    ]
}


def told(channel: str, data: object) -> str:
    return json.dumps({"channel": channel, "data": data}, separators=(",", ":"))


def levels(side: dict[str, str], best_first: int) -> list[dict[str, object]]:
    ordered = sorted(side.items(), key=lambda level: best_first * float(level[0]))
    return [{"px": price, "sz": size, "n": 1} for price, size in ordered]


class HyperliquidSpeaker(Speaker):
    """Whole books in the stream; each has the time of its block."""

    symbol = "BTC-USDC-PERP"
    other = "ETH-USDC-PERP"
    limits = LIMITS
    notices_loss = False

    def __init__(self) -> None:
        self.bids = {"100.00": "2.0", "99.00": "3.0"}
        self.asks = {"101.00": "1.5", "102.00": "4.0"}
        self._time_ms = T0_MS
        self._trades = 0

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return Hyperliquid(stream_url=f"{ws_url}/ws", rest_url=rest_url, limits=limits)

    def reply(self, frame: str) -> list[str]:
        request = json.loads(frame)
        if request["method"] == "ping":
            return self.heartbeat()
        frames = [told("subscriptionResponse", request)]
        asked = request["subscription"]
        if request["method"] == "subscribe" and asked["type"] == "l2Book":
            frames.append(self._book(asked["coin"]))
        return frames

    def refuse(self, frame: str) -> list[str]:
        asked = json.dumps(json.loads(frame).get("subscription", {}), separators=(",", ":"))
        return [told("error", f"Invalid subscription {asked}")]

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        if (method, path, json.loads(body)) != ("POST", "/info", {"type": "meta"}):
            return 422, "Failed to deserialize the JSON body into the target type"
        return 200, json.dumps(META)

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            for price, size in changes.items():
                self._set(side, price, size)
        self._time_ms += BLOCK_MS
        return [self._book("BTC")]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        print_ = {
            "coin": "BTC",
            "side": "B" if side is Side.BUY else "A",
            "px": price,
            "sz": size,
            "time": self._time_ms,
            "hash": "0x0",
            "tid": self._trades,
            "users": ["0x1", "0x2"],
        }
        return [told("trades", [print_])]

    def heartbeat(self) -> list[str]:
        return ['{"channel":"pong"}']

    def huge_snapshot(self, size_bytes: int) -> None:
        for number in range(size_bytes // len('{"px":"50.000000","sz":"1.0","n":1},') + 1):
            self.bids[f"{50 - number / 10**6:.6f}"] = "1.0"

    @staticmethod
    def _set(side: dict[str, str], price: str, size: str) -> None:
        if size == "0":
            side.pop(price, None)
        else:
            side[price] = size

    def _book(self, coin: str) -> str:
        bids, asks = (self.bids, self.asks) if coin == "BTC" else (OTHER_BIDS, OTHER_ASKS)
        both = [levels(bids, -1), levels(asks, 1)]
        return told("l2Book", {"coin": coin, "time": self._time_ms, "levels": both})

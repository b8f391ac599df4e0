"""Kraken's side of the conversation. Source: Kraken, *Spot WebSocket v2*."""

import json
from decimal import Decimal

from engine.core.commands import Side
from feeds.kraken.venue import LIMITS, Kraken
from feeds.venue import Limits, Venue
from tests.feeds.kraken import frames
from tests.feeds.protocol.speaker import Speaker

PAIR, OTHER = "BTC/USD", "DOGE/USD"
PAIRS = {"XBTUSD": "XBT/USD", "XDGUSD": "XDG/USD"}
"""By `altname`."""
OTHER_BIDS = (("49.50", "3.00000000"), ("49.00", "1.00000000"))
OTHER_ASKS = (("50.50", "2.00000000"),)


class KrakenSpeaker(Speaker):
    """Books of the depth that is asked for, each message with the checksum of what it leaves."""

    symbol = "BTC-USD"
    other = "DOGE-USD"
    limits = LIMITS

    def __init__(self) -> None:
        self.bids = dict(frames.BIDS)
        self.asks = dict(frames.ASKS)
        self._trades = 0
        self._padding = 0

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return Kraken(stream_url=ws_url, rest_url=rest_url, limits=limits)

    def greeting(self) -> list[str]:
        return [frames.status("online")]

    def reply(self, frame: str) -> list[str]:
        request = json.loads(frame)
        channel, pairs = request["params"]["channel"], request["params"]["symbol"]
        sent: list[str] = []
        for pair in pairs:
            sent.append(frames.acknowledged(channel, pair, request["req_id"], request["method"]))
            if channel == "book" and request["method"] == "subscribe":
                book = self._book() if pair == PAIR else (OTHER_BIDS, OTHER_ASKS)
                sent.append(self._padded(frames.snapshot(*book, pair)))
        return sent

    def refuse(self, frame: str) -> list[str]:
        request = json.loads(frame)
        pairs = request["params"]["symbol"]
        return [frames.refused(pair, request["req_id"]) for pair in pairs]

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        wsname = PAIRS.get(query.get("pair", ""))
        if wsname is None:
            return 200, '{"error":["EQuery:Unknown asset pair"]}'
        return 200, frames.asset_pairs(frames.asset_pair(wsname))

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            for price, size in changes.items():
                if size == "0":
                    del side[price]
                else:
                    side[price] = _with_decimals(size)
        told = [
            tuple((price, _with_decimals(size)) for price, size in changes.items())
            for changes in (bids, asks)
        ]
        return [frames.book("update", *told, frames.checksum(*self._book()))]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        return [frames.trade(self._trades, price, size, "buy" if side is Side.BUY else "sell")]

    def heartbeat(self) -> list[str]:
        return ['{"channel":"heartbeat"}']

    def corrupted(self, frames: list[str]) -> list[str]:
        broken = [json.loads(frame)["data"][0]["checksum"] for frame in frames]
        return [
            frame.replace(f'"checksum":{right}', f'"checksum":{right ^ 1}')
            for frame, right in zip(frames, broken, strict=True)
        ]

    def maintenance(self) -> list[str]:
        return [frames.status("maintenance")]

    def huge_snapshot(self, size_bytes: int) -> None:
        """No book of Kraken's is so long; its frame is, by a field that nobody knows."""
        self._padding = size_bytes

    def _padded(self, frame: str) -> str:
        return frame.replace("{", f'{{"note":"{"x" * self._padding}",', 1)

    def _book(self) -> tuple[frames.Pairs, frames.Pairs]:
        bids = sorted(self.bids.items(), key=lambda level: -Decimal(level[0]))
        return bids, sorted(self.asks.items(), key=lambda level: Decimal(level[0]))


def _with_decimals(size: str) -> str:
    return f"{Decimal(size):.8f}"

"""Bybit's side of the conversation. Source: Bybit API v5 documentation."""

import json
from typing import Any

from engine.core.commands import Side
from feeds.bybit.venue import LIMITS, PUBLIC_PATH, Bybit
from feeds.venue import Limits, Venue
from tests.feeds.bybit import frames
from tests.feeds.protocol.speaker import Speaker

SIDES = {Side.BUY: "Buy", Side.SELL: "Sell"}
OTHER_BIDS, OTHER_ASKS = (("49.5", "3"),), (("50.5", "2"),)
PONG = {"success": True, "ret_msg": "pong", "conn_id": "465772b1", "op": "ping"}


class BybitSpeaker(Speaker):
    """The perpetual of BTCUSDT, and beside it the pair of the same name at another address."""

    symbol = "BTC-USDT-PERP"
    other = "BTC-USDT"
    limits = LIMITS

    def __init__(self) -> None:
        self.bids = dict(frames.BIDS)
        self.asks = dict(frames.ASKS)
        self.u = 100
        self._best_u = 5
        self._trades = 0
        self._padding = ""

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return Bybit(stream_url=ws_url, rest_url=rest_url, limits=limits)

    def path_of(self, frame: str) -> str:
        return f"{PUBLIC_PATH}/{'misc/status' if 'system.status' in frame else 'linear'}"

    def reply(self, frame: str) -> list[str]:
        asked = json.loads(frame)
        if asked["op"] == "ping":
            return [json.dumps(PONG)]
        answer = {"success": True, "ret_msg": "", "conn_id": "3cd84cb1", "op": asked["op"]}
        told = [json.dumps(answer | {"req_id": asked["req_id"]})]
        if asked["op"] == "subscribe":
            if "orderbook.200.BTCUSDT" in asked["args"]:
                told += [self._snapshot(), self._best()]
            if "orderbook.1000.BTCUSDT" in asked["args"]:
                told.append(
                    frames.book("snapshot", 3, OTHER_BIDS, OTHER_ASKS, depth=1000, spot=True)
                )
        return told

    def refuse(self, frame: str) -> list[str]:
        asked = json.loads(frame)
        if asked["op"] == "ping":
            return [json.dumps(PONG)]
        error = {"success": False, "ret_msg": f"error:handler not found,topic:{asked['args'][0]}"}
        return [json.dumps(error | {"op": "subscribe", "req_id": asked["req_id"]})]

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        infos = {"linear": frames.LINEAR, "spot": frames.SPOT}
        category = query.get("category", "")
        if path != "/v5/market/instruments-info" or query.get("symbol") != "BTCUSDT":
            return 200, '{"retCode":10001,"retMsg":"Not supported symbols","result":{}}'
        return 200, frames.instruments(category, infos[category])

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            side.update(changes)
            for price in [price for price, size in changes.items() if size == "0"]:
                del side[price]
        self.u += 1
        return [frames.book("delta", self.u, tuple(bids.items()), tuple(asks.items()))]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        return [frames.trade(f"20f43950-{self._trades:04}", price, size, SIDES[side])]

    def heartbeat(self) -> list[str]:
        """The best quotes again, with the same number."""
        return [self._best()]

    def maintenance(self) -> list[str]:
        item: dict[str, Any] = {"id": "4d95b2a0", "title": "Upgrade", "state": "scheduled"}
        item |= {"begin": "1751596902000", "end": "1751597011000", "href": "", "product": [1, 2]}
        return [json.dumps({"topic": "system.status", "ts": frames.T0_MS, "data": [item]})]

    def huge_snapshot(self, size_bytes: int) -> None:
        """200 levels are not as long; a field that is not known yet makes it so."""
        self._padding = "x" * size_bytes

    def _snapshot(self) -> str:
        told = frames.book("snapshot", self.u, tuple(self.bids.items()), tuple(self.asks.items()))
        if self._padding:
            told = json.dumps(json.loads(told) | {"later": self._padding})
        return told

    def _best(self) -> str:
        bid = max(self.bids.items(), key=lambda level: float(level[0]))
        ask = min(self.asks.items(), key=lambda level: float(level[0]))
        return frames.book("snapshot", self._best_u, (bid,), (ask,), depth=1)

"""OKX's side of the conversation. Source: OKX API guide v5."""

import json
from typing import Any

from engine.core.commands import Side
from feeds.okx.venue import LIMITS, PUBLIC_PATH, Okx
from feeds.venue import Limits, Venue
from tests.feeds.okx import frames
from tests.feeds.protocol.speaker import Speaker

SPOT, SWAP = "BTC-USDT", "ETH-USDT-SWAP"
SIDES = {Side.BUY: "buy", Side.SELL: "sell"}


class OkxSpeaker(Speaker):
    """Books in the stream, chained by ids; no checksum is stated any more."""

    symbol = "BTC-USDT"
    other = "ETH-USDT-PERP"
    limits = LIMITS

    def __init__(self) -> None:
        self.bids = dict(frames.BIDS)
        self.asks = dict(frames.ASKS)
        self.seq = 100
        self._trades = 0
        self._padding = ""

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return Okx(stream_url=ws_url, rest_url=rest_url, limits=limits)

    def path_of(self, frame: str) -> str:
        return PUBLIC_PATH

    def reply(self, frame: str) -> list[str]:
        if frame == "ping":
            return ["pong"]
        asked = json.loads(frame)
        told: list[str] = []
        for argument in asked["args"]:
            event = {"event": asked["op"], "arg": argument, "connId": "a4d3ae55"}
            told.append(json.dumps(event | {"id": asked["id"]}))
            if asked["op"] == "subscribe" and argument["channel"] == "books":
                told.append(self._snapshot(argument["instId"]))
        return told

    def refuse(self, frame: str) -> list[str]:
        if frame == "ping":
            return ["pong"]
        asked = json.loads(frame)
        return [self._error(asked["id"], argument) for argument in asked["args"]]

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        if path != "/api/v5/public/instruments":
            return 404, '{"code":"404","msg":"Not Found","data":[]}'
        if query == {"instType": "SPOT", "instId": SPOT}:
            return 200, frames.instruments(frames.SPOT)
        if query == {"instType": "SWAP", "instId": SWAP}:
            terms = frames.SWAP | {"instId": SWAP, "uly": "ETH-USDT"}
            return 200, frames.instruments(terms)
        return 200, '{"code":"51001","msg":"Instrument ID doesn\'t exist","data":[]}'

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            side.update(changes)
            for price in [price for price, size in changes.items() if size == "0"]:
                del side[price]
        previous, self.seq = self.seq, self.seq + 3
        return [self._update(previous, tuple(bids.items()), tuple(asks.items()))]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        return [frames.trade(str(self._trades), price, size, SIDES[side])]

    def heartbeat(self) -> list[str]:
        return [self._update(self.seq, (), ())]

    def maintenance(self) -> list[str]:
        text = "The connection will soon be closed for a service upgrade. Please reconnect."
        return [json.dumps({"event": "notice", "code": "64008", "msg": text, "connId": "a4d3ae55"})]

    def huge_snapshot(self, size_bytes: int) -> None:
        """400 levels are not as long; a field that is not known yet makes it so."""
        self._padding = "x" * size_bytes

    def _update(self, previous: int, bids: frames.Pairs, asks: frames.Pairs) -> str:
        return frames.update(previous, self.seq, bids, asks)

    def _checksum(self) -> int:
        return 0

    def _snapshot(self, inst: str) -> str:
        if inst != SPOT:
            return frames.snapshot(7, inst)
        data: dict[str, Any] = {
            "asks": frames.rows(tuple(self.asks.items())),
            "bids": frames.rows(tuple(self.bids.items())),
            "ts": str(frames.T0_MS),
            "checksum": self._checksum(),
            "seqId": self.seq,
            "prevSeqId": -1,
        }
        if self._padding:
            data["later"] = self._padding
        return frames.push("books", [data], inst, "snapshot")

    def _error(self, request_id: str, argument: dict[str, str]) -> str:
        channel, inst = argument["channel"], argument.get("instId", "")
        text = f"Wrong URL or channel:{channel},instId:{inst} doesn't exist. Please use the correct"
        error = {"event": "error", "code": "60018", "msg": f"{text} URL, channel and parameters."}
        return json.dumps(error | {"connId": "a4d3ae55", "id": request_id})


class OldOkxSpeaker(OkxSpeaker):
    """As before the ids existed: a checksum is all there is, in every frame."""

    def corrupted(self, told: list[str]) -> list[str] | None:
        wrong = [json.loads(frame) for frame in told]
        for frame in wrong:
            frame["data"][0]["checksum"] ^= 1
        return [json.dumps(frame) for frame in wrong]

    def _update(self, previous: int, bids: frames.Pairs, asks: frames.Pairs) -> str:
        return frames.book("update", bids, asks, checksum=self._checksum())

    def _checksum(self) -> int:
        bids = sorted(self.bids.items(), key=lambda level: -float(level[0]))
        asks = sorted(self.asks.items(), key=lambda level: float(level[0]))
        return frames.signed_crc(bids, asks)

    def _snapshot(self, inst: str) -> str:
        told = json.loads(super()._snapshot(inst))
        for name in ("seqId", "prevSeqId"):
            del told["data"][0][name]
        return json.dumps(told)

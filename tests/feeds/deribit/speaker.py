"""Deribit's side of the conversation. Source: Deribit API v2."""

import json

from engine.core.commands import Side
from feeds.deribit.venue import LIMITS, Deribit
from feeds.venue import Limits, Venue
from tests.feeds.protocol.speaker import Speaker

T0_MS = 1_800_000_000_000
NAMES = ("BTC_USDC-PERPETUAL", "ETH-25DEC26-4000-C")
OTHER_BIDS = {"0.0500": "3.0", "0.0495": "1.0"}
OTHER_ASKS = {"0.0510": "2.0"}
METADATA: dict[str, dict[str, object]] = {
    "BTC_USDC-PERPETUAL": {
        "instrument_name": "BTC_USDC-PERPETUAL",
        "kind": "future",
        "base_currency": "BTC",
        "quote_currency": "USDC",
        "settlement_currency": "USDC",
        "settlement_period": "perpetual",
        "instrument_type": "linear",
        "tick_size": 0.01,
        "tick_size_steps": [],
        "min_trade_amount": 0.001,
        "contract_size": 0.001,
        "maker_commission": 0.0,
        "taker_commission": 0.0005,
        "max_leverage": 50,
        "expiration_timestamp": 32503708800000,
    },
    "ETH-25DEC26-4000-C": {
        "instrument_name": "ETH-25DEC26-4000-C",
        "kind": "option",
        "base_currency": "ETH",
        "quote_currency": "ETH",
        "settlement_currency": "ETH",
        "settlement_period": "month",
        "instrument_type": "reversed",
        "option_type": "call",
        "strike": 4000.0,
        "tick_size": 0.0001,
        "tick_size_steps": [{"above_price": 0.005, "tick_size": 0.0005}],
        "min_trade_amount": 1,
        "contract_size": 1.0,
        "maker_commission": 0.0003,
        "taker_commission": 0.0003,
        "expiration_timestamp": 1798185600000,
    },
}


def notified(channel: str, data: str) -> str:
    """The data is JSON already, since the text of its numbers matters."""
    params = f'{{"channel":"{channel}","data":{data}}}'
    return f'{{"jsonrpc":"2.0","method":"subscription","params":{params}}}'


def changes(action: str, side: dict[str, str]) -> str:
    return ",".join(f'["{action}",{price},{size}]' for price, size in side.items())


class DeribitSpeaker(Speaker):
    """A snapshot, and a chain of changes; heartbeats, of which some want an answer."""

    symbol = "BTC-USDC-PERP"
    other = "ETH-20261225-4000-C"
    limits = LIMITS

    def __init__(self) -> None:
        self.bids = {"100.00": "2.0", "99.00": "3.0"}
        self.asks = {"101.00": "1.5", "102.00": "4.0"}
        self.tested: list[str] = []
        """Answers to requests whether the client is there."""
        self._change_id = 1000
        self._trades = 0

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return Deribit(
            stream_url=f"{ws_url}/ws/api/v2", rest_url=f"{rest_url}/api/v2", limits=limits
        )

    def reply(self, frame: str) -> list[str]:
        request = json.loads(frame)
        method = request["method"].removeprefix("public/")
        if method == "set_heartbeat":
            return [_result(request, "ok")]
        if method == "test":
            self.tested.append(frame)
            return [_result(request, {"version": "1.2.26"})]
        channels = request["params"]["channels"]
        books = [each.split(".")[1] for each in channels if each.startswith("book.")]
        known = [self._book(name) for name in books if name in NAMES]
        return [_result(request, channels), *(known if method == "subscribe" else [])]

    def refuse(self, frame: str) -> list[str]:
        data = {"reason": "wrong format", "param": "channels"}
        error = {"code": -32602, "message": "Invalid params", "data": data}
        return [json.dumps({"jsonrpc": "2.0", "id": json.loads(frame)["id"], "error": error})]

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        assert path == "/api/v2/public/get_instrument"
        found = METADATA.get(query.get("instrument_name", ""))
        if found is None:
            error = {"message": "instrument_not_found", "code": 13020}
            return 400, json.dumps({"jsonrpc": "2.0", "error": error})
        return 200, json.dumps({"jsonrpc": "2.0", "result": found})

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        rows = [
            ",".join(_row(side, price, size) for price, size in changed.items())
            for side, changed in ((self.bids, bids), (self.asks, asks))
        ]
        before, self._change_id = self._change_id, self._change_id + 7
        chain = f'"type":"change","prev_change_id":{before},"change_id":{self._change_id}'
        return [self._told(f'{chain},"bids":[{rows[0]}],"asks":[{rows[1]}]', NAMES[0])]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        direction = "buy" if side is Side.BUY else "sell"
        print_ = (
            f'{{"trade_seq":{self._trades},"trade_id":"BTC-{self._trades}","timestamp":{T0_MS},'
            f'"tick_direction":0,"price":{price},"mark_price":100.2,"index_price":100.1,'
            f'"instrument_name":"{NAMES[0]}","direction":"{direction}","amount":{size}}}'
        )
        return [notified(f"trades.{NAMES[0]}.100ms", f"[{print_}]")]

    def heartbeat(self) -> list[str]:
        kinds = ("heartbeat", "test_request")
        return [f'{{"method":"heartbeat","params":{{"type":"{kind}"}}}}' for kind in kinds]

    def maintenance(self) -> list[str]:
        return [
            notified("platform_state", '{"price_index":"btc_usdc","locked":true}'),
            notified("platform_state", '{"maintenance":true}'),
        ]

    def huge_snapshot(self, size_bytes: int) -> None:
        for number in range(size_bytes // len('["new",50.000000,1.0],') + 1):
            self.bids[f"{50 - number / 10**6:.6f}"] = "1.0"

    def _book(self, name: str) -> str:
        bids, asks = (self.bids, self.asks) if name == NAMES[0] else (OTHER_BIDS, OTHER_ASKS)
        sides = f'"bids":[{changes("new", bids)}],"asks":[{changes("new", asks)}]'
        return self._told(f'"type":"snapshot","change_id":{self._change_id},{sides}', name)

    @staticmethod
    def _told(parts: str, name: str) -> str:
        data = f'{{"timestamp":{T0_MS},"instrument_name":"{name}",{parts}}}'
        return notified(f"book.{name}.100ms", data)


def _row(side: dict[str, str], price: str, size: str) -> str:
    if size == "0":
        side.pop(price, None)
        return f'["delete",{price},0.0]'
    action = "change" if price in side else "new"
    side[price] = size
    return f'["{action}",{price},{size}]'


def _result(request: dict[str, object], result: object) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result})

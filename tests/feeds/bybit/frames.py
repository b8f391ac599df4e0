"""Bybit frames, written from the v5 documentation."""

import json
from collections.abc import Sequence
from typing import Any

T0_MS = 1_795_000_000_000
T0_NS = T0_MS * 1_000_000

Pairs = Sequence[tuple[str, str]]
BIDS: Pairs = (("100.00", "2.0"), ("99.00", "1.0"))
ASKS: Pairs = (("101.00", "1.5"), ("102.00", "4.0"))


def push(topic: str, data: Any, kind: str = "snapshot", spot: bool = False, **more: int) -> str:
    """The futures' servers put `type` before `ts`, those of spot after it."""
    times = {"ts": T0_MS, "type": kind} if spot else {"type": kind, "ts": T0_MS}
    return json.dumps({"topic": topic} | times | {"data": data} | more, separators=(",", ":"))


def book(
    kind: str,
    u: int,
    bids: Pairs = (),
    asks: Pairs = (),
    symbol: str = "BTCUSDT",
    depth: int = 200,
    spot: bool = False,
) -> str:
    data = {"s": symbol, "b": list(bids), "a": list(asks), "u": u, "seq": 7961638724 + u}
    return push(f"orderbook.{depth}.{symbol}", data, kind, spot, cts=T0_MS - 1)


def snapshot(u: int = 10, symbol: str = "BTCUSDT", depth: int = 200) -> str:
    return book("snapshot", u, BIDS, ASKS, symbol, depth)


def printed(
    trade_id: str, price: str, size: str, side: str, symbol: str = "BTCUSDT"
) -> dict[str, Any]:
    """A trade of a future, whose id has letters and hyphens."""
    named = {"T": T0_MS, "s": symbol, "S": side, "v": size, "p": price}
    return named | {"L": "PlusTick", "i": trade_id, "BT": False}


def trade(trade_id: str, price: str, size: str, side: str, symbol: str = "BTCUSDT") -> str:
    return push(f"publicTrade.{symbol}", [printed(trade_id, price, size, side, symbol)])


def spot_trade(trade_id: str, price: str, size: str, side: str) -> str:
    item = {"i": trade_id, "T": T0_MS, "p": price, "v": size, "S": side, "s": "BTCUSDT"}
    return push("publicTrade.BTCUSDT", [item | {"BT": False, "RPI": False}], spot=True)


def ticker(kind: str = "snapshot", symbol: str = "BTCUSDT", **fields: str) -> str:
    data = {"symbol": symbol} | fields
    return push(f"tickers.{symbol}", data, kind, cs=24987956059)


LINEAR: dict[str, Any] = {
    "symbol": "BTCUSDT",
    "contractType": "LinearPerpetual",
    "status": "Trading",
    "baseCoin": "BTC",
    "quoteCoin": "USDT",
    "settleCoin": "USDT",
    "deliveryTime": "0",
    "leverageFilter": {"minLeverage": "1", "maxLeverage": "100.00", "leverageStep": "0.01"},
    "priceFilter": {"minPrice": "0.10", "maxPrice": "1999999.80", "tickSize": "0.10"},
    "lotSizeFilter": {
        "maxOrderQty": "1190.000",
        "minOrderQty": "0.001",
        "qtyStep": "0.001",
        "maxMktOrderQty": "500.000",
        "minNotionalValue": "5",
    },
    "fundingInterval": 480,
}
SPOT: dict[str, Any] = {
    "symbol": "BTCUSDT",
    "baseCoin": "BTC",
    "quoteCoin": "USDT",
    "status": "Trading",
    "lotSizeFilter": {
        "basePrecision": "0.000001",
        "quotePrecision": "0.0000001",
        "minOrderAmt": "5",
        "minOrderQty": "0.000011",
        "maxOrderQty": "83",
        "maxLimitOrderQty": "83",
    },
    "priceFilter": {"tickSize": "0.1"},
}
INVERSE: dict[str, Any] = LINEAR | {
    "symbol": "BTCUSD",
    "contractType": "InversePerpetual",
    "quoteCoin": "USD",
    "settleCoin": "BTC",
    "priceFilter": {"tickSize": "0.50"},
    "lotSizeFilter": {"maxOrderQty": "1000000", "minOrderQty": "1", "qtyStep": "1"},
}
OPTION: dict[str, Any] = {
    "symbol": "BTC-25DEC26-70000-C",
    "status": "Trading",
    "baseCoin": "BTC",
    "quoteCoin": "USD",
    "settleCoin": "USDC",
    "optionsType": "Call",
    "priceFilter": {"minPrice": "5", "maxPrice": "1110000", "tickSize": "5"},
    "lotSizeFilter": {"maxOrderQty": "500", "minOrderQty": "0.01", "qtyStep": "0.01"},
}


def instruments(category: str, *infos: dict[str, Any]) -> str:
    result = {"category": category, "list": list(infos), "nextPageCursor": ""}
    answer = {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": T0_MS}
    return json.dumps(answer)

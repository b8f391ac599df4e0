"""Kraken's frames written by hand, in the shapes of its documentation: its numbers are JSON numbers
with as many decimals as their pair has, and books end with a checksum.
"""

import json
from collections.abc import Sequence
from zlib import crc32

Pairs = Sequence[tuple[str, str]]

TIME = "2026-11-21T09:00:00.123456Z"
TIME_NS = 1_795_251_600_123_456_000
BIDS: Pairs = (("100.00", "1.50000000"), ("99.00", "2.00000000"))
ASKS: Pairs = (("101.00", "0.50000000"), ("102.00", "3.00000000"))


def checksum(bids: Pairs, asks: Pairs) -> int:
    """Of a book whose sides have the best level first."""
    levels = [*asks[:10], *bids[:10]]
    texts = [text.replace(".", "").lstrip("0") for level in levels for text in level]
    return crc32("".join(texts).encode())


def book(
    kind: str, bids: Pairs, asks: Pairs, stated: int, pair: str = "BTC/USD", time: str = TIME
) -> str:
    return (
        f'{{"channel":"book","type":"{kind}","data":[{{"symbol":"{pair}",'
        f'"bids":[{_levels(bids)}],"asks":[{_levels(asks)}],'
        f'"checksum":{stated},"timestamp":"{time}"}}]}}'
    )


def snapshot(bids: Pairs = BIDS, asks: Pairs = ASKS, pair: str = "BTC/USD") -> str:
    return book("snapshot", bids, asks, checksum(bids, asks), pair)


def trade(trade_id: int, price: str, size: str, side: str, kind: str = "update") -> str:
    return (
        f'{{"channel":"trade","type":"{kind}","data":[{{"symbol":"BTC/USD","side":"{side}",'
        f'"price":{price},"qty":{size},"ord_type":"market","trade_id":{trade_id},'
        f'"timestamp":"{TIME}"}}]}}'
    )


def ticker() -> str:
    return (
        '{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":100.00,'
        '"bid_qty":1.50000000,"ask":101.00,"ask_qty":0.50000000,"last":100.50,'
        '"volume":997038.98383185,"vwap":100.48,"low":99.00,"high":103.00,"change":-0.17,'
        '"change_pct":-0.17}]}'
    )


def candle(begin: str, interval: int = 1) -> str:
    return (
        f'{{"channel":"ohlc","type":"update","timestamp":"{TIME}","data":[{{"symbol":"BTC/USD",'
        '"open":100.00,"high":102.00,"low":99.00,"close":101.00,"trades":12,'
        f'"volume":30927.68066226,"vwap":100.26,"interval_begin":"{begin}","interval":{interval},'
        '"timestamp":"2026-11-21T09:05:00.000000Z"}]}'
    )


def status(system: str) -> str:
    data = {"system": system, "api_version": "v2", "connection_id": 12393906104898154338}
    return json.dumps({"channel": "status", "type": "update", "data": [data]})


def acknowledged(channel: str, pair: str, req_id: int, method: str = "subscribe") -> str:
    result = {"channel": channel, "symbol": pair, "snapshot": True}
    if channel == "book":
        result |= {"depth": 100}
    return json.dumps({"method": method, "result": result, "success": True, "req_id": req_id})


def refused(pair: str, req_id: int, error: str = "Currency pair not supported") -> str:
    body = {"error": f"{error} {pair}", "method": "subscribe", "req_id": req_id}
    return json.dumps(body | {"success": False, "symbol": pair})


def asset_pair(wsname: str = "XBT/USD", **changed: object) -> dict[str, object]:
    return {
        "altname": wsname.replace("/", ""),
        "wsname": wsname,
        "aclass_base": "currency",
        "base": "XXBT",
        "quote": "ZUSD",
        "cost_decimals": 5,
        "pair_decimals": 2,
        "lot_decimals": 8,
        "lot_multiplier": 1,
        "fees": [[0, 0.4], [10000, 0.35]],
        "fees_maker": [[0, 0.25], [10000, 0.2]],
        "ordermin": "0.00005",
        "costmin": "0.5",
        "tick_size": "0.01",
        "status": "online",
    } | changed


def asset_pairs(*pairs: dict[str, object]) -> str:
    result = {str(pair["altname"]): pair for pair in pairs or (asset_pair(),)}
    return json.dumps({"error": [], "result": result})


def instruments(**changed: str) -> str:
    """The `instrument` channel's snapshot of one pair; numbers are given as text."""
    stated = {
        "price_increment": "0.01",
        "price_precision": "2",
        "qty_increment": "0.00000001",
        "qty_precision": "8",
        "qty_min": "0.0001",
        "cost_min": "0.5",
        "cost_precision": "5",
    } | changed
    numbers = ",".join(f'"{name}":{text}' for name, text in stated.items())
    pair = f'{{"symbol":"BTC/USD","base":"BTC","quote":"USD","status":"online",{numbers}}}'
    return (
        '{"channel":"instrument","type":"snapshot","data":{"assets":[{"id":"BTC","precision":10}],'
        f'"pairs":[{pair}]}}}}'
    )


def _levels(levels: Pairs) -> str:
    return ",".join(f'{{"price":{price},"qty":{size}}}' for price, size in levels)

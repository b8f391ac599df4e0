"""OKX frames, written from the API guide."""

import json
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any
from zlib import crc32

T0_MS = 1_795_000_000_000
T0_NS = T0_MS * 1_000_000

Pairs = Sequence[tuple[str, str]]
BIDS: Pairs = (("100.00", "2.0"), ("99.00", "1.0"))
ASKS: Pairs = (("101.00", "1.5"), ("102.00", "4.0"))


def push(channel: str, data: list[Any], inst: str = "BTC-USDT", action: str = "") -> str:
    frame: dict[str, Any] = {"arg": {"channel": channel, "instId": inst}}
    if action:
        frame["action"] = action
    return json.dumps(frame | {"data": data})


def rows(levels: Pairs) -> list[list[str]]:
    return [[price, size, "0", "1"] for price, size in levels]


def signed_crc(bids: Pairs, asks: Pairs) -> int:
    """The checksum of a book whose sides are best first, as the guide describes it."""
    pairs = [pair for pair in chain(*zip_longest(bids[:25], asks[:25])) if pair is not None]
    unsigned = crc32(":".join(f"{price}:{size}" for price, size in pairs).encode())
    return unsigned - 2**32 if unsigned >= 2**31 else unsigned


def book(
    action: str,
    bids: Pairs = (),
    asks: Pairs = (),
    inst: str = "BTC-USDT",
    channel: str = "books",
    **more: int,
) -> str:
    """`more` holds seqId, prevSeqId and checksum, where there are any."""
    data = {"asks": rows(asks), "bids": rows(bids), "ts": str(T0_MS), **more}
    return push(channel, [data], inst, action)


def snapshot(seq: int = 10, inst: str = "BTC-USDT", bids: Pairs = BIDS, asks: Pairs = ASKS) -> str:
    return book("snapshot", bids, asks, inst, seqId=seq, prevSeqId=-1, checksum=0)


def update(previous: int, seq: int, bids: Pairs = (), asks: Pairs = ()) -> str:
    return book("update", bids, asks, seqId=seq, prevSeqId=previous, checksum=0)


def trade(trade_id: str, price: str, size: str, side: str, inst: str = "BTC-USDT") -> str:
    data = {
        "instId": inst,
        "tradeId": trade_id,
        "px": price,
        "sz": size,
        "side": side,
        "ts": str(T0_MS),
        "count": "1",
        "source": "0",
        "seqId": 5,
    }
    return push("trades", [data], inst)


def info(inst: str, kind: str, **more: str) -> dict[str, Any]:
    """One instrument as *Get instruments* answers, `more` over what all have."""
    empty = ("baseCcy", "quoteCcy", "settleCcy", "uly", "ctVal", "ctMult", "ctType", "stk")
    return {
        **dict.fromkeys(empty, ""),
        "instId": inst,
        "instType": kind,
        "tickSz": "0.1",
        "lotSz": "0.01",
        "minSz": "0.01",
        "lever": "",
        "maxLmtSz": "1000",
        "state": "live",
        "expTime": "",
        "instIdCode": 1,
        **more,
    }


SPOT = info("BTC-USDT", "SPOT", baseCcy="BTC", quoteCcy="USDT", lotSz="0.00000001", minSz="0.00001")
SWAP = info(
    "BTC-USDT-SWAP",
    "SWAP",
    uly="BTC-USDT",
    settleCcy="USDT",
    ctVal="0.01",
    ctMult="1",
    ctType="linear",
    lever="100",
)
INVERSE = info(
    "BTC-USD-SWAP",
    "SWAP",
    uly="BTC-USD",
    settleCcy="BTC",
    ctVal="100",
    ctMult="1",
    lotSz="1",
    ctType="inverse",
    lever="100",
    minSz="1",
)
FUTURE = info(
    "BTC-USDT-261225",
    "FUTURES",
    uly="BTC-USDT",
    settleCcy="USDT",
    ctVal="0.01",
    ctMult="1",
    ctType="linear",
    lever="20",
)
OPTION = info(
    "BTC-USD-261225-70000-C",
    "OPTION",
    uly="BTC-USD",
    settleCcy="BTC",
    ctVal="1",
    ctMult="0.01",
    lotSz="1",
    tickSz="0.0001",
    minSz="1",
    stk="70000",
    maxLmtSz="",
)


def instruments(*infos: dict[str, Any]) -> str:
    return json.dumps({"code": "0", "msg": "", "data": list(infos)})

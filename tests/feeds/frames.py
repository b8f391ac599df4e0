"""Binance frames written by hand, in the shapes of its documentation."""

import json
from collections.abc import Sequence

SECOND_NS = 10**9
T0_NS = 1_700_000_000 * SECOND_NS
T0_MS = 1_700_000_000_000

Pairs = Sequence[tuple[str, str]]


def stream(name: str, data: dict[str, object]) -> bytes:
    return json.dumps({"stream": name, "data": data}, separators=(",", ":")).encode()


def depth_data(
    first: int, last: int, bids: Pairs = (), asks: Pairs = (), symbol: str = "BTCUSDT"
) -> dict[str, object]:
    return {
        "e": "depthUpdate",
        "E": T0_MS,
        "s": symbol,
        "U": first,
        "u": last,
        "b": [list(pair) for pair in bids],
        "a": [list(pair) for pair in asks],
    }


def depth(
    first: int, last: int, bids: Pairs = (), asks: Pairs = (), symbol: str = "BTCUSDT"
) -> bytes:
    name = f"{symbol.lower()}@depth@100ms"
    return stream(name, depth_data(first, last, bids, asks, symbol))


def snapshot(update_id: int, bids: Pairs, asks: Pairs) -> bytes:
    body = {"lastUpdateId": update_id, "bids": list(bids), "asks": list(asks)}
    return json.dumps(body, separators=(",", ":")).encode()


def trade_data(trade_id: int, price: str, size: str, buyer_is_maker: bool) -> dict[str, object]:
    return {
        "e": "trade",
        "E": T0_MS + 1,
        "s": "BTCUSDT",
        "t": trade_id,
        "p": price,
        "q": size,
        "T": T0_MS,
        "m": buyer_is_maker,
        "M": True,
    }


def trade(trade_id: int, price: str, size: str, buyer_is_maker: bool = False) -> bytes:
    return stream("btcusdt@trade", trade_data(trade_id, price, size, buyer_is_maker))


def quote(update_id: int, bid: str, bid_size: str, ask: str, ask_size: str) -> bytes:
    data = {"u": update_id, "s": "BTCUSDT", "b": bid, "B": bid_size, "a": ask, "A": ask_size}
    return stream("btcusdt@bookTicker", data)


def exchange_info(
    symbol: str = "BTCUSDT", base: str = "BTC", quote_asset: str = "USDT", tick: str = "0.01000000"
) -> bytes:
    filters = [
        {
            "filterType": "PRICE_FILTER",
            "minPrice": "0.01000000",
            "maxPrice": "1000000.00000000",
            "tickSize": tick,
        },
        {
            "filterType": "LOT_SIZE",
            "minQty": "0.00010000",
            "maxQty": "9000.00000000",
            "stepSize": "0.00001000",
        },
        {
            "filterType": "NOTIONAL",
            "minNotional": "5.00000000",
            "applyMinToMarket": True,
            "maxNotional": "9000000.00000000",
            "applyMaxToMarket": False,
            "avgPriceMins": 5,
        },
    ]
    info = {
        "symbol": symbol,
        "status": "TRADING",
        "baseAsset": base,
        "quoteAsset": quote_asset,
        "filters": filters,
    }
    return json.dumps({"timezone": "UTC", "serverTime": T0_MS, "symbols": [info]}).encode()


BIDS = (("100.00", "2.0"), ("99.00", "3.0"))
ASKS = (("101.00", "1.5"), ("102.00", "4.0"))

"""Frames and bodies of Binance's futures written by hand, in the shapes of their documentation."""

import json

from tests.feeds.frames import T0_MS, Pairs, stream

Object = dict[str, object]


def depth_data(
    first: int, last: int, previous: int, bids: Pairs, asks: Pairs, symbol: str = "BTCUSDT"
) -> Object:
    return {
        "e": "depthUpdate",
        "E": T0_MS,
        "T": T0_MS - 3,
        "s": symbol,
        "U": first,
        "u": last,
        "pu": previous,
        "b": [list(pair) for pair in bids],
        "a": [list(pair) for pair in asks],
    }


def depth(
    first: int,
    last: int,
    previous: int,
    bids: Pairs = (),
    asks: Pairs = (),
    symbol: str = "BTCUSDT",
) -> bytes:
    data = depth_data(first, last, previous, bids, asks, symbol)
    return stream(f"{symbol.lower()}@depth@100ms", data)


def aggregate(
    trade_id: int, price: str, size: str, buyer_is_maker: bool, symbol: str = "BTCUSDT"
) -> bytes:
    data: Object = {
        "e": "aggTrade",
        "E": T0_MS + 1,
        "s": symbol,
        "a": trade_id,
        "p": price,
        "q": size,
        "f": 100,
        "l": 105,
        "T": T0_MS,
        "m": buyer_is_maker,
    }
    return stream(f"{symbol.lower()}@aggTrade", data)


def trade(trade_id: int, price: str, size: str, kind: str) -> bytes:
    data: Object = {
        "e": "trade",
        "E": T0_MS + 1,
        "T": T0_MS,
        "s": "BTCUSDT",
        "t": trade_id,
        "p": price,
        "q": size,
        "X": kind,
        "m": False,
    }
    return stream("btcusdt@trade", data)


def mark(symbol: str, price: str, index: str, rate: str, next_ms: int) -> bytes:
    data: Object = {
        "e": "markPriceUpdate",
        "E": T0_MS,
        "s": symbol,
        "p": price,
        "P": "11784.25641265",
        "i": index,
        "r": rate,
        "T": next_ms,
    }
    return stream(f"{symbol.lower()}@markPrice@1s", data)


def open_interest(symbol: str, size: str) -> bytes:
    return json.dumps({"openInterest": size, "symbol": symbol, "time": T0_MS}).encode()


def symbol_info(symbol: str) -> Object:
    """One of the instruments in `exchangeInfo`; COIN-M where it is spelled so."""
    pair, _, tail = symbol.partition("_")
    inverse = pair.endswith("USD")
    base, quote = (pair[:-3], "USD") if inverse else (pair.removesuffix("USDT"), "USDT")
    info: Object = {
        "symbol": symbol,
        "pair": pair,
        "contractType": "CURRENT_QUARTER" if tail.isdigit() else "PERPETUAL",
        "baseAsset": base,
        "quoteAsset": quote,
        "marginAsset": base if inverse else quote,
        "filters": [
            {
                "filterType": "PRICE_FILTER",
                "minPrice": "0.10",
                "maxPrice": "1000000",
                "tickSize": "0.10",
            },
            {"filterType": "LOT_SIZE", "minQty": "1", "maxQty": "100000", "stepSize": "1"}
            if inverse
            else {"filterType": "LOT_SIZE", "minQty": "0.002", "maxQty": "5", "stepSize": "0.001"},
            {"filterType": "MAX_NUM_ORDERS", "limit": 200},
        ],
    }
    if inverse:
        return info | {"contractSize": 100, "contractStatus": "TRADING"}
    filters = info["filters"]
    assert isinstance(filters, list)
    filters.append({"filterType": "MIN_NOTIONAL", "notional": "5"})
    return info | {"status": "TRADING"}


def exchange_info(*infos: Object) -> bytes:
    return json.dumps({"timezone": "UTC", "serverTime": T0_MS, "symbols": infos}).encode()

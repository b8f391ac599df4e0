"""Frames of both Coinbase feeds written by hand, in the shapes of their documentation."""

import json
from collections.abc import Sequence

Pairs = Sequence[tuple[str, str]]

TIME = "2026-11-21T09:00:00.123456789Z"
TIME_NS = 1_795_251_600_123_456_789
BIDS: Pairs = (("100.00", "1.5"), ("99.00", "2.0"))
ASKS: Pairs = (("101.00", "0.5"), ("102.00", "3.0"))


def advanced(channel: str, number: int, *events: object) -> str:
    """A frame of Advanced Trade, the number of it within its connection."""
    frame = {
        "channel": channel,
        "client_id": "",
        "timestamp": TIME,
        "sequence_num": number,
        "events": events,
    }
    return json.dumps(frame, separators=(",", ":"))


def book_event(kind: str, bids: Pairs = (), asks: Pairs = (), product: str = "BTC-USD") -> object:
    updates = [("bid", *level) for level in bids] + [("offer", *level) for level in asks]
    return {
        "type": kind,
        "product_id": product,
        "updates": [
            {"side": side, "event_time": TIME, "price_level": price, "new_quantity": size}
            for side, price, size in updates
        ],
    }


def book(
    number: int, kind: str, bids: Pairs = (), asks: Pairs = (), product: str = "BTC-USD"
) -> str:
    return advanced("l2_data", number, book_event(kind, bids, asks, product))


def trade_data(trade_id: int, price: str, size: str, maker_side: str) -> dict[str, str]:
    return {
        "trade_id": str(trade_id),
        "product_id": "BTC-USD",
        "price": price,
        "size": size,
        "side": maker_side,
        "time": TIME,
    }


def trades(number: int, kind: str, *data: dict[str, str]) -> str:
    return advanced("market_trades", number, {"type": kind, "trades": data})


def ticker(number: int, **changed: str) -> str:
    data = {
        "type": "ticker",
        "product_id": "BTC-USD",
        "price": "100.50",
        "volume_24_h": "16038.28",
        "best_bid": "100.00",
        "best_bid_quantity": "1.5",
        "best_ask": "101.00",
        "best_ask_quantity": "0.5",
    }
    return advanced("ticker", number, {"type": "update", "tickers": [data | changed]})


def candles(number: int, *starts: str) -> str:
    data = [
        {
            "start": start,
            "high": "102.00",
            "low": "99.00",
            "open": "100.00",
            "close": "101.00",
            "volume": "0.20269406",
            "product_id": "BTC-USD",
        }
        for start in starts
    ]
    return advanced("candles", number, {"type": "snapshot", "candles": data})


def heartbeat(number: int) -> str:
    beat = {"current_time": "2026-11-21 09:00:00.1 +0000 UTC m=+91717.5", "heartbeat_counter": 3049}
    return advanced("heartbeats", number, beat)


def advanced_product(symbol: str = "BTC-USD", **changed: object) -> dict[str, object]:
    base, _, quote = symbol.partition("-")
    return {
        "product_id": symbol,
        "price": "140.21",
        "base_increment": "0.00000001",
        "quote_increment": "0.01",
        "price_increment": "0.01",
        "quote_min_size": "1",
        "quote_max_size": "150000000",
        "base_min_size": "0.00000002",
        "base_max_size": "3400",
        "base_currency_id": base,
        "quote_currency_id": quote,
        "product_type": "SPOT",
        "status": "online",
        "alias": "",
        "alias_to": [],
    } | changed


def exchange(kind: str, product: str = "BTC-USD", **fields: object) -> str:
    """A frame of the Exchange feed."""
    return json.dumps({"type": kind, "product_id": product} | fields, separators=(",", ":"))


def update(bids: Pairs = (), asks: Pairs = (), product: str = "BTC-USD") -> str:
    changes = [("buy", *level) for level in bids] + [("sell", *level) for level in asks]
    return exchange("l2update", product, changes=changes, time=TIME)


def match(trade_id: int, price: str, size: str, maker_side: str, kind: str = "match") -> str:
    return exchange(
        kind,
        trade_id=trade_id,
        maker_order_id="ac928c66-ca53-498f-9c13-a110027a60e8",
        taker_order_id="132fb6ae-456b-4654-b4e0-d681ac05cea1",
        side=maker_side,
        size=size,
        price=price,
        sequence=50,
        time=TIME,
    )


def exchange_product(symbol: str = "BTC-USD", **changed: object) -> dict[str, object]:
    base, _, quote = symbol.partition("-")
    return {
        "id": symbol,
        "base_currency": base,
        "quote_currency": quote,
        "quote_increment": "0.01",
        "base_increment": "0.00000001",
        "display_name": symbol,
        "min_market_funds": "1",
        "status": "online",
        "trading_disabled": False,
    } | changed

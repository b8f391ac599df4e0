"""A small Binance recording written by hand, and a session on it whose time is moved by hand."""

from pathlib import Path

T0_NS = 1_767_261_600_000_000_000
"""2026-01-01T10:00:00Z."""
SECOND_NS = 1_000_000_000

SNAPSHOT = (
    '{"lastUpdateId":100,"bids":[["100.00","2.000"],["99.99","5.000"]],'
    '"asks":[["100.01","1.000"],["100.02","3.000"]]}'
)


def depth(update_id: int, bids: str, asks: str) -> str:
    """One diff that follows the update before; sides as JSON arrays."""
    return (
        '{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1767261600000,'
        f'"s":"BTCUSDT","U":{update_id},"u":{update_id},"b":{bids},"a":{asks}}}}}'
    )


def trade(trade_id: int, price: str, size: str, *, buyer_rests: bool) -> str:
    """One print."""
    return (
        '{"stream":"btcusdt@trade","data":{"e":"trade","E":1767261600000,"s":"BTCUSDT",'
        f'"t":{trade_id},"p":"{price}","q":"{size}","T":1767261600000,'
        f'"m":{"true" if buyer_rests else "false"},"M":true}}}}'
    )


FRAMES = (
    (0, depth(100, "[]", "[]")),
    (0, SNAPSHOT),
    (1, depth(101, '[["99.98","1.000"]]', "[]")),
    (10, trade(1, "100.00", "1.500", buyer_rests=True)),
    (10, depth(102, '[["100.00","0.500"]]', "[]")),
    (20, trade(2, "100.00", "0.900", buyer_rests=True)),
    (20, depth(103, '[["100.00","0.000"]]', '[["100.01","4.000"]]')),
    (30, depth(104, '[["99.99","6.000"]]', "[]")),
)


def write_recording(folder: Path) -> Path:
    """The recording as a file."""
    path = folder / "small.jsonl"
    lines = [_line(seconds, raw) for seconds, raw in FRAMES]
    path.write_text("".join(lines), "utf-8")
    return path


def _line(seconds: int, raw: str) -> str:
    """A frame whose own times are those of its arrival."""
    venue_ms = T0_NS // 1_000_000 + seconds * 1000
    return f"{T0_NS + seconds * SECOND_NS} {raw.replace('1767261600000', str(venue_ms))}\n"

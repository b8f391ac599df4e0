"""Frames out of recordings as further inputs to begin with; none where there are no recordings."""

import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from feeds.recording import Recording

DATA_VARIABLE = "TUI_EXCHANGE_DATA"
FOLDERS = {
    "binance_spot": "binance",
    "binance_usdm": "binance-usdm",
    "coinbase_advanced_derived": "coinbase",
    "coinbase_exchange": "coinbase-exchange",
    "deribit": "deribit",
    "kraken_v2": "kraken",
}
LINES_MAX = 3_000
_KEY = re.compile(rb'"[^"]*":')


def some_frames(bytes_max: int) -> Iterator[tuple[str, bytes]]:
    """A venue and a frame of it, one for each set of keys that a frame has."""
    folder = Path(os.environ.get(DATA_VARIABLE, "")) / "ws"
    for name, venue in FOLDERS.items():
        seen = set()
        for path in sorted((folder / name).glob("*")):
            for _, raw in islice(Recording(path).lines(), LINES_MAX):
                keys = frozenset(_KEY.findall(raw))
                if len(raw) <= bytes_max and keys not in seen:
                    seen.add(keys)
                    yield venue, raw.replace(b"\n", b" ")

"""Frames as Binance spot sends them, made up for a benchmark: always the same for the same seed.

The proportions are those of a busy market: of 100 frames 8 are depth updates with 36 levels each,
24 trades and 68 best quotes; of the levels in a depth update nearly half are removals and most of
the others are new prices, spread over hundreds of ticks. Format: binance-spot-api-docs,
*WebSocket Streams*, combined streams.
"""

import random
from dataclasses import dataclass

SYMBOL = "BTCUSDT"
SNAPSHOT_ID = 50_000_000_000
SNAPSHOT_LEVELS = 1_000
CHANGES_PER_DEPTH = 36
START_MS = 1_700_000_000_000
_OF_25 = ("depth",) * 2 + ("trade",) * 6 + ("ticker",) * 17
_REMOVED = 0.44
_NEW = 0.44


@dataclass(frozen=True, slots=True)
class Recording:
    """A snapshot and the frames that follow it."""

    snapshot: bytes
    frames: list[bytes]


def made_up_frames(seed: int, count: int) -> Recording:
    """`count` frames of all kinds in their proportions."""
    writer = FrameWriter(seed)
    snapshot = writer.snapshot()
    draw = random.Random(seed)
    writes = {"depth": writer.depth, "trade": writer.trade, "ticker": writer.ticker}
    return Recording(snapshot, [writes[draw.choice(_OF_25)]() for _ in range(count)])


def made_up_depth(seed: int, count: int) -> Recording:
    """`count` depth updates."""
    writer = FrameWriter(seed)
    snapshot = writer.snapshot()
    return Recording(snapshot, [writer.depth() for _ in range(count)])


class FrameWriter:
    """A made-up book in hundredths of the quote currency, and the frames that report it."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._touch = 6_183_763
        self._update_id = SNAPSHOT_ID
        self._trade_id = 3_000_000_000
        self._time_ms = START_MS
        self._levels: dict[int, list[int]] = {1: [], -1: []}
        """Displayed prices by the side's sign, in no order; the touch is never among them."""

    def snapshot(self) -> bytes:
        """The REST body that comes before the first frame."""
        sides = []
        for sign in (1, -1):
            prices = sorted({self._away(sign) for _ in range(2 * SNAPSHOT_LEVELS)})
            prices = (prices[::-1] if sign > 0 else prices)[: SNAPSHOT_LEVELS - 1]
            self._levels[sign] = list(prices)
            touch = self._touch if sign > 0 else self._touch + 1
            sides.append(self._listed([touch, *prices]))
        bids, asks = sides
        return f'{{"lastUpdateId":{self._update_id},"bids":[{bids}],"asks":[{asks}]}}'.encode()

    def depth(self) -> bytes:
        """What changed in a tenth of a second."""
        self._time_ms += 100
        first_id = self._update_id + 1
        self._update_id += CHANGES_PER_DEPTH
        bids, asks = self._changes(1), self._changes(-1)
        return _framed(
            "depth@100ms",
            f'{{"e":"depthUpdate","E":{self._time_ms},"s":"{SYMBOL}","U":{first_id},'
            f'"u":{self._update_id},"b":[{bids}],"a":[{asks}]}}',
        )

    def trade(self) -> bytes:
        """One print at the touch."""
        self._trade_id += 1
        maker_bought = self._draw.random() < 0.5
        price = self._touch if maker_bought else self._touch + 1
        flag = "true" if maker_bought else "false"
        return _framed(
            "trade",
            f'{{"e":"trade","E":{self._time_ms},"s":"{SYMBOL}","t":{self._trade_id},'
            f'"p":"{_price(price)}","q":"{self._size()}","T":{self._time_ms},'
            f'"m":{flag},"M":true}}',
        )

    def ticker(self) -> bytes:
        """The best quotes."""
        return _framed(
            "bookTicker",
            f'{{"u":{self._update_id},"s":"{SYMBOL}","b":"{_price(self._touch)}",'
            f'"B":"{self._size()}","a":"{_price(self._touch + 1)}","A":"{self._size()}"}}',
        )

    def _changes(self, sign: int) -> str:
        """The touch and 17 levels behind it."""
        draw, levels = self._draw, self._levels[sign]
        touch = self._touch if sign > 0 else self._touch + 1
        changed = {touch: self._size()}
        while len(changed) < CHANGES_PER_DEPTH // 2:
            kind = draw.random()
            place = draw.randrange(len(levels))
            if kind < _REMOVED:
                levels[place], levels[-1] = levels[-1], levels[place]
                changed[levels.pop()] = "0.00000000"
            elif kind < _REMOVED + _NEW:
                price = self._away(sign)
                if price not in changed:
                    levels.append(price)
                    changed[price] = self._size()
            else:
                changed[levels[place]] = self._size()
        return ",".join(f'["{_price(price)}","{size}"]' for price, size in changed.items())

    def _away(self, sign: int) -> int:
        """A price behind the touch."""
        behind = 1 + int(self._draw.expovariate(1 / 4_000))
        return self._touch - behind if sign > 0 else self._touch + 1 + behind

    def _size(self) -> str:
        return f"{self._draw.randint(1, 200_000) / 100_000:.5f}000"

    def _listed(self, prices: list[int]) -> str:
        return ",".join(f'["{_price(price)}","{self._size()}"]' for price in prices)


def _price(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}000000"


def _framed(stream: str, data: str) -> bytes:
    return f'{{"stream":"{SYMBOL.lower()}@{stream}","data":{data}}}'.encode()

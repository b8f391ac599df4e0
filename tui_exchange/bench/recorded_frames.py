"""Recordings of Binance beside the project, where TUI_EXCHANGE_DATA names a folder of them."""

import gzip
import os
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from engine.core.instruments import AssetClass
from engine.core.units import parse_decimal
from feeds.binance.futures import BinanceUsdm
from feeds.binance.venue import BinanceSpot
from feeds.messages import InstrumentTerms
from feeds.venue import Venue
from tui_exchange.bench.binance_frames import Recording
from tui_exchange.bench.figures import BenchmarkFailed

RECORDINGS_VARIABLE = "TUI_EXCHANGE_DATA"
DEPTH = b'"e":"depthUpdate"'


@dataclass(frozen=True, slots=True)
class Source:
    """A market of Binance's, and where a recording of it lies."""

    venue: Venue
    terms: InstrumentTerms
    path: Path


def sources(spot: InstrumentTerms) -> tuple[Source, Source]:
    """Spot and the perpetual in dollars, whose terms differ in their steps."""
    perpetual = replace(
        spot.instrument,
        symbol=f"{spot.instrument.symbol}-PERP",
        asset_class=AssetClass.PERPETUAL,
        tick_size=parse_decimal("0.1"),
        lot_size=parse_decimal("0.001"),
    )
    usdm = replace(spot, instrument=perpetual)
    return (
        Source(BinanceSpot(), spot, Path("ws/binance_spot/btcusdt_20240808.gz")),
        Source(BinanceUsdm(), usdm, Path("ws/binance_usdm/btcusdt_20240808.gz")),
    )


def recorded(source: Source) -> Recording | None:
    """A snapshot and the frames of all kinds after it; None where there is no such recording.

    Raises:
        BenchmarkFailed: The file holds no snapshot.
    """
    path = Path(os.environ.get(RECORDINGS_VARIABLE, "")) / source.path
    if not path.is_file():
        return None
    with gzip.open(path) as lines:
        frames = [line.rstrip(b"\n").partition(b" ")[2] for line in lines]
    snapshots = [frame for frame in frames if frame.startswith(b'{"lastUpdateId"')]
    if not snapshots:
        raise BenchmarkFailed(f"{path} holds no REST snapshot: name another recording")
    return Recording(snapshots[0], [frame for frame in frames if frame is not snapshots[0]])


def depth_alone(recording: Recording) -> Recording:
    """The same without prints, quotes and facts."""
    return Recording(recording.snapshot, [each for each in recording.frames if DEPTH in each])

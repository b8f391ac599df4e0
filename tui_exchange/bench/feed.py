"""Binance frames to the mirrored book: decoded, aligned, converted, and applied to the exchange.

Beside it what a plain program would do with the same frames up to its own copy of the book: `json`,
dictionaries of exact decimals, the touch by `max` and `min`; and how we fare up to the same point,
which besides checks the order of updates. Where TUI_EXCHANGE_DATA names a folder
with recordings of Binance, they are measured as well, whole and their depth alone.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.mirror.mirror import MirrorState
from feeds.bridge import BridgeSet
from feeds.feed import Sink
from feeds.messages import FeedState, InstrumentTerms, Message
from feeds.pipeline import Pipeline
from tui_exchange.bench.binance_frames import START_MS, Recording, made_up_depth, made_up_frames
from tui_exchange.bench.figures import BenchmarkFailed, Figure, at_least
from tui_exchange.bench.measuring import median, rates
from tui_exchange.bench.recorded_frames import Source, depth_alone, recorded, sources
from tui_exchange.bench.venue_mappers import venue_figures

FRAMES = 25_000
DEPTH_FRAMES = 3_000
ROUNDS = 5
SEED = 1
SYMBOL = "BTC-USDT"
START_NS = START_MS * 1_000_000

TERMS = InstrumentTerms(
    received_ns=START_NS,
    instrument=Instrument(
        symbol=SYMBOL,
        venue="binance",
        asset_class=AssetClass.SPOT,
        base="BTC",
        quote="USDT",
        settlement="USDT",
        tick_size=Decimal("0.01"),
        lot_size=Decimal("0.00001"),
    ),
    venue_symbol="BTCUSDT",
)
SPOT = sources(TERMS)[0]


def measure() -> list[Figure]:
    """Frames per second, of all kinds and of depth alone, beside the baseline."""
    mixed = made_up_frames(SEED, FRAMES)
    depth = made_up_depth(SEED, DEPTH_FRAMES)
    found = rates(lambda: _mirroring(mixed), ROUNDS)
    copied = rates(lambda: _copying(mixed), ROUNDS)
    plain = rates(lambda: _plain(mixed), ROUNDS)
    figures = [
        Figure("frames: 8% depth, 24% trades, 68% quotes", max(found), "/s", at_least(20_000)),
        Figure("the same, median round", median(found), "/s"),
        Figure("frames to a checked copy of the book, best", max(copied), "/s"),
        Figure("the same with json and dictionaries, best", max(plain), "/s"),
        Figure("copy of the book: ours to json", max(copied) / max(plain), "x"),
        Figure(
            "depth frames, 36 levels",
            max(rates(lambda: _mirroring(depth), ROUNDS)),
            "/s",
            at_least(20_000),
        ),
    ]
    return [*figures, *_recorded_figures(), *venue_figures()]


def _recorded_figures() -> list[Figure]:
    """Of recordings beside the project: all frames, and depth alone."""
    figures = []
    for source in sources(TERMS):
        frames = recorded(source)
        if frames is None:
            continue
        depth = depth_alone(frames)
        for what, chosen in (("recorded frames", frames), ("recorded depth frames", depth)):
            best = max(rates(partial(_mirroring, chosen, source), 3))
            target = at_least(20_000) if chosen is depth else None
            figures.append(Figure(f"{source.venue.name}: {what}", best, "/s", target))
    return figures


def _opened(snapshot: bytes, source: Source) -> tuple[Exchange, Pipeline]:
    exchange, bridges = Exchange(), BridgeSet()

    def sink(message: Message) -> None:
        for command in bridges.commands(message):
            exchange.apply(command, START_NS)

    return exchange, _pipeline(sink, snapshot, source)


def _pipeline(sink: Sink, snapshot: bytes, source: Source) -> Pipeline:
    symbol = source.terms.instrument.symbol
    pipeline = Pipeline(source.venue, sink, (symbol,))
    pipeline.terms(source.terms)
    pipeline.opened(START_NS)
    pipeline.snapshot(symbol, snapshot, START_NS)
    return pipeline


def _unread(message: Message) -> None:
    """Takes messages that nobody reads."""


def _mirroring(recording: Recording, source: Source = SPOT) -> Callable[[], int]:
    exchange, pipeline = _opened(recording.snapshot, source)
    symbol = source.terms.instrument.symbol

    def timed() -> int:
        take = pipeline.frame
        for raw in recording.frames:
            take(raw, START_NS)
        if exchange.mirror_state(symbol) is not MirrorState.LIVE:
            raise BenchmarkFailed("The frames did not keep the mirrored book alive.")
        return len(recording.frames)

    return timed


def _copying(recording: Recording) -> Callable[[], int]:
    pipeline = _pipeline(_unread, recording.snapshot, SPOT)

    def timed() -> int:
        take = pipeline.frame
        for raw in recording.frames:
            take(raw, START_NS)
        if pipeline.health(SYMBOL).state is not FeedState.LIVE:
            raise BenchmarkFailed("The frames did not keep the copy of the book alive.")
        return len(recording.frames)

    return timed


def _plain(recording: Recording) -> Callable[[], int]:
    opening = json.loads(recording.snapshot)
    books = {
        side: {Decimal(price): Decimal(size) for price, size in opening[side]}
        for side in ("bids", "asks")
    }
    last: dict[str, tuple[str, ...]] = {}

    def change(side: dict[Decimal, Decimal], levels: list[tuple[str, str]]) -> None:
        for price, size in levels:
            quantity = Decimal(size)
            if quantity:
                side[Decimal(price)] = quantity
            else:
                side.pop(Decimal(price), None)

    def timed() -> int:
        for raw in recording.frames:
            data = json.loads(raw)["data"]
            kind = data.get("e")
            if kind == "depthUpdate":
                change(books["bids"], data["b"])
                change(books["asks"], data["a"])
                last["touch"] = (str(max(books["bids"])), str(min(books["asks"])))
            elif kind == "trade":
                last["trade"] = (data["p"], data["q"])
            else:
                last["quote"] = (data["b"], data["B"], data["a"], data["A"])
        return len(recording.frames)

    return timed

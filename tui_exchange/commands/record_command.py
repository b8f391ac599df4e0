"""`tui-exchange record --feed VENUE SYMBOL… -o FILE`: a live market's raw frames, as they come."""

import argparse
import asyncio
import sys
from pathlib import Path

from feeds.errors import FeedError
from feeds.live import LiveFeed
from feeds.messages import Message, Notice, StateChanged
from feeds.recorder import Recorder
from feeds.rotation import rotation_of
from tui_exchange.config import Config
from tui_exchange.failures import ExitCode, MarketFailure, UsageFailure
from tui_exchange.setting_up import config_of, duration_ns
from tui_exchange.signals import stop_on_signals
from tui_exchange.sources import venue_of

NS_PER_SECOND = 1_000_000_000


def run(arguments: argparse.Namespace) -> int:
    """Record until the time is over or a signal comes."""
    config = config_of(arguments)
    limit_s = None
    if arguments.duration is not None:
        limit_s = duration_ns(arguments.duration, "--duration") / NS_PER_SECOND
    return asyncio.run(_record(arguments, config, limit_s))


async def _record(arguments: argparse.Namespace, config: Config, limit_s: float | None) -> int:
    venue, *symbols = arguments.feed
    if not symbols:
        raise UsageFailure(f"--feed {venue} needs instruments, such as `--feed {venue} BTC-USDT`")
    output = Path(arguments.output)
    try:
        place = venue_of(config.settings, venue)
        names = [place.our_symbol(symbol) for symbol in symbols]
        recorder = _recorder(arguments, output)
    except FeedError as error:
        raise UsageFailure(str(error)) from error
    feed = LiveFeed(place, names, _tell, recorder=recorder)
    try:
        await _until_stopped(feed, limit_s)
    finally:
        recorder.close()
    return _report(feed, recorder)


def _recorder(arguments: argparse.Namespace, output: Path) -> Recorder:
    if arguments.rotate is None:
        return Recorder(output)
    try:
        rotation = rotation_of(arguments.rotate)
    except ValueError as error:
        raise UsageFailure(f"--rotate {error}") from None
    suffix = "" if arguments.compress == "none" else f".{arguments.compress}"
    return Recorder(output, rotation, suffix)


async def _until_stopped(feed: LiveFeed, limit_s: float | None) -> None:
    stop = stop_on_signals()
    tasks = [asyncio.create_task(feed.run()), asyncio.create_task(stop.wait())]
    await asyncio.wait(tasks, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _report(feed: LiveFeed, recorder: Recorder) -> int:
    if recorder.error:
        raise MarketFailure(recorder.error)
    if recorder.frames == 0:
        for path in recorder.files:
            path.unlink(missing_ok=True)
        texts = sorted({feed.health(symbol).text for symbol in feed.symbols})
        raise MarketFailure(f"nothing was recorded: {'; '.join(texts) or 'nothing arrived'}")
    left = f", {recorder.dropped:,} left out because the disk was slow" if recorder.dropped else ""
    several = f" in {len(recorder.files)} files" if len(recorder.files) > 1 else ""
    print(f"{recorder.path}: {recorder.frames:,} frames{several}{left}")
    return ExitCode.DONE


def _tell(message: Message) -> None:
    """Say on the error stream what a person should know."""
    if isinstance(message, StateChanged):
        text = f": {message.text}" if message.text else ""
        print(f"{message.symbol} {message.state.value}{text}", file=sys.stderr)
    elif isinstance(message, Notice):
        print(message.text, file=sys.stderr)

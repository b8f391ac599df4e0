"""What subcommands share: settings from the command line, the kept profile, the chosen market."""

import argparse
import os
import re
from dataclasses import replace
from pathlib import Path

from engine.clock import Clock
from tui_exchange.config import Config, load
from tui_exchange.failures import UsageFailure
from tui_exchange.keeping import Keeping
from tui_exchange.markets import MarketChoice, live, replayed, simulated
from tui_exchange.paths import Paths, find_paths

NS_PER_SECOND = 1_000_000_000
_UNITS_NS = {"ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9, "": 10**9}
_DURATION = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,9}))?(ms|s|m|h|)")
_SETTING_OF_FLAG = {
    "profile": "journal.profile",
    "seed": "market.seed",
    "scenario": "market.scenario",
    "theme": "terminal.theme",
    "keymap": "terminal.keymap",
}


def paths_of(arguments: argparse.Namespace) -> Paths:
    """Where files are, flags included."""
    paths = find_paths(os.environ, getattr(arguments, "data_dir", None))
    config = getattr(arguments, "config", None)
    return replace(paths, config_file=Path(config).expanduser()) if config else paths


def config_of(arguments: argparse.Namespace, *, market_speed: bool = True) -> Config:
    """The settings in effect.

    Args:
        market_speed: Whether `--speed` is that of the simulated market.

    Raises:
        ConfigError: One of them is not legal.
    """
    flags = {key: getattr(arguments, flag, None) for flag, key in _SETTING_OF_FLAG.items()}
    if market_speed:
        flags["market.speed"] = getattr(arguments, "speed", None)
    paths = paths_of(arguments)
    named = getattr(arguments, "config", None)
    if named and not paths.config_file.exists():
        raise UsageFailure(f"there is no config file {named}; leave --config out to use defaults")
    return load(paths.config_file, os.environ, flags)


def keep(config: Config, paths: Paths) -> Keeping:
    """Open the profile.

    Raises:
        JournalFailure: Locked, not writable, damaged, or of a newer program.
    """
    journal = config.settings.journal
    return Keeping(paths.profile_dir(journal.profile), journal)


def market_of(arguments: argparse.Namespace, config: Config, clock: Clock) -> MarketChoice:
    """The live market that was asked for, else the simulated one.

    Raises:
        Failure: No such venue or symbol.
    """
    feed = getattr(arguments, "feed", None)
    replay = getattr(arguments, "replay", None)
    if feed is not None and replay is not None:
        raise UsageFailure("--feed and --replay are two markets; choose one")
    if replay is not None:
        return replayed(config.settings, venue_name(arguments), Path(replay), clock, 1.0)
    if feed is None:
        return simulated(config.settings, clock)
    venue, *symbols = feed
    if not symbols:
        raise UsageFailure(
            f"--feed {venue} needs instruments, such as `--feed {venue} BTC-USDT ETH-USDT`"
        )
    return live(config.settings, venue, symbols)


def venue_name(arguments: argparse.Namespace) -> str:
    """The venue whose frames a recording holds.

    Raises:
        UsageFailure: It was not said.
    """
    if arguments.venue is None:
        raise UsageFailure("--replay needs --venue, whose frames the recording holds")
    return str(arguments.venue)


def duration_ns(text: str, what: str) -> int:
    """Nanoseconds of `90s`, `1.5m`, `250ms`, `2h`; a bare number counts seconds.

    Raises:
        UsageFailure: Not a duration.
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        raise UsageFailure(f"{what} {text!r} is not a time; write it as 90s, 1.5m, 250ms or 2h")
    whole, fraction, unit = found.groups()
    unit_ns = _UNITS_NS[unit]
    part_ns = int(f"{fraction or 0:0<9}") * unit_ns // 10**9
    return int(whole) * unit_ns + part_ns

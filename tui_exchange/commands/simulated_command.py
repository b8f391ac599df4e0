"""`tui-exchange simulated stats`: the simulated market's figures beside those of real markets.

`tui-exchange simulated scenarios` lists what can be played.
"""

import argparse
import json
import statistics
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from feeds.simulated import LISTINGS, SCENARIOS, SimulatedMarket
from feeds.simulated.observation import Observation, observe
from feeds.simulated.statistics import MarketFacts, facts, log_returns
from feeds.simulated.verdicts import Verdict, verdicts
from tui_exchange.failures import ExitCode, UsageFailure
from tui_exchange.pace import START_NS
from tui_exchange.setting_up import config_of

HOURS_MIN, HOURS_MAX = 0.5, 48.0
CORRELATION_S = 10
"""Returns over so many seconds are compared."""
DIGITS = 4


def run(arguments: argparse.Namespace) -> int:
    """Simulate and print; what lies outside its range is a finding, not a failure."""
    if arguments.action == "scenarios":
        print("\n".join(_scenario_lines(arguments.json)))
        return ExitCode.DONE
    market = config_of(arguments).settings.market
    symbols = _symbols(arguments.symbol)
    hours = _hours(arguments.hours)
    seen = observe(
        SimulatedMarket(market.seed, START_NS, market.scenario), round(hours * 3600), symbols
    )
    found = [facts(one) for one in seen.values()]
    if arguments.json:
        begun = {"seed": market.seed, "scenario": market.scenario, "hours": hours}
        print(json.dumps({**begun, **document(seen, found)}))
    else:
        print("\n".join(lines(seen, found)))
    return ExitCode.DONE


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = 0.0
    if not HOURS_MIN <= hours <= HOURS_MAX:
        raise UsageFailure(f"--hours {text!r} is not a number from {HOURS_MIN:g} to {HOURS_MAX:g}")
    return hours


def _symbols(asked: list[str] | None) -> list[str] | None:
    listed = [listing.instrument.symbol for listing in LISTINGS]
    wanted = None if asked is None else [symbol.upper() for symbol in asked]
    for symbol in wanted or ():
        if symbol not in listed:
            raise UsageFailure(
                f"the simulated market does not list {symbol[:24]!r}; it lists {', '.join(listed)}"
            )
    return wanted


def _scenario_lines(as_json: bool) -> list[str]:
    if as_json:
        return [json.dumps({name: scenario.about for name, scenario in SCENARIOS.items()})]
    return [f"{name:<10}{scenario.about}" for name, scenario in SCENARIOS.items()]


def lines(seen: Mapping[str, Observation], found: list[MarketFacts]) -> list[str]:
    """For people."""
    told = []
    for one in found:
        told.append(
            f"{one.symbol}: {one.orders:,} orders in {one.seconds:,} s,"
            f" {one.volatility_bp:.2f} bp a minute"
        )
        told.extend(map(_verdict_line, verdicts(one)))
        told.append(f"  spread   {_quantiles(one.spread_quantiles)} ticks")
        told.append(f"  touch    {_quantiles(one.touch_quantiles)} lots")
        rate = seen[one.symbol].funding_rate
        if rate is not None:
            told.append(f"  funding  {rate} for the interval that runs")
    told.append(f"correlation of returns over {CORRELATION_S} s")
    told.extend(
        f"  {symbol:<15}" + " ".join(f"{value:6.2f}" for value in row.values())
        for symbol, row in _correlations(seen).items()
    )
    return told


def _verdict_line(verdict: Verdict) -> str:
    said = "" if verdict.within else "  outside"
    return f"  {verdict.name:<32}{verdict.figure:>9.3f}   {verdict.low:g} to {verdict.high:g}{said}"


def _quantiles(values: tuple[float, ...]) -> str:
    return "5, 25, 50, 75, 95 of 100 below " + ", ".join(f"{value:,.0f}" for value in values)


def document(seen: Mapping[str, Observation], found: list[MarketFacts]) -> dict[str, Any]:
    """For programs: every figure, whether each lies within its range, and what goes with what."""
    judged = [verdict for one in found for verdict in verdicts(one)]
    return {
        "within": all(verdict.within for verdict in judged),
        "instruments": {
            one.symbol: {**_rounded(asdict(one)), "funding_rate": seen[one.symbol].funding_rate}
            for one in found
        },
        "checks": [{**_rounded(asdict(verdict)), "within": verdict.within} for verdict in judged],
        "correlations": _rounded(_correlations(seen)),
    }


def _correlations(seen: Mapping[str, Observation]) -> dict[str, dict[str, float]]:
    moves = {symbol: log_returns(one.mids[::CORRELATION_S]) for symbol, one in seen.items()}
    return {
        symbol: {other: statistics.correlation(mine, theirs) for other, theirs in moves.items()}
        for symbol, mine in moves.items()
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_rounded(one) for one in value]
    return value

"""`tui-exchange imbalance SYMBOL`: what the imbalance pane shows, without a screen.

A recording and the simulated market pass as fast as they go; a live market is measured while it
passes.
"""

import argparse
import asyncio
import json
from typing import Any

from engine.core.units import Scale, decimal_text
from tui_exchange.config import Config
from tui_exchange.failures import ExitCode, UsageFailure
from tui_exchange.number_text import signed_size_text, size_text
from tui_exchange.pace import clock_for, ended, go_to, pace_of, wait_for_books
from tui_exchange.read_models.imbalance import SAMPLES_KEPT
from tui_exchange.session import Session
from tui_exchange.setting_up import config_of, duration_ns, market_of
from tui_exchange.signals import stop_on_signals
from tui_exchange.views import ImbalanceView

FOR_EVER_NS = 1 << 62
NS_PER_SECOND = 1_000_000_000
DIGITS = 6
"""Decimal places of a figure without unit."""


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    if not 0 <= arguments.history <= SAMPLES_KEPT:
        raise UsageFailure(f"--history is a number of changes from 0 to {SAMPLES_KEPT:,}")
    if arguments.replay is None and (arguments.wait == "end" or arguments.from_time is not None):
        raise UsageFailure("only a recording has times and an end: add --replay FILE --venue V")
    wait_ns = FOR_EVER_NS if arguments.wait == "end" else duration_ns(arguments.wait, "--wait")
    if arguments.feed is not None and len(arguments.feed) == 1:
        arguments.feed.append(arguments.symbol)
    return asyncio.run(_run(arguments, config_of(arguments), wait_ns))


async def _run(arguments: argparse.Namespace, config: Config, wait_ns: int) -> int:
    clock = clock_for(by_hand=arguments.feed is None, kept=False)
    session = Session(config.settings, market_of(arguments, config, clock))
    pace, stop = pace_of(session, clock), stop_on_signals()
    await pace.begin()
    try:
        if arguments.from_time is not None:
            await go_to(session, pace, arguments.from_time)
        await wait_for_books(session, pace, duration_ns(arguments.timeout, "--timeout"))
        symbol = _symbol(session, arguments.symbol)

        def over() -> bool:
            session.imbalances.watch(symbol)
            return stop.is_set() or ended(session)

        await pace.until(over, wait_ns)
        view = session.imbalance(symbol)
        scale = session.scale(symbol)
    finally:
        await pace.end()
    if arguments.json:
        print(json.dumps(_document(session.headline, view, scale, arguments.history)))
    else:
        print("\n".join(_lines(view, scale)))
    return ExitCode.DONE


def _symbol(session: Session, text: str) -> str:
    symbol = text.upper()
    if symbol not in session.symbols:
        known = ", ".join(session.symbols)
        raise UsageFailure(f"this market has no {text}; it carries {known}")
    return symbol


def _lines(view: ImbalanceView, scale: Scale) -> list[str]:
    seconds = view.flow_window_ns // NS_PER_SECOND
    buckets = f" over {view.toxicity_buckets} buckets" if view.toxicity_buckets else ""
    return [
        f"{view.symbol}, best {view.levels} levels, {view.changes:,} changes seen",
        f"wanted    {size_text(scale, view.bid_lots)} in {view.bid_orders} orders",
        f"offered   {size_text(scale, view.ask_lots)} in {view.ask_orders} orders",
        f"balance   {_figure(view.balance, '+.3f')}, ratio {_figure(view.ratio, '.3f')}",
        f"near mid  {_figure(view.weighted_balance, '+.3f')},"
        f" ratio {_figure(view.weighted_ratio, '.3f')}",
        f"flow      {signed_size_text(scale, view.flow_lots)} in {seconds} s",
        f"toxicity  {_figure(view.toxicity, '.3f')}{buckets}",
    ]


def _figure(value: float | None, how: str) -> str:
    return "—" if value is None else format(value, how)


def _document(headline: str, view: ImbalanceView, scale: Scale, history: int) -> dict[str, Any]:
    """Sizes as exact decimal text, figures without unit as numbers, null where unknown."""

    def size(lots: int | None) -> str | None:
        return None if lots is None else decimal_text(scale.size_decimal(lots))

    samples = view.history[len(view.history) - history :] if history else ()
    return {
        "market": headline,
        "symbol": view.symbol,
        "levels": view.levels,
        "bid_size": size(view.bid_lots),
        "ask_size": size(view.ask_lots),
        "bid_orders": view.bid_orders,
        "ask_orders": view.ask_orders,
        "balance": _rounded(view.balance),
        "ratio": _rounded(view.ratio),
        "weighted_balance": _rounded(view.weighted_balance),
        "weighted_ratio": _rounded(view.weighted_ratio),
        "flow": {"size": size(view.flow_lots), "seconds": view.flow_window_ns // NS_PER_SECOND},
        "toxicity": {
            "vpin": _rounded(view.toxicity),
            "buckets": view.toxicity_buckets,
            "bucket_size": size(view.bucket_lots),
        },
        "changes": view.changes,
        "history": [
            {
                "ts_ns": sample.ts_ns,
                "balance": _rounded(sample.balance),
                "weighted_balance": _rounded(sample.weighted_balance),
                "flow": size(sample.flow_lots),
            }
            for sample in samples
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)

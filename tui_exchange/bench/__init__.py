"""Benchmarks that a user can run: each figure with its target, machine and command."""

from tui_exchange.bench.registry import BENCHMARKS
from tui_exchange.bench.running import run

__all__ = ["BENCHMARKS", "run"]

"""`tui-exchange bench [NAME…]`: figures of this machine."""

import argparse

from tui_exchange import bench


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    return bench.run(arguments.name, json=arguments.json, messages=arguments.messages)

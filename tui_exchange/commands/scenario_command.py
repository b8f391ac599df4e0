"""`tui-exchange scenario FILE…`: exchange rules as text files, run and compared."""

import argparse
import sys
from pathlib import Path

from tui_exchange.scenario import run_files


def run(arguments: argparse.Namespace) -> int:
    """Run scripts; 0 when all went as written."""
    paths = [Path(name) for name in arguments.file]
    return run_files(paths, update=arguments.update, write=sys.stdout.write)

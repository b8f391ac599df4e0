"""The diagnostic log: what a person may be asked for when something went wrong."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

BYTES_MAX = 1_000_000
FILES_KEPT = 3


def log_to_file(path: Path) -> None:
    """Send warnings and worse to a file that never grows without bound.

    Where it cannot be written the program works without: a log is never a reason not to trade.
    """
    root = logging.getLogger()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=BYTES_MAX, backupCount=FILES_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    root.handlers = [handler]

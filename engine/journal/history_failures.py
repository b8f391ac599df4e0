"""What may keep the history from being written, and how it is told."""

import duckdb

from engine.core.orders.life_cycle import LifeCycleError
from engine.journal.log_reader import LogUnreadable
from engine.journal.store_errors import StoreError

FAILURES = (StoreError, LogUnreadable, LifeCycleError, duckdb.Error, OSError)
"""Each is tried again: most of them pass, and none of them may end trading."""


def failure_sentence(error: Exception) -> str:
    """Why the history is not being written, and what to do."""
    if isinstance(error, StoreError):
        return f"{error}; trading goes on, and what is missing is written from the log later"
    if isinstance(error, LogUnreadable | LifeCycleError):
        return f"the history cannot be completed: {error}"
    said = str(error).partition("\n")[0]
    return (
        f"the history could not be written ({said}): check the space and rights of its folder;"
        " trading goes on, and what is missing is written from the log later"
    )

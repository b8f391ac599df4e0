"""The collector is left alone: the process of a test has far more than what a session made."""

from tui_exchange.memory import MemoryCare


class Untended(MemoryCare):
    """Neither freezes nor collects."""

    def begin(self, now_ns: int) -> None:
        """Nothing is frozen."""

    def tick(self, now_ns: int, quiet_since_ns: int) -> bool:
        """Nothing is collected."""
        del now_ns, quiet_since_ns
        return False

"""Notes and tags that the trader writes to orders after they were sent."""

from collections.abc import Callable

Keep = Callable[[int, str, str], None]
"""Is given (order id, tag, note) whenever a label changes."""


class OrderLabels:
    """Tag and note by order id, for this session; `keep` remembers them beyond it."""

    def __init__(self, keep: Keep | None = None) -> None:
        self._labels: dict[int, tuple[str, str]] = {}
        self._keep = keep

    def of(self, order_id: int) -> tuple[str, str] | None:
        """(tag, note); None when nothing was written."""
        return self._labels.get(order_id)

    def set(self, order_id: int, tag: str, note: str) -> None:
        """Replace both."""
        self._labels[order_id] = (tag, note)
        if self._keep is not None:
            self._keep(order_id, tag, note)

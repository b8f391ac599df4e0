"""Reference prices beside the markets: the index of coins that other feeds carry."""

import asyncio
from collections.abc import Callable, Iterable

from feeds.feed import Sink
from feeds.health import Health
from feeds.quotas import QuotaFile
from feeds.reference import PROVIDERS, ReferencePrices
from tui_exchange.sources import credentials, quotas_file

LOOK_S = 1.0


class ReferenceFeed:
    """A feed without markets of its own, which says what others' are worth.

    Args:
        name: The source, as in `feeds.reference.PROVIDERS`.
        carried: The symbols whose index is wanted now.
        now_ns: Tells the time.

    Raises:
        MissingCredential: The source needs a key, and there is none.
    """

    symbols: tuple[str, ...] = ()

    def __init__(
        self,
        name: str,
        sink: Sink,
        carried: Callable[[], Iterable[str]],
        now_ns: Callable[[], int],
    ) -> None:
        self.name = name
        source = PROVIDERS[name](credentials().of(name).get("key", ""))
        self._prices = ReferencePrices([source], sink, store=QuotaFile(quotas_file()))
        self._carried = carried
        self._now_ns = now_ns
        self._asked: set[str] = set()

    def health(self, symbol: str) -> Health:
        """It carries nothing."""
        raise KeyError(symbol)

    def now_ns(self) -> int:
        """The time, Unix nanoseconds."""
        return self._now_ns()

    async def run(self) -> None:
        """Tell until cancelled, following what is carried."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._prices.run())
            while True:
                self._follow()
                await asyncio.sleep(LOOK_S)

    def _follow(self) -> None:
        carried = set(self._carried())
        for symbol in sorted(carried - self._asked):
            self._prices.add(symbol)
        for symbol in sorted(self._asked - carried):
            self._prices.drop(symbol)
        self._asked = carried
